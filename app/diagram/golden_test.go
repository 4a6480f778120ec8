package diagram

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

// pictured is one arrow in one state between its neighbours.
type pictured struct {
	name    string
	arrow   Arrow
	current bool
}

func pictures() []pictured {
	request := Arrow{From: cl, To: as, Label: "POST /token", State: Past}
	with := func(change func(*Arrow)) Arrow {
		a := request
		change(&a)
		return a
	}
	return []pictured{
		{"past", request, false},
		{"current", request, true},
		{"future", with(func(a *Arrow) { a.State = Future }), false},
		{"waiting", with(func(a *Arrow) { a.State = Waiting; a.Chips = []Chip{{Artefact: "code", Label: "code"}} }), false},
		{"waiting-current", with(func(a *Arrow) { a.State = Waiting }), true},
		{"failed", with(func(a *Arrow) { a.Sign, a.News = Cross, BadNews }), false},
		{"failed-current", with(func(a *Arrow) { a.Sign, a.News = Cross, BadNews }), true},
		{"stopped", with(func(a *Arrow) { a.Sign, a.News = Shield, GoodNews }), false},
		{"stopped-current", with(func(a *Arrow) { a.Sign, a.News = Shield, GoodNews }), true},
		{"lost", with(func(a *Arrow) { a.Sign, a.News = Alarm, BadNews }), false},
		{"edited", with(func(a *Arrow) { a.Edited = true }), false},
		{"lit", with(func(a *Arrow) { a.Lit = true }), false},
		{"back", with(func(a *Arrow) { a.Line = Back }), false},
		{"gesture", with(func(a *Arrow) { a.Line = Gesture }), false},
		{"note", with(func(a *Arrow) { a.Line, a.To = Note, cl }), false},
		{"note-last-lane", with(func(a *Arrow) { a.Line, a.From, a.To = Note, as, as }), false},
		{"reply", with(func(a *Arrow) { a.Reply, a.From, a.To = true, as, cl }), false},
		{"chapter", with(func(a *Arrow) { a.Chapter = "Tokens" }), false},
		{"chips", with(func(a *Arrow) {
			a.Chips = []Chip{{Artefact: "access-token", Label: "key card"}, {Artefact: "id-token", Label: "photo ID"}}
		}), true},
		{"beads", with(func(a *Arrow) {
			a.Chips = []Chip{{Artefact: "access-token", Label: "key card"}, {Artefact: "id-token", Label: "photo ID"}}
		}), false},
		{"chips-expired", with(func(a *Arrow) { a.Chips = []Chip{{Artefact: "access-token", Label: "key card", Gone: "expired"}} }), true},
		{"beads-expired", with(func(a *Arrow) { a.Chips = []Chip{{Artefact: "code", Label: "ticket", Gone: "expired"}} }), false},
		{"later", with(func(a *Arrow) { a.Later = "5 min later" }), false},
		{"chapter-later", with(func(a *Arrow) { a.Chapter, a.Later = "Tokens", "1 d later" }), false},
	}
}

func TestEveryStateHasItsForm(t *testing.T) {
	for _, p := range pictures() {
		t.Run(p.name, func(t *testing.T) {
			d := shown(t, look.Light, fyne.NewSize(420, 200))
			d.SetLanes(protocolLanes()[2:4])
			d.SetArrows([]Arrow{p.arrow})
			if p.current {
				d.SetCurrent(0)
			}
			test.AssertRendersToMarkup(t, "diagram/"+p.name+".xml", d.scrollCanvas())
		})
	}
}

func TestTheEmptyAndTheFocusedDiagramHaveTheirForm(t *testing.T) {
	d := shown(t, look.Light, fyne.NewSize(420, 320))
	test.AssertRendersToMarkup(t, "diagram/empty.xml", d.scrollCanvas())
	d.SetLanes(protocolLanes())
	d.FocusGained()
	test.AssertRendersToMarkup(t, "diagram/focused.xml", d.scrollCanvas())
}
