package tutorials

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFileIsTakenApart(t *testing.T) {
	const src = `+++
title = "x"
+++
A note to the next writer: skipped.

## token
Picture: scene-trade

### Everyone
Label: Trades the code
Why: A text may go on
over several lines: like this.

And in a second paragraph.

## done
### Everyone
Plain text.
`
	got, err := parseMarkdown("x.md", src)
	if err != nil {
		t.Fatal(err)
	}
	want := &document{
		front: `title = "x"`, frontLine: 2,
		sections: []section{
			{
				name: "token", line: 6,
				fields: []field{{"Picture", "scene-trade", 7}},
				parts: []section{{
					name: "Everyone", line: 9,
					fields: []field{
						{"Label", "Trades the code", 10},
						{"Why", "A text may go on over several lines: like this.\n\nAnd in a second paragraph.", 11},
					},
				}},
			},
			{name: "done", line: 16, parts: []section{{name: "Everyone", line: 17, text: "Plain text."}}},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(document{}, section{}, field{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatLooksLikeAFieldAndIsNone(t *testing.T) {
	for _, line := range []string{
		"https://travel.example", "Http://travel.example", "A: b", "Two words: x", "ÄB: x", "No colon", "lower: x",
		": x", "RFC: x",
	} {
		if key, _, ok := cutField(line); ok {
			t.Errorf("%q was taken for the field %q", line, key)
		}
	}
	if key, rest, ok := cutField("Why:"); !ok || key != "Why" || rest != "" {
		t.Error("a field whose text starts on the next line was not recognised")
	}
}

// render writes a document as a person would have.
func render(d *document) string {
	var b strings.Builder
	if d.frontLine > 0 {
		b.WriteString(fence + "\n" + d.front + "\n" + fence + "\n")
	}
	for i := range d.sections {
		renderBlock(&b, "## ", &d.sections[i])
	}
	return b.String()
}

func renderBlock(b *strings.Builder, mark string, s *section) {
	b.WriteString(mark + s.name + "\n" + s.text + "\n")
	for _, f := range s.fields {
		b.WriteString(f.key + ": " + f.text + "\n")
	}
	for i := range s.parts {
		renderBlock(b, "### ", &s.parts[i])
	}
}

func withoutLines(d *document) *document {
	out := &document{front: d.front, sections: blocksWithoutLines(d.sections)}
	return out
}

func blocksWithoutLines(in []section) []section {
	var out []section
	for _, s := range in {
		c := section{name: s.name, text: s.text, parts: blocksWithoutLines(s.parts)}
		for _, f := range s.fields {
			c.fields = append(c.fields, field{key: f.key, text: f.text})
		}
		out = append(out, c)
	}
	return out
}

// FuzzMarkdown: whatever is written, the parser does not crash, an error names
// the file, and what was understood is understood the same when it is written out again.
func FuzzMarkdown(f *testing.F) {
	seeds, err := filepath.Glob("en/*/*.md")
	if err != nil || len(seeds) < 2 {
		f.Fatalf("the files of words are the seeds, but there are %d of them (%v)", len(seeds), err)
	}
	for _, name := range seeds {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src[:min(len(src), 3000)])) // the whole would keep the fuzzer busy with making it smaller
	}
	for _, s := range []string{
		"", "+++", "+++\n+++", "## a\nB: c", "## a\nBc: d\n### e\nf\n\ng\nHi:\n j", "### a", "## ", "## a\n #0",
		"## a\n## a", "## a\n#b", "\ufeff## a\r\nBc: d\r\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		first, err := parseMarkdown("file.md", src)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "file.md:") {
				t.Fatalf("the error does not name file and line: %v", err)
			}
			return
		}
		second, err := parseMarkdown("file.md", render(first))
		if err != nil {
			t.Fatalf("not understood when written out again: %v\n%s", err, render(first))
		}
		if diff := cmp.Diff(withoutLines(first), withoutLines(second), cmp.AllowUnexported(document{}, section{}, field{})); diff != "" {
			t.Fatalf("understood in another way when written out again (-first +second):\n%s", diff)
		}
	})
}

func TestAListStaysAList(t *testing.T) {
	doc, err := parseMarkdown("x.md",
		"## step\n### Everyone\nWhy: Two things:\n- the first,\n  which goes on\n- the second\n\nAnd then\nno more.\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "Two things:\n- the first, which goes on\n- the second\n\nAnd then no more."
	if got := doc.sections[0].parts[0].get("Why").text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
