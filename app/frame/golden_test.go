package frame

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
)

// furnished is a frame around nothing, with all that it can show.
func furnished(t *testing.T, size fyne.Size) (*Frame, fyne.Window) {
	t.Helper()
	title := room.Title{Name: "Soup of the day", Short: "Soup", Badge: "Recommended", Note: "Potage", Rail: "Pots", Strip: "What if"}
	f, w := framed(t, Calls{Title: func() room.Title { return title }})
	act := func() {}
	rows := func(labels ...string) (all []room.Row) {
		for _, l := range labels {
			all = append(all, room.Row{Label: l, Sign: l[:1], Do: act})
		}
		return all
	}
	rail := room.Section{Title: "Pots", Rows: rows("Soup", "Stew")}
	rail.Rows[0].Here, rail.Rows[1].Note, rail.Rows[1].Ink = true, "forbidden", look.Fail
	f.Tell(Bar{
		Places: []room.Command{{Words: "Lessons", Do: act}, {Words: "Kitchen", On: true, Do: act}},
		Back:   room.Command{Words: "Back", Do: act}, Forward: room.Command{Words: "Forward", Off: true},
		Search: room.Command{Do: act}, Voice: 1, Lenses: []room.Command{{Words: "Hotel", On: true, Do: act}},
	})
	f.Show(title, []room.Section{rail}, []room.Chip{
		{Section: room.Section{Title: "Salt", Rows: rows("little", "much")}, Now: "little"},
		{Section: room.Section{Title: "Heat", Rows: rows("low", "high")}, Now: "high", Differs: true},
	})
	w.Resize(size)
	return f, w
}

func TestTheFrameIsDrawnAsAgreed(t *testing.T) {
	wide := fyne.NewSize(1280, 720)
	for name, c := range map[string]struct {
		size fyne.Size
		do   func(*Frame)
	}{
		"wide":   {wide, func(*Frame) {}},
		"folded": {wide, (*Frame).FoldRail},
		"hidden": {wide, (*Frame).ToggleRail},
		"low":    {fyne.NewSize(1024, 600), func(*Frame) {}},    // the strip is one chip beside the title
		"narrow": {fyne.NewSize(512, 600), (*Frame).ToggleRail}, // the rail lies over the content
		"said":   {wide, func(f *Frame) { f.Say("There is no such soup.") }},
	} {
		t.Run(name, func(t *testing.T) {
			f, w := furnished(t, c.size)
			c.do(f)
			test.AssertRendersToMarkup(t, "frame/"+name+".xml", w.Canvas())
		})
	}
}
