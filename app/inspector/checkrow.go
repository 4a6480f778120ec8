package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	checkBleed float32 = 10 // how far the ground of an open row reaches past the text
	checkSign  float32 = 24 // room for the sign before a rule
)

// checkRow is one rule: its sign, its words, its section and, when open, what was compared.
type checkRow struct {
	pointable
	check trace.Check
	open  bool
	last  bool

	back, line *canvas.Rectangle
	mark       *glyph
	rule, spec *textBlock
	body       *column
}

func newCheckRow(k *kit) *checkRow {
	r := &checkRow{
		back: &canvas.Rectangle{}, line: &canvas.Rectangle{}, mark: newGlyph("", ""),
		rule: newTextBlock(k), spec: newTextBlock(k), body: newColumn(),
	}
	r.extend(r, k, nil)
	return r
}

// set gives the row its check; full shows its section and why it was skipped;
// turn opens and closes it, nil where there is no more to see.
func (r *checkRow) set(c trace.Check, rule string, full, open bool, turn func()) {
	r.check, r.open, r.press = c, open, turn
	words := prose(rule, look.Body-1, look.Ink)
	if full && c.Result == trace.Skip {
		why := "skipped"
		if c.Reason != "" {
			why += ": " + c.Reason
		}
		words = append(words, prose(why, look.Small, look.InkSoft)...)
	}
	r.rule.set(words...)
	if s := c.Spec.String(); full && s != "" {
		r.spec.set(paragraph{runs: []run{{text: shortSpec(c.Spec), ink: look.InkSoft, link: "spec:" + s, calm: true, face: face{size: look.Small}}}})
	} else {
		r.spec.set()
	}
}

// shortSpec names a section in the room there is at the end of a row.
func shortSpec(s trace.Spec) string {
	if s.Doc == "OpenID Connect Core 1.0" {
		s.Doc = "OIDC Core"
	}
	return s.String()
}

// aside reports whether the section has room beside the rule, and how much it takes.
func (r *checkRow) aside(inner float32) (float32, bool) {
	r.spec.heightFor(inner)
	w := r.spec.end()
	return w, w > 0 && inner-checkSign-w-12 >= 170
}

// spread measures the parts: how high the rule is, where the body starts.
func (r *checkRow) spread(width float32) (inner, ruleWidth, ruleTall, head float32, beside bool) {
	inner = width - 2*checkBleed
	ruleWidth = inner - checkSign
	specWidth, beside := r.aside(inner)
	if beside {
		ruleWidth -= specWidth + 12
	}
	ruleTall = r.rule.heightFor(ruleWidth)
	head = ruleTall
	if !beside && specWidth > 0 {
		head += r.spec.heightFor(inner - checkSign)
	}
	return inner, ruleWidth, ruleTall, head, beside
}

func (r *checkRow) heightFor(width float32) float32 {
	inner, _, _, head, _ := r.spread(width)
	h := head + 14
	if r.open {
		h += r.body.heightFor(inner-checkSign) + 4
	}
	return h
}

func (r *checkRow) signs() (sign string, ink, ground fyne.ThemeColorName) {
	switch r.check.Result {
	case trace.Pass:
		return "pass", look.Pass, look.PassGround
	case trace.Fail:
		return "fail", look.Fail, look.FailGround
	}
	return "skip", look.InkSoft, look.CardSoft
}

func (r *checkRow) arrange(size fyne.Size) {
	inner, ruleWidth, ruleTall, head, beside := r.spread(size.Width)
	sign, ink, ground := r.signs()
	back := fyne.ThemeColorName("")
	switch {
	case r.open:
		back = ground
	case r.hovered && !r.Disabled():
		back = theme.ColorNameHover
	}
	r.back.CornerRadius = look.Round
	fill(r.back, back, "", 0)
	r.back.Resize(size)
	r.mark.set(sign, ink)
	place(r.mark, checkBleed, 7+2, 15, 15)
	place(r.rule, checkBleed+checkSign, 7, ruleWidth, ruleTall)
	r.all = append(r.all[:0], r.back, r.mark, r.rule)
	if w := r.spec.end(); w > 0 {
		if beside {
			place(r.spec, size.Width-checkBleed-w, 8, w+1, 18)
		} else {
			place(r.spec, checkBleed+checkSign, 7+ruleTall, inner-checkSign, head-ruleTall)
		}
		r.all = append(r.all, r.spec)
	}
	if r.open {
		place(r.body, checkBleed+checkSign, 7+head, inner-checkSign, r.body.heightFor(inner-checkSign))
		r.all = append(r.all, r.body)
	}
	fill(r.line, look.Line, "", 0)
	at(r.line, checkBleed, size.Height-1, size.Width-2*checkBleed, 1)
	show(r.line, !r.last && !r.open)
	r.all = append(r.all, r.line)
	r.drawRing(0, 0, size.Width, size.Height)
}
