package page

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// Run is a stretch of text in one look.
type Run struct {
	Text string
	Ink  fyne.ThemeColorName
	Face Face
	Link string              // who points at it goes there
	Calm bool                // a link without a line under it
	On   fyne.ThemeColorName // ground behind it, or ""
}

// Paragraph is runs one after another, and the space before them.
type Paragraph struct {
	Runs   []Run
	Before float32
	Indent float32
	Fixed  bool // one line as it stands: no wrapping
}

// Prose turns the words' Markdown into paragraphs of one size.
func Prose(text string, size float32, ink fyne.ThemeColorName) []Paragraph {
	parsed := parseMarkup(text)
	out := make([]Paragraph, 0, len(parsed))
	for i, spans := range parsed {
		p := Paragraph{Runs: make([]Run, 0, len(spans))}
		if i > 0 {
			p.Before = look.Gap
		}
		for _, s := range spans {
			r := Run{Text: s.text, Ink: ink, Link: s.link, Face: Face{Size: size, Bold: s.bold}}
			if s.code {
				r.Face = Face{Size: size - 1, Mono: true}
				r.On = look.CardSoft
			}
			if s.link != "" {
				r.Ink = look.OnBand
			}
			p.Runs = append(p.Runs, r)
		}
		out = append(out, p)
	}
	return out
}
