//go:build e2e

package e2e_test

import (
	"fmt"
	"strconv"
	"testing"
)

// at waits until the window stands at an address that begins so; a walk has to be open there.
func (p *program) at(begins string) state {
	p.t.Helper()
	return p.until("it stands at "+begins, standsAt(begins))
}

// write types a text into whatever has the keyboard.
func (p *program) write(text string) {
	p.t.Helper()
	p.screen.write(text)
}

// glass is a window in one theme and at one size.
type glass struct {
	theme      string
	wide, high int
}

// everyGlass starts the program in each of them. A theme changes no measure (a test in app/look says so): each
// theme and each size is walked by keys and by the mouse, one half of the pairs by these, the other by that.
func everyGlass(t *testing.T, glasses []glass, way func(p *program, wide, high int)) {
	t.Helper()
	s := newStage(t)
	for i, g := range glasses {
		s.again = i > 0
		size := strconv.Itoa(g.wide) + "x" + strconv.Itoa(g.high)
		t.Run(g.theme+" "+size, func(t *testing.T) {
			p := s.start(t, "--classroom", "--theme", g.theme, "--size", size, "home")
			p.at("home")
			if zoom := p.now().Zoom; zoom != 1 {
				t.Fatalf("it was zoomed back, and starts with a zoom of %v", zoom)
			}
			way(p, g.wide, g.high)
		})
	}
}

// Each theme and size is one start, within which one zooms.
func TestFromHomeThroughADoorToAWalkToSearchAndBackByKeyboardAlone(t *testing.T) {
	t.Parallel()
	everyGlass(t, []glass{
		{"light", 1024, 640}, {"dark", 1920, 1080}, {"high-contrast", 1024, 640}, {"high-contrast-light", 1920, 1080},
	}, func(p *program, wide, high int) {
		for _, zoom := range []float64{1, 1.5, 2} {
			p.zoomTo(zoom)
			p.staysWithin(wide, high)
			p.wayByKeys()
		}
		p.zoomBack()
		p.press("alt+Right", "F6", "Escape")
		p.at("walk/authorization-code-pkce")
		p.press("ctrl+q")
		p.end()
	})
}

// The zoom is set by keys: what is held to the mouse is the way.
func TestFromHomeThroughADoorToAWalkToSearchAndBackByMouseAlone(t *testing.T) {
	t.Parallel()
	everyGlass(t, []glass{
		{"light", 1920, 1080}, {"dark", 1024, 640}, {"high-contrast", 1920, 1080}, {"high-contrast-light", 1024, 640},
	}, func(p *program, _, _ int) {
		for _, zoom := range []float64{1, 1.5, 2} {
			p.zoomTo(zoom)
			p.wayByMouse()
		}
		p.zoomBack()
		p.close()
	})
}

// wayByMouse is that of wayByKeys, as far as a mouse goes: words are typed.
func (p *program) wayByMouse() {
	p.t.Helper()
	const back = "Back to where you were"
	p.presses("I’m new to this", "the walk behind the door", standsAt("walk/authorization-code-pkce"))
	p.presses("Search", "the field of search", func(now state) bool { _, behind := now.target("Search"); return !behind })
	p.write("rfc 7636 4.6")
	p.presses("RFC 7636 §4.6", "the section", standsAt("standards/rfc7636/4.6"))
	p.presses(back, "the walk", standsAt("walk/authorization-code-pkce"))
	p.presses(back, "home", standsAt("home"))
}

// staysWithin holds that the window did not grow beyond its screen.
func (p *program) staysWithin(wide, high int) {
	p.t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(p.size(), "%dx%d", &w, &h); err != nil || w > wide || h > high {
		p.t.Errorf("zoomed, the window measures %s (%v)", p.size(), err)
	}
}

// zoomBack has the next one begin as this one did.
func (p *program) zoomBack() {
	p.t.Helper()
	p.press("ctrl+0")
	p.until("it is zoomed back", func(now state) bool { return now.Zoom == 1 })
}

func (p *program) zoomTo(zoom float64) {
	p.t.Helper()
	for p.now().Zoom < zoom-0.05 {
		before := p.now().Zoom
		p.press("ctrl+equal")
		p.until("it is zoomed on", func(now state) bool { return now.Zoom > before })
	}
}

// wayByKeys goes from home through the first door to search, reads what is found beside the walk and in its place, and comes back.
func (p *program) wayByKeys() {
	p.t.Helper()
	p.press("1")
	p.at("walk/authorization-code-pkce")
	p.comes("Right", "click-login", 0)
	p.press("ctrl+k")
	p.write("rfc 7636 4.6")
	p.press("ctrl+Return")
	p.until("the section is read beside the walk", func(now state) bool { return now.Beside == "standards/rfc7636/4.6" && now.Room == "walk" })
	p.comes("Right", "login", 1)
	p.press("Escape")
	p.until("the sheet is closed", func(now state) bool { return now.Beside == "" })
	p.press("ctrl+k")
	p.write("rfc 7636 4.6")
	p.press("Return")
	p.at("standards/rfc7636/4.6")
	p.press("alt+Left")
	p.at("walk/authorization-code-pkce/login")
	p.press("alt+Left")
	p.at("home")
}
