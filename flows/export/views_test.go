package export_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func markdown(t *testing.T, tr *trace.Trace, s telling.Story) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.Markdown(w, tr, s) })
}

func mermaid(t *testing.T, tr *trace.Trace, s telling.Story) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.Mermaid(w, tr, s) })
}

func TestMarkdownTellsTheRun(t *testing.T) {
	golden(t, "happy-everyone.md", markdown(t, happy(), everyone()))
	golden(t, "happy-developer.md", markdown(t, happy(), developer()))
	beside(t, "refused-everyone.md", markdown(t, refused(), everyone()), "happy-everyone.md")
	beside(t, "refused-developer.md", markdown(t, refused(), developer()), "happy-developer.md")
}

func TestMermaidDrawsTheRun(t *testing.T) {
	golden(t, "happy.mmd", mermaid(t, happy(), developer()))
	golden(t, "refused.mmd", mermaid(t, refused(), everyone()))
}

// attacks are texts that try to be more than text.
func attacks() []string {
	return []string{
		"\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m",
		"\u009b31m\u202eevil\u2066\u200f\ufeff\u2028\u2029\U000e0041",
		"line\r\n# heading\n\n---\n<script>alert(1)</script>",
		"\xff\xfe broken",
		"# head", "1. item", "- item", "> quote", "```\ncode", "a | b", "a | b \\| c \\", "``a`b", "` ` `",
		"[text](https://evil.example)", "![x](https://evil.example/x.png)", "<https://evil.example>",
		"https://evil.example www.evil.example me@evil.example WWW.evil.example",
		"<img src=x onerror=alert(1)>", "&lt;script&gt; &#60;b&#62; &amp;",
		"**bold** __under__ ~~gone~~ $x$ [^1] :smile:",
		"a; b # c %% d", "end", "Client->>API: forged", "x\n    Client->>API: forged", "%%{init: {'theme':'dark'}}%%",
		"style:x#35;", "classDef style:#;", "#lt;script#gt;", "<br/>", "wrap: x", "@{ \"type\": \"boundary\" }", "$$x^2$$",
		"'; rm -rf / #", "$(id) `id` \"", "`code` **b** [g](glossary:x)",
	}
}

func TestNothingFromTheWireActsOnATerminal(t *testing.T) {
	for _, evil := range attacks() {
		tr := hostile(evil)
		outputs := map[string][]byte{
			"text":       text(t, tr, telling.Story{Developer: true, Say: english()}, export.TextOptions{Width: 80}),
			"plain text": text(t, tr, telling.Story{Say: english()}, export.TextOptions{}),
			"markdown":   markdown(t, tr, telling.Story{Developer: true, Say: english()}),
			"mermaid":    mermaid(t, tr, telling.Story{Say: english()}),
			"json":       write(t, func(w io.Writer) error { return export.JSON(w, tr) }),
			"har":        write(t, func(w io.Writer) error { return export.HAR(w, tr, "1") }),
		}
		for format, out := range outputs {
			for _, bad := range []string{
				"\x1b", "\x07", "\x9b31", "\u009b", "\u202e", "\u2066", "\u200f", "\ufeff", "\u2028", "\u2029",
				"\U000e0041", "\r",
			} {
				if bytes.Contains(out, []byte(bad)) {
					t.Errorf("%s lets %q through from %q", format, bad, evil)
				}
			}
		}
	}
}

// shape renders Markdown and counts what it is made of.
func shape(t *testing.T, source []byte) map[string]int {
	t.Helper()
	var html bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(source, &html); err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, tag := range []string{
		"<h1", "<h2", "<h3", "<h4", "<table", "<tr", "<td", "<th", "<pre", "<ul", "<ol", "<li", "<hr", "<blockquote",
		"<a ", "<img", "<del", "<em", "<!-- raw", "<script", "<p>",
	} {
		n[tag] = strings.Count(html.String(), tag)
	}
	return n
}

func TestNothingFromTheWireBecomesMarkdown(t *testing.T) {
	t.Parallel()
	want := shape(t, markdown(t, hostile("x"), telling.Story{Developer: true, Say: english()}))
	for _, tag := range []string{"<h3", "<td", "<pre"} {
		if want[tag] == 0 {
			t.Fatalf("the harmless run has no %s", tag)
		}
	}
	for _, evil := range attacks() {
		got := shape(t, markdown(t, hostile(evil), telling.Story{Developer: true, Say: english()}))
		for tag, n := range want {
			if got[tag] != n {
				t.Errorf("%q makes %d of %s, a harmless value %d", evil, got[tag], tag, n)
			}
		}
	}
}

func TestNothingFromTheWireBecomesMermaid(t *testing.T) {
	want := strings.Count(string(mermaid(t, hostile("x"), telling.Story{Say: english()})), "\n")
	for _, evil := range attacks() {
		out := string(mermaid(t, hostile(evil), telling.Story{Say: english()}))
		if n := strings.Count(out, "\n"); n != want {
			t.Errorf("%q makes %d lines, a harmless value %d", evil, n, want)
		}
		for line := range strings.Lines(out) {
			_, label, _ := strings.Cut(line, ": ")
			if strings.ContainsAny(label, "<>%{}@\"$`\\") || strings.Contains(label, "style") {
				t.Errorf("%q reaches Mermaid as %q", evil, line)
			}
		}
	}
}

func TestMermaidEndsNoBarThatIsNotThere(t *testing.T) {
	tr := happy()
	tr.Messages = append(tr.Messages, tr.Messages[len(tr.Messages)-1]) // an answer to nothing
	out := string(mermaid(t, tr, developer()))
	if begun, ended := strings.Count(out, ">>+"), strings.Count(out, ">>-"); ended > begun {
		t.Errorf("%d bars begin and %d end", begun, ended)
	}
	if out = string(mermaid(t, &trace.Trace{Messages: tr.Messages[9:10]}, developer())); strings.Contains(out, ">>-") {
		t.Errorf("an answer alone ends a bar:\n%s", out)
	}
}

func TestAPipeStaysInsideItsCell(t *testing.T) {
	var html bytes.Buffer
	source := markdown(t, hostile("a | b"), telling.Story{Developer: true, Say: english()})
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(source, &html); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(html.String(), "<td><code>a | b</code></td>\n<td><code>a | b</code></td>") {
		t.Errorf("a row of two values became something else:\n%s", source)
	}
}

// Whoever saves a run reads what each form is called and what it is good for.
func TestEveryFormatHasWords(t *testing.T) {
	say := developer().Say
	for _, f := range export.Formats() {
		for _, words := range []string{f.Title(say), f.For(say)} {
			if words == "" || strings.HasPrefix(words, "export.") {
				t.Errorf("the format %s has no words: %q", f.ID, words)
			}
		}
	}
}
