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
	all = append(all, on(Pass, PassGround, Card, CardSoft)...)
	all = append(all, on(Fail, FailGround, Card, CardSoft)...)
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

func on(ink fyne.ThemeColorName, grounds ...fyne.ThemeColorName) []Pair {
	pairs := make([]Pair, 0, len(grounds))
	for _, ground := range grounds {
		pairs = append(pairs, Pair{Ink: ink, Ground: ground})
	}
	return pairs
}
