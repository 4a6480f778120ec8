//go:build e2e

package e2e_test

import (
	"strconv"
	"strings"
	"testing"
)

// at waits until the window stands at an address that begins so; a walk has to be open there.
func (p *program) at(begins string) state {
	p.t.Helper()
	return p.until("it stands at "+begins, func(now state) bool {
		return strings.HasPrefix(now.Address, begins) && (now.Room != "walk" || now.Steps > 0)
	})
}

// write types a text into whatever has the keyboard.
func (p *program) write(text string) {
	p.t.Helper()
	p.do("type", "--delay", "20", text)
}

// everyGlass starts the program in each theme and at the smallest and a large size.
func everyGlass(t *testing.T, way func(p *program, wide, high int)) {
	t.Helper()
	s := newStage(t)
	for _, theme := range []string{"light", "dark", "high-contrast", "high-contrast-light"} {
		for _, size := range [][2]int{{1024, 640}, {1920, 1080}} {
			name := strconv.Itoa(size[0]) + "x" + strconv.Itoa(size[1])
			t.Run(theme+" "+name, func(t *testing.T) {
				p := s.start(t, "--classroom", "--theme", theme, "--size", name, "home")
				p.at("home")
				way(p, size[0], size[1])
			})
		}
	}
}

// Each theme and size is one start, within which one zooms.
func TestFromHomeThroughADoorToAWalkToSearchAndBackByKeyboardAlone(t *testing.T) {
	everyGlass(t, func(p *program, _, _ int) {
		for _, zoom := range []float64{1, 1.5, 2} {
			p.zoomTo(zoom)
			p.wayByKeys()
		}
		p.press("ctrl+0", "alt+Right", "F6", "Escape")
		p.at("walk/authorization-code-pkce")
		p.press("ctrl+q")
		p.end()
	})
}

func TestFromHomeThroughADoorToAWalkToSearchAndBackByMouseAlone(t *testing.T) {
	everyGlass(t, func(p *program, wide, high int) {
		back := wide - 599
		if wide < 1280 {
			back = wide - 499 // the field of search gives way to the places
		}
		p.click((wide-min(wide-64, 1140))/2+120, high*45/100)
		p.at("walk/authorization-code-pkce")
		p.click(wide-423, 56) // the field of search
		p.write("rfc 7636 4.6")
		top := (high - min(620, high-32)) / 2
		p.click(wide/2-200, top+158) // the first that was found
		p.at("standards/rfc7636/4.6")
		p.click(back, 56)
		p.at("walk/authorization-code-pkce")
		p.click(back, 56)
		p.at("home")
		p.close()
	})
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
