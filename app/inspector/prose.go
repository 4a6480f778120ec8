package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// run is a stretch of text in one look.
type run struct {
	text string
	ink  fyne.ThemeColorName
	face face
	link string              // who points at it goes there
	calm bool                // a link without a line under it
	on   fyne.ThemeColorName // ground behind it, or ""
}

// paragraph is runs one after another, and the space before them.
type paragraph struct {
	runs   []run
	before float32
	indent float32
	fixed  bool // one line as it stands: no wrapping
}

// prose turns the words' Markdown into paragraphs of one size.
func prose(text string, size float32, ink fyne.ThemeColorName) []paragraph {
	parsed := parseMarkup(text)
	out := make([]paragraph, 0, len(parsed))
	for i, spans := range parsed {
		p := paragraph{runs: make([]run, 0, len(spans))}
		if i > 0 {
			p.before = look.Gap
		}
		for _, s := range spans {
			r := run{text: s.text, ink: ink, link: s.link, face: face{size: size, bold: s.bold}}
			if s.code {
				r.face = face{size: size - 1, mono: true}
				r.on = look.CardSoft
			}
			if s.link != "" {
				r.ink = look.OnBand
			}
			p.runs = append(p.runs, r)
		}
		out = append(out, p)
	}
	return out
}
