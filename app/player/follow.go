package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// mostShown is how many letters of a value the bar shows.
const mostShown = 28

// followBar says which value is being followed and walks from place to place.
type followBar struct {
	screen *Screen
	words  *page.Line
	bar    fyne.CanvasObject
	over   *fyne.Container // holds the bar below the diagram
}

func newFollowBar(s *Screen) *followBar {
	f := &followBar{screen: s, words: page.NewLine("", look.Body, look.Ink)}
	f.words.Least = 60
	earlier := page.NewIconButton("back", s.narrator.Say().Text("player.follow.before"), func() { f.visit(-1) })
	seen := page.NewIconButton("eye", s.narrator.Say().Text("player.follow.seen"), s.ShowSeen)
	later := page.NewIconButton("next", s.narrator.Say().Text("player.follow.next"), func() { f.visit(+1) })
	stop := page.NewIconButton("close", s.narrator.Say().Text("player.follow.stop"), func() { s.player.Follow("") })
	for _, b := range []*page.Button{seen, earlier, later, stop} {
		b.OnKey, b.Hint = s.key, s.hintAt(b)
	}
	words := container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), f.words)
	card := page.NewCard(container.NewBorder(nil, nil, nil, container.NewHBox(seen, earlier, later, stop), words), 6)
	card.Ground, card.Edge = look.Selected, look.Caution
	f.bar = container.NewPadded(card)
	f.bar.Hide()
	return f
}

func (f *followBar) update() {
	p := f.screen.player
	value := p.Followed()
	if value == "" {
		f.show(false)
		return
	}
	places := p.Places()
	messages := map[int]bool{}
	for _, place := range places {
		messages[place.Message] = true
	}
	say := f.screen.narrator.Say()
	f.words.SetText(say.Text("player.follow.words",
		"name", nameOf(say, p.Plan().Find(value)), "value", page.Elide(value, mostShown),
		"places", say.Count("player.follow.places", len(places)), "steps", say.Count("telling.steps", len(messages))))
	f.show(true)
}

// show also gives the room of the bar to the diagram, or takes it: hiding alone lays nothing out.
func (f *followBar) show(yes bool) {
	if f.bar.Visible() == yes {
		return
	}
	show(f.bar, yes)
	f.over.Refresh()
	f.over.Layout.Layout(f.over.Objects, f.over.Size())
}

// nameOf is what a value is called on the wire, or else where it stands first.
func nameOf(say *catalog.Catalog, places []trace.Place) string {
	for _, part := range []trace.Part{trace.InURL, trace.InBody, trace.InHeader, trace.InAct, trace.InToken, trace.InCalc} {
		for _, p := range places {
			if p.Part == part {
				return p.Name
			}
		}
	}
	return say.Text("player.follow.value")
}

// visit goes to the next step that carries the followed value, or with -1 to the one before.
func (f *followBar) visit(step int) {
	p := f.screen.player
	if p == nil || p.Followed() == "" {
		return
	}
	for i := p.Cursor() + step; i >= 0 && i < p.Len(); i += step {
		if p.At(i).Carries(p.Followed()) {
			f.screen.Seek(i)
			return
		}
	}
}

// end puts the light out.
func (f *followBar) end() {
	if p := f.screen.player; p != nil {
		p.Follow("")
	}
}
