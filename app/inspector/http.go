package inspector

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// httpView is a request or a response: its parts to point at, or as it crossed the wire.
type httpView struct {
	*sheet
	response bool
	wire     *wireChoice          // shared, so that Raw stays Raw from request to response
	curl     func() func() string // nil while there is no way to make one
	mono     *page.Mono
	inRaw    *page.Column
}

// wireChoice is how messages are shown.
type wireChoice struct{ raw bool }

func newHTTPView(k *kit, response bool, choice *wireChoice, curl func() func() string) *httpView {
	return &httpView{sheet: newSheet(k), response: response, wire: choice, curl: curl, mono: page.NewMono(k.Kit)}
}

func (v *httpView) build(c *Content) {
	root := v.start()
	v.inRaw = nil
	m := requestOf(c)
	if v.response {
		m = responseOf(c)
	}
	if m == nil {
		v.empty(c, root)
		return
	}
	root.Add(0, v.controls(m))
	if len(m.Edited) > 0 {
		root.Add(12, v.editBanner(m))
	}
	card := v.Card(look.CardSoft, look.Line, 12)
	root.Add(12, card)
	if v.wire.raw {
		text := rawText(m)
		v.mono.Set(text, nil)
		card.Add(0, v.mono)
		v.inRaw = card
		if note := v.kit.rawNote(text); note != "" {
			root.Add(10, v.Soft(note))
		}
		return
	}
	for _, l := range v.headLines(m) {
		v.addRow(card, 0, l, "")
	}
	body, note := v.bodyLines(m)
	for i, l := range body {
		v.addRow(card, gapIf(i == 0, 12), l, "")
	}
	if note != "" {
		root.Add(10, v.Soft(note))
	}
	if v.response && len(m.Body) == 0 {
		root.Add(10, v.Soft(v.kit.say.Text("inspector.http.no-body")))
	}
}

func (v *httpView) controls(m *trace.Message) *page.Bar {
	choose := func(raw bool) func() {
		return func() {
			v.wire.raw = raw
			v.kit.relay()
		}
	}
	structured, raw := v.Button(v.kit.say.Text("inspector.http.structured"), "", choose(false)),
		v.Button(v.kit.say.Text("inspector.http.raw"), "", choose(true))
	structured.Quiet, raw.Quiet = true, true
	structured.Chosen, raw.Chosen = !v.wire.raw, v.wire.raw
	var right []*page.Button
	if v.wire.raw {
		right = append(right, v.Button(v.kit.say.Text("inspector.http.copy"), "copy",
			func() { v.kit.copy(rawText(m), v.kit.say.Text("inspector.what.message")) }))
	}
	if curl := v.curl(); !v.response && curl != nil {
		right = append(right, v.Button(v.kit.say.Text("inspector.http.curl"), "copy",
			func() { v.kit.copy(curl(), v.kit.say.Text("inspector.what.curl")) }))
	}
	return v.Bar([]*page.Button{structured, raw}, right)
}

// empty says why there is nothing to see.
func (v *httpView) empty(c *Content, root *page.Column) {
	text := c.say.Text("inspector.http.nothing")
	switch {
	case c.Message == nil:
		text = c.say.Text("inspector.words.nothing-yet")
	case c.Message.Kind == trace.Gesture:
		text = gestureNote(c)
	case v.response:
		text = c.say.Text("inspector.http.no-answer")
	}
	card := v.Card(look.CardSoft, look.Line, 20)
	card.Add(0, v.Text(page.Prose(text, look.Body, look.InkSoft)...))
	root.Add(0, card)
	if a := c.Message; a != nil && a.Act != nil && len(a.Act.Fields) > 0 {
		card := v.Card(look.CardSoft, look.Line, 12)
		for _, f := range a.Act.Fields {
			l := pairLine("act:"+f.Name, "", 0, f, nil)
			v.addRow(card, 0, l, "")
		}
		root.Add(16, v.Heading(v.kit.say.Text("inspector.http.typed")))
		root.Add(8, card)
	}
}

// editBanner says what the learner changed before the request was sent.
func (v *httpView) editBanner(m *trace.Message) *page.Column {
	card := v.Card(look.CautionGround, "", 12)
	says := v.kit.say.Text("inspector.http.changed")
	if slices.ContainsFunc(m.Edited, sentAgain) {
		says = v.kit.say.Text("inspector.http.again")
	}
	title := page.Plain(says, page.Face{Size: look.Body, Bold: true}, look.Caution)
	card.Add(0, v.Signed("pencil", look.Caution, v.Text(title)))
	for _, e := range m.Edited {
		if sentAgain(e) {
			continue
		}
		card.Add(2, v.Text(page.Paragraph{Spans: v.editSpans(e)}))
	}
	return card
}

func sentAgain(e trace.EditMark) bool { return e.What == trace.SentAgain }

// editSpans says what was changed; the row of a parameter or a header says from what.
func (v *httpView) editSpans(e trace.EditMark) []page.Span {
	plain := page.Span{Text: v.kit.say.Called("inspector.changed", e.What), Ink: look.Ink, Face: page.Face{Size: look.Small}}
	for _, kind := range []string{"parameter", "header"} {
		if name, ok := strings.CutPrefix(e.What, kind+" "); ok {
			named := page.Span{Text: name, Ink: look.Ink, Face: page.Face{Size: look.Small, Mono: true}}
			plain.Text = v.kit.say.Called("inspector.changed", kind) + " "
			return []page.Span{plain, named}
		}
	}
	if e.Before != "" || e.After != "" {
		plain.Text += ": " + page.Elide(v.orNothing(e.Before), 120) + " → " + page.Elide(v.orNothing(e.After), 120)
	}
	return []page.Span{plain}
}

func (v *httpView) orNothing(s string) string {
	if s == "" {
		return v.kit.say.Text("inspector.checks.nothing")
	}
	return s
}

// see passes on which part of the raw text can be seen.
func (v *httpView) see(top, tall float32) {
	if v.inRaw != nil {
		v.mono.See(top-v.inRaw.Position().Y-v.mono.Position().Y, tall)
	}
}
