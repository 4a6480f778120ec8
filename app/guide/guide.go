// Package guide is the room for people in a hurry, and for those who teach: what
// is mixed up most, which flow is for which app, settings for a stack, courses,
// and sheets for a board.
//
// A page is made of words and pictures; what it claims is held to runs by tests. The
// package walks nothing and knows no other room: where something can be seen, it
// asks the window to go there.
package guide

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// Places to which addresses lead that this room opens.
const (
	Place        = "guide"   // all of it
	PlaceMixUp   = "mix-up"  // mix-up/why-a-code-first
	PlaceChooser = "chooser" // chooser/person/keyboard
	PlaceStack   = "stack"   // stack/spring
	PlaceCourse  = "course"  // course/staff
	PlaceBoard   = "board"   // board/the-leaver
)

// Heads are the places whose pages it shows, besides.
func Heads() []string { return []string{PlaceMixUp, PlaceChooser, PlaceStack, PlaceCourse, PlaceBoard} }

// kinds are the kinds of papers by the places that show them.
func kindOf(place string) string {
	return map[string]string{PlaceStack: tutorials.PaperStacks, PlaceCourse: tutorials.PaperCourses, PlaceBoard: tutorials.PaperBoard}[place]
}

const keyIssuer = "guide-issuer"

// mostOfSignpost keeps the picture of the chooser from outweighing its question.
const mostOfSignpost float32 = 220

// Room shows pages.
type Room struct {
	window room.Window
	manner room.Manner
	to     address.Address
	kit    *page.Kit
	stock  *page.Stock
	sheet  *page.Column
	scroll *page.Scroll
	issuer *page.Field
	runs   func() string // the issuer of a provider that is connected now; "" for none

	signpost *page.Picture
	said     page.Said
	err      error // why there is nothing to read
}

var _ room.Room = (*Room)(nil)

// New returns the room at its first page. What runs is the issuer of a provider that is connected now, "" for none.
func New(w room.Window, words *tutorials.Library, runs func() string) *Room {
	r := &Room{window: w, runs: runs, to: address.At(Place), kit: page.NewKit(), sheet: page.NewColumn()}
	r.manner.Words = words
	r.stock = page.NewStock(r.kit)
	r.kit.Key = func(k *fyne.KeyEvent) { w.Typed(k) }
	r.kit.Link = func(link string) {
		if to := address.OfLink(link); to.Place == address.PlaceWalk {
			r.show(to)
		} else {
			w.Read(to)
		}
	}
	r.kit.Copy = w.Copy
	r.signpost = page.NewPicture().On(r.kit.Easel)
	r.signpost.Most = func() float32 { return mostOfSignpost }
	r.issuer = page.NewField(func() { w.Focus(nil) })
	r.fillIn()
	r.issuer.OnChanged = r.chooseIssuer
	r.scroll = page.NewScroll(page.NewNarrow(r.sheet, margins))
	r.kit.Reveal = r.scroll.Reveal
	return r
}

func (r *Room) visit(text string) {
	if to, err := address.Parse(text); err == nil {
		r.show(to)
	}
}

// show goes to where one sees it, and says how to come back.
func (r *Room) show(to address.Address) {
	r.window.Go(to)
	if to.Place == address.PlaceWalk {
		r.window.SayBack(r.manner.Words.Catalog().Text("guide.come-back"))
	}
}

// issuerNow is that of the provider whose settings the pages show: the one that
// somebody typed, else the one that runs, else the one that serve starts.
func (r *Room) issuerNow() string {
	return cmp.Or(r.window.Store().String(keyIssuer), r.runs(), leaflet.Issuer)
}

// fillIn shows in its field for which provider the pages are filled in.
func (r *Room) fillIn() {
	if now := r.issuerNow(); strings.TrimSpace(r.issuer.Text) != now {
		r.issuer.SetText(now)
	}
}

// takeRunning fills the pages in for the provider that runs, now and whenever one does.
func (r *Room) takeRunning() {
	r.window.Store().SetString(keyIssuer, "")
	r.fillIn()
	r.draw()
}

// chooseIssuer fills the settings in for another provider.
func (r *Room) chooseIssuer(text string) {
	text = strings.TrimSpace(text)
	if text == r.issuerNow() {
		return
	}
	r.window.Store().SetString(keyIssuer, text)
	r.draw()
}

// margins are those of a page that is read.
func margins(float32) page.Margins {
	return page.Margins{Most: 860, Side: look.Gutter, Above: look.Gap, Below: look.Gutter}
}

// Content is the page.
func (r *Room) Content() fyne.CanvasObject { return r.scroll }

// Address is that of the page.
func (r *Room) Address() address.Address { return r.to }

// Go opens what is nearest to an address, and says so where that is something else.
func (r *Room) Go(to address.Address) {
	r.to = to
	r.fillIn()
	if id := to.Part(0); id != "" && to.Place != PlaceChooser {
		nearest, ok := address.Nearest(id, r.ids(to.Place))
		switch {
		case !ok:
			r.to = address.At(to.Place)
		case nearest != id:
			r.to = address.At(to.Place, nearest)
		}
		if nearest != id {
			r.window.Say(r.manner.Words.Catalog().Text("guide.missing", "typed", id, "page", r.called()))
		}
	}
	r.draw()
	r.scroll.Rewind()
}

// ids are the names of the pages of a place.
func (r *Room) ids(place string) []string {
	var ids []string
	if place == PlaceMixUp {
		all, _ := r.manner.Words.MixUps().All()
		for i := range all {
			ids = append(ids, all[i].ID)
		}
		return ids
	}
	all, _ := r.manner.Words.Papers().Of(kindOf(place))
	for i := range all {
		ids = append(ids, all[i].ID)
	}
	return ids
}

// called is what the page is called.
func (r *Room) called() string { return Named(r.manner, r.to) }

// Named says in words what an address leads to.
func Named(m room.Manner, to address.Address) string {
	say := m.Words.Catalog()
	if mixUp, ok := m.Words.MixUps().MixUp(to.Part(0)); ok && to.Place == PlaceMixUp {
		return mixUp.Title
	}
	if paper, ok := m.Words.Papers().Paper(kindOf(to.Place), to.Part(0)); ok {
		return paper.Title
	}
	if slices.Contains(Heads(), to.Place) {
		return say.Text("guide.place." + to.Place)
	}
	return say.Text("guide.title")
}

// Title says what is open.
func (r *Room) Title() room.Title {
	name := r.manner.Words.Catalog().Text("guide.title")
	return room.Title{Name: name, Short: name, Rail: name}
}

// Strip is empty: a page is as it is.
func (r *Room) Strip() []room.Chip { return nil }

// State is what is open, and what it says.
func (r *Room) State() any {
	return struct {
		Page  string `json:"page"`
		Words string `json:"words"`
	}{r.called(), r.words()}
}

// words is all that is on the page.
func (r *Room) words() string { return r.said.Words() }

// Open has nothing to wait for.
func (r *Room) Open(ready func()) {
	r.draw()
	ready()
}

// Tell tells in another voice or language.
func (r *Room) Tell(m room.Manner) {
	r.manner = m
	_, r.err = m.Words.MixUps().All()
	r.draw()
}

// Remember has kept everything already.
func (r *Room) Remember() {}

// Close ends nothing.
func (r *Room) Close() error { return nil }
