package player

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
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
			n.Mistaken = p.Mistake()
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

// message is what is seen of an arrow.
type message struct {
	Said  string // number and title of the step, and what it carries
	Label string
	News  diagram.News
	Sign  diagram.Sign
}

// shownMessages are the arrows of the window.
func shownMessages(p *Player, n tutorials.Narrator) []message {
	var shown []message
	for i, a := range arrows(p, n, "") {
		m := message{Said: strconv.Itoa(i+1) + ". " + n.Step(p.At(i).Step).Title, Label: a.Label, News: a.News, Sign: a.Sign}
		var carried []string
		for _, c := range a.Chips {
			carried = append(carried, c.Label)
		}
		if a.Edited {
			carried = append(carried, "changed by hand")
		}
		if len(carried) > 0 {
			m.Said += " (" + strings.Join(carried, ", ") + ")"
		}
		shown = append(shown, m)
	}
	return shown
}

// drawnMessages reads the same out of the exported picture, in which each
// message is a group with a title.
func drawnMessages(t *testing.T, p *Player, n tutorials.Narrator) []message {
	t.Helper()
	var out bytes.Buffer
	must(t, export.SVG(&out, p.Plan(), handout.Story(n)))
	var picture struct {
		Groups []struct {
			Title   string `xml:"title"`
			Circles []struct {
				Radius string `xml:"r,attr"`
			} `xml:"circle"`
			Outlines []struct {
				Points string `xml:"points,attr"`
			} `xml:"polygon"`
			Texts []struct {
				Size   string `xml:"font-size,attr"`
				Weight string `xml:"font-weight,attr"`
				Fill   string `xml:"fill,attr"`
				Words  string `xml:",chardata"`
			} `xml:"text"`
		} `xml:"g"`
	}
	must(t, xml.Unmarshal(out.Bytes(), &picture))
	news := map[string]diagram.News{
		fmt.Sprintf("#%06x", palette.Light().Fail): diagram.BadNews, fmt.Sprintf("#%06x", palette.Light().Pass): diagram.GoodNews,
	}
	signs := map[string]diagram.Sign{
		"8":   diagram.Cross, // the foot of a gesture is smaller
		"1.2": diagram.Alarm, // the dot of an exclamation mark on it
	}
	var drawn []message
	for _, g := range picture.Groups {
		m := message{Said: g.Title}
		for _, c := range g.Circles {
			m.Sign = max(m.Sign, signs[c.Radius])
		}
		for _, o := range g.Outlines {
			if strings.Count(o.Points, " ") > 10 { // an arrowhead has three corners
				m.Sign = diagram.Shield
			}
		}
		for _, text := range g.Texts {
			if text.Size == "13" && text.Weight == "" {
				m.Label = strings.TrimSpace(m.Label + " " + text.Words)
				m.News = news[text.Fill]
			}
		}
		drawn = append(drawn, m)
	}
	return drawn
}
