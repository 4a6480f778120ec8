package inspector

import (
	"strings"
	"testing"
)

func line(name, value string) *wireLine {
	return &wireLine{bits: []bit{{text: name, tint: named}, {text: " = ", tint: quiet}, {text: value, tint: valued, elastic: true}}}
}

func TestALineIsFittedByWhatItsValueIs(t *testing.T) {
	for _, c := range []struct {
		why     string
		line    *wireLine
		columns int
		want    []string
	}{
		{"it fits", line("a", "b"), 20, []string{"a = b"}},
		{"a token is shortened in the middle", line("code", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 24, []string{"code = ABCDEFGHIJK…VWXYZ"}},
		{
			"a path goes under its name", line("redirect_uri", "https://a.example/callback"), 30,
			[]string{"redirect_uri = ", "  https://a.example/callback"},
		},
		{"a list is wrapped", line("p", "alpha beta gamma delta"), 14, []string{"p = alpha ", "  beta gamma ", "  delta"}},
		{
			"a long name takes the line", line("a_very_long_name", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 24,
			[]string{"a_very_long_name = ", "  ABCDEFGHIJKLMN…TUVWXYZ"},
		},
	} {
		var got []string
		for _, f := range fitLine(c.line, c.columns) {
			text := strings.Repeat(" ", f.indent)
			for _, b := range f.bits {
				text += b.text
			}
			if n := len([]rune(strings.TrimRight(text, " "))); n > c.columns {
				t.Errorf("%s: %q has %d letters", c.why, text, n)
			}
			got = append(got, text)
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

func TestALineToBeReadInFullKeepsEveryLetter(t *testing.T) {
	value := strings.Repeat("0123456789", 9)
	l := line("got", value)
	l.full = true
	var all string
	for _, f := range fitLine(l, 25) {
		for _, b := range f.bits {
			if b.elastic {
				all += b.text
			}
		}
	}
	if all != value {
		t.Errorf("got %q", all)
	}
}
