package page

import "strings"

// rowHigh is what a second row adds to a button.
const rowHigh float32 = 18

// rows are the label as it stands: in one row, cut short where there is no
// second one; or in two, broken between words. They are measured in bold, so
// that nothing moves when the button is chosen.
func (b *Button) rows(width float32, m buttonMeasures) (first, second string) {
	if b.Within == 0 || width == 0 {
		return b.labelIn(width, m), ""
	}
	f := b.face(m)
	f.Bold = true
	room := width - b.start(width, 0, m) - leadingPad
	if b.Icon != "" {
		room -= m.icon + m.gap
	}
	if b.Wide != nil && b.Wide.MinSize().Width > 0 {
		room -= b.Wide.MinSize().Width + m.gap
	}
	fits := func(words string) bool { return b.wide(f, words) <= room }
	if fits(b.Label) {
		return b.Label, ""
	}
	words := strings.Fields(b.Label)
	n := 1
	for n < len(words) && fits(strings.Join(words[:n+1], " ")) {
		n++
	}
	if n == len(words) {
		return Shorten(b.Label, f, room), ""
	}
	return Shorten(strings.Join(words[:n], " "), f, room), Shorten(strings.Join(words[n:], " "), f, room)
}

// Said is the label as it can be read on the button, in however many rows.
func (b *Button) Said() string {
	first, second := b.rows(b.Size().Width, b.measures())
	return strings.TrimSpace(first + " " + second)
}
