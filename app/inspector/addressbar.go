package inspector

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/elide"
)

// addressBar is the top of a browser's window: whose page this is. Pointing at
// it says the whole address, pressing it opens it to be selected and copied.
type addressBar struct {
	page.Pointable
	kit            *kit
	title, address string

	back, pill *canvas.Rectangle
	line       *canvas.Rectangle
	lock       *page.Glyph
	name       *canvas.Text
	text       *canvas.Text
}

func newAddressBar(k *kit) *addressBar {
	b := &addressBar{
		kit: k,
		back: &canvas.Rectangle{
			TopLeftCornerRadius: look.Radius - 1, TopRightCornerRadius: look.Radius - 1,
		}, pill: &canvas.Rectangle{CornerRadius: 13}, line: &canvas.Rectangle{},
		lock: page.NewGlyph("lock", look.InkSoft), name: &canvas.Text{}, text: &canvas.Text{},
	}
	b.Extend(b, k.Kit, nil)
	return b
}

func (b *addressBar) HeightFor(float32) float32 { return 66 }

// set gives the bar its page, and what pressing it does.
func (b *addressBar) set(title, address string, press func()) {
	b.title, b.address, b.OnTapped = title, address, press
	if address == "" {
		b.OnTapped = nil
	}
}

func (b *addressBar) sayHint() {
	if b.address != "" {
		b.kit.hint(hint{name: b.kit.say.Text("inspector.hint.address"), meaning: b.address, whole: true})
	}
}

// MouseIn also says the whole address.
func (b *addressBar) MouseIn(e *desktop.MouseEvent) {
	b.Pointable.MouseIn(e)
	b.sayHint()
}

// MouseOut also takes it away.
func (b *addressBar) MouseOut() {
	b.Pointable.MouseOut()
	b.kit.hint(hint{})
}

// FocusGained tells who uses the keyboard as much as who points.
func (b *addressBar) FocusGained() {
	b.Pointable.FocusGained()
	b.sayHint()
}

// FocusLost also takes it away.
func (b *addressBar) FocusLost() {
	b.Pointable.FocusLost()
	b.kit.hint(hint{})
}

func (b *addressBar) Arrange(size fyne.Size) {
	page.Fill(b.back, look.CardSoft, "", 0)
	b.back.Resize(size)
	page.Fill(b.line, look.Line, "", 0)
	page.Put(b.line, 0, size.Height-1, size.Width, 1)
	ground := look.Card
	if b.Hovered && !b.Disabled() {
		ground = theme.ColorNameHover
	}
	page.Fill(b.pill, ground, look.Line, 1)
	page.Put(b.pill, 10, 31, size.Width-20, 26)
	b.Shown = append(b.Shown[:0], b.back, b.line, b.pill)
	soft := page.Face{Size: look.Small, Bold: true}
	page.Write(b.name, page.Shorten(b.title, soft, size.Width-32), &page.Span{Ink: look.Ink, Face: soft})
	page.Put(b.name, 16, 4, size.Width-32, 24)
	x := float32(22)
	if strings.HasPrefix(b.address, "https:") {
		page.Place(b.lock, 20, 31+6, 14, 14)
		b.Shown = append(b.Shown, b.lock)
		x = 40
	}
	plain := page.Face{Size: look.Small}
	page.Write(b.text, fitAddress(b.kit.Ruler, plain, b.address, size.Width-x-24), &page.Span{Ink: look.Ink, Face: plain})
	page.Put(b.text, x, 31, size.Width-x-24, 26)
	b.Shown = append(b.Shown, b.name, b.text)
	b.DrawRing(8, 29, size.Width-16, 30)
}

// fitAddress shortens an address in its middle. The host stays: it is what tells whose page this is.
func fitAddress(r *page.Ruler, f page.Face, address string, width float32) string {
	if r.Width(f, address) <= width {
		return address
	}
	host := 0
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = strings.Index(address, u.Host) + len(u.Host)
	}
	if rest := elide.Middle(address[host:], func(s string) bool { return r.Width(f, address[:host]+s) <= width }); rest != "" {
		return address[:host] + rest
	}
	return page.Shorten(address, f, width)
}
