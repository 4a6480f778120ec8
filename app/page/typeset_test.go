package page

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// tenRuler says that every letter is ten wide.
func tenRuler() *Ruler {
	return newRuler(func(s string, _ float32, _ fyne.TextStyle) float32 { return 10 * float32(len([]rune(s))) })
}

func TestTextNeverReachesPastItsWidthAndLosesNoLetter(t *testing.T) {
	texts := []string{
		"Anyone could have picked up the ticket in the lobby.",
		"a **bold**, word and `some code` then [a longer link of words](glossary:x)!",
		strings.Repeat("x", 900),
		"short " + strings.Repeat("abc/def-", 40) + " end",
	}
	for _, text := range texts {
		for _, width := range []float32{50, 120, 333, 2000} {
			paras := Prose(text, 14, "ink")
			pieces, _ := setText(tenRuler(), paras, width, nil)
			checkPieces(t, paras[0].Spans, pieces, width)
		}
	}
}

func checkPieces(t *testing.T, spans []Span, pieces []piece, width float32) {
	t.Helper()
	var got, want strings.Builder
	for _, p := range pieces {
		got.WriteString(p.text)
		if p.x+p.w > width+0.1 {
			t.Errorf("width %v: %q ends at %v", width, p.text, p.x+p.w)
		}
	}
	for _, r := range spans {
		want.WriteString(r.Text)
	}
	if bare(got.String()) != bare(want.String()) {
		t.Errorf("width %v: %q became %q", width, want.String(), got.String())
	}
}

func bare(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestAWordIsNotTornFromTheCommaAfterIt(t *testing.T) {
	pieces, _ := setText(tenRuler(), Prose("aaaa **bbbb**, c", 14, "ink"), 90, nil)
	for _, p := range pieces {
		if strings.HasPrefix(p.text, ",") && p.x == 0 {
			t.Error("the comma begins a line")
		}
	}
}

func TestALetterIsMeasuredOnceForEachFaceAndFont(t *testing.T) {
	asked := 0
	r := newRuler(func(string, float32, fyne.TextStyle) float32 { asked++; return float32(asked) })
	small, large := Face{Size: 12}, Face{Size: 18}
	for range 3 {
		for _, f := range []Face{small, large} {
			r.Width(f, "aéa")
		}
	}
	if asked != 4 {
		t.Errorf("two letters in two faces were measured %d times", asked)
	}
	was := r.Letter(small, 'a')
	r.Forget("another font")
	if now := r.Letter(small, 'a'); now == was {
		t.Error("the widths of the font before are still there")
	}
	now := asked
	r.Forget("another font")
	if r.Letter(small, 'a'); asked != now {
		t.Error("the widths are dropped though the font stays")
	}
}
