package transcript

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// body writes the body in full. JSON is shown a member a line when the bytes
// were compact JSON, so that indenting it hides nothing.
func (r *reporter) body(m *trace.Message) {
	body := m.Body
	if len(body) == 0 {
		return
	}
	if !utf8.Valid(body) {
		r.put("  ", "body in hex")
		r.long("    ", hex.EncodeToString(body))
		return
	}
	how := "body"
	if isCompact(body) {
		var pretty bytes.Buffer
		if json.Indent(&pretty, body, "", "  ") == nil {
			how += ", compact JSON"
			body = pretty.Bytes()
		}
	}
	text := string(body)
	if sheet, vouched := styleSheet(m); vouched {
		text = strings.Replace(text, sheet, "…", 1)
	}
	text, ended := strings.CutSuffix(text, "\n")
	if ended {
		how += ", with a line feed at its end"
	}
	r.put("  ", "%s", how)
	for line := range strings.SplitSeq(text, "\n") {
		r.long("    | ", harmless.Line(line))
	}
}

func isCompact(body []byte) bool {
	var compact bytes.Buffer
	return (body[0] == '{' || body[0] == '[') && json.Compact(&compact, body) == nil &&
		bytes.Equal(compact.Bytes(), bytes.TrimSuffix(body, []byte("\n")))
}

// formSaysAll reports whether the parameters of a form, which stand by name, are the body byte for byte.
func formSaysAll(m *trace.Message) bool {
	form := m.Form()
	return len(form) > 0 && trace.EncodePairs(form) == string(m.Body)
}

// styleSheet is the one in a page, and whether the page's own policy names its
// hash: it may be left out then, because it is a file and no other would be applied.
func styleSheet(m *trace.Message) (sheet string, vouched bool) {
	_, sheet, opened := strings.Cut(string(m.Body), "<style>")
	sheet, _, closed := strings.Cut(sheet, "</style>")
	return sheet, opened && closed && strings.Contains(m.HeaderValue("Content-Security-Policy"), hashSource(sheet))
}

// hashSource is how a policy names a text (Content Security Policy Level 3 section 2.3.1).
func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// opaque is what nobody reads: a token, a sealed form, a key.
var opaque = regexp.MustCompile(`[\w.~=-]{65,}`)

// shortened writes what is opaque by its ends, its length and a sum.
func shortened(text string) string {
	return opaque.ReplaceAllStringFunc(text, func(long string) string {
		sum := sha256.Sum256([]byte(long))
		const end = 8
		return fmt.Sprintf("%s…%s (%d, sum %x)", long[:end], long[len(long)-end:], len(long), sum[:4])
	})
}

// headers are without what follows from the rest: the length of the body where it
// is right, the date of the message itself, the hash of the page's own style.
func headers(m *trace.Message) []trace.Field {
	sheet, vouched := styleSheet(m)
	var out []trace.Field
	counted := false
	for _, f := range m.Header {
		switch {
		case f.Name == "Content-Length" && f.Value == strconv.Itoa(len(m.Body)) && len(m.Body) > 0 && !counted:
			counted = true
			continue
		case f.Name == "Content-Security-Policy" && vouched:
			f.Value = strings.Replace(f.Value, hashSource(sheet), "'sha256-… of its style'", 1)
		case f.Name == "Date" && f.Value == m.At.UTC().Format(http.TimeFormat):
			f.Value = "now"
		case f.Name == "Location":
			f.Value = bare(f.Value)
		}
		out = append(out, f)
	}
	if len(m.Body) > 0 && !counted {
		out = append(out, trace.Field{Name: "Content-Length", Value: "not sent"})
	}
	return out
}

// bare is an address without the parameters that stand by name below it, if those make it byte for byte.
func bare(address string) string {
	front, behind, found := strings.Cut(address, "#")
	if fields := fragment(address); found && len(fields) > 0 {
		if trace.EncodePairs(fields) != behind {
			return address
		}
	} else if found {
		return address
	}
	at, query, found := strings.Cut(front, "?")
	if fields := trace.ParsePairs(query); found && (len(fields) == 0 || trace.EncodePairs(fields) != query) {
		return address
	}
	return at
}
