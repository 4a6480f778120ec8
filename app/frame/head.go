package frame

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// head is what stands over the content of a place: what is open, through which
// lens, and the strip of what can be chosen.
type head struct {
	say    *catalog.Catalog
	calls  *Calls
	row    *fyne.Container
	title  *page.Line
	badge  *page.Badge
	note   *page.Line
	aside  *page.Button
	lens   *page.Button
	chips  []*page.Button
	more   *page.Button // the chips that have no room
	titles room.Title
	lenses []room.Command
	strip  []room.Chip
	hidden []room.Chip // those that more offers
	low    bool        // there is no row for the strip
}

const (
	titleHigh float32 = 44
	stripHigh float32 = 36
	chipGap   float32 = 6
	lowUnder  float32 = 640 // height of a window in which the strip is one chip in the row of the title
)

func newHead(say *catalog.Catalog, calls *Calls) *head {
	h := &head{say: say, calls: calls}
	h.title = page.NewLine("", look.Heading, look.Ink)
	h.title.Bold, h.title.Least = true, 40
	h.badge = page.NewBadge("", look.PassGround, look.Pass)
	h.note = page.NewLine("", look.Body, look.InkSoft)
	h.note.Least = 20
	h.lens = page.NewButton("", h.offerLenses)
	h.lens.IconLast, h.lens.Help = true, say.Text("frame.lens.help")
	h.aside = page.NewButton("", func() { h.titles.Aside.Do() })
	h.more = h.newChip(func() { h.offer(h.more, h.hidden) })
	for _, b := range []*page.Button{h.lens, h.aside} {
		b.OnKey, b.OnFocus = h.key, calls.Focus
	}
	h.row = container.NewWithoutLayout()
	h.row.Layout = h
	h.order()
	return h
}

func (h *head) newChip(tapped func()) *page.Button {
	b := page.NewButton("", tapped)
	b.Soft, b.Small, b.Icon, b.IconLast, b.OnKey = true, true, "open", true, h.key
	b.OnFocus = h.calls.Focus
	return b
}

func (h *head) order() {
	h.row.Objects = []fyne.CanvasObject{h.title, h.badge, h.note}
	for _, c := range h.chips {
		h.row.Objects = append(h.row.Objects, c)
	}
	h.row.Objects = append(h.row.Objects, h.more, h.aside, h.lens)
}

func (h *head) stops() []fyne.Focusable { return page.Stops(h.row.Objects...) }

func (h *head) key(k *fyne.KeyEvent) bool {
	return page.Along(h.stops(), k, fyne.KeyLeft, fyne.KeyRight) || h.calls.Key(k)
}

// tell shows the lenses with the one that is on.
func (h *head) tell(lenses []room.Command) {
	h.lenses = lenses
	for _, l := range lenses {
		if l.On {
			h.lens.Set(h.say.Text("frame.lens.on", "lens", l.Words), "down")
		}
	}
}

// show says what is open and what can be chosen.
func (h *head) show(t room.Title, strip []room.Chip) {
	h.titles, h.strip = t, strip
	h.note.SetText(t.Note)
	h.badge.Words = t.Badge
	h.badge.Ground, h.badge.Ink = look.PassGround, look.Pass
	if t.Caution {
		h.badge.Ground, h.badge.Ink = look.CautionGround, look.Caution
	}
	h.badge.Refresh()
	h.aside.Set(t.Aside.Words, "")
	if len(h.chips) != len(strip) {
		h.chips = nil
		for i := range strip {
			h.chips = append(h.chips, h.newChip(func() { h.offer(h.chips[i], h.strip[i:i+1]) }))
		}
		h.order()
	}
	for i, c := range strip {
		h.chips[i].Label, h.chips[i].Tone = c.Words(), tone(c)
		h.chips[i].Refresh()
	}
	h.Layout(nil, h.row.Size())
}

// tone is amber where the run is not the plain story.
func tone(chips ...room.Chip) page.Tone {
	for _, c := range chips {
		if c.Differs {
			return page.Tone{Ground: look.CautionGround, Ink: look.Caution}
		}
	}
	return page.Tone{}
}

// offer shows the choices of chips below a button: of one as they are, of several a menu each.
func (h *head) offer(below *page.Button, chips []room.Chip) {
	if len(chips) == 1 {
		h.calls.pop(below, h.items(chips[0].Rows))
		return
	}
	var menu []*fyne.MenuItem
	for _, c := range chips {
		item := fyne.NewMenuItem(c.Words(), nil)
		item.ChildMenu = fyne.NewMenu("", h.items(c.Rows)...)
		menu = append(menu, item)
	}
	h.calls.pop(below, menu)
}

