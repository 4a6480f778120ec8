package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// header is the bar on top: whose window this is, its places, back and forward,
// search, and the voice. What is said of the place stands below it, see [head].
type header struct {
	say    *catalog.Catalog
	calls  *Calls
	bar    *fyne.Container
	rail   *page.Button
	logo   *logo
	places []*page.Button
	folded *page.Button // stands for the places where they have no room side by side
	rooms  []room.Command
	back   *page.Button
	on     *page.Button
	search *page.Button
	voice  *page.Segments
	listed bool   // the rail is away and can be called
	names  string // of the places that have buttons now
}

// newHeader returns a header whose controls pass on the keys that they have no use for.
func newHeader(say *catalog.Catalog, voices []string, calls *Calls) *header {
	h := &header{say: say, calls: calls}
	h.logo = newLogo(h.key)
	h.logo.OnTapped = calls.Home
	h.voice = page.NewSegments(voices, func(i int) { calls.Voice(i) })
	h.voice.OnKey = h.key
	h.rail = page.NewIconButton("menu", "", nil)
	h.back, h.on = page.NewIconButton("back", "", nil), page.NewIconButton("next", "", nil)
	h.search = page.NewButton("", nil)
	h.folded = page.NewButton("", h.offerPlaces)
	h.folded.Quiet, h.folded.IconLast = true, true
	h.search.Leading, h.search.Least = true, leastField
	for _, b := range []*page.Button{h.rail, h.folded, h.back, h.on, h.search} {
		b.OnKey, b.OnFocus = h.key, calls.Focus
	}
	h.logo.OnFocus, h.voice.OnFocus = calls.Focus, calls.Focus
	h.bar = container.NewWithoutLayout()
	h.bar.Layout = h
	h.order()
	return h
}

// signs are the buttons that do not say in words what they are for.
func (h *header) signs() []*page.Button { return []*page.Button{h.rail, h.back, h.on, h.search} }

// order is that of drawing and of Tab.
func (h *header) order() {
	h.bar.Objects = []fyne.CanvasObject{newGround(look.Card, bottomEdge), h.rail, h.logo}
	for _, p := range h.places {
		h.bar.Objects = append(h.bar.Objects, p)
	}
	h.bar.Objects = append(h.bar.Objects, h.folded, h.back, h.on, h.search, h.voice)
}

// stops are what can have the keyboard, in the order in which they stand.
func (h *header) stops() []fyne.Focusable { return page.Stops(h.bar.Objects...) }

// key goes from one control to the next by arrows.
func (h *header) key(k *fyne.KeyEvent) bool {
	return page.Along(h.stops(), k, fyne.KeyLeft, fyne.KeyRight) || h.calls.Key(k)
}

// show says where somebody is, and where they can go.
func (h *header) show(b Bar) {
	h.voice.Choose(b.Voice)
	names := ""
	for _, p := range b.Places {
		names += p.Words + "\n"
	}
	if names != h.names {
		h.names, h.places = names, nil
		for range b.Places {
			p := page.NewButton("", nil)
			p.Quiet, p.OnKey, p.OnFocus = true, h.key, h.calls.Focus
			h.places = append(h.places, p)
		}
		h.order()
	}
	h.rooms = b.Places
	here := h.say.Text("frame.places")
	for i, p := range b.Places {
		if p.On {
			here = p.Words
		}
		h.places[i].OnTapped = p.Do
		h.places[i].Set(p.Words, "")
		h.places[i].SetChosen(p.On)
	}
	h.folded.Set(here, "down")
	h.folded.SetChosen(here != h.say.Text("frame.places"))
	for b, c := range map[*page.Button]room.Command{h.back: b.Back, h.on: b.Forward} {
		b.OnTapped, b.Help = c.Do, c.Words
		if c.Off {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	h.search.OnTapped = b.Search.Do
	h.Layout(nil, h.bar.Size())
}

// MinSize is that of a narrow window.
func (h *header) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, headerHigh) }

const (
	rowGap     float32 = 10  // between the controls of the header
	searchWide float32 = 220 // of the field where there is room
	leastField float32 = 36  // of the field that shows its sign alone
)

