package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestProseSetsEveryMarkOfTheWordsInItsOwnManner(t *testing.T) {
	plain, bold, mono := Face{Size: 14}, Face{Size: 14, Bold: true}, Face{Size: 13, Mono: true}
	want := []Paragraph{
		{Spans: []Span{
			{Text: "A ", Ink: look.Ink, Face: plain},
			{Text: "code", Ink: look.OnBand, Face: plain, Link: "glossary:code"},
			{Text: " is ", Ink: look.Ink, Face: plain},
			{Text: "good", Ink: look.Ink, Face: bold},
			{Text: " once:", Ink: look.Ink, Face: plain},
		}},
		{Before: look.Gap, Indent: look.Gap, Spans: []Span{
			{Text: "• ", Ink: look.Ink, Face: plain},
			{Text: "iss", Ink: look.OnBand, Face: mono, Link: "glossary:issuer", On: look.CardSoft},
		}},
	}
	if diff := cmp.Diff(want, Prose("A [code](glossary:code) is **good** once:\n- [`iss`](glossary:issuer)", 14, look.Ink)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
