package player

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Leap is a length of time that a learner can let pass.
type Leap struct {
	By    time.Duration
	Words string // "30 seconds pass"
}

// Leaps are those that are offered, from the shortest.
func Leaps(say *catalog.Catalog) []Leap {
	return []Leap{
		{30 * time.Second, say.Text("player.clock.seconds")},
		{5 * time.Minute, say.Text("player.clock.minutes")},
		{time.Hour, say.Text("player.clock.hour")},
		{24 * time.Hour, say.Text("player.clock.day")},
	}
}

// clockWords is the time on the stage, and on which day of the run where it is
// not the first.
func clockWords(say *catalog.Catalog, p *Player) string {
	now := p.Now().UTC()
	words := now.Format("15:04:05")
	if first := p.At(0); first != nil {
		begun := first.At.Add(-first.Waited).UTC().Truncate(24 * time.Hour)
		if days := int(now.Truncate(24*time.Hour).Sub(begun) / (24 * time.Hour)); days > 0 {
			words = say.Text("player.clock.on-day", "n", strconv.Itoa(days+1), "time", words)
		}
	}
	return words
}

// clock lets time pass on the stage.
type clock struct{ screen *Screen }

// jump lets so much time pass before the next step.
func (c clock) jump(by time.Duration) {
	s := c.screen
	s.with(func() error {
		s.Stop()
		return s.player.Jump(by)
	})
}

// takeBack takes the latest jump back.
func (c clock) takeBack() {
	s := c.screen
	s.with(func() error {
		s.Stop()
		return s.player.TakeBack()
	})
}

// takeBackWords says what [clock.takeBack] would do, or "" where there is nothing.
func takeBackWords(say *catalog.Catalog, p *Player) string {
	i, by := p.Jumped()
	if by == 0 {
		return ""
	}
	return say.Text("player.clock.take-back", "time", lifetime.Length(say, by), "n", strconv.Itoa(i+1))
}

// offer opens the menu of the clock.
func (c clock) offer() {
	s := c.screen
	if s.player == nil || s.transport.clock.Disabled() {
		return
	}
	var items []*fyne.MenuItem
	for _, leap := range Leaps(s.narrator.Say()) {
		item := fyne.NewMenuItem(leap.Words, func() { c.jump(leap.By) })
		item.Disabled = s.player.AtEnd()
		items = append(items, item)
	}
	if words := takeBackWords(s.narrator.Say(), s.player); words != "" {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words, c.takeBack))
	}
	button := s.transport.clock
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(button)
	if canvas == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	at := driver.AbsolutePositionForObject(button)
	menu.ShowAtPosition(at.SubtractXY(0, menu.MinSize().Height+4))
}
