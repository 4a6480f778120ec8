package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAClickSaysThatNothingCrossedTheNetwork(t *testing.T) {
	v := paneOn(t, "response", step(clickGesture(), nil, nil))
	if !shows(v, "This arrow is a click. Nothing crossed the network.") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestTheRefusalStandsFirst(t *testing.T) {
	v := paneFor(t, wide())
	v.SetContent(failingStep())
	all := strings.Join(textsOf(v), " ")
	if why, likeness := strings.Index(all, "Why it stopped here"), strings.Index(all, "Think of it like this."); why < 0 || why > likeness {
		t.Errorf("shows %q", all)
	}
}

func TestARefusalShowsTheValuesAndWhatToDoNext(t *testing.T) {
	c := failingStep()
	c.Words.RefusedExpected, c.Words.RefusedGot = challenge, "something else"
	c.Actions = []inspector.Action{{ID: "again", Label: "Run it again"}, {ID: "undo", Label: "Undo the change"}}
	v := paneOn(t, "words", c)
	var did []string
	v.OnAction = func(id string) { did = append(did, id) }
	tapText(t, v, "Undo the change")
	if strings.Join(did, " ") != "undo" {
		t.Errorf("did %q", did)
	}
	all := strings.Join(textsOf(v), " ")
	last := -1
	for _, text := range []string{
		"Why it stopped here", "expected", challenge, "got", "something else", "Run it again", "Think of it", "Remember",
	} {
		at := strings.Index(all, text)
		if at <= last {
			t.Errorf("%q does not stand in its place: %q", text, all)
		}
		last = at
	}
}

func TestNoSpaceIsDrawnBehindAnArrow(t *testing.T) {
	c := tokenStep()
	c.Words.Why = "One → two → three."
	c.Message.Edited = []trace.EditMark{{What: "method", Before: "GET", After: "POST"}}
	for _, tab := range []string{"words", "request"} {
		arrows := 0
		for _, text := range textsOf(paneOn(t, tab, c)) {
			arrows += strings.Count(text, "→")
			if strings.Contains(text, "→ ") {
				t.Errorf("%s draws %q", tab, text)
			}
		}
		if arrows == 0 {
			t.Errorf("%s has no arrow", tab)
		}
	}
}

func TestThePictureFollowsTheHeightOfThePane(t *testing.T) {
	c := tokenStep()
	c.Words.Picture = fyne.NewStaticResource("p.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 100"/>`))
	v := paneOn(t, "words", c)
	for _, tall := range []float32{900, 300, 220, 420, 2000} {
		v.Resize(fyne.NewSize(400, tall))
		first, picture, high := firstVisible(v, "Think of it like this."), float32(-1), float32(0)
		for _, s := range everything(v, fyne.Position{}) {
			if i, ok := s.object.(*canvas.Image); ok {
				picture, high = s.at.Y, i.Size().Height
			}
		}
		switch {
		case tall < 260 && picture >= 0, tall >= 260 && picture < 0:
			t.Errorf("at %v the picture stands at %v", tall, picture)
		case tall >= 260 && (picture < first) != (tall >= 380):
			t.Errorf("at %v the picture stands at %v, the words at %v", tall, picture, first)
		case high > min(150, 0.28*tall)+0.01:
			t.Errorf("at %v the picture is %v high", tall, high)
		}
	}
}
