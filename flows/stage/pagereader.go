package stage

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// ParsePage reads a web page. address is where it was loaded from.
func ParsePage(address string, status int, body []byte) (*Page, error) {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("read the page at %s: %w", address, err)
	}
	p := &pageReader{page: Page{URL: address, Status: status}, labels: map[string]string{}}
	p.findLabels(doc)
	p.walk(doc)
	return &p.page, nil
}

type pageReader struct {
	page   Page
	labels map[string]string // by the id of the input
}

func (p *pageReader) findLabels(n *html.Node) {
	if n.DataAtom == atom.Label {
		p.labels[attr(n, "for")] = textOf(n)
	}
	for c := range n.ChildNodes() {
		p.findLabels(c)
	}
}

// walk visits what a person sees, in order. It returns without going deeper where a block is complete.
func (p *pageReader) walk(n *html.Node) {
	switch n.DataAtom {
	case atom.Title:
		p.page.Title = textOf(n)
		return
	case atom.Style, atom.Script:
		return
	case atom.Label:
		p.label(n)
		return
	case atom.H1, atom.H2, atom.H3:
		p.add(Block{Kind: Heading, Text: textOf(n)})
		return
	case atom.P:
		p.paragraph(n)
		return
	case atom.Dl:
		p.terms(n)
		return
	case atom.Ul, atom.Ol:
		p.list(n)
		return
	case atom.Form:
		p.form(n)
	case atom.Input:
		p.input(n)
	case atom.Button:
		p.button(n)
		return
	}
	for c := range n.ChildNodes() {
		p.walk(c)
	}
}

func (p *pageReader) add(b Block) { p.page.Blocks = append(p.page.Blocks, b) }

func (p *pageReader) paragraph(n *html.Node) {
	if slices.ContainsFunc(slices.Collect(n.Descendants()), isControl) {
		for c := range n.ChildNodes() {
			p.walk(c)
		}
		return
	}
	kind := Text
	if attr(n, "role") == "alert" {
		kind = Alert
	}
	if text := textOf(n); text != "" {
		p.add(Block{Kind: kind, Text: text})
	}
}

func isControl(n *html.Node) bool { return n.DataAtom == atom.Input || n.DataAtom == atom.Button }

// list reads what holds a control by itself, and the entries between as lists.
func (p *pageReader) list(n *html.Node) {
	var items []Item
	flush := func() {
		if len(items) > 0 {
			p.add(Block{Kind: List, Items: items})
		}
		items = nil
	}
	for c := range n.ChildNodes() {
		switch {
		case c.DataAtom != atom.Li:
		case slices.ContainsFunc(slices.Collect(c.Descendants()), isControl):
			flush()
			p.walk(c)
		default:
			items = append(items, readItem(c))
		}
	}
	flush()
}

// label passes over the words of a field, which goes by its id, and reads a
// box that stands among its own words.
func (p *pageReader) label(n *html.Node) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Input {
			p.box(c, readItem(n))
		}
	}
}

func (p *pageReader) box(n *html.Node, beside Item) {
	b := Box{Name: attr(n, "name"), Value: attr(n, "value"), Item: beside, On: hasAttr(n, "checked")}
	if b.Name == "" || p.page.Form == nil || !strings.EqualFold(attr(n, "type"), "checkbox") {
		return
	}
	p.page.Form.boxes = append(p.page.Form.boxes, b.Name)
	if b.On {
		p.page.Form.Fields = append(p.page.Form.Fields, trace.Field{Name: b.Name, Value: b.Value})
	}
	p.add(Block{Kind: Tick, Box: b})
}

// readItem takes the code off the end of an item; code amid the words stays with them.
func readItem(n *html.Node) Item {
	item := Item{Text: textOf(n)}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Code {
			item.Code = textOf(c)
		}
	}
	words, ends := strings.CutSuffix(item.Text, item.Code)
	if item.Code == "" || !ends {
		return Item{Text: item.Text}
	}
	item.Text = strings.TrimSpace(words)
	if item.Text == item.Code { // said twice
		item.Text = ""
	}
	return item
}

// terms reads the pairs of a definition list; a description without a name has an empty one.
func (p *pageReader) terms(n *html.Node) {
	var terms []Term
	name := ""
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Dt:
			name = textOf(c)
		case atom.Dd:
			isCode := slices.ContainsFunc(slices.Collect(c.Descendants()), func(n *html.Node) bool { return n.DataAtom == atom.Code })
			terms = append(terms, Term{Name: name, Value: textOf(c), Code: isCode})
			name = ""
		}
	}
	if len(terms) > 0 {
		p.add(Block{Kind: Terms, Terms: terms})
	}
}

func (p *pageReader) form(n *html.Node) {
	if p.page.Form != nil {
		return
	}
	method := strings.ToUpper(attr(n, "method"))
	if method != http.MethodPost {
		method = http.MethodGet
	}
	p.page.Form = &Form{Action: resolve(p.page.URL, attr(n, "action")), Method: method}
}

func (p *pageReader) input(n *html.Node) {
	name, kind := attr(n, "name"), strings.ToLower(attr(n, "type"))
	if kind == "checkbox" {
		p.box(n, Item{Text: p.labels[attr(n, "id")]})
		return
	}
	if name == "" || p.page.Form == nil {
		return
	}
	p.page.Form.Fields = append(p.page.Form.Fields, trace.Field{Name: name, Value: attr(n, "value")})
	if kind == "hidden" || hasAttr(n, "hidden") {
		return
	}
	label := p.labels[attr(n, "id")]
	if label == "" {
		label = name
	}
	p.add(Block{Kind: Field, Input: Input{
		Name: name, Label: label, Value: attr(n, "value"), Password: kind == "password",
	}})
}

// button joins the buttons that stand beside each other into one row.
func (p *pageReader) button(n *html.Node) {
	b := Button{Name: attr(n, "name"), Value: attr(n, "value"), Label: textOf(n)}
	b.Primary = strings.Contains(attr(n, "class"), "primary") || b.Name == "" || b.Value == "approve"
	if last := len(p.page.Blocks) - 1; last >= 0 && p.page.Blocks[last].Kind == Buttons {
		p.page.Blocks[last].Buttons = append(p.page.Blocks[last].Buttons, b)
		return
	}
	p.add(Block{Kind: Buttons, Buttons: []Button{b}})
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// textOf is what a person reads of a node: decoration is left out.
func textOf(n *html.Node) string {
	var b strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if attr(n, "aria-hidden") == "true" {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.DataAtom == atom.Small && b.Len() > 0 {
			b.WriteString(" · ")
		}
		for c := range n.ChildNodes() {
			read(c)
		}
	}
	read(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
