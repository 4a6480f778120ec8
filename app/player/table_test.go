package player

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestTheKeysThatButtonsNameAreThoseOfTheirCommands(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	table := slices.Concat(s.Commands(), s.ClockCommands())
	named := regexp.MustCompile(`\(([A-Z][A-Za-z]*(?:, [A-Z][A-Za-z]*)*)\)$`)
	for id, b := range map[string]*page.Button{
		"walk.next": s.transport.next, "walk.back": s.transport.back, "walk.tamper": s.transport.tamper,
		"walk.play": s.transport.play, "clock.offer": s.transport.clock,
	} {
		keys := named.FindStringSubmatch(b.Help)
		c, ok := room.Find(table, id)
		if keys == nil || !ok {
			t.Errorf("%s: the button says %q and names no key, or there is no such command", id, b.Help)
			continue
		}
		for _, name := range strings.Split(keys[1], ", ") {
			if !slices.ContainsFunc(c.Keys, func(k room.Key) bool { return k.String() == name }) {
				t.Errorf("%s: the button names the key %s, and the command has %v", id, name, c.Keys)
			}
		}
	}
}

func TestWithoutARunNothingOfTheScreenCanAct(t *testing.T) {
	looktest.App(t)
	s := NewScreen(narrator(t, tutorials.Everyone, "protocol"))
	for c := range room.All(slices.Concat(s.Commands(), s.ClockCommands(), s.TabCommands())) {
		if c.Do == nil {
			continue
		}
		if !c.Off {
			t.Errorf("%s can act on nothing", c.ID)
		}
		c.Do() // and does no harm
	}
}
