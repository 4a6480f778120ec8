package frame

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// Next is what has the keyboard first in the region after the one where it is,
// or with -1 before it: bar, rail, title with strip, and then those of the room.
// Where nothing has the keyboard one comes to the room first. nil: there is none.
func (f *Frame) Next(focused fyne.Focusable, by int, ofRoom []room.Region) fyne.Focusable {
	firsts := []fyne.Focusable{nil, nil, nil}
	at, frames := -1, [][]fyne.Focusable{f.header.stops(), f.rail.stops(), f.head.stops()}
	for i, stops := range frames {
		if len(stops) > 0 {
			firsts[i] = stops[0]
		}
		if focused != nil && slices.Contains(stops, focused) {
			at = i
		}
	}
	for i, r := range ofRoom {
		firsts = append(firsts, r.First)
		if at < 0 && focused != nil && page.Within(r.Area, focused) {
			at = len(frames) + i
		}
	}
	if at < 0 {
		at = len(frames) - max(0, by) // before the room, or behind the frame
	}
	for range firsts {
		at = (at + by + len(firsts)) % len(firsts)
		if firsts[at] != nil {
			return firsts[at]
		}
	}
	return nil
}
