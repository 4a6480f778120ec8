package workbench

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// bench is what all of them have in common: a head that stays, a list that is
// scrolled under it, and parts on loan.
type bench struct {
	*page.Stock
	desk   *Desk
	kit    *page.Kit
	whole  *page.Column
	list   *page.Column // what is scrolled
	scroll *page.Scroll
}

func newBench(d *Desk) *bench {
	b := &bench{desk: d, kit: page.NewKit(), whole: page.NewColumn(), list: page.NewColumn()}
	b.Stock = page.NewStock(b.kit)
	b.list.Style("", "", listPad, 0)
	b.scroll = page.NewScroll(b.list)
	b.kit.Key = func(k *fyne.KeyEvent) { d.Key(k) }
	b.kit.Reveal = b.scroll.Reveal
	return b
}

// listPad keeps the list clear of the bar that scrolls it.
const listPad float32 = 6

// Content is the bench as it lies; it is drawn anew by the bench's Update.
func (b *bench) Content() fyne.CanvasObject { return b.whole }

// Turn scrolls with the keys for that; it reports whether it did.
func (b *bench) Turn(k *fyne.KeyEvent) bool { return b.scroll.Turn(k) }

// clear takes everything off the bench, to be put there anew.
func (b *bench) clear() {
	b.TakeBack()
	b.whole.Clear()
	b.list.Clear()
}

// shown draws what was put on the bench. What had the keyboard and is gone lets go of it.
func (b *bench) shown() {
	b.whole.Refresh()
	if c := page.CanvasOf(b.whole); c != nil {
		part, ours := c.Focused().(interface{ IsOf(*page.Kit) bool })
		if ours && part.IsOf(b.kit) && !page.Holds([]fyne.CanvasObject{b.whole}, c.Focused()) {
			b.desk.Leave()
		}
	}
	b.desk.Changed()
}

// prose lends words without their links: following one would leave the bench.
func (b *bench) prose(words string) *page.Text {
	return b.Text(page.Unlinked(page.Prose(words, look.Body, look.Ink), look.Ink)...)
}

func (b *bench) soft(words string) *page.Text {
	return b.Text(page.Unlinked(page.Prose(words, look.Small, look.InkSoft), look.InkSoft)...)
}

// softPlain lends small text as it stands.
func (b *bench) softPlain(text string) *page.Text {
	return b.Text(page.Plain(text, page.Face{Size: look.Small}, look.InkSoft))
}

func (b *bench) mono(text string) *page.Text {
	return b.Text(page.Plain(text, page.MonoFace(), look.WireValue))
}

// button lends a button that stands on a bar of its own.
func (b *bench) button(label, icon string, tapped func()) *page.Button {
	out := b.Button(label, icon, tapped)
	out.Soft, out.Small = false, false
	return out
}

func (b *bench) card(ground fyne.ThemeColorName) *page.Column { return b.Card(ground, look.Line, 12) }

// banner lends a card with a sign and what it says.
func (b *bench) banner(sign string, ink, ground fyne.ThemeColorName, says page.Part) *page.Column {
	return b.card(ground).Add(0, b.Signed(sign, ink, says))
}

// fact lends a name, its value in full, and what it means.
func (b *bench) fact(name, value, meaning string) *page.Pair {
	says := b.Column().Add(0, b.mono(value))
	if meaning != "" {
		says.Add(2, b.soft(meaning))
	}
	return b.Pair(b.Text(page.Plain(name, page.MonoFace(), look.WireName)), says)
}

// signOf is the sign of a result.
func signOf(r trace.Result) (sign string, ink fyne.ThemeColorName) {
	switch r {
	case trace.Fail:
		return "fail", look.Fail
	case trace.Skip:
		return "skip", look.InkSoft
	case trace.Pass:
	}
	return "pass", look.Pass
}

// verdict lends one rule with its result, and why where it did not hold.
func (b *bench) verdict(c *trace.Check) *page.Signed {
	words := page.Unlinked(page.Prose(b.desk.Rule(*c), look.Body, look.Ink), look.Ink)
	if spec := c.Spec.String(); spec != "" && b.desk.Developer() && len(words) > 0 {
		last := &words[len(words)-1]
		last.Spans = append(last.Spans, page.Span{Text: " · " + spec, Ink: look.InkSoft, Face: page.Face{Size: look.Small}})
	}
	says := b.Column().Add(0, b.Text(words...))
	for _, more := range b.details(c) {
		says.Add(2, b.softPlain(more))
	}
	sign, ink := signOf(c.Result)
	return b.Signed(sign, ink, says)
}

// details say what was compared, where that tells more than the sign.
func (b *bench) details(c *trace.Check) []string {
	say, developer := b.desk.Words, b.desk.Developer()
	var out []string
	switch {
	case c.Result == trace.Skip:
		out = append(out, say.Text("benches.skipped", "reason", c.Reason))
	case c.Result == trace.Fail || developer:
		switch {
		case c.Expected == c.Got && c.Got != "":
			out = append(out, say.Text("benches.as-expected", "value", page.Elide(c.Got, mostOfValue)))
		case c.Expected != "" || c.Got != "":
			out = append(out, say.Text("benches.expected",
				"expected", page.Elide(c.Expected, mostOfValue), "got", page.Elide(c.Got, mostOfValue)))
		}
		if c.Result == trace.Fail && c.Reason != "" {
			out = append(out, c.Reason)
		}
	}
	return out
}

// mostOfValue is how many letters of a value a rule repeats.
const mostOfValue = 80

// failed returns the first rule that does not hold, or nil.
func failed(checks []trace.Check) *trace.Check {
	for i := range checks {
		if checks[i].Result == trace.Fail {
			return &checks[i]
		}
	}
	return nil
}
