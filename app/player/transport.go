package player

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
)

// transport is the bar below: restart, back, where we are, tamper, play, next.
type transport struct {
	restart, back, clock, tamper, play, speed, next *page.Button
	progress                                        *progress
	count                                           *page.Line
	time                                            string // on the stage's clock
	bar                                             *fyne.Container
	card                                            *page.Column
}

func newTransport(s *Screen) *transport {
	t := &transport{progress: newProgress(), count: page.NewLine("", look.Small, look.InkSoft)}
	t.restart = page.NewButton("Restart", s.Restart)
	t.restart.Icon, t.restart.Help = "restart", "Back to the beginning, without any change (Home goes there and keeps them)"
	t.back = page.NewButton("Back", s.Back)
	t.back.Icon, t.back.Help = "back", "One step back (Left)"
	t.clock = page.NewButton("", s.clock.offer)
	t.clock.Icon, t.clock.Help = look.IconClock, "The time on this stage: let it run before the next step (C)"
	t.tamper = page.NewButton("Tamper", s.ToggleTamper)
	t.tamper.Icon, t.tamper.Help = look.IconPencil, "Change the request before it is sent (T)"
	t.play = page.NewButton("Play", s.auto.toggle)
	t.play.Icon, t.play.Help = "play", "Step by itself (P)"
	t.speed = page.NewButton(speedName(1), s.auto.faster)
	t.speed.Help = "How fast Play steps"
	t.next = page.NewButton("Next step", s.goOn)
	t.next.Icon, t.next.IconLast, t.next.Primary, t.next.Help = "next", true, true, "Let the next message cross (Right, Space)"
	for _, b := range []*page.Button{t.restart, t.back, t.clock, t.tamper, t.play, t.speed, t.next} {
		b.OnKey, b.Hint = s.key, s.hint
	}
	t.progress.onTapped = s.Seek
	t.progress.onHover = s.hoverStep
	t.bar = container.NewWithoutLayout(t.restart, t.back, t.count, t.progress, t.clock, t.tamper, t.play, t.speed, t.next)
	t.bar.Layout = t
	t.card = page.NewCard(t.bar, 10)
	return t
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
	right := []*page.Button{t.clock, t.tamper, t.play}
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
	word := func(b *page.Button, label string) {
		if compact {
			label = ""
		}
		b.Set(label, b.Icon)
	}
	word(t.restart, "Restart")
	word(t.back, "Back")
	word(t.clock, t.time)
	word(t.tamper, "Tamper")
	playing := "Play"
	if t.play.Icon == "pause" {
		playing = "Pause"
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
	segments := make([]segment, p.Len())
	chapter, failed := "", false
	for i := range segments {
		m := p.At(i)
		no := i < p.Crossed() && chart.Refuses(m)
		failed = failed || (no && !chart.Overcome(p.Plan(), i))
		segments[i] = segment{starts: m.Chapter != chapter, failed: failed || no}
		chapter = m.Chapter
		switch {
		case i == p.Cursor():
			segments[i].state = segmentCurrent
		case i < p.Cursor():
			segments[i].state = segmentPast
		}
	}
	t.progress.set(segments)
	t.count.SetText(fmt.Sprintf("%d / %d", p.Cursor()+1, p.Len()))
	able(t.back, p.Cursor() >= 0)
	able(t.restart, p.Cursor() >= 0 || len(p.Choices().Edits) > 0)
	able(t.play, !p.AtEnd())
	_, jumped := p.Jumped()
	able(t.clock, !p.AtEnd() || jumped > 0)
	t.time = clockWords(p)
	t.clock.Chosen = jumped > 0
	icon := "play"
	if playing {
		icon = "pause"
	}
	t.play.Icon = icon
	t.play.Chosen = playing
	t.play.Refresh()
	t.speed.Set(speedName(speed), "")
	next, nextIcon := "Next step", "next"
	switch {
	case p.Cursor() < 0:
		next = "Start"
	case p.AtEnd():
		next, nextIcon = "Walk again", "restart"
	}
	t.next.Set(next, nextIcon)
	t.bar.Refresh()
	t.Layout(nil, t.bar.Size())
}

func able(b *page.Button, yes bool) {
	if yes {
		b.Enable()
	} else {
		b.Disable()
	}
}
