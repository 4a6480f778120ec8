package inspector

import (
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// pageView is the screen in front of the person, drawn by ourselves. A web page
// can be used; what stands on an app's own screen can be looked at.
type pageView struct {
	*sheet
	press  func(name, value string, fields map[string]string)
	head   *addressBar
	top    *windowBar
	set    *tvSet
	code   *page.Beside
	fields map[string]*field
	order  []string // names of the fields, as they stand
	boxes  map[string]*pageBox
}

// pageBox is whether a box of the page is ticked.
type pageBox struct {
	on, given bool   // now, and as the page came with it
	value     string // that is sent when it is
	stale     bool   // as of a field
}

// addressKey is open while the address shows in full.
const addressKey = "address"

// other turns what is open: nothing, or the one.
func other(open, key string) string {
	if open == key {
		return ""
	}
	return key
}

// field is an input of the page.
type field struct {
	entry *page.Field
	block *page.Holder
	given string // the value that the page came with
	stale bool   // another page is on the screen: what was typed is not for it
}

func newPageView(k *kit, press func(name, value string, fields map[string]string)) *pageView {
	v := &pageView{sheet: newSheet(k), press: press, head: newAddressBar(k), fields: map[string]*field{}, boxes: map[string]*pageBox{}}
	v.top, v.set, v.code = newWindowBar(k), newTVSet(), page.NewBeside()
	return v
}

// reset forgets what was typed: another page is on the screen.
func (v *pageView) reset() {
	v.sheet.reset()
	for _, f := range v.fields {
		f.stale = true
	}
	for _, b := range v.boxes {
		b.stale = true
	}
}

func (v *pageView) build(c *Content) {
	root := v.start()
	v.order = v.order[:0]
	p := c.Page
	if p == nil {
		return
	}
	note := p.Note
	if p.Disabled {
		note = v.kit.say.Text("inspector.page.passed")
	}
	if note != "" {
		root.Add(0, v.Soft(note))
	}
	frame, body := v.frame(p)
	root.Add(gapIf(note != "", 10), frame)
	for i, b := range p.Blocks {
		v.block(body, gapIf(i > 0, 14), b, p)
	}
}

// frame lends what the page is drawn in, and the column that its blocks belong into.
func (v *pageView) frame(p *Page) (whole page.Part, body *page.Column) {
	if p.Frame == TV {
		body = v.Card(look.CardSoft, "", 20)
		return v.set.around(body), body
	}
	frame := v.Card(look.Card, look.Line, 1)
	body = v.Card("", "", 20)
	if p.Frame == Window {
		return frame.Add(0, v.top.named(p.Title)).Add(0, body), body
	}
	v.head.set(p.Title, p.Address, func() {
		v.open = other(v.open, addressKey)
		v.kit.relay()
	})
	frame.Add(0, v.head)
	if v.isOpen(addressKey) {
		frame.Add(0, v.detailsOf(wireLine{key: addressKey, kind: "start", name: "address", value: p.Address}))
	}
	return frame.Add(0, body), body
}

func (v *pageView) block(to *page.Column, gap float32, b Block, p *Page) {
	switch {
	case b.Heading != "":
		to.Add(gap, v.Text(page.Plain(b.Heading, page.Face{Size: look.Heading, Bold: true}, look.Ink)))
	case b.Text != "":
		to.Add(gap, v.Text(page.Prose(b.Text, look.Body, look.Ink)...))
	case b.Alert != "":
		card := v.Card(look.FailGround, "", 12)
		card.Add(0, v.Signed("fail", look.Fail, v.Text(page.Prose(b.Alert, look.Body, look.Ink)...)))
		to.Add(gap, card)
	case len(b.Items) > 0:
		for i, item := range b.Items {
			to.Add(gapIf(i > 0, 6)+gapIf(i == 0, gap), v.Signed("pass", look.InkSoft, v.Text(itemText(item)...)))
		}
	case len(b.Terms) > 0:
		card := v.Card(look.CardSoft, look.Line, 12)
		for i, t := range b.Terms {
			v.term(card, gapIf(i > 0, 8), t)
		}
		to.Add(gap, card)
	case len(b.Lines) > 0:
		card := v.Card(look.Card, look.Line, 12)
		for i, line := range b.Lines {
			card.Add(gapIf(i > 0, 8), v.Text(page.Plain(line, page.Face{Size: look.Body}, look.Ink)))
		}
		to.Add(gap, card)
	case b.Pairing != nil:
		to.Add(gap, v.pairing(b.Pairing))
	case b.Input != nil:
		v.input(to, gap, b.Input, p)
	case b.Box != nil:
		to.Add(min(gap, 10), v.box(b.Box, p))
	case len(b.Buttons) > 0:
		to.Add(gap+4, v.Bar(v.buttonsOf(b.Buttons, p), nil))
	}
}

// itemText is the words of an item, and its code on the line under them.
func itemText(item Item) []page.Paragraph {
	paras := page.Prose(item.Text, look.Body, look.Ink)
	if item.Code != "" {
		paras = append(paras, codeLine(item.Code))
	}
	return paras
}

func codeLine(text string) page.Paragraph {
	return page.Plain(text, page.MonoFace(), look.WireValue)
}

// term adds a name and, under it, what it stands for.
func (v *pageView) term(to *page.Column, gap float32, t Term) {
	value := codeLine(t.Value)
	if !t.Code {
		value = page.Plain(t.Value, page.Face{Size: look.Body}, look.Ink)
	}
	name := page.Plain(t.Name, page.Face{Size: look.Small, Bold: true}, look.InkSoft)
	to.Add(gap, v.Text(name, value))
}

func (v *pageView) input(to *page.Column, gap float32, in *Input, p *Page) {
	f := v.fields[in.Name]
	if f == nil || f.entry.Password != in.Password {
		f = newField(in)
		v.fields[in.Name] = f
	}
	if f.stale || f.given != in.Value {
		f.stale, f.given = false, in.Value
		f.entry.SetText(in.Value)
	}
	to.Add(gap, v.Text(page.Plain(in.Label, page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
	if p.fixed() {
		to.Add(4, v.filledIn(f))
		return
	}
	f.entry.OnSubmitted = func(string) { v.submit(p) }
	v.order = append(v.order, in.Name)
	to.Add(4, f.block)
}

// box lends a box. It keeps what was chosen while the page is on the screen.
func (v *pageView) box(box *Box, p *Page) *page.TickBox {
	state := v.boxes[box.Name]
	if state == nil || state.stale || state.given != box.On {
		state = &pageBox{on: box.On, given: box.On, value: box.Value}
		v.boxes[box.Name] = state
	}
	turn := func() {
		state.on = !state.on
		v.kit.relay()
	}
	if p.fixed() {
		turn = nil
	} else {
		v.order = append(v.order, box.Name)
	}
	return v.TickBox(state.on, turn, itemText(box.Item))
}

// filledIn shows a field as it was when the page could be used.
func (v *pageView) filledIn(f *field) *page.Column {
	text := f.entry.Text
	if f.entry.Password {
		text = strings.Repeat("•", utf8.RuneCountInString(text))
	}
	if text == "" {
		text = " "
	}
	box := v.Card(look.CardSoft, look.Line, 8)
	box.Radius = look.Round
	said := page.Span{Text: text, Ink: look.InkSoft, Face: page.Face{Size: look.Body}}
	return box.Add(0, v.Text(page.Paragraph{Fixed: true, Spans: []page.Span{said}}))
}

func (v *pageView) has(e *page.Field) bool {
	for _, f := range v.fields {
		if f.entry == e {
			return true
		}
	}
	return false
}

func newField(in *Input) *field {
	f := &field{entry: page.NewField(nil), given: in.Value}
	f.entry.Password = in.Password
	f.entry.SetText(in.Value)
	f.block = page.NewHolder(f.entry, nil)
	return f
}

func (v *pageView) buttonsOf(list []Button, p *Page) []*page.Button {
	out := make([]*page.Button, 0, len(list))
	for _, b := range list {
		shown := v.Button(b.Label, "", func() { v.send(b) })
		shown.Small, shown.Primary = false, b.Primary && !p.fixed()
		if p.fixed() {
			shown.OnTapped = nil
		}
		out = append(out, shown)
	}
	return out
}

// submit presses the first button that is primary, as Enter does in a browser.
func (v *pageView) submit(p *Page) {
	for _, block := range p.Blocks {
		for _, b := range block.Buttons {
			if b.Primary && !p.fixed() {
				v.send(b)
				return
			}
		}
	}
}

func (v *pageView) send(b Button) {
	values := make(map[string]string, len(v.order))
	for _, name := range v.order {
		switch box := v.boxes[name]; {
		case box == nil:
			values[name] = v.fields[name].entry.Text
		case box.on:
			values[name] = box.value
		default:
			values[name] = ""
		}
	}
	v.press(b.Name, b.Value, values)
}
