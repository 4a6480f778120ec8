//go:build e2e

package e2e_test

import (
	"os"
	"slices"
	"strings"
	"time"
)

// target is something that can be pressed or typed into; see app/state.go.
type target struct {
	Label   string  `json:"label"`
	X       int     `json:"x"`
	Y       int     `json:"y"`
	Focused bool    `json:"focused"`
	Away    float64 `json:"away"`
}

// target is the first with that label, else the first whose label begins so.
func (s state) target(label string) (target, bool) {
	if t, there := s.targetThat(func(one string) bool { return one == label }); there {
		return t, there
	}
	return s.targetThat(func(one string) bool { return strings.HasPrefix(one, label) })
}

// named finds what has that label.
func named(label string) func(state) (target, bool) {
	return func(now state) (target, bool) { return now.target(label) }
}

// targetThat is the first whose label is one of those.
func (s state) targetThat(is func(label string) bool) (target, bool) {
	i := slices.IndexFunc(s.Targets, func(t target) bool { return is(t.Label) })
	if i < 0 {
		return target{}, false
	}
	return s.Targets[i], true
}

// focused is what has the keyboard, as far as it is seen.
func (s state) focused() target {
	if i := slices.IndexFunc(s.Targets, func(t target) bool { return t.Focused }); i >= 0 {
		return s.Targets[i]
	}
	return target{}
}

// reach goes by Tab to what has that label and presses it.
func (p *program) reach(label string) {
	p.t.Helper()
	p.tabs(label)
	p.press("Return")
}

// tabs goes by Tab to what has that label.
func (p *program) tabs(label string) {
	p.t.Helper()
	for range 90 {
		now := p.now()
		if strings.HasPrefix(now.focused().Label, label) {
			return
		}
		p.press("Tab")
		p.until("Tab goes on from "+now.focused().Label, func(next state) bool { return next.focused() != now.focused() })
	}
	p.t.Fatalf("Tab does not come to %q%s", label, p.picture())
}

// clicks presses what has that label with the mouse.
func (p *program) clicks(label string) {
	p.t.Helper()
	t := p.comesInSight(label, named(label))
	p.click(t.X, t.Y)
}

// clicksThat presses with the mouse what is called so somewhere in its label.
func (p *program) clicksThat(part string) {
	p.t.Helper()
	t := p.comesInSight(part, func(now state) (target, bool) {
		return now.targetThat(func(label string) bool { return strings.Contains(label, part) })
	})
	p.click(t.X, t.Y)
}

// wheel is how far one turn of the wheel scrolls.
const wheel = 25

// comesInSight turns the wheel until a target is seen: as often as is needed at the least, so that it is seen only
// when the last turn was made. The toolkit turns it where the mouse was before, as long as it has not drawn where that is.
func (p *program) comesInSight(what string, find func(state) (target, bool)) target {
	p.t.Helper()
	for range 90 {
		t := p.steady(what, find)
		if t.Away == 0 {
			return t
		}
		turns, way := max(1, int(max(t.Away, -t.Away)/wheel)), byte(5)
		if t.Away < 0 {
			way = 4
		}
		p.screen.point(p.window, t.X, t.Y)
		p.screen.turn(way, turns)
	}
	p.t.Fatalf("the wheel does not bring %q in sight%s", what, p.picture())
	return target{}
}

// points moves the mouse to what has that label.
func (p *program) points(label string) {
	p.t.Helper()
	t := p.comesInSight(label, named(label))
	p.screen.point(p.window, t.X, t.Y)
}

// fills presses the field that is for that, and types into it in the place of what was there.
func (p *program) fills(field, text string) {
	p.t.Helper()
	p.clicks(field)
	p.until("the keyboard is at "+field, func(now state) bool { return strings.HasPrefix(now.focused().Label, field) })
	p.press("ctrl+a")
	p.write(text)
}

// presses presses with the mouse what has that label, wherever it has scrolled to, and waits for what comes of it.
func (p *program) presses(label, what string, done func(state) bool) state {
	p.t.Helper()
	return p.pressing(what+" after “"+label+"” is pressed", func(now state) (target, bool) {
		if t, there := now.target(label); !there || t.Away == 0 {
			return t, there
		}
		return p.comesInSight(label, named(label)), true
	}, done)
}

// steady is what is found, once it stands still: the window has written the same twice.
func (p *program) steady(what string, find func(state) (target, bool)) (on target) {
	p.t.Helper()
	var seen time.Time
	p.until("there is something to press, for "+what, func(now state) bool {
		t, there := find(now)
		written := p.written()
		if !there || t != on {
			on, seen = t, written
			return false
		}
		return written.After(seen)
	})
	return on
}

// pressing presses what is found, once it stands still.
func (p *program) pressing(what string, find func(state) (target, bool), done func(state) bool) state {
	p.t.Helper()
	on := p.steady(what, find)
	p.click(on.X, on.Y)
	return p.until(what, done)
}

// written is when the window last wrote down how it stands.
func (p *program) written() time.Time {
	p.t.Helper()
	info, err := os.Stat(p.file)
	if err != nil {
		return time.Time{} // not yet
	}
	return info.ModTime()
}

// standsAt is whether a window has come to an address that begins so, where a walk has to be open.
func standsAt(begins string) func(state) bool {
	return func(now state) bool {
		return strings.HasPrefix(now.Address, begins) && (now.Room != "walk" || now.Steps > 0)
	}
}

// command has a command carried out by its words, as whoever knows no key does.
func (p *program) command(words string) {
	p.t.Helper()
	p.press("ctrl+k")
	p.write(words)
	p.press("Return")
}
