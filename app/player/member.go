package player

import (
	"encoding/json"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Member is what a member of a token holds, written in letters where JSON
// escapes them, and the date of one that is a time.
func Member(f trace.Field) (value, date string) { return letters(f.Value), telling.Moment(f) }

// letters writes JSON text without its escapes. Numbers stay as they were written.
func letters(jsonText string) string {
	var value any
	if json.Unmarshal([]byte(jsonText), &value) != nil {
		return harmless.Line(jsonText)
	}
	if text, ok := value.(string); ok {
		return harmless.Line(text)
	}
	if !strings.Contains(jsonText, `\u`) {
		return harmless.Line(jsonText)
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if enc.Encode(value) != nil {
		return harmless.Line(jsonText)
	}
	return harmless.Line(strings.TrimSpace(out.String()))
}
