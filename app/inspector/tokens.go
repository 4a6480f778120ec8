package inspector

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// tokensView shows each token of the message: read first, then checked. The
// two are kept apart, because whoever can read a token has not verified it.
type tokensView struct {
	*sheet
	badges []*page.ArtefactBadge
	raws   []*page.Mono
}

func newTokensView(k *kit) *tokensView {
	return &tokensView{sheet: newSheet(k)}
}

func (v *tokensView) build(c *Content) {
	root := v.start()
	for i := range c.Tokens {
		root.Add(gapIf(i > 0, 28), v.token(c, i))
	}
}

func (v *tokensView) token(c *Content, i int) *page.Column {
	t := &c.Tokens[i]
	col := v.Column()
	col.Add(0, v.badge(i, t))
	if t.Says != "" {
		col.Add(8, v.lifetime(t))
	}
	if t.Opaque {
		v.opaque(col, i, t)
	} else {
		v.decoded(col, c, i, t)
	}
	v.verified(col, c, i, t)
	v.raw(col, i, t)
	return col
}

// badge lends the token's sign and name on its own colour.
func (v *tokensView) badge(i int, t *Token) *page.ArtefactBadge {
	b := page.Nth(&v.badges, i, func() *page.ArtefactBadge { return page.NewArtefactBadge(v.kit.Kit) })
	kind := v.kit.say.Text("inspector.token.signed")
	if t.Opaque {
		kind = v.kit.say.Text("inspector.token.opaque")
	}
	b.Set(t.Artefact, t.Name, t.Also, kind)
	b.Over = t.Over
	return b
}

// lifetime says how long the token is good, and what its end means.
func (v *tokensView) lifetime(t *Token) *page.Signed {
	words := v.kit.say.Sentence(t.Says)
	if t.Over {
		return v.Signed("fail", look.Fail, v.Text(page.Prose(v.kit.say.Text("inspector.token.over", "words", words), look.Body, look.Ink)...))
	}
	return v.Signed("clock", look.InkSoft, v.Text(page.Prose(words, look.Body, look.Ink)...))
}

func (v *tokensView) opaque(col *page.Column, i int, t *Token) {
	col.Add(12, v.Text(page.Prose(v.kit.say.Text("inspector.token.opaque-words"), look.Body, look.Ink)...))
	card := v.Card(look.CardSoft, look.Line, 12)
	v.addRow(
		card, 0,
		wireLine{
			key: fmt.Sprintf("%d:value", i), kind: "member", name: t.Name, value: t.Raw,
			bits: []bit{{text: t.Raw, tint: valued, elastic: true}},
		},
		"",
	)
	col.Add(10, card)
}

// partInk is the colour of the header, the payload and the signature.
func partInk(part int) fyne.ThemeColorName {
	switch part {
	case 0:
		return look.WireKeyword
	case 1:
		return look.WireName
	}
	return look.Role(look.ResourceServer).Ink
}

func (v *tokensView) decoded(col *page.Column, c *Content, i int, t *Token) {
	col.Add(14, v.Heading(v.kit.say.Text("inspector.token.read")))
	col.Add(2, v.Soft(v.kit.say.Text("inspector.token.reading")))
	parts := []struct {
		name, says string
		fields     []trace.Field
	}{
		{v.kit.say.Text("inspector.token.header"), v.kit.say.Text("inspector.token.header-says"), t.Header},
		{v.kit.say.Text("inspector.token.payload"), v.kit.say.Text("inspector.token.payload-says"), t.Payload},
	}
	for n, p := range parts {
		card := v.part(n, p.name, p.says)
		for _, f := range p.fields {
			l := claimLine(fmt.Sprintf("%d:%d:%s", i, n, f.Name), f)
			v.addRow(card, 0, l, timeNote(c, n, f))
		}
		col.Add(10, card)
	}
	card := v.part(2, v.kit.say.Text("inspector.token.signature"), v.kit.say.Text("inspector.token.signature-says"))
	v.addRow(
		card, 0,
		wireLine{
			key: fmt.Sprintf("%d:signature", i), kind: "signature", name: "signature", value: t.Signature,
			bits: []bit{{text: t.Signature, tint: valued, elastic: true}},
		},
		"",
	)
	col.Add(10, card)
}

