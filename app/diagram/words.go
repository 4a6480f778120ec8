package diagram

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/elide"
)

// ruler measures a text in one size and weight.
type ruler func(text string) float32

// elided shortens a text in its middle until it fits.
func elided(text string, room float32, width ruler) string {
	return elide.Middle(text, func(s string) bool { return width(s) <= room })
}

// wrap breaks a text at spaces into at most two lines that fit; nil where it cannot.
func wrap(text string, room float32, width ruler) []string {
	if width(text) <= room {
		return []string{text}
	}
	words := strings.Fields(text)
	for i := len(words) - 1; i > 0; i-- {
		first, second := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if width(first) <= room && width(second) <= room {
			return []string{first, second}
		}
	}
	return nil
}

// heading is how the lanes' boxes are written: all alike, so that none looks more important.
type heading struct {
	size  float32
	names [][]string // the lines of each name
	alsos [][]string // the lines below each; nil where they are not shown
	low   bool       // there is little height
}

const (
	nameSize     float32 = 14
	alsoSize     float32 = 12
	smallestName float32 = 11
	alsoStep     float32 = 15 // from one line below a name to the next
)

// writing is a size and a number of lines for the names.
type writing struct {
	size float32
	rows int
}

// planHeading finds the largest writing that fits the boxes: smaller, then on
// two lines, and only then shortened. Low boxes, and those that nothing more
// has to go into, take names on two lines only where no legible size fits on one.
func planHeading(lanes []Lane, room float32, low bool, width func(text string, size float32, bold bool) float32) heading {
	tries := []writing{{nameSize, 1}, {13, 1}, {13, 2}, {12, 2}, {smallestName, 2}}
	if low || !slices.ContainsFunc(lanes, func(l Lane) bool { return l.Also != "" }) {
		tries = []writing{{nameSize, 1}, {13, 1}, {12, 1}, {13, 2}, {12, 2}, {smallestName, 2}}
	}
	for _, try := range tries {
		if names := fitNames(lanes, room, try.rows, func(s string) float32 { return width(s, try.size, true) }); names != nil {
			h := heading{size: try.size, names: names, low: low}
			if !low {
				h.alsos = fitAlsos(lanes, room, width)
			}
			return h
		}
	}
	h := heading{size: smallestName, low: low}
	measure := func(s string) float32 { return width(s, smallestName, true) }
	for _, lane := range lanes {
		lines := wrap(lane.Name, room, measure)
		if lines == nil {
			lines = wrapElided(lane.Name, room, measure)
		}
		h.names = append(h.names, lines)
	}
	return h
}

func fitNames(lanes []Lane, room float32, rows int, width ruler) [][]string {
	names := make([][]string, 0, len(lanes))
	for _, lane := range lanes {
		lines := wrap(lane.Name, room, width)
		if lines == nil || len(lines) > rows {
			return nil
		}
		names = append(names, lines)
	}
	return names
}

// fitAlsos writes what stands below the names on at most two lines each; nil
// where there is nothing, or where it does not fit.
func fitAlsos(lanes []Lane, room float32, width func(string, float32, bool) float32) [][]string {
	some := false
	lines := make([][]string, 0, len(lanes))
	for _, lane := range lanes {
		l := wrap(lane.Also, room, func(s string) float32 { return width(s, alsoSize, false) })
		if l == nil {
			return nil
		}
		lines = append(lines, l)
		some = some || lane.Also != ""
	}
	if !some {
		return nil
	}
	return lines
}

// wrapElided writes a name of which a word alone is too long.
func wrapElided(name string, room float32, width ruler) []string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return []string{elided(name, room, width)}
	}
	return []string{elided(words[0], room, width), elided(strings.Join(words[1:], " "), room, width)}
}
