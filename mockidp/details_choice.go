package mockidp

import (
	"cmp"

	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// detailChoice is a permission as the consent page shows it.
type detailChoice struct {
	Type, Description string
	Fields            []detailLine
}

type detailLine struct{ Label, Value string }

// detailChoices describes all that is asked for, and all of it: a person must
// not agree to what the page leaves out.
func (t *tenant) detailChoices(list []detail, words pages.Words) []detailChoice {
	choices := make([]detailChoice, 0, len(list))
	for _, d := range list {
		typ := t.detailsType(d.typ)
		choice := detailChoice{Type: d.typ, Description: sentenceCase(cmp.Or(typ.Description, d.typ))}
		for i := range typ.Fields {
			f := &typ.Fields[i]
			if v, sent := d.object[f.Name]; sent {
				choice.Fields = append(choice.Fields, detailLine{Label: f.title(), Value: f.inWords(v, words)})
			}
		}
		choices = append(choices, choice)
	}
	return choices
}
