package app

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/controls"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// rail is the list at the left: the flows with their chapters, who signs in,
// and what could go otherwise.
type rail struct {
	w       *window
	card    *fyne.Container
	list    *fyne.Container
	entries []*entry
	wide    bool // stands beside the screen
	shown   bool // floats over it
}

// entry is one row of the rail. The first nine answer to Ctrl+1 to Ctrl+9.
type entry struct {
	button *controls.Button
	do     func()
	on     func() bool
}

func newRail(w *window) *rail {
	r := &rail{w: w, list: container.NewVBox()}
	inset := container.New(layout.NewCustomPaddedLayout(4, 12, 10, 12), r.list)
	r.card = container.NewStack(newGround(look.Card, rightEdge), container.NewVScroll(inset))
	r.card.Hide()
	return r
}

// gap is room of that size.
func gap(wide, high float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(wide, high))
	return r
}

// fill lists what the flow that is open offers.
func (r *rail) fill() {
	r.list.RemoveAll()
	r.entries = nil
	r.heading("Grants")
	for _, f := range flows.All() {
		r.flow(f)
	}
	r.heading("Who signs in")
	for _, p := range stage.People() {
		r.add(p.Name, p.About, 0, func() { r.w.choosePerson(p.Username) }, func() bool { return r.w.person() == p.Username })
	}
	r.heading("What if")
	r.add("the password is wrong", "", 0, r.w.wrongPassword, func() bool { return r.w.choices().Password != "" })
	r.add("consent is refused", "", 0, r.w.refuseConsent, func() bool { return r.w.choices().Deny })
	r.add("a request is changed …", "", 0, r.w.showMistakes, func() bool { return len(r.w.choices().Edits) > 0 })
	r.update()
}

func (r *rail) flow(f flows.Flow) {
	n := r.w.screen.Narrator()
	n.Flow = f.ID
	about := n.About()
	title := strings.Replace(about.Title, " with ", " + ", 1)
	r.add(title, "", 0, r.w.screen.Home, func() bool { return true })
	for _, id := range f.Chapters {
		r.add(r.w.screen.Narrator().Chapter(id), r.chapterSpan(id), 16, func() { r.w.goChapter(id) }, func() bool { return r.w.chapter() == id })
	}
}

// chapterSpan is the numbers of a chapter's steps.
func (r *rail) chapterSpan(id string) string {
	p := r.w.screen.Player()
	first, last := 0, 0
	for i := range p.Len() {
		if p.At(i).Chapter == id {
			if first == 0 {
				first = i + 1
			}
			last = i + 1
		}
	}
	if first == 0 {
		return ""
	}
	return fmt.Sprintf("%d–%d", first, last)
}

func (r *rail) heading(words string) {
	t := controls.NewText(strings.ToUpper(words), look.Small, look.InkSoft)
	t.Bold = true
	r.list.Add(container.NewBorder(gap(0, 12), nil, gap(6, 0), nil, t))
}

func (r *rail) add(label, also string, indent float32, do func(), on func() bool) {
	b := controls.NewButton(label, func() {
		do()
		r.hideFloating()
	})
	b.Quiet, b.Leading, b.Least = true, true, 120
	b.OnKey = func(k *fyne.KeyEvent) bool { r.w.typed(k); return true }
	if also != "" {
		t := controls.NewText(also, look.Small, look.InkSoft)
		t.Least, t.Last = 10, true
		b.Wide = t
	}
	r.entries = append(r.entries, &entry{button: b, do: do, on: on})
	r.list.Add(container.NewBorder(nil, nil, gap(indent, 0), nil, b))
}

// update marks what is on.
func (r *rail) update() {
	for _, e := range r.entries {
		e.button.SetChosen(e.on())
	}
}

// press does what entry i does; the first is 0.
func (r *rail) press(i int) {
	if i >= 0 && i < len(r.entries) {
		r.entries[i].do()
	}
}

func (r *rail) setWide(wide bool) {
	r.wide = wide
	r.place()
}

func (r *rail) toggle() {
	r.shown = !r.shown
	r.place()
	r.w.body.Refresh()
}

func (r *rail) place() {
	visible(r.card, r.wide || r.shown)
	r.w.body.Objects = r.w.frame.order(r.shown && !r.wide)
}

func (r *rail) hideFloating() {
	if r.shown && !r.wide {
		r.toggle()
	}
}
