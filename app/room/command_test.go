package room_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/app/room"
)

// kitchen is a table of a few commands that write down what they did.
func kitchen(did *[]string) []room.Command {
	do := func(what string) func() { return func() { *did = append(*did, what) } }
	return []room.Command{
		{ID: "soup.stir", Menu: "Soup", Words: "Stir", Keys: room.And(room.Ctrl, fyne.KeyS, room.Keys(fyne.KeyS)...), Do: do("stir")},
		{ID: "soup.taste", Menu: "Soup", Words: "Taste", Told: "Taste, by a spoon", Keys: room.Keys(fyne.KeyEscape), Off: true, Do: do("taste")},
		{ID: "soup.tell", Words: "Ask the cook", Keys: room.Keys(fyne.KeyA)},
		{ID: "heat", Menu: "View", Words: "Heat", Below: []room.Command{
			{ID: "heat.1", Words: "Low", Told: "Heat", Keys: room.Keys(fyne.Key1), Do: do("low")},
			{ID: "heat.2", Words: "Middle", Told: "Heat", Keys: room.Keys(fyne.Key2), On: true, Do: do("middle")},
			{ID: "heat.3", Words: "High", Told: "Heat", Keys: room.Keys(fyne.Key3), Do: do("high")},
		}},
		{
			ID: "away", Menu: "Go", Words: "Leave", Opens: true, Keys: room.And(room.Alt, fyne.KeyPageDown, room.Keys(fyne.KeyEscape)...),
			Do: do("leave"),
		},
	}
}

func TestAKeyActsByTheFirstCommandThatHasItAndCanAct(t *testing.T) {
	var did []string
	table := kitchen(&did)
	for _, p := range []struct {
		key  room.Key
		want bool
		does string
	}{
		{room.Key{Name: fyne.KeyS}, true, "stir"},
		{room.Key{Name: fyne.KeyS, Mod: room.Ctrl}, true, "stir"},
		{room.Key{Name: fyne.KeyS, Mod: room.Alt}, false, ""},
		{room.Key{Name: fyne.Key3}, true, "high"},
		{room.Key{Name: fyne.KeyEscape}, true, "leave"}, // tasting can't be done now
		{room.Key{Name: fyne.KeyA}, false, ""},          // somebody else deals with it
		{room.Key{Name: fyne.KeyF9}, false, ""},
	} {
		did = nil
		if got := room.Press(table, p.key); got != p.want || strings.Join(did, " ") != p.does {
			t.Errorf("%s was dealt with: %v, and did %q; want %v and %q", p.key, got, did, p.want, p.does)
		}
	}
	did = nil
	if !room.Typed(table, &fyne.KeyEvent{Name: fyne.KeyS}) || len(did) != 1 {
		t.Errorf("a key that was typed did %q", did)
	}
}

func TestACommandIsFoundWhereverItStands(t *testing.T) {
	table := kitchen(new([]string))
	for id, want := range map[string]string{"soup.stir": "Stir", "heat.3": "High", "away": "Leave …"} {
		if c, ok := room.Find(table, id); !ok || c.Label() != want {
			t.Errorf("%s is found: %v, and called %q; want %q", id, ok, c.Label(), want)
		}
	}
	if c, ok := room.Find(table, "salad"); ok {
		t.Errorf("nothing is called salad, and yet %+v was found", c)
	}
	seen := 0
	for range room.All(table) {
		if seen++; seen == 5 { // in the midst of what stands below another
			break
		}
	}
	if seen != 5 {
		t.Errorf("%d commands were looked at, and the fifth was enough", seen)
	}
}

func TestTheListOfKeysHasOneLineForAllThatSayTheSame(t *testing.T) {
	want := []room.Line{
		{Keys: "S · Ctrl+S", Words: "Stir"},
		{Keys: "Esc", Words: "Taste, by a spoon"}, // whether it can act now or not
		{Keys: "A", Words: "Ask the cook"},
		{Keys: "1 … 3", Words: "Heat"},
		{Keys: "Esc · Alt+Page Down", Words: "Leave"},
		{Keys: "Ctrl+Page Up", Words: "Begin"},
	}
	table := append([]room.Command{{Words: "Begin", Keys: room.And(room.Ctrl, fyne.KeyPageUp)}}, kitchen(new([]string))...)
	if diff := cmp.Diff(want, room.Lines(table)); diff != "" {
		t.Errorf("the list of keys differs (-want +got):\n%s", diff)
	}
}

func TestKeysAreNamedAsTheyAreLabelled(t *testing.T) {
	for want, k := range map[string]room.Key{
		"Page Up": {Name: fyne.KeyPageUp}, "Ctrl+Shift+E": {Name: fyne.KeyE, Mod: room.Ctrl | room.Shift}, "Enter": {Name: fyne.KeyReturn},
		"Ctrl+Plus": {Name: fyne.KeyEqual, Mod: room.Ctrl}, "Ctrl+Minus": {Name: fyne.KeyMinus, Mod: room.Ctrl},
		"Alt+4": {Name: fyne.Key4, Mod: room.Alt},
	} {
		if got := k.String(); got != want {
			t.Errorf("a key is named %q, want %q", got, want)
		}
	}
}

func TestMenusStandAsTheRoomNamesThemAndTheWindowFramesEach(t *testing.T) {
	table := kitchen(new([]string))
	before := []room.Command{{ID: "light", Menu: "View", Words: "Light"}}
	after := []room.Command{
		{ID: "full", Menu: "View", Words: "Full"},
		{ID: "help", Menu: "Help", Words: "Help"},
		{ID: "hidden", Words: "Hidden"},
	}
	var got []string
	for _, m := range room.Menus(before, table, after) {
		for _, c := range m.Commands {
			got = append(got, m.Title+": "+c.ID)
		}
	}
	want := []string{"Soup: soup.stir", "Soup: soup.taste", "View: light", "View: heat", "View: full", "Go: away", "Help: help"}
	if !slices.Equal(got, want) {
		t.Errorf("the menus are %q, want %q", got, want)
	}
}
