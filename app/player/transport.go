package player

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
)

// transport is the bar below: restart, back, where we are, tamper, play, next.
type transport struct {
	screen                                          *Screen
	restart, back, clock, tamper, play, speed, next *page.Button
	progress                                        *progress
	count                                           *page.Line
	time                                            string // on the stage's clock
	bar                                             *fyne.Container
	card                                            *page.Column
}

const transportPad float32 = 10 // inside the card

func newTransport(s *Screen) *transport {
	say := s.narrator.Say()
	t := &transport{screen: s, progress: newProgress(), count: page.NewLine("", look.Small, look.InkSoft)}
	t.restart = page.NewButton(say.Text("player.bar.restart"), s.Restart)
	t.restart.Icon, t.restart.Help = "restart", say.Text("player.bar.restart-help")
	t.back = page.NewButton(say.Text("player.bar.back"), s.Back)
	t.back.Icon, t.back.Help = "back", say.Text("player.bar.back-help")
	t.clock = page.NewButton("", s.clock.offer)
	t.clock.Icon, t.clock.Help = look.IconClock, say.Text("player.bar.clock-help")
	t.tamper = page.NewButton(say.Text("player.bar.tamper"), s.ToggleTamper)
	t.tamper.Icon, t.tamper.Help = look.IconPencil, say.Text("player.bar.tamper-help")
	t.play = page.NewButton(say.Text("player.bar.play"), s.auto.toggle)
	t.play.Icon, t.play.Help = "play", say.Text("player.bar.play-help")
	t.speed = page.NewButton(speedName(1), s.auto.faster)
	t.speed.Help = say.Text("player.bar.speed-help")
	t.next = page.NewButton(say.Text("player.bar.next"), s.goOn)
	t.next.Icon, t.next.IconLast, t.next.Primary, t.next.Help = "next", true, true, say.Text("player.bar.next-help")
	for _, b := range []*page.Button{t.restart, t.back, t.clock, t.tamper, t.play, t.speed, t.next} {
		b.OnKey, b.Hint = t.key, s.hintAt(b)
	}
	t.progress.onTapped = s.Seek
	t.progress.onHover = s.hoverStep
	t.bar = container.NewWithoutLayout(t.restart, t.back, t.count, t.progress, t.clock, t.tamper, t.play, t.speed, t.next)
	t.bar.Layout = t
	t.card = page.NewCard(t.bar, transportPad)
	return t
}

// key goes from one control to the next by arrows.
func (t *transport) key(k *fyne.KeyEvent) bool {
	return page.Along(page.Stops(t.bar.Objects...), k, fyne.KeyLeft, fyne.KeyRight) || t.screen.key(k)
}

// first is what has the keyboard when one comes to the bar: the button that goes on, where it can.
func (t *transport) first() fyne.Focusable {
	if !t.next.Disabled() {
		return t.next
	}
	return nil
}

// MinSize is that of the buttons without their labels.
func (t *transport) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 36) }

// Layout keeps the buttons at both ends and gives the rest to the segments. In
// a narrow bar labels give way to icons, then the segments go.
func (t *transport) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	compact := size.Width < 820
	t.label(compact)
	tiny := size.Width < 560
	show(t.count, !tiny)
	show(t.speed, !tiny)
	left := t.row(0, size.Height, t.restart, t.back)
	right := []*page.Button{t.clock, t.play}
	if t.tamper.Visible() {
		right = []*page.Button{t.clock, t.tamper, t.play}
	}
	if !tiny {
		right = append(right, t.speed)
	}
	right = append(right, t.next)
	width := float32(0)
	for _, b := range right {
		width += b.MinSize().Width + look.Gap
	}
	start := size.Width - width + look.Gap
	t.row(start, size.Height, right...)
	count := t.count.MinSize()
	t.count.Resize(fyne.NewSize(count.Width, size.Height))
	t.count.Move(fyne.NewPos(left+look.Gap, 0))
	from := left + count.Width + 3*look.Gap
	room := start - from - 2*look.Gap
	show(t.progress, !tiny && room >= t.progress.least())
	t.progress.Move(fyne.NewPos(from, 0))
	t.progress.Resize(fyne.NewSize(max(0, room), size.Height))
}

