package page

import (
	"testing"
)

func TestMarkupKnowsBoldCodeAndLinksAndNothingElse(t *testing.T) {
	for text, want := range map[string][]span{
		"plain":                    {{text: "plain"}},
		"a **b** c":                {{text: "a "}, {text: "b", bold: true}, {text: " c"}},
		"see [code](glossary:c).":  {{text: "see "}, {text: "code", link: "glossary:c"}, {text: "."}},
		"`x y`":                    {{text: "x y", code: true}},
		"[`iss`](glossary:issuer)": {{text: "iss", link: "glossary:issuer", code: true}},
		"2 ** 3 is open":           {{text: "2 ** 3 is open"}},
		"a ` b":                    {{text: "a ` b"}},
		"[no link] (here)":         {{text: "[no link] (here)"}},
		"**[a](spec:RFC 1) b**":    {{text: "a", link: "spec:RFC 1", bold: true}, {text: " b", bold: true}},
		"array[0](not a reference": {{text: "array[0](not a reference"}},
	} {
		got := parseMarkup(text)
		if len(got) != 1 || !equalSpans(got[0], want) {
			t.Errorf("%q reads as %+v, want %+v", text, got, want)
		}
	}
}

func equalSpans(a, b []span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestParagraphsAreApartByAnEmptyLine(t *testing.T) {
	if got := parseMarkup("one\ntwo\n\n\n three "); len(got) != 2 || got[0][0].text != "one two" || got[1][0].text != "three" {
		t.Errorf("got %+v", got)
	}
}
