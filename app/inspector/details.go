package inspector

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// details is the panel that opens under a row: meaning, protection, section, the value in full.
type details struct {
	*column
	kit    *kit
	words  *textBlock
	label  *widget.Label
	value  *holder
	cols   int
	copy   *button
	follow *button
	watch  *button
	bar    *bar
	line   wireLine
}

func newDetails(k *kit) *details {
	d := &details{kit: k, column: newColumn(), words: newTextBlock(k)}
	d.label = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	d.label.SizeName = theme.SizeNameCaptionText
	d.value = newHolder(d.label, d.splitValue)
	d.value.dx, d.value.dy = theme.InnerPadding(), theme.InnerPadding()
	d.copy = newButton(k, "Copy value", "copy", func() { k.copy(d.line.value, d.line.name) })
	d.follow = newButton(k, "", "follow", func() { k.toggle(d.line.followed()) })
	d.watch = newButton(k, "Who can see it?", "eye", func() { k.watch(d.line.followed()) })
	d.bar = newBar()
	d.style(look.Card, look.Line, 12, look.Round)
	d.edge = look.Primary
	return d
}

// splitValue splits the value to the width, since wrapping an unbroken token costs the square of its length.
func (d *details) splitValue(width float32) float32 {
	cols := min(80, d.kit.ruler.columns(face{size: look.Small, mono: true}, width))
	if cols != d.cols {
		d.cols = cols
		d.label.SetText(strings.Join(rawLines(d.line.value, cols), "\n"))
	}
	return d.label.MinSize().Height - 2*d.value.dy
}

// set says everything about a line.
func (d *details) set(l wireLine) *details {
	if d.line.value != l.value {
		d.cols = 0
	}
	d.line = l
	var paras []paragraph
	x, ok := d.kit.explain(l.kind, l.name)
	if ok {
		paras = append(paras, prose(x.Meaning, look.Body, look.Ink)...)
		if x.Protects != "" {
			paras = append(paras, spaced(prose("**What it protects from:** "+x.Protects, look.Body, look.Ink))...)
		}
		if s := x.Spec.String(); s != "" {
			paras = append(paras, paragraph{before: look.Gap, runs: []run{{text: s, link: "spec:" + s, ink: look.OnBand, face: face{size: look.Small}}}})
		}
	}
	d.words.set(paras...)
	d.clear()
	if len(paras) > 0 {
		d.add(0, d.words)
	}
	if l.value != "" {
		d.add(gapIf(len(paras) > 0, 10), d.value)
		d.follow.label = "Follow it"
		if d.kit.content.Followed == l.followed() {
			d.follow.label = "Stop following"
		}
		buttons := []*button{d.copy}
		if l.canFollow() {
			buttons = append(buttons, d.follow, d.watch)
		}
		d.bar.set(buttons, nil)
		d.add(10, d.bar)
	}
	return d
}

func gapIf(yes bool, gap float32) float32 {
	if yes {
		return gap
	}
	return 0
}

// spaced puts a gap before the first paragraph.
func spaced(p []paragraph) []paragraph {
	if len(p) > 0 {
		p[0].before = look.Gap
	}
	return p
}
