//go:build e2e

package e2e_test

import (
	"slices"
	"strings"
)

// target is something that can be pressed or typed into; see app/state.go.
type target struct {
	Label   string `json:"label"`
	X       int    `json:"x"`
	Y       int    `json:"y"`
	Focused bool   `json:"focused"`
}

// target is the first whose label begins so.
func (s state) target(label string) (target, bool) {
	i := slices.IndexFunc(s.Targets, func(t target) bool { return strings.HasPrefix(t.Label, label) })
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
	for range 90 {
		now := p.now()
		if strings.HasPrefix(now.focused().Label, label) {
			p.press("Return")
			return
		}
		p.press("Tab")
		p.until("Tab goes on from "+now.focused().Label, func(next state) bool { return next.focused() != now.focused() })
	}
	p.t.Fatalf("Tab does not come to %q%s", label, p.picture())
}

// command has a command carried out by its words, as whoever knows no key does.
func (p *program) command(words string) {
	p.t.Helper()
	p.press("ctrl+k")
	p.write(words)
	p.press("Return")
}
