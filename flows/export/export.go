// Package export turns a run into something that can be kept: text for a
// terminal, Markdown, a page of HTML, JSON, the diagram in Mermaid, SVG and PNG,
// a HAR file, a curl command and a script of them. [Formats] lists them;
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
)

// Format is one form that a run can be written in.
type Format struct {
	ID        string // "html", as on the command line
	Title     string // "Handout"
	For       string // what it is good for, in a line
	Extension string // of a file: ".html"
	Text      bool   // can be put on a clipboard
}

// Formats lists the forms in the order in which they are offered.
func Formats() []Format {
	return []Format{
		{"html", "Handout (HTML)", "One page with the diagram, the words and the messages, to share or to print on A4.", ".html", true},
		{"markdown", "Handout (Markdown)", "The same words and messages for a wiki, a ticket or a README.", ".md", true},
		{"svg", "Diagram (SVG)", "The sequence diagram for slides and documents, sharp at any size.", ".svg", true},
		{"png", "Diagram (PNG)", "The sequence diagram as a picture for chats and programs that know no SVG.", ".png", false},
		{"mermaid", "Diagram (Mermaid)", "The sequence diagram as text that wikis and code hosts draw.", ".mmd", true},
		{"curl", "Script of curl commands", "Runs it again from a shell against “grantwalk serve”, request by request.", ".sh", true},
		{"har", "HTTP Archive (HAR 1.2)", "Every request and answer for browsers’ developer tools and API clients.", ".har", true},
		{"json", "Saved run (JSON)", "Everything, to be opened in Grantwalk again.", ".json", true},
		{"text", "Plain text", "The story as a terminal tells it.", ".txt", true},
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
	if o.Mask && format != "curl" { // a script must know what it asks for
		t = secret.Mask(t)
	}
	switch format {
	case "html":
		return HTML(w, t, s)
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
	case "har":
		return HAR(w, t, o.Version)
	case "json":
		return JSON(w, t)
	case "text":
		return Text(w, t, s, o.Text)
	}
	return fmt.Errorf("there is no format %q", format)
}
