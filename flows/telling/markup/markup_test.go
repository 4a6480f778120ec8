package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// paragraph is what one paragraph reads as.
func paragraph(spans ...markup.Span) []markup.Block { return []markup.Block{{Spans: spans}} }

func plain(text string) markup.Span { return markup.Span{Text: text} }

func TestWordsHaveBoldCodeAndLinksAndNothingElse(t *testing.T) {
	for words, want := range map[string][]markup.Block{
		"":                         nil,
		"  \n\n ":                  nil,
		"plain":                    paragraph(plain("plain")),
		"a **b** c":                paragraph(plain("a "), markup.Span{Text: "b", Bold: true}, plain(" c")),
		"see [code](glossary:c).":  paragraph(plain("see "), markup.Span{Text: "code", Link: "glossary:c"}, plain(".")),
		"`x y`":                    paragraph(markup.Span{Text: "x y", Code: true}),
		"`a * b` and `c * d`":      paragraph(markup.Span{Text: "a * b", Code: true}, plain(" and "), markup.Span{Text: "c * d", Code: true}),
		"[`iss`](glossary:issuer)": paragraph(markup.Span{Text: "iss", Code: true, Link: "glossary:issuer"}),
		"**[a](glossary:b) c**":    paragraph(markup.Span{Text: "a", Bold: true, Link: "glossary:b"}, markup.Span{Text: " c", Bold: true}),
		"[a](glossary:b)(c)":       paragraph(markup.Span{Text: "a", Link: "glossary:b"}, plain("(c)")),
		"[a](attack:stolen-code)":  paragraph(markup.Span{Text: "a", Link: "attack:stolen-code"}),
		// what does not close
		"2 ** 3 is open":           paragraph(plain("2 ** 3 is open")),
		"a ` b":                    paragraph(plain("a ` b")),
		"[no link] (here)":         paragraph(plain("[no link] (here)")),
		"array[0](not a reference": paragraph(plain("array[0](not a reference")),
		// what is no mark of ours
		"as *its* answer":              paragraph(plain("as *its* answer")),
		"redirect_uri and _x_, __y__":  paragraph(plain("redirect_uri and _x_, __y__")),
		"[out](https://evil.example)":  paragraph(plain("[out](https://evil.example)")),
		"[out](mailto) [](a:b)":        paragraph(plain("[out](mailto)")),
		"![x](glossary:y)":             paragraph(plain("!"), markup.Span{Text: "x", Link: "glossary:y"}),
		"<https://evil.example> <b>":   paragraph(plain("<https://evil.example> <b>")),
		"# heading":                    paragraph(plain("# heading")),
		"1. first":                     paragraph(plain("1. first")),
		"> quoted":                     paragraph(plain("> quoted")),
		"a &amp; b":                    paragraph(plain("a &amp; b")),
		"title\n=====":                 paragraph(plain("title =====")),
		"```\nfenced":                  paragraph(plain("``` fenced")),
		`\*\*not bold\*\*, \[no link]`: paragraph(plain("**not bold**, [no link]")),
	} {
		if diff := cmp.Diff(want, markup.Parse(words)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", words, diff)
		}
	}
}

func TestParagraphsAreApartByAnEmptyLineAndItemsByADash(t *testing.T) {
	words := "one\ntwo  \r\n\r\n\n three \n- **first**\n  goes on\n- second\n\nfour"
	want := []markup.Block{
		{Spans: []markup.Span{plain("one two")}},
		{Spans: []markup.Span{plain("three")}},
		{Item: true, Spans: []markup.Span{{Text: "first", Bold: true}, plain(" goes on")}},
		{Item: true, Spans: []markup.Span{plain("second")}},
		{Spans: []markup.Span{plain("four")}},
	}
	if diff := cmp.Diff(want, markup.Parse(words)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlainWordsHaveNoMarks(t *testing.T) {
	words := "The [**code**](glossary:code) is `x`.\n\nIt has:\n- a **use**\n- an end"
	want := "The code is x.\n\nIt has:\n• a use\n• an end"
	if got := markup.Plain(words); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATextThatIsNoWordsStaysAsItStands(t *testing.T) {
	for _, text := range []string{
		"plain", "**bold**", "`code`", "[link](glossary:x)", `a\b`, `\*`, `\\`, "- item", "-", "a - b", "* *", "1. x", "<b>", "&amp;", "a_b_c",
		"![x](y)", "``", "**", "*", "[",
	} {
		got := markup.Parse(markup.Escape(text))
		if diff := cmp.Diff(paragraph(plain(text)), got); diff != "" {
			t.Errorf("%q comes back as something else (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a **b** `c` [d](glossary:e)", "- a\n- b", "**", "[[](", "`", "\\", "\x00\xff", "-\n- -\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, b := range markup.Parse(text) {
			if len(b.Spans) == 0 {
				t.Errorf("%q has a block of nothing", text)
			}
			for _, s := range b.Spans {
				if s.Text == "" {
					t.Errorf("%q has a span of nothing", text)
				}
			}
		}
		line := strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " ")
		if got := markup.Plain(markup.Escape(line)); got != line {
			t.Errorf("%q comes back as %q", line, got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	words := "The app sends the [`code`](glossary:code) straight to the **identity provider**, " +
		"together with the secret that only it knows.\n\n" +
		"Whoever found the ticket on the way could not use it: the other half never left the concierge’s pocket."
	b.ReportAllocs()
	for b.Loop() {
		markup.Parse(words)
	}
}
