package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	checkBleed float32 = 10 // how far the ground of an open row reaches past the text
	checkSign  float32 = 24 // room for the sign before a rule
)

// checkRow is one rule: its sign, its words, its section and, when open, what was compared.
type checkRow struct {
	page.Pointable
	kit   *kit
	check trace.Check
	open  bool
	stops bool // it failed, and so stopped an attack
	last  bool

	back, line *canvas.Rectangle
	mark       *page.Glyph
	rule, spec *page.Text
	body       *page.Column
}

func newCheckRow(k *kit) *checkRow {
	r := &checkRow{
		kit:  k,
		back: &canvas.Rectangle{}, line: &canvas.Rectangle{}, mark: page.NewGlyph("", ""),
		rule: page.NewText(k.Kit), spec: page.NewText(k.Kit), body: page.NewColumn(),
	}
	r.Extend(r, k.Kit, nil)
	return r
}

// set gives the row its check; full shows its section and why it was skipped;
// turn opens and closes it, nil where there is no more to see.
func (r *checkRow) set(c trace.Check, rule string, full, open bool, turn func()) {
	r.check, r.open, r.OnTapped = c, open, turn
	r.stops = c.Result == trace.Fail && r.kit.content.Fate == telling.Stopped
	words := page.Prose(rule, look.Body-1, look.Ink)
	if full && c.Result == trace.Skip {
		why := r.kit.say.Text("inspector.checks.skipped")
		if c.Reason != "" {
			why = r.kit.say.Text("inspector.checks.skipped-because", "reason", markup.Escape(c.Reason))
		}
		words = append(words, page.Prose(why, look.Small, look.InkSoft)...)
	}
	r.rule.Set(words...)
	if s := c.Spec.String(); full && s != "" {
		r.spec.Set(page.Paragraph{Spans: []page.Span{{
			Text: shortSpec(c.Spec), Ink: look.InkSoft, Link: "spec:" + s, Calm: true, Face: page.Face{Size: look.Small},
		}}})
	} else {
		r.spec.Set()
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
	r.spec.HeightFor(inner)
	w := r.spec.End()
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
	ruleTall = r.rule.HeightFor(ruleWidth)
	head = ruleTall
	if !beside && specWidth > 0 {
		head += r.spec.HeightFor(inner - checkSign)
	}
	return inner, ruleWidth, ruleTall, head, beside
}

func (r *checkRow) HeightFor(width float32) float32 {
	inner, _, _, head, _ := r.spread(width)
	h := head + 14
	if r.open {
		h += r.body.HeightFor(inner-checkSign) + 4
	}
	return h
}

func (r *checkRow) signs() (sign string, ink, ground fyne.ThemeColorName) {
	switch {
	case r.stops:
		return look.IconShield, look.Pass, look.PassGround
	case r.check.Result == trace.Pass:
		return "pass", look.Pass, look.PassGround
	case r.check.Result == trace.Fail:
		return "fail", look.Fail, look.FailGround
	}
	return "skip", look.InkSoft, look.CardSoft
}

func (r *checkRow) Arrange(size fyne.Size) {
	inner, ruleWidth, ruleTall, head, beside := r.spread(size.Width)
	sign, ink, ground := r.signs()
	back := fyne.ThemeColorName("")
	switch {
	case r.open:
		back = ground
	case r.Hovered && !r.Disabled():
		back = theme.ColorNameHover
	}
	r.back.CornerRadius = look.Round
	page.Fill(r.back, back, "", 0)
	r.back.Resize(size)
	r.mark.Set(sign, ink)
	page.Place(r.mark, checkBleed, 7+2, 15, 15)
	page.Place(r.rule, checkBleed+checkSign, 7, ruleWidth, ruleTall)
	r.Shown = append(r.Shown[:0], r.back, r.mark, r.rule)
	if w := r.spec.End(); w > 0 {
		if beside {
			page.Place(r.spec, size.Width-checkBleed-w, 8, w+1, 18)
		} else {
			page.Place(r.spec, checkBleed+checkSign, 7+ruleTall, inner-checkSign, head-ruleTall)
		}
		r.Shown = append(r.Shown, r.spec)
	}
	if r.open {
		page.Place(r.body, checkBleed+checkSign, 7+head, inner-checkSign, r.body.HeightFor(inner-checkSign))
		r.Shown = append(r.Shown, r.body)
	}
	page.Fill(r.line, look.Line, "", 0)
	page.Put(r.line, checkBleed, size.Height-1, size.Width-2*checkBleed, 1)
	page.Show(r.line, !r.last && !r.open)
	r.Shown = append(r.Shown, r.line)
	r.DrawRing(0, 0, size.Width, size.Height)
}
