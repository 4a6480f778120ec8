package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/tutorials"
)

// header is the line on top: whose window this is, which flow, which voice and which lens.
type header struct {
	w        *window
	bar      *fyne.Container
	rail     *page.Button
	logo     *canvas.Image
	name     *page.Line
	title    *page.Line
	status   *page.Badge
	audience *page.Line
	pane     *page.Button
	voice    *page.Switch
	lens     *page.Button
	wide     bool
	about    tutorials.Flow
}

func newHeader(w *window) *header {
	h := &header{w: w, logo: canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon()))}
	h.logo.FillMode = canvas.ImageFillContain
	h.name = page.NewLine("Grantwalk", look.Heading, look.Ink)
	h.name.Bold = true
	h.title = page.NewLine("", look.Heading, look.Ink)
	h.title.Bold, h.title.Least = true, 40
	h.status = page.NewBadge("", look.PassGround, look.Pass)
	h.audience = page.NewLine("", look.Body, look.InkSoft)
	h.audience.Least = 20
	h.voice = page.NewSwitch([]string{"Everyone", "Executive", "Developer"}, func(i int) { w.setVoice(tutorials.Voices()[i]) })
	h.lens = page.NewButton("", h.offerLenses)
	h.lens.IconLast, h.lens.Help = true, "What things are called (L)"
	h.pane = page.NewButton("Details", w.togglePane)
	h.rail = page.NewIconButton("menu", "Flows, people and what-ifs", w.toggleRail)
	for _, b := range []*page.Button{h.lens, h.pane, h.rail} {
		b.OnKey = w.typed
	}
	h.voice.OnKey = w.typed
	h.bar = container.NewWithoutLayout(newGround(look.Card, bottomEdge), h.rail, h.logo, h.name, h.title, h.status, h.audience, h.pane, h.voice, h.lens)
	h.bar.Layout = h
	return h
}

func (h *header) setWide(wide bool) {
	if h.wide != wide {
		h.wide = wide
		h.bar.Refresh()
	}
}

// update says which flow is shown, and how.
func (h *header) update() {
	s := h.w.screen
	p := s.Player()
	if p == nil {
		return
	}
	about := s.Narrator().About()
	h.about = about
	h.audience.SetText(about.Audience)
	h.status.Words = titled(about.Status)
	h.status.Ground, h.status.Ink = look.PassGround, look.Pass
	if about.Status != "recommended" {
		h.status.Ground, h.status.Ink = look.CautionGround, look.Caution
	}
	if p.IsSaved() {
		h.mark()
	}
	h.status.Refresh()
	for i, v := range tutorials.Voices() {
		if v == s.Narrator().Voice {
			h.voice.Choose(i)
		}
	}
	if lens, ok := h.w.words.Lens(s.Narrator().Lens); ok {
		h.lens.Set("Lens: "+lens.Title, "down")
	}
	_, details := s.Narrow()
	label := "Details"
	if details {
		label = "Diagram"
	}
	h.pane.Set(label, "")
	h.Layout(nil, h.bar.Size())
}

func titled(s string) string {
	if s == "" {
		return ""
	}
	return string(s[0]-'a'+'A') + s[1:]
}

func (h *header) offerLenses() {
	var items []*fyne.MenuItem
	for _, lens := range h.w.words.Lenses() {
		item := fyne.NewMenuItem(lens.Title, func() { h.w.setLens(lens.ID) })
		item.Checked = lens.ID == h.w.screen.Narrator().Lens
		items = append(items, item)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.lens)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), h.w.win.Canvas(), at.AddXY(0, h.lens.Size().Height+4))
}

// MinSize is that of a narrow window.
func (h *header) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, headerHigh) }

// Layout gives room to what matters most: first the audience goes, then the badge, then the title shrinks, then the lens goes.
func (h *header) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h.bar.Objects[0].Resize(size)
	x := float32(look.Gutter)
	place := func(o fyne.CanvasObject, width float32) {
		o.Move(fyne.NewPos(x, (size.Height-36)/2))
		o.Resize(fyne.NewSize(width, 36))
		x += width
	}
	visible(h.rail, !h.wide)
	visible(h.name, h.wide)
	if !h.wide {
		place(h.rail, 36)
		x += look.Gap
	}
	narrow, _ := h.w.screen.Narrow()
	visible(h.logo, !narrow)
	if !narrow {
		h.logo.Move(fyne.NewPos(x, (size.Height-28)/2))
		h.logo.Resize(fyne.NewSquareSize(28))
		x += 28 + 10
	}
	if h.wide {
		place(h.name, h.name.MinSize().Width)
		x = railWidth + look.Gutter
	}
	left := x
	visible(h.pane, narrow)
	right := []fyne.CanvasObject{h.voice, h.lens}
	if narrow {
		right = append([]fyne.CanvasObject{h.pane}, right...)
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
	h.title.SetText(h.about.Title)
	if fyne.MeasureText(h.about.Title, look.Heading, fyne.TextStyle{Bold: true}).Width > room {
		h.title.SetText(h.about.Short)
	}
	if fyne.MeasureText(h.title.Words, look.Heading, fyne.TextStyle{Bold: true}).Width > room {
		h.title.SetText("") // the rail and the pane say it too
	}
	title := fyne.MeasureText(h.title.Words, look.Heading, fyne.TextStyle{Bold: true}).Width + 2
	badge, audience := h.status.MinSize().Width, fyne.MeasureText(h.audience.Words, look.Body, fyne.TextStyle{}).Width+2
	visible(h.title, room >= min(title, leastTitle))
	visible(h.status, h.status.Words != "" && room >= title+badge+12)
	visible(h.audience, h.status.Visible() && room >= title+badge+audience+40)
	h.title.Move(fyne.NewPos(left, 0))
	h.title.Resize(fyne.NewSize(max(0, min(title, room)), high))
	h.status.Move(fyne.NewPos(left+title+12, 0))
	h.status.Resize(fyne.NewSize(badge, high))
	h.audience.Move(fyne.NewPos(left+title+badge+24, 1))
	h.audience.Resize(fyne.NewSize(audience, high))
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
