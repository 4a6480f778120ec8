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

func TestFromHomeThroughADoorToAWalkAndSearchAndBackByKeyboardAlone(t *testing.T) {
	s := newStage(t)
	for _, theme := range []string{"light", "dark", "high-contrast", "high-contrast-light"} {
		for _, size := range []string{"1024x640", "1920x1080"} {
			t.Run(theme+" "+size, func(t *testing.T) {
				p := s.start(t, "--classroom", "--theme", theme, "--size", size, "home")
				p.at("home")
				p.press("1")
				p.at("walk/authorization-code-pkce")
				p.comes("Right", "click-login", 0)
				p.press("ctrl+k")
				p.write("rfc 7636 4.6")
				p.press("Return")
				p.at("standards/rfc7636/4.6")
				p.press("alt+Left")
				p.at("walk/authorization-code-pkce/click-login")
				p.press("alt+Left")
				p.at("home")
				p.press("alt+Right", "F6", "Escape")
				p.at("walk/authorization-code-pkce/click-login")
				p.press("ctrl+q")
				p.end()
			})
		}
	}
}

func TestTheSameWayIsWalkedZoomed(t *testing.T) {
	p := newStage(t).start(t, "--classroom", "--size", "1440x900", "home")
	for _, zoom := range []float64{1.5, 2} {
		for range 5 {
			p.press("ctrl+equal")
		}
		p.until("it is zoomed", func(now state) bool { return now.Zoom > zoom-0.05 && now.Zoom < zoom+0.05 })
		p.press("2")
		p.at("walk/")
		p.press("ctrl+k")
		p.write("refresh token")
		p.press("Return")
		p.at("walk/refresh-token")
		p.press("alt+Left")
		p.at("walk/authorization-code-pkce")
		p.press("ctrl+k")
		p.write("home")
		p.press("Return")
		p.at("home")
	}
	p.press("ctrl+q")
	p.end()
}

func TestFromHomeThroughADoorToAWalkAndSearchAndBackByMouseAlone(t *testing.T) {
	s := newStage(t)
	for _, size := range [][2]int{{1024, 640}, {1920, 1080}} {
		wide, high := size[0], size[1]
		name := strconv.Itoa(wide) + "x" + strconv.Itoa(high)
		t.Run(name, func(t *testing.T) {
			back := wide - 599
			if wide < 1280 {
				back = wide - 499 // the field of search gives way to the places
			}
			p := s.start(t, "--classroom", "--size", name, "home")
			p.at("home")
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
}
