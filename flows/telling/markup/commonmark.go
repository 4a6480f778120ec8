package markup

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// grammar is CommonMark as far as the words have it.
//
//nolint:gochecknoglobals // a table that never changes; making it costs more than reading a paragraph
var grammar = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(dashed{parser.NewListParser()}, 1),
			util.Prioritized(dashed{parser.NewListItemParser()}, 2),
			util.Prioritized(parser.NewParagraphParser(), 3),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 1),
			util.Prioritized(linked{parser.NewLinkParser()}, 2),
			util.Prioritized(starred{}, 3),
		),
	)
})

// dashed is a list whose items begin with a dash; 1. and * begin none.
type dashed struct{ parser.BlockParser }

func (dashed) Trigger() []byte { return []byte{'-'} }

// linked is a link; there are no pictures in words.
type linked struct{ parser.InlineParser }

func (linked) Trigger() []byte { return []byte{'[', ']'} }

// CloseBlock lets the link parser tidy up what did not close.
func (l linked) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// starred is what stands between stars. Underlines are letters: redirect_uri.
type starred struct{}

func (starred) Trigger() []byte { return []byte{'*'} }

func (s starred) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, s)
	if node == nil {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

func (starred) IsDelimiter(b byte) bool { return b == '*' }

func (starred) CanOpenCloser(_, _ *parser.Delimiter) bool { return true }

func (starred) OnMatch(stars int) ast.Node { return ast.NewEmphasis(stars) }

// reader turns the tree into blocks of spans.
type reader struct {
	source []byte
	read   []Block
}

// blocks reads what stands in a document, a list or an item.
func (r *reader) blocks(parent ast.Node, item bool) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.Kind() {
		case ast.KindList:
			r.blocks(n, false)
		case ast.KindListItem:
			r.blocks(n, true)
		default:
			b := Block{Item: item}
			r.inline(&b, n, Span{})
			if b.trim(); len(b.Spans) > 0 {
				r.read = append(r.read, b)
			}
			item = false // what follows in the same item is a paragraph
		}
	}
}

// inline reads what stands in a paragraph or in a mark; manner is how it is set.
func (r *reader) inline(b *Block, parent ast.Node, manner Span) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		inside := manner
		switch n := n.(type) {
		case *ast.Text:
			r.text(b, n, manner)
		case *ast.CodeSpan:
			inside.Code = true
			r.inline(b, n, inside)
		case *ast.Emphasis:
			r.emphasis(b, n, manner)
		case *ast.Link:
			r.link(b, n, manner)
		default:
			r.inline(b, n, manner)
		}
	}
}

func (r *reader) text(b *Block, n *ast.Text, manner Span) {
	words := n.Segment.Value(r.source)
	if manner.Code {
		words = bytes.ReplaceAll(words, []byte("\n"), []byte(" "))
	} else {
		words = util.UnescapePunctuations(words)
	}
	manner.Text = string(words)
	if n.SoftLineBreak() || n.HardLineBreak() {
		manner.Text = strings.TrimRight(manner.Text, " ") + " "
	}
	b.add(manner)
}

// emphasis is bold between two stars. One star is no mark of ours and stays.
func (r *reader) emphasis(b *Block, n *ast.Emphasis, manner Span) {
	if n.Level == 2 {
		manner.Bold = true
		r.inline(b, n, manner)
		return
	}
	star := manner
	star.Text = "*"
	b.add(star)
	r.inline(b, n, manner)
	b.add(star)
}

// inside is the kind of a link that leads to an address of the house: at:walk/implicit/mail.
const inside = "at"

// link leads to something of ours: "glossary:token", a kind and a name. An
// address of the web is text: no word leads out of the program.
func (r *reader) link(b *Block, n *ast.Link, manner Span) {
	to := string(n.Destination)
	if kind, name, found := strings.Cut(to, ":"); found && kind != "" && name != "" && (kind == inside || !strings.Contains(to, "/")) {
		manner.Link = to
		r.inline(b, n, manner)
		return
	}
	mark := manner
	mark.Text = "["
	b.add(mark)
	r.inline(b, n, manner)
	mark.Text = "](" + to + ")"
	b.add(mark)
}
