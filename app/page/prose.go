package page

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// Span is a stretch of text in one look.
type Span struct {
	Text string
	Ink  fyne.ThemeColorName
	Face Face
	Link string              // who points at it goes there
	Calm bool                // a link without a line under it
	On   fyne.ThemeColorName // ground behind it, or ""
}

// Paragraph is spans one after another, and the space before them.
type Paragraph struct {
	Spans  []Span
	Before float32
	Indent float32
	Fixed  bool // one line as it stands: no wrapping
}

// Prose turns the words' Markdown into paragraphs of one size.
func Prose(text string, size float32, ink fyne.ThemeColorName) []Paragraph {
	parsed := markup.Parse(text)
	out := make([]Paragraph, 0, len(parsed))
	for i, b := range parsed {
		p := Paragraph{Spans: make([]Span, 0, len(b.Spans)+1)}
		if i > 0 {
			p.Before = look.Gap
		}
		if b.Item {
			p.Indent = look.Gap
			p.Spans = append(p.Spans, Span{Text: "• ", Ink: ink, Face: Face{Size: size}})
		}
		for _, s := range b.Spans {
			r := Span{Text: s.Text, Ink: ink, Link: s.Link, Face: Face{Size: size, Bold: s.Bold}}
			if s.Code {
				r.Face = Face{Size: size - 1, Mono: true}
				r.On = look.CardSoft
			}
			if s.Link != "" {
				r.Ink = look.OnBand
			}
			p.Spans = append(p.Spans, r)
		}
		out = append(out, p)
	}
	return out
}

// Unlinked takes the links out of words that are to be read where they stand.
func Unlinked(paras []Paragraph, ink fyne.ThemeColorName) []Paragraph {
	for _, p := range paras {
		for i := range p.Spans {
			if r := &p.Spans[i]; r.Link != "" {
				r.Link, r.Ink = "", ink
			}
		}
	}
	return paras
}

// Plain is one paragraph of text as it stands.
func Plain(text string, f Face, ink fyne.ThemeColorName) Paragraph {
	return Paragraph{Spans: []Span{{Text: text, Ink: ink, Face: f}}}
}
