//go:build e2e

package e2e_test

import (
	"fmt"
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
	t.Parallel()
	everyGlass(t, func(p *program, wide, high int) {
		for _, zoom := range []float64{1, 1.5, 2} {
			p.zoomTo(zoom)
			p.staysWithin(wide, high)
			p.wayByKeys()
		}
		p.press("ctrl+0", "alt+Right", "F6", "Escape")
		p.at("walk/authorization-code-pkce")
		p.press("ctrl+q")
		p.end()
	})
}

// glass is where the mouse finds what it presses, in pixels of the window.
type glass struct {
	door     [2]int // the first, at home
	search   [2]int // the field, in the walk
	walkBack [2]int // back, in the walk
	readBack [2]int // back, where a section is read
}

// glasses are those of each width and zoom.
func glasses() map[int]map[float64]glass {
	return map[int]map[float64]glass{
		1024: {
			1:   {door: [2]int{152, 288}, search: [2]int{601, 56}, walkBack: [2]int{525, 56}, readBack: [2]int{525, 56}},
			1.5: {door: [2]int{300, 360}, search: [2]int{491, 76}, walkBack: [2]int{328, 76}, readBack: [2]int{358, 76}},
			2:   {door: [2]int{300, 590}, search: [2]int{780, 100}, walkBack: [2]int{436, 100}, readBack: [2]int{478, 100}},
		},
		1920: {
			1:   {door: [2]int{510, 486}, search: [2]int{1497, 56}, walkBack: [2]int{1321, 56}, readBack: [2]int{1321, 56}},
			1.5: {door: [2]int{370, 601}, search: [2]int{1290, 82}, walkBack: [2]int{1029, 82}, readBack: [2]int{1029, 82}},
			2:   {door: [2]int{370, 705}, search: [2]int{1233, 100}, walkBack: [2]int{1053, 100}, readBack: [2]int{1053, 100}},
		},
	}
}

// The zoom is set by keys: what is held to the mouse is the way. It presses where things stand, so that it has the
// machine to itself: a busy one may still be laying out what it goes to.
func TestFromHomeThroughADoorToAWalkToSearchAndBackByMouseAlone(t *testing.T) {
	everyGlass(t, func(p *program, wide, high int) {
		for _, zoom := range []float64{1, 1.5, 2} {
			p.zoomTo(zoom)
			g := glasses()[wide][zoom]
			p.click(g.door[0], g.door[1])
			p.at("walk/authorization-code-pkce")
			p.click(g.search[0], g.search[1])
			p.write("rfc 7636 4.6")
			w, h := float64(wide)/zoom, float64(high)/zoom
			top := (h - min(620, h-32)) / 2
			p.click(int((w/2-100)*zoom), int((top+158)*zoom)) // the first that was found
			p.at("standards/rfc7636/4.6")
			p.click(g.readBack[0], g.readBack[1])
			p.at("walk/authorization-code-pkce")
			p.click(g.walkBack[0], g.walkBack[1])
			p.at("home")
		}
		p.press("ctrl+0") // the next one begins with the zoom that this one had
		p.until("it is zoomed back", func(now state) bool { return now.Zoom == 1 })
		p.close()
	})
}

// staysWithin holds that the window did not grow beyond its screen.
func (p *program) staysWithin(wide, high int) {
	p.t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(p.size(), "%dx%d", &w, &h); err != nil || w > wide || h > high {
		p.t.Errorf("zoomed, the window measures %s (%v)", p.size(), err)
	}
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
