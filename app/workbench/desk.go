// Package workbench holds the workbenches: a token to be read, checked and made, and
// a code verifier to be worked with.
//
// A bench keeps what was put on it while it is closed. It shows what it is
// given and what packages flows/token and flows/pkce work out; it verifies
// nothing itself, and nothing leaves the machine.
package workbench

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Desk is what every bench needs of the window.
type Desk struct {
	Say       func(id string) string            // words of the voice, see tutorials/en/workbench.toml
	Rule      func(trace.Check) string          // a rule in the words of the voice
	Meaning   func(claim string) string         // what a claim means; "" where nobody knows
	Developer func() bool                       // whether the voice is the developer's
	Copy      func(text, what string)           // to the clipboard
	Pasted    func() string                     // from the clipboard
	Key       func(k *fyne.KeyEvent) (did bool) // a key that a bench has no use for
	Leave     func()                            // gives the keyboard back
	Changed   func()                            // what the bench shows changed
	Width     func() float32                    // of the bench
}

// field is an entry that Escape leaves, that Tab passes, and that hands over
// what is pasted before it is put in: a long text would cost seconds.
type field struct {
	widget.Entry
	leave func()
	paste func(text string) bool // reports whether it dealt with the text; nil: it is put in
}

func newField(d *Desk, changed func(string)) *field {
	f := &field{leave: d.Leave}
	f.ExtendBaseWidget(f)
	f.TextStyle.Monospace = true
	f.Wrapping = fyne.TextWrapOff
	f.OnChanged = changed
	return f
}

// TypedKey leaves the field with Escape.
func (f *field) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.leave()
		return
	}
	f.Entry.TypedKey(k)
}

// TypedShortcut offers what is pasted first.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && f.paste != nil && p.Clipboard != nil && f.paste(p.Clipboard.Content()) {
		return
	}
	f.Entry.TypedShortcut(s)
}

// AcceptsTab is false: Tab goes to the next control.
func (f *field) AcceptsTab() bool { return false }

// MinSize lets the field be small.
func (f *field) MinSize() fyne.Size { return fyne.NewSize(120, min(f.Entry.MinSize().Height, 96)) }

// prose is a wrapping text without the marks of the words.
func prose(words string, soft bool) *widget.Label { return label(markup.Plain(words), soft) }

// label is a wrapping text as it stands.
func label(text string, soft bool) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	if soft {
		l.SizeName = theme.SizeNameCaptionText
	}
	return l
}

// mono is text in one width, in lines that were made to fit.
func mono(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.TextStyle.Monospace = true
	l.SizeName = theme.SizeNameCaptionText
	return l
}

func heading(words string) fyne.CanvasObject {
	h := page.NewLine(words, look.Body, look.Ink)
	h.Bold, h.Least = true, 60
	return h
}

// lines breaks an unbroken text: wrapping one costs the square of its length.
func lines(text string, columns int) string {
	var b strings.Builder
	for i, r := range []rune(text) {
		if i > 0 && i%columns == 0 {
			b.WriteByte('\n')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// wrapped breaks every line of a text that is longer than that.
func wrapped(text string, columns int) string {
	all := strings.Split(text, "\n")
	for i := range all {
		all[i] = lines(all[i], columns)
	}
	return strings.Join(all, "\n")
}

// columnsIn is how many letters of mono stand in a width.
func columnsIn(width float32) int {
	letter := fyne.MeasureText("m", look.Small, fyne.TextStyle{Monospace: true}).Width
	return max(20, int((width-4*theme.InnerPadding())/letter))
}

// button returns a button that leaves its keys to the window.
func (d *Desk) button(label string, do func()) *page.Button {
	b := page.NewButton(label, do)
	b.OnKey = d.Key
	return b
}

// card is an inset on a pane.
func card(content fyne.CanvasObject, ground fyne.ThemeColorName) *page.Column {
	c := page.NewCard(content, 6)
	c.Ground = ground
	return c
}

// signed puts an icon before what it stands for.
func signed(icon string, ink fyne.ThemeColorName, o fyne.CanvasObject) fyne.CanvasObject {
	i := widget.NewIcon(look.IconIn(icon, ink))
	box := container.New(layout.NewCustomPaddedLayout(9, 0, 2, 0), container.NewGridWrap(fyne.NewSquareSize(18), i))
	return container.NewBorder(nil, nil, box, nil, o)
}

// row wraps what stands in it.
func row(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewRowWrapLayoutWithCustomPadding(8, 8), objects...)
}

// verdictOf shows one rule with its result, and why where it did not hold.
func (d *Desk) verdictOf(c trace.Check) fyne.CanvasObject {
	icon, ink := look.IconCheck, look.Pass
	switch c.Result {
	case trace.Fail:
		icon, ink = look.IconCross, look.Fail
	case trace.Skip:
		icon, ink = look.IconSkip, look.InkSoft
	case trace.Pass:
	}
	words := prose(d.Rule(c), false)
	spec := page.NewLine(strings.Replace(c.Spec.String(), "OpenID Connect Core 1.0", "OIDC Core", 1), look.Small, look.InkSoft)
	var aside fyne.CanvasObject
	if d.Developer() {
		aside = spec
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(-8), container.NewBorder(nil, nil, nil, aside, words))
	for _, more := range details(c, d.Developer()) {
		box.Add(label(more, true))
	}
	return signed(icon, ink, box)
}

// details say what was compared, where that tells more than the sign.
func details(c trace.Check, developer bool) []string {
	var out []string
	switch {
	case c.Result == trace.Skip:
		out = append(out, "skipped: "+c.Reason)
	case c.Result == trace.Fail || developer:
		switch {
		case c.Expected == c.Got && c.Got != "":
			out = append(out, "as expected: "+elide(c.Got))
		case c.Expected != "" || c.Got != "":
			out = append(out, "expected "+elide(c.Expected)+" · got "+elide(c.Got))
		}
		if c.Result == trace.Fail && c.Reason != "" {
			out = append(out, c.Reason)
		}
	}
	return out
}

func elide(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most/2]) + "…" + string(r[len(r)-most/2:])
	}
	return s
}

// turn moves what is scrolled by a key, and reports whether it was one for that.
func turn(s *container.Scroll, k *fyne.KeyEvent) bool {
	if s == nil {
		return false
	}
	y, turned := s.Offset.Y, s.Size().Height*0.9
	most := max(0, s.Content.MinSize().Height-s.Size().Height)
	switch k.Name {
	case fyne.KeyPageDown:
		y += turned
	case fyne.KeyPageUp:
		y -= turned
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = most
	default:
		return false
	}
	s.ScrollToOffset(fyne.NewPos(0, max(0, min(y, most))))
	return true
}

// failed returns the first rule that does not hold, or nil.
func failed(checks []trace.Check) *trace.Check {
	for i := range checks {
		if checks[i].Result == trace.Fail {
			return &checks[i]
		}
	}
	return nil
}