// items are the choices of a chip. Whoever chose one goes on with the story, so
// the keyboard is the room's again.
func (h *head) items(rows []room.Row) []*fyne.MenuItem {
	var menu []*fyne.MenuItem
	for _, r := range rows {
		label := r.Label
		if r.Note != "" {
			label += "  (" + r.Note + ")"
		}
		item := fyne.NewMenuItem(label, func() {
			r.Do()
			if c := page.CanvasOf(h.row); c != nil {
				c.Unfocus()
			}
		})
		item.Checked, item.Disabled = r.On, r.Off
		menu = append(menu, item)
	}
	return menu
}

func (h *head) offerLenses() { h.calls.popCommands(h.lens, h.lenses) }

// high is how much of the window it takes.
func (h *head) high() float32 {
	switch {
	case h.titles.Name == "" && len(h.strip) == 0:
		return 0
	case len(h.strip) == 0 || h.low:
		return titleHigh
	}
	return titleHigh + stripHigh
}

// MinSize is that of a narrow window.
func (h *head) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, h.high()) }

// Layout gives room to what matters most: first the note goes, then the badge,
// then the title becomes a short one, then the lens goes, which the menu and a key
// offer too; only then the title shrinks.
func (h *head) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	right := size.Width - look.Gutter
	put := func(b *page.Button, yes bool) {
		visible(b, yes)
		if yes {
			high := b.MinSize().Height
			wide := b.MinSize().Width
			page.Put(b, right-wide, (titleHigh-high)/2+2, wide, high)
			right -= wide + rowGap
		}
	}
	empty := h.high() == 0
	put(h.aside, h.titles.Aside.Do != nil && !empty)
	strip := float32(0)
	if h.low && len(h.strip) > 0 {
		strip = h.stripInRow() + rowGap
	}
	short := fyne.MeasureText(h.titles.Short, look.Heading, fyne.TextStyle{Bold: true}).Width + 2
	put(h.lens, !empty && right-h.lens.MinSize().Width-rowGap-strip-2*look.Gutter > max(short, leastTitle))
	h.layChips(size.Width, &right)
	h.layTitle(look.Gutter, right-look.Gutter)
}

// layChips lays the strip below the title, and what has no room there into one
// chip more; in a low window all of it stands in that chip beside the title.
func (h *head) layChips(width float32, right *float32) {
	h.hidden = nil
	x, y := look.Gutter, titleHigh+(stripHigh-26)/2-2
	more := h.more.MinSize().Width
	for i, c := range h.chips {
		w := c.MinSize().Width
		last := i == len(h.chips)-1 && len(h.hidden) == 0
		fits := !h.low && len(h.hidden) == 0 && (x+w+chipGap+more < width-look.Gutter || last && x+w < width-look.Gutter)
		visible(c, fits)
		if !fits {
			h.hidden = append(h.hidden, h.strip[i])
			continue
		}
		page.Put(c, x, y, w, 26)
		x += w + chipGap
	}
	visible(h.more, len(h.hidden) > 0)
	if len(h.hidden) == 0 {
		return
	}
	if h.low {
		w := h.stripInRow()
		*right -= w
		page.Put(h.more, *right, (titleHigh-26)/2+2, w, 26)
		*right -= rowGap
		return
	}
	h.name(h.say.Text("frame.more"), h.hidden)
	page.Put(h.more, x, y, h.more.MinSize().Width, 26)
}

// stripInRow is how wide the one chip is that stands for the strip in a low window.
func (h *head) stripInRow() float32 {
	h.name(cmp.Or(h.titles.Strip, h.say.Text("frame.choices")), h.strip)
	return h.more.MinSize().Width
}

// name says on the chip that stands for others what it offers.
func (h *head) name(label string, chips []room.Chip) {
	h.more.Label, h.more.Tone = label, tone(chips...)
	h.more.Refresh()
}

const leastTitle float32 = 100 // of a title that is cut; less says nothing

func (h *head) layTitle(left, room float32) {
	bold := fyne.TextStyle{Bold: true}
	h.title.SetText(h.titles.Name)
	if fyne.MeasureText(h.titles.Name, look.Heading, bold).Width > room {
		h.title.SetText(h.titles.Short)
	}
	title := fyne.MeasureText(h.title.Words, look.Heading, bold).Width + 2
	badge, note := h.badge.MinSize().Width, fyne.MeasureText(h.note.Words, look.Body, fyne.TextStyle{}).Width+2
	visible(h.title, room >= min(title, leastTitle))
	visible(h.badge, h.badge.Words != "" && room >= title+badge+12)
	visible(h.note, h.badge.Visible() && room >= title+badge+note+40)
	h.title.Move(fyne.NewPos(left, 2))
	h.title.Resize(fyne.NewSize(max(0, min(title, room)), titleHigh))
	h.badge.Move(fyne.NewPos(left+title+12, 2))
	h.badge.Resize(fyne.NewSize(badge, titleHigh))
	h.note.Move(fyne.NewPos(left+title+badge+24, 3))
	h.note.Resize(fyne.NewSize(note, titleHigh))
}
