// Package export turns a run into something that can be kept: text for a
// terminal, Markdown, two pages of HTML, JSON, the diagram in Mermaid, SVG and PNG,
// a HAR file, a collection for Postman, a curl command and a script of them. [Formats] lists them;
// [secret.Mask] takes the secrets out.
//
// Every export is a view of a [trace.Trace] and of nothing else. The words are
// handed in as a [telling.Story]. The package decides nothing about a flow, verifies
// nothing, and knows no tutorial, no provider and no screen.
//
// Values that crossed the wire may be hostile. No export lets them act: control
// characters are written as escapes, and the syntax of Markdown, Mermaid and
// the shell is quoted.
package export

import (
	"fmt"
	"io"

	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Format is one form that a run can be written in.
type Format struct {
	ID        string // "html", as on the command line
	Extension string // of a file: ".html"
	Text      bool   // can be put on a clipboard
}

// Title is what the form is called: "Handout (HTML)".
func (f Format) Title(say *catalog.Catalog) string { return say.Text("export.title." + f.ID) }

// For says in a line what the form is good for.
func (f Format) For(say *catalog.Catalog) string { return say.Text("export.for." + f.ID) }

// Formats lists the forms in the order in which they are offered.
func Formats() []Format {
	return []Format{
		{"html", ".html", true},
		{"page", ".page.html", true},
		{"markdown", ".md", true},
		{"svg", ".svg", true},
		{"png", ".png", false},
		{"mermaid", ".mmd", true},
		{"curl", ".sh", true},
		{"postman", ".postman_collection.json", true},
		{"har", ".har", true},
		{"json", ".json", true},
		{"text", ".txt", true},
	}
}

// FormatOf finds a format by its id.
func FormatOf(id string) (Format, bool) {
	for _, f := range Formats() {
		if f.ID == id {
			return f, true
		}
	}
	return Format{}, false
}

// Options are what a format may need besides the run and its words.
type Options struct {
	Mask    bool   // every secret is replaced by a name, see [secret.Mask]
	Version string // of this program
	Text    TextOptions
}

// Write writes the run in a format. A format that is not in [Formats] is an error.
func Write(w io.Writer, format string, t *trace.Trace, s telling.Story, o Options) error {
	if o.Mask && format != "curl" && format != "postman" { // these must know what they ask for
		t = secret.Mask(t)
	}
	switch format {
	case "html":
		return HTML(w, t, s)
	case "page":
		return Page(w, t, s)
	case "markdown":
		return Markdown(w, t, s)
	case "svg":
		return SVG(w, t, s)
	case "png":
		return PNG(w, t, s)
	case "mermaid":
		return Mermaid(w, t, s)
	case "curl":
		return Script(w, t, s, o.Mask)
	case "postman":
		return Postman(w, t, s, o.Mask)
	case "har":
		return HAR(w, t, o.Version)
	case "json":
		return JSON(w, t)
	case "text":
		return Text(w, t, s, o.Text)
	}
	return fmt.Errorf("there is no format %q", format)
}
