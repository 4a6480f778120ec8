package inspector

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// calculationView is what a party worked out by itself: what went in, each step, what came out.
type calculationView struct {
	*sheet
}

func newCalculationView(k *kit) *calculationView {
	return &calculationView{sheet: newSheet(k)}
}

func (v *calculationView) build(c *Content) {
	root := v.start()
	if c.Message == nil || c.Message.Calc == nil {
		return
	}
	calc := c.Message.Calc
	linked := false
	chain := func(card *page.Column) {
		if linked {
			root.Add(5, v.arrow())
			root.Add(5, card)
			return
		}
		root.Add(0, card)
		linked = true
	}
	if len(calc.Inputs) > 0 {
		chain(v.fieldsCard(v.kit.say.Text("inspector.calculation.in"), "in", calc.Inputs, look.CardSoft))
	}
	for i, s := range calc.Steps {
		chain(v.stepCard(i, s))
	}
	if len(calc.Outputs) > 0 {
		chain(v.fieldsCard(v.kit.say.Text("inspector.calculation.out"), "out", calc.Outputs, look.Band))
	}
	if verifier := verifierOf(calc); verifier != "" && v.kit.benched() {
		root.Add(12, v.Bar([]*page.Button{v.Button(v.kit.say.Text("inspector.calculation.bench"), "pencil",
			func() { v.kit.bench("pkce", verifier) })}, nil))
	}
	if calc.Command != "" {
		v.addCommand(root, c.Developer, calc.Command)
	}
}

// verifierOf is the code verifier that a calculation is about, or "".
func verifierOf(c *trace.Calc) string {
	for _, f := range c.Inputs {
		if f.Name == "code_verifier" {
			return f.Value
		}
	}
	return ""
}

func (v *calculationView) arrow() *page.Glyph { return v.Glyph("down", look.InkSoft) }

func (v *calculationView) label(text string) *page.Text {
	return v.Text(page.Plain(text, page.Face{Size: look.Small, Bold: true}, look.InkSoft))
}

func (v *calculationView) fieldsCard(title, prefix string, fields []trace.Field, ground fyne.ThemeColorName) *page.Column {
	card := v.Card(ground, look.Line, 12)
	if ground == look.Band {
		card.Line = ""
	}
	card.Add(0, v.label(title))
	for i, f := range fields {
		v.addRow(card, gapIf(i == 0, 4), v.calcLine(fmt.Sprintf("%s:%d:%s", prefix, i, f.Name), f), "")
	}
	return card
}

// calcLine is a value by the name that it has in the record, or what that is called.
func (v *calculationView) calcLine(key string, f trace.Field) wireLine {
	l := pairLine(key, "", 0, f, nil)
	l.bits[1].text = v.kit.say.Called("calc", f.Name)
	return l
}

func (v *calculationView) stepCard(i int, s trace.CalcStep) *page.Column {
	card := v.Card(look.Card, look.Line, 12)
	card.Add(0, v.Text(page.Paragraph{Spans: []page.Span{
		{Text: fmt.Sprintf("%d", i+1), Ink: look.InkSoft, Face: page.Face{Size: look.Body - 1, Bold: true}},
		{Text: "  ", Ink: look.Ink, Face: page.Face{Size: look.Body}},
		{Text: v.kit.say.Called("calc", s.Does), Ink: look.Ink, Face: page.Face{Size: look.Body - 1, Bold: true}},
	}}))
	l := wireLine{
		key: fmt.Sprintf(
			"step:%d", i,
		), kind: "step", name: s.Does, value: s.Result, full: len(s.Result) <= 130, hang: flush, breaks: naturalBreaks,
		bits: []bit{{text: s.Result, tint: valued, elastic: true}},
	}
	v.addRow(card, 4, l, "")
	return card
}

// addCommand offers the shell command that repeats the calculation; who is no developer opens it first.
func (v *calculationView) addCommand(root *page.Column, developer bool, command string) {
	before := float32(24)
	if !developer {
		root.Add(24, v.Bar([]*page.Button{v.forDevelopers()}, nil))
		if !v.turned["command"] {
			return
		}
		before = 12
	}
	root.Add(before, v.Heading(v.kit.say.Text("inspector.calculation.try")))
	root.Add(4, v.Soft(v.kit.say.Text("inspector.calculation.paste")))
	card := v.Card(look.CardSoft, look.Line, 12)
	l := wireLine{
		key: "command", bits: []bit{{text: "$ ", tint: quiet}, {text: command, tint: valued, elastic: true}}, full: true,
		breaks: " ", hang: 2,
	}
	card.AddWide(0, rowPad, v.row().set(l, "", false, nil))
	root.Add(8, card)
	root.Add(8, v.Bar([]*page.Button{v.Button(v.kit.say.Text("inspector.calculation.copy"), "copy",
		func() { v.kit.copy(command, v.kit.say.Text("inspector.what.command")) })}, nil))
}

// forDevelopers opens and closes what is meant for developers.
func (v *calculationView) forDevelopers() *page.Button {
	sign := "closed"
	if v.turned["command"] {
		sign = "open"
	}
	return v.Button(v.kit.say.Text("inspector.calculation.developers"), sign, func() {
		v.turned["command"] = !v.turned["command"]
		v.kit.relay()
	})
}