func timeNote(c *Content, part int, f trace.Field) string {
	if part != 1 || !isTimeClaim(f.Name) {
		return ""
	}
	when, ok := claimTime(f.Value)
	if !ok {
		return ""
	}
	return sayTime(c.say, when, c.Now)
}

// part lends the card of one part of a token, with its colour at the edge.
func (v *tokensView) part(n int, name, says string) *page.Column {
	card := v.Card(look.CardSoft, look.Line, 10)
	card.Edge = partInk(n)
	card.Add(0, v.Text(page.Paragraph{Spans: []page.Span{
		{Text: name, Ink: partInk(n), Face: page.Face{Size: look.Small, Bold: true}},
		{Text: " " + says, Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
	}}))
	card.Add(3, v.Column())
	return card
}

// claimLine is a claim or a header member; its value is JSON text.
func claimLine(key string, f trace.Field) wireLine {
	l := wireLine{key: key, kind: "claim", name: f.Name, value: trace.Unquote(f.Value)}
	l.bits = []bit{{text: f.Name, tint: named}, {text: ": ", tint: quiet}}
	if inner, ok := strings.CutPrefix(f.Value, `"`); ok {
		l.bits = append(
			l.bits, bit{text: `"`, tint: quiet}, bit{text: strings.TrimSuffix(inner, `"`), tint: stringed, elastic: true},
			bit{text: `"`, tint: quiet},
		)
		return l
	}
	t := numbered
	if strings.HasPrefix(f.Value, "[") || strings.HasPrefix(f.Value, "{") {
		t = valued
	}
	l.bits = append(l.bits, bit{text: f.Value, tint: t, elastic: true})
	return l
}

// verified lists what the receiver checked.
func (v *tokensView) verified(col *page.Column, c *Content, i int, t *Token) {
	col.Add(18, v.Heading(v.kit.say.Text("inspector.token.checked")))
	if len(t.Checks) == 0 {
		col.Add(2, v.Soft(v.kit.say.Text("inspector.token.unchecked")))
		return
	}
	v.list(col, c, t.Checks, fmt.Sprintf("token:%d", i), -1)
}

// raw shows the token as it crossed the wire, its parts in their colours.
func (v *tokensView) raw(col *page.Column, i int, t *Token) {
	if t.Raw == "" || t.Opaque {
		return
	}
	col.Add(18, v.Heading(v.kit.say.Text("inspector.token.wire")))
	m := page.Nth(&v.raws, i, func() *page.Mono { return page.NewMono(v.kit.Kit) })
	raw := t.Raw
	m.Set(raw, func(line int, text string) []page.Span { return tokenSpans(raw, line*m.Columns(), text) })
	card := v.Card(look.CardSoft, look.Line, 12)
	card.Add(0, m)
	col.Add(8, card)
	name := t.Name
	buttons := []*page.Button{v.Button(v.kit.say.Text("inspector.token.copy"), "copy", func() { v.kit.copy(raw, name) })}
	if v.kit.benched() {
		buttons = append(buttons, v.Button(v.kit.say.Text("inspector.token.bench"), "pencil", func() { v.kit.bench("token", raw) }))
	}
	col.Add(8, v.Bar(buttons, nil))
}

// tokenSpans colours one line of a raw token by the part that its letters belong to.
func tokenSpans(raw string, start int, line string) []page.Span {
	var runs []page.Span
	part := strings.Count(raw[:min(start, len(raw))], ".")
	for line != "" {
		text, rest, dot := strings.Cut(line, ".")
		if text != "" {
			runs = append(runs, page.Span{Text: text, Ink: partInk(part), Face: page.MonoFace()})
		}
		if dot {
			runs = append(runs, page.Span{Text: ".", Ink: look.WireQuiet, Face: page.MonoFace()})
			part++
		}
		line = rest
	}
	return runs
}
