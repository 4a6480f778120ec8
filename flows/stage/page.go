package stage

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Page is a web page as the browser shows it.
type Page struct {
	URL    string
	Status int
	Title  string
	Blocks []Block // in the order of the page
	Form   *Form   // the first form, or nil
}

// Block is one visible thing on a page.
type Block struct {
	Kind    BlockKind
	Text    string
	Items   []Item   // of a List
	Terms   []Term   // of Terms
	Input   Input    // of a Field
	Box     Box      // of a Tick
	Buttons []Button // of Buttons
}

// Item is one entry of a list: words, and the code that ends it if one does.
type Item struct {
	Text, Code string
}

// Term is a name and what it stands for.
type Term struct {
	Name, Value string
	Code        bool // the value is set as code
}

// BlockKind tells what a block is.
type BlockKind string

// The kinds of block that the pages of the cast are made of.
const (
	Heading BlockKind = "heading"
	Text    BlockKind = "text"
	Alert   BlockKind = "alert"
	List    BlockKind = "list"
	Terms   BlockKind = "terms"
	Field   BlockKind = "field"
	Tick    BlockKind = "tick"
	Buttons BlockKind = "buttons"
)

// Form is what a page sends back.
type Form struct {
	Action string // absolute
	Method string
	Fields []trace.Field // as the page fills them, hidden ones and the boxes that are ticked included
	boxes  []string      // names of the boxes
}

// Box is a field that is ticked or not.
type Box struct {
	Name, Value string
	Item        // what stands beside it
	On          bool
}

// Input is a field that the person sees.
type Input struct {
	Name, Label, Value string
	Password           bool
}

// Button sends the form with Name=Value added.
type Button struct {
	Name, Value, Label string
	Primary            bool
}

// OK reports whether the page is what was asked for, and not one that says why not.
func (p *Page) OK() bool { return p.Status < http.StatusBadRequest }

// Fill returns the form's fields with the values that the person typed and the
// button that was pressed, in the order of the page. A box for which nothing is
// typed is unticked.
func (f *Form) Fill(typed map[string]string, button Button) []trace.Field {
	out := slices.DeleteFunc(slices.Clone(f.Fields), func(field trace.Field) bool {
		v, given := typed[field.Name]
		return given && v == "" && slices.Contains(f.boxes, field.Name)
	})
	for i := range out {
		if v, ok := typed[out[i].Name]; ok {
			out[i].Value = v
		}
	}
	if button.Name != "" {
		out = append(out, trace.Field{Name: button.Name, Value: button.Value})
	}
	return out
}

// Button returns the first button of that name and value.
func (p *Page) Button(name, value string) (Button, bool) {
	for _, b := range p.Blocks {
		for _, button := range b.Buttons {
			if button.Name == name && button.Value == value {
				return button, true
			}
		}
	}
	return Button{}, false
}

// Submit returns the button that Enter would press: the first primary one.
func (p *Page) Submit() Button {
	for _, b := range p.Blocks {
		for _, button := range b.Buttons {
			if button.Primary {
				return button
			}
		}
	}
	return Button{}
}

// Has reports whether the page shows a field of that name.
func (p *Page) Has(field string) bool {
	return slices.ContainsFunc(p.Blocks, func(b Block) bool { return b.Kind == Field && b.Input.Name == field })
}