func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

func (t *transport) row(x, height float32, buttons ...*page.Button) float32 {
	for _, b := range buttons {
		size := b.MinSize()
		b.Resize(size)
		b.Move(fyne.NewPos(x, (height-size.Height)/2))
		x += size.Width + look.Gap
	}
	return x
}

func (t *transport) label(compact bool) {
	say := t.screen.narrator.Say()
	word := func(b *page.Button, label string) {
		if compact {
			label = ""
		}
		b.Set(label, b.Icon)
	}
	word(t.restart, say.Text("player.bar.restart"))
	word(t.back, say.Text("player.bar.back"))
	word(t.clock, t.time)
	word(t.tamper, say.Text("player.bar.tamper"))
	playing := say.Text("player.bar.play")
	if t.play.Icon == "pause" {
		playing = say.Text("player.bar.pause")
	}
	word(t.play, playing)
}

// lead makes Next the one filled button, or leaves that to a pane with a button of its own.
func (t *transport) lead(yes bool) {
	if t.next.Primary != yes {
		t.next.Primary = yes
		t.next.Refresh()
	}
}

// update shows where the player is.
func (t *transport) update(p *Player, playing bool, speed int) {
	t.progress.set(segmentsOf(p, told(p, t.screen.told())))
	t.count.SetText(fmt.Sprintf("%d / %d", p.Cursor()+1, p.Len()))
	able(t.back, p.Cursor() >= 0)
	able(t.restart, p.Cursor() >= 0 || len(p.Choices().Edits) > 0)
	able(t.play, !p.AtEnd())
	_, jumped := p.Jumped()
	able(t.clock, !p.IsSaved() && (!p.AtEnd() || jumped > 0))
	show(t.tamper, !p.IsSaved()) // what crossed long ago nobody changes
	t.time = clockWords(t.screen.narrator.Say(), p)
	t.clock.Chosen = jumped > 0
	icon := "play"
	if playing {
		icon = "pause"
	}
	t.play.Icon = icon
	t.play.Chosen = playing
	t.play.Refresh()
	t.speed.Set(speedName(speed), "")
	say := t.screen.narrator.Say()
	next, nextIcon := say.Text("player.bar.next"), "next"
	switch {
	case p.Cursor() < 0:
		next = say.Text("player.bar.start")
	case p.AtEnd() && p.IsSaved():
		next, nextIcon = say.Text("player.bar.see-again"), "restart"
	case p.AtEnd():
		next, nextIcon = say.Text("player.bar.again"), "restart"
	}
	t.next.Set(next, nextIcon)
	t.bar.Refresh()
	t.Layout(nil, t.bar.Size())
}

// segmentsOf are the steps as they stand to the cursor. What became of one that
// the run did not go on from is told to the end.
func segmentsOf(p *Player, t *telling.Teller) []segment {
	segments := make([]segment, p.Len())
	chapter, stays := "", telling.Fine
	for i := range segments {
		m, fate := p.At(i), stays
		if i < p.Crossed() {
			if own := t.FateOf(i); own != telling.Fine {
				fate = own
			}
			if telling.Refuses(m) && !chart.Overcome(p.Plan(), i) {
				stays = fate
			}
		}
		segments[i] = segment{starts: m.Chapter != chapter, fate: fate}
		chapter = m.Chapter
		switch {
		case i == p.Cursor():
			segments[i].state = segmentCurrent
		case i < p.Cursor():
			segments[i].state = segmentPast
		}
	}
	return segments
}

func able(b *page.Button, yes bool) {
	if yes {
		b.Enable()
	} else {
		b.Disable()
	}
}
