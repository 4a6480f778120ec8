package inspector

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// details is the panel that opens under a row: meaning, protection, section, the value in full.
type details struct {
	*page.Column
	kit    *kit
	words  *page.Text
	label  *widget.Label
	value  *page.Holder
	cols   int
	copy   *page.Button
	follow *page.Button
	watch  *page.Button
	bar    *page.Bar
	line   wireLine
}

func newDetails(k *kit) *details {
	d := &details{kit: k, Column: page.NewColumn(), words: page.NewText(k.Kit)}
	d.label = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	d.label.SizeName = theme.SizeNameCaptionText
	d.value = page.NewHolder(d.label, d.splitValue)
	d.value.Dx, d.value.Dy = theme.InnerPadding(), theme.InnerPadding()
	d.copy = page.NewSoftButton(k.Kit, k.say.Text("inspector.details.copy"), "copy", func() { k.copy(d.line.value, d.line.name) })
	d.follow = page.NewSoftButton(k.Kit, "", "follow", func() { k.toggle(d.line.followed()) })
	d.watch = page.NewSoftButton(k.Kit, k.say.Text("inspector.details.seen"), "eye", func() { k.watch(d.line.followed()) })
	d.bar = page.NewBar()
	d.Style(look.Card, look.Line, 12, look.Round)
	d.Edge = look.Primary
	return d
}

// splitValue splits the value to the width, since wrapping an unbroken token costs the square of its length.
func (d *details) splitValue(width float32) float32 {
	cols := min(80, d.kit.Ruler.Columns(page.Face{Size: look.Small, Mono: true}, width))
	if cols != d.cols {
		d.cols = cols
		d.label.SetText(strings.Join(page.Lines(d.line.value, cols), "\n"))
	}
	return d.label.MinSize().Height - 2*d.value.Dy
}

// set says everything about a line.
func (d *details) set(l wireLine) *details {
	if d.line.value != l.value {
		d.cols = 0
	}
	d.line = l
	var paras []page.Paragraph
	x, ok := d.kit.explain(l.kind, l.name)
	if ok {
		paras = append(paras, page.Prose(x.Meaning, look.Body, look.Ink)...)
		if x.Protects != "" {
			paras = append(paras, spaced(page.Prose(d.kit.say.Text("inspector.details.protects", "text", x.Protects), look.Body, look.Ink))...)
		}
		if s := x.Spec.String(); s != "" {
			paras = append(
				paras,
				page.Paragraph{Before: look.Gap, Spans: []page.Span{{Text: s, Link: "spec:" + s, Ink: look.OnBand, Face: page.Face{Size: look.Small}}}},
			)
		}
	}
	d.words.Set(paras...)
	d.Clear()
	if len(paras) > 0 {
		d.Add(0, d.words)
	}
	if l.value != "" {
		d.Add(gapIf(len(paras) > 0, 10), d.value)
		d.follow.Label = d.kit.say.Text("inspector.details.follow")
		if d.kit.content.Followed == l.followed() {
			d.follow.Label = d.kit.say.Text("inspector.details.unfollow")
		}
		buttons := []*page.Button{d.copy}
		if l.canFollow() {
			buttons = append(buttons, d.follow, d.watch)
		}
		d.bar.Set(buttons, nil)
		d.Add(10, d.bar)
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
func spaced(p []page.Paragraph) []page.Paragraph {
	if len(p) > 0 {
		p[0].Before = look.Gap
	}
	return p
}
