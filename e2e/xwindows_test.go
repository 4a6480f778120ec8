//go:build e2e

package e2e_test

import (
	"encoding/binary"
	"fmt"
)

// place is a window and where it lies.
type place struct {
	window           uint32
	x, y, wide, high int
}

func (p place) String() string { return fmt.Sprintf("%dx%d at %d,%d", p.wide, p.high, p.x, p.y) }

// find is the window of that title, and where it lies; none while it is not seen.
func (x *xclient) find(title string) (place, bool) {
	x.t.Helper()
	for below := []uint32{x.root}; len(below) > 0; below = below[1:] {
		tree, ok := x.tried(about(queryTree, 0, below[0]))
		if !ok {
			continue
		}
		for i := range int(binary.LittleEndian.Uint16(tree[16:])) {
			window := binary.LittleEndian.Uint32(tree[32+4*i:])
			if x.title(window) == title {
				if at, seen := x.lies(window); seen {
					return at, true
				}
			}
			below = append(below, window)
		}
	}
	return place{}, false
}

// title is what a window says it is called.
func (x *xclient) title(window uint32) string {
	x.t.Helper()
	const words = 64 // of four letters
	answer, ok := x.tried(about(getProperty, 0, window, x.atom("WM_NAME"), anyType, 0, words))
	if !ok {
		return ""
	}
	return string(answer[32 : 32+binary.LittleEndian.Uint32(answer[16:])])
}

// lies tells where a window lies, as long as it is seen.
func (x *xclient) lies(window uint32) (place, bool) {
	x.t.Helper()
	is, there := x.tried(about(getWindowAttributes, 0, window))
	if !there || is[26] != viewable {
		return place{}, false
	}
	measured, there := x.tried(about(getGeometry, 0, window))
	if !there {
		return place{}, false
	}
	at, there := x.tried(about(translate, 0, window, x.root, 0))
	number := func(of []byte, i int) int { return int(int16(binary.LittleEndian.Uint16(of[i:]))) }
	return place{window, number(at, 12), number(at, 14), number(measured, 16), number(measured, 18)}, there
}

// focus gives a window the keyboard, where no manager does.
func (x *xclient) focus(window uint32) {
	x.t.Helper()
	const toParent = 2
	x.send(about(setInputFocus, toParent, window, 0))
	x.done()
}

// measure makes a window so large.
func (x *xclient) measure(window uint32, wide, high int) {
	x.t.Helper()
	const width, height = 1 << 2, 1 << 3
	x.send(about(configureWindow, 0, window, width|height, uint32(wide), uint32(high)))
	x.done()
}

// activate has the manager bring a window to the front (_NET_ACTIVE_WINDOW of the EWMH).
func (x *xclient) activate(window uint32) {
	x.t.Helper()
	const redirect, notify, pager = 1 << 20, 1 << 19, 2
	x.tell(x.root, redirect|notify, window, "_NET_ACTIVE_WINDOW", pager)
}

// active is the window that the manager has in front.
func (x *xclient) active() uint32 {
	x.t.Helper()
	answer := x.ask(about(getProperty, 0, x.root, x.atom("_NET_ACTIVE_WINDOW"), anyType, 0, 1))
	if binary.LittleEndian.Uint32(answer[16:]) == 0 {
		return 0
	}
	return binary.LittleEndian.Uint32(answer[32:])
}
