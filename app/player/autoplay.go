package player

import (
	"time"

	"fyne.io/fyne/v2"
)

// autoplay steps by itself.
type autoplay struct {
	screen *Screen
	on     bool
	ticks  int // counts starts, so that an old timer finds itself outdated
	speed  int
}

// speeds are how long it rests on a step.
func speeds() []time.Duration {
	return []time.Duration{4 * time.Second, 2500 * time.Millisecond, 1200 * time.Millisecond, 600 * time.Millisecond}
}

func speedName(i int) string { return []string{"0.5×", "1×", "2×", "4×"}[i] }

// toggle begins to step, or stops.
func (a *autoplay) toggle() {
	p := a.screen.player
	if a.on {
		a.stop()
	} else if p != nil && !p.AtEnd() {
		a.on = true
		a.ticks++
		a.screen.Next()
		a.tick(a.ticks)
	}
	a.tell()
	a.screen.changed()
}

func (a *autoplay) stop() {
	a.on = false
	a.ticks++
}

func (a *autoplay) tick(run int) {
	time.AfterFunc(speeds()[a.speed], func() {
		fyne.Do(func() {
			if a.on && a.ticks == run {
				a.screen.Next()
				a.tick(run)
			}
		})
	})
}

// faster makes it rest less, and after the shortest rest long again.
func (a *autoplay) faster() {
	a.speed = (a.speed + 1) % len(speeds())
	a.tell()
}

// tell shows in the bar below what holds now.
func (a *autoplay) tell() {
	if a.screen.player != nil {
		a.screen.transport.update(a.screen.player, a.on, a.speed)
	}
}
