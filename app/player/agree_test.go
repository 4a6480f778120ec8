package player

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// TestWindowAndExportsSayTheSameOfEveryMessage holds the diagram of the window
// and the picture of it to each other: of every flow as it should go, and with
// every mistake that can be tried in it.
func TestWindowAndExportsSayTheSameOfEveryMessage(t *testing.T) {
	told := 0
	for _, f := range flows.All() {
		n := narrator(t, tutorials.Everyone, tutorials.ProtocolLens)
		n.Flow = f.ID
		p := played(t, f.ID, nil)
		for _, mistake := range append([]flows.Mistake{{}}, f.Mistakes...) {
			must(t, p.Restart())
			if mistake.ID != "" {
				must(t, p.Try(mistake.ID))
			}
			must(t, p.Seek(p.Len()))
			window, picture := shownMessages(p, n), drawnMessages(t, p, n)
			if diff := cmp.Diff(window, picture); diff != "" {
				t.Errorf("%s, mistake %q: the picture disagrees with the window (-window +picture):\n%s", f.ID, mistake.ID, diff)
			}
			told += len(window)
		}
	}
	if told < 1000 {
		t.Errorf("only %d messages were compared: where are the flows?", told)
	}
}

// shownMessages are the arrows of the window: number and title of the step, and
// what it carries.
func shownMessages(p *Player, n tutorials.Narrator) []string {
	var shown []string
	for i, a := range arrows(p, n, "") {
		said := strconv.Itoa(i+1) + ". " + n.Step(p.At(i).Step).Title
		var carried []string
		for _, c := range a.Chips {
			carried = append(carried, c.Label)
		}
		if a.Edited {
			carried = append(carried, "changed by hand")
		}
		if len(carried) > 0 {
			said += " (" + strings.Join(carried, ", ") + ")"
		}
		shown = append(shown, said)
	}
	return shown
}

// drawnMessages reads the same out of the exported picture, in which the group
// of each message has a title.
func drawnMessages(t *testing.T, p *Player, n tutorials.Narrator) []string {
	t.Helper()
	var out bytes.Buffer
	must(t, export.SVG(&out, p.Plan(), handout.Story(n)))
	var drawn []string
	inGroup := false
	for d := xml.NewDecoder(&out); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return drawn
		}
		must(t, err)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if inGroup && start.Name.Local == "title" {
			var title string
			must(t, d.DecodeElement(&title, &start))
			drawn = append(drawn, title)
		}
		inGroup = start.Name.Local == "g"
	}
}
