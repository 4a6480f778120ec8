package frame

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

func soup(full, hot bool) []room.Menu {
	return []room.Menu{{Title: "Soup", Commands: []room.Command{
		{ID: "stir", Words: "Stir", Keys: room.And(room.Ctrl, fyne.KeyS, room.Keys(fyne.KeyS)...), Off: !full},
		{
			ID: "heat", Words: "Heat", Apart: true,
			Below: []room.Command{{ID: "heat.low", Words: "Low", On: !hot}, {ID: "heat.high", Words: "High", On: hot}},
		},
		{ID: QuitID, Words: "Quit", Opens: true},
	}}}
}

func TestTheBarIsMadeAnewOnlyWhereWordsOrMarksChange(t *testing.T) {
	var bars []*fyne.MainMenu
	var acted []string
	m := NewMenu(func(bar *fyne.MainMenu) { bars = append(bars, bar) }, func(id string) { acted = append(acted, id) })
	m.Update(soup(false, false))
	items := bars[0].Items[0].Items
	if len(items) != 4 || !items[0].Disabled || !items[1].IsSeparator || !items[2].ChildMenu.Items[0].Checked || !items[3].IsQuit {
		t.Fatalf("the menu holds %+v", items)
	}
	if !strings.HasPrefix(items[0].Label, "Stir") || items[0].Shortcut == nil || items[3].Label != "Quit …" {
		t.Errorf("the items are called %q and %q; the shortcut is %v", items[0].Label, items[3].Label, items[0].Shortcut)
	}
	m.Update(soup(true, false))
	if len(bars) != 1 || items[0].Disabled {
		t.Errorf("%d bars were made; what can act again is disabled: %v", len(bars), items[0].Disabled)
	}
	m.Update(soup(false, false))
	if len(bars) != 1 || !items[0].Disabled {
		t.Errorf("%d bars were made; what can no longer act is disabled: %v", len(bars), items[0].Disabled)
	}
	m.Update(soup(true, true))
	if len(bars) != 2 || !bars[1].Items[0].Items[2].ChildMenu.Items[1].Checked {
		t.Errorf("%d bars were made after another mark", len(bars))
	}
	items[0].Action()
	items[2].ChildMenu.Items[1].Action()
	if strings.Join(acted, " ") != "stir heat.high" {
		t.Errorf("the items asked for %q", acted)
	}
}
