package harmless_test

import (
	"encoding/json"
	"testing"

	"github.com/grantwalk/grantwalk/flows/harmless"
)

func TestWhatActsIsWrittenAsAnEscape(t *testing.T) {
	for text, want := range map[string]string{
		"plain, with ümläuts and 日本":     "plain, with ümläuts and 日本",
		"\x1b[31mred":                    `\x1b[31mred`,
		"one\ntwo\r\n\tthree":            `one\ntwo\r\n\tthree`,
		"\u202eevil":                     `\u202eevil`,
		"\ufeffmark, \u2028, \u2029":     `\ufeffmark, \u2028, \u2029`,
		"\U000e0041":                     `\U000e0041`,
		"\xff\xfe":                       `\xff\xfe`,
		"a name with a joiner: क\u200dष": "a name with a joiner: क\u200dष",
	} {
		if got := harmless.Line(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
		if again := harmless.Line(want); again != want {
			t.Errorf("%q is harmless and is still changed to %q", want, again)
		}
		if harmless.Needed(text, "") != (text != want) {
			t.Errorf("whether %q needs escapes is told wrongly", text)
		}
	}
}

func TestATextOfSeveralLinesKeepsThem(t *testing.T) {
	if got := harmless.Text("a\r\nb\n\x07"); got != "a\nb\n\\x07" {
		t.Errorf("got %q", got)
	}
}

func TestAnEscapeInJSONMeansTheSame(t *testing.T) {
	text := "a\u202eb\x7f\U000e0041"
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	safe := harmless.JSON(string(quoted))
	if harmless.Needed(safe, "") {
		t.Errorf("%q still acts", safe)
	}
	var back string
	if err := json.Unmarshal([]byte(safe), &back); err != nil || back != text {
		t.Errorf("%q is read back as %q (%v)", safe, back, err)
	}
}

func TestBytesForPrintfAreLettersAndOctals(t *testing.T) {
	if got := harmless.Octal([]byte("a=1 \"\x00é")); got != `a=1 \042\000\303\251` {
		t.Errorf("got %q", got)
	}
}
