package look

import (
	"fyne.io/fyne/v2"

	colours "github.com/grantwalk/grantwalk/flows/telling/palette"
)

// Pair is text of one colour on a ground of another.
type Pair struct {
	Ink, Ground fyne.ThemeColorName
}

// Pairs lists every ink and ground that the screens put together. A widget that
// needs another pair adds it here, so that the contrast test sees it.
func Pairs() []Pair {
	var all []Pair
	for _, ink := range []fyne.ThemeColorName{Ink, InkSoft, InkFaint} {
		all = append(all, on(ink, Card, Ground, CardSoft, Band)...)
	}
	all = append(all, on(OnBand, Band, Card, CardSoft, Ground)...) // links too
	all = append(all, on(InkSoft, Quiet)...)
	all = append(all, on(OnPrimary, Primary)...)
	all = append(all, on(Ink, Selected, Quiet)...)
	all = append(all, on(Pass, PassGround, Card, CardSoft, Band)...)
	all = append(all, on(Fail, FailGround, Card, CardSoft, Band)...)
	all = append(all, on(Caution, CautionGround, Card, CardSoft)...)
	all = append(all, on(Card, Fail, Pass)...) // icons cut out of a disc
	for _, ink := range []fyne.ThemeColorName{Ink, InkSoft} {
		all = append(all, on(ink, PassGround, FailGround, CautionGround)...)
	}
	for _, ink := range []fyne.ThemeColorName{WireName, WireValue, WireKeyword, WireQuiet} {
		all = append(all, on(ink, CardSoft, Card)...)
	}
	for _, id := range colours.Roles() {
		t := Role(id)
		all = append(all, on(t.Ink, t.Ground, Card)...)
		all = append(all, on(InkSoft, t.Ground)...) // the second line of a lane
	}
	for _, id := range colours.Artefacts() {
		t := Artefact(id)
		all = append(all, on(t.Ink, t.Ground)...)
	}
	return all
}

// Shapes lists every shape that carries meaning and what it stands on: the edge
// of what can be pressed, a line that tells where somebody stands, an arrow that
// is still to come. Borders around cards carry none.
func Shapes() []Pair {
	var all []Pair
	all = append(all, on(Edge, Card, CardSoft, Ground)...)
	all = append(all, on(Primary, Card, Ground)...)
	all = append(all, on(Focus, Card, CardSoft, Ground, Band)...)
	all = append(all, on(Lifeline, Card)...)
	all = append(all, on(Arrow, Card, Band)...)
	all = append(all, on(ArrowSoft, Card, CardSoft, Band)...)
	all = append(all, on(OnBand, Card, Band)...)
	all = append(all, on(Past, Card)...) // segments, and around the current row
	all = append(all, on(Pass, Card, PassGround)...)
	all = append(all, on(Fail, Card, FailGround)...)
	all = append(all, on(Caution, Card, CautionGround, Selected)...) // around what is followed too
	for _, id := range colours.Artefacts() {
		all = append(all, on(Artefact(id).Line, Card, Band, PassGround, FailGround)...)
	}
	for _, id := range colours.Roles() {
		all = append(all, on(Role(id).Ink, Card, Role(id).Ground)...) // around the parties of the current row
	}
	return all
}

func on(ink fyne.ThemeColorName, grounds ...fyne.ThemeColorName) []Pair {
	pairs := make([]Pair, 0, len(grounds))
	for _, ground := range grounds {
		pairs = append(pairs, Pair{Ink: ink, Ground: ground})
	}
	return pairs
}
