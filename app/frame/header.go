package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// header is the line on top: whose window this is, what the room is called, which voice and which lens.
type header struct {
	say    *catalog.Catalog
	bar    *fyne.Container
	rail   *page.Button
	logo   *logo
	title  *page.Line
	badge  *page.Badge
	note   *page.Line
	aside  *page.Button
	voice  *page.Switch
	lens   *page.Button
	wide   bool
	titles room.Title // what is said of the room, in its long and its short form
	lenses []room.Command

	onRail  func()
	onVoice func(i int)
}

// newHeader returns a header whose controls pass on the keys that they have no use for.
func newHeader(say *catalog.Catalog, voices []string, onKey func(*fyne.KeyEvent) bool) *header {
	h := &header{say: say, logo: newLogo(onKey)}
	h.title = page.NewLine("", look.Heading, look.Ink)
	h.title.Bold, h.title.Least = true, 40
	h.badge = page.NewBadge("", look.PassGround, look.Pass)
	h.note = page.NewLine("", look.Body, look.InkSoft)
	h.note.Least = 20
	h.voice = page.NewSwitch(voices, func(i int) { h.onVoice(i) })
	h.lens = page.NewButton("", h.offerLenses)
	h.lens.IconLast, h.lens.Help = true, say.Text("frame.lens.help")
	h.aside = page.NewButton("", func() { h.titles.Aside.Do() })
	h.rail = page.NewIconButton("menu", "", func() { h.onRail() })
	for _, b := range []*page.Button{h.lens, h.aside, h.rail} {
		b.OnKey = onKey
	}
	h.voice.OnKey = onKey
	h.bar = container.NewWithoutLayout(newGround(look.Card, bottomEdge), h.rail, h.logo, h.title, h.badge, h.note, h.aside, h.voice,
		h.lens)
	h.bar.Layout = h
	return h
}

func (h *header) setWide(wide bool) {
	if h.wide != wide {
		h.wide = wide
		h.bar.Refresh()
	}
}

// show says what a room is called.
func (h *header) show(t room.Title) {
	h.titles = t
	h.rail.Help = t.Rail
	h.note.SetText(t.Note)
	h.badge.Words = t.Badge
	h.badge.Ground, h.badge.Ink = look.PassGround, look.Pass
	if t.Caution {
		h.badge.Ground, h.badge.Ink = look.CautionGround, look.Caution
	}
	h.badge.Refresh()
	h.aside.Set(t.Aside.Words, "")
	h.Layout(nil, h.bar.Size())
}

// tell shows the voice, and the lenses with the one that is on.
func (h *header) tell(voice int, lenses []room.Command) {
	h.voice.Choose(voice)
	h.lenses = lenses
	for _, l := range lenses {
		if l.On {
			h.lens.Set(h.say.Text("frame.lens.on", "lens", l.Words), "down")
		}
	}
}

func (h *header) offerLenses() {
	var items []*fyne.MenuItem
	for _, lens := range h.lenses {
		item := fyne.NewMenuItem(lens.Words, lens.Do)
		item.Checked = lens.On
		items = append(items, item)
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(h.lens)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), driver.CanvasForObject(h.lens), at.AddXY(0, h.lens.Size().Height+4))
}

// MinSize is that of a narrow window.
func (h *header) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, headerHigh) }

// Layout gives room to what matters most: first the note goes, then the badge, then the title shrinks, then the lens goes.
func (h *header) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h.bar.Objects[0].Resize(size)
	x := float32(look.Gutter)
	place := func(o fyne.CanvasObject, width float32) {
		o.Move(fyne.NewPos(x, (size.Height-36)/2))
		o.Resize(fyne.NewSize(width, 36))
		x += width
	}
	offered := !h.wide && h.titles.Rail != ""
	visible(h.rail, offered)
	h.logo.named = h.wide
	if offered {
		place(h.rail, 36)
		x += look.Gap
	}
	narrow := h.titles.Aside.Do != nil
	visible(h.logo, !narrow)
	if !narrow {
		place(h.logo, h.logo.wide())
		h.logo.Refresh() // the name may have come or gone
		x += 10
	}
	if h.wide {
		x = railWidth + look.Gutter
	}
	left := x
	visible(h.aside, narrow)
	right := []fyne.CanvasObject{h.voice, h.lens}
	if narrow {
		right = append([]fyne.CanvasObject{h.aside}, right...)
	}
	fits := rowWidth(right) <= size.Width-left-look.Gutter
	visible(h.lens, fits) // the menu and a key offer the lens too
	if !fits {
		right = right[:len(right)-1]
	}
	x = size.Width - look.Gutter
	for i := len(right) - 1; i >= 0; i-- {
		x -= right[i].MinSize().Width
		start := x
		place(right[i], right[i].MinSize().Width)
		x = start - rowGap
	}
	h.layTitle(left, x-left, size.Height)
}

const (
	rowGap     float32 = 10  // between the controls of the header
	leastTitle float32 = 100 // of a title that is cut; less says nothing
)

func rowWidth(row []fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range row {
		width += o.MinSize().Width + rowGap
	}
	return width
}

func (h *header) layTitle(left, room, high float32) {
	h.title.SetText(h.titles.Name)
	if fyne.MeasureText(h.titles.Name, look.Heading, fyne.TextStyle{Bold: true}).Width > room {
		h.title.SetText(h.titles.Short)
	}
	if fyne.MeasureText(h.title.Words, look.Heading, fyne.TextStyle{Bold: true}).Width > room {
		h.title.SetText("") // the rail and the pane say it too
	}
	title := fyne.MeasureText(h.title.Words, look.Heading, fyne.TextStyle{Bold: true}).Width + 2
	badge, note := h.badge.MinSize().Width, fyne.MeasureText(h.note.Words, look.Body, fyne.TextStyle{}).Width+2
	visible(h.title, room >= min(title, leastTitle))
	visible(h.badge, h.badge.Words != "" && room >= title+badge+12)
	visible(h.note, h.badge.Visible() && room >= title+badge+note+40)
	h.title.Move(fyne.NewPos(left, 0))
	h.title.Resize(fyne.NewSize(max(0, min(title, room)), high))
	h.badge.Move(fyne.NewPos(left+title+12, 0))
	h.badge.Resize(fyne.NewSize(badge, high))
	h.note.Move(fyne.NewPos(left+title+badge+24, 1))
	h.note.Resize(fyne.NewSize(note, high))
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