// offerPlaces lists the places that have no room on the bar.
func (h *header) offerPlaces() { h.calls.popCommands(h.folded, h.rooms) }

// Layout gives room to what matters most: first the name goes, then the field
// of search shrinks to its sign, then back and forward go, which have keys, then
// the places fold into one button, and at last the voice goes, which has keys too.
func (h *header) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h.bar.Objects[0].Resize(size)
	x := look.Gutter
	place := func(o fyne.CanvasObject, width float32) {
		o.Move(fyne.NewPos(x, (size.Height-36)/2))
		o.Resize(fyne.NewSize(width, 36))
		x += width
	}
	visible(h.rail, h.listed)
	if h.listed {
		place(h.rail, 36)
		x += look.Gap
	}
	h.logo.named = size.Width >= 1100
	place(h.logo, h.logo.wide())
	h.logo.Refresh() // the name may have come or gone
	x = max(x+look.Gap, h.placesFrom(size.Width))
	voice := h.voice.MinSize().Width + rowGap
	fits := size.Width - look.Gutter - x - 36 - rowGap
	x = h.layPlaces(x, fits-voice, size.Height)
	visible(h.voice, x+36+rowGap+voice <= size.Width-look.Gutter || !h.folded.Visible())
	h.layEnd(x, size)
}

// placesFrom is where the places begin, the same in every room: over the content
// where a rail has room beside it, whether there is one or not, and in a narrow
// window where they stand while the button of the rail does.
func (h *header) placesFrom(width float32) float32 {
	if width >= railFrom {
		return railWidth + look.Gutter - 14
	}
	return look.Gutter + 36 + look.Gap + h.logo.wide() + look.Gap
}

// layPlaces lays the places side by side where they fit, else one button for all, and returns where they end.
func (h *header) layPlaces(x, fits, high float32) float32 {
	wide := float32(0)
	for _, p := range h.places {
		wide += p.MinSize().Width + 2
	}
	beside := wide <= fits
	for _, p := range h.places {
		visible(p, beside)
	}
	visible(h.folded, !beside)
	if !beside {
		wide = h.folded.MinSize().Width
		page.Put(h.folded, x, (high-36)/2, wide, 36)
		return x + wide
	}
	for _, p := range h.places {
		wide = p.MinSize().Width
		page.Put(p, x, (high-36)/2, wide, 36)
		x += wide + 2
	}
	return x
}

// layEnd lays out what stands at the right end: voice, search, and before them back and forward.
func (h *header) layEnd(x float32, size fyne.Size) {
	right := size.Width - look.Gutter
	put := func(o fyne.CanvasObject, width float32) {
		right -= width
		page.Put(o, right, (size.Height-36)/2, width, 36)
	}
	if h.voice.Visible() {
		put(h.voice, h.voice.MinSize().Width)
		right -= rowGap
	}
	room := right - x + rowGap
	arrows := room >= 2*36+36+3*rowGap
	visible(h.back, arrows)
	visible(h.on, arrows)
	if arrows {
		room -= 2*36 + 2*rowGap
	}
	field := max(leastField, min(searchWide, room-2*rowGap))
	h.layField(field)
	put(h.search, field)
	if arrows {
		right -= rowGap
		put(h.on, 36)
		right -= 2
		put(h.back, 36)
	}
}

// layField says in the field what it is for, as far as there is room.
func (h *header) layField(width float32) {
	h.search.Help = h.say.Text("frame.search")
	h.search.Resize(fyne.NewSize(width, 36))
	for _, words := range []string{h.search.Help, h.say.Text("frame.search-short"), h.say.Text("frame.search-least"), ""} {
		h.search.Leading = words != "" // a sign alone stands in the middle
		h.search.Set(words, "search")
		if h.search.Said() == words {
			return
		}
	}
}

func visible(o fyne.CanvasObject, yes bool) {
	if yes != o.Visible() {
		if yes {
			o.Show()
		} else {
			o.Hide()
		}
	}
}
