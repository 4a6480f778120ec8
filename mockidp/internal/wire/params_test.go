package wire

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestParametersKeepTheirOrderAndTheFirstValueCounts(t *testing.T) {
	p := ParseParams("scope=a+b&state=x%26y&scope=c&empty=&&flag")
	want := []trace.Field{{Name: "scope", Value: "a b"}, {Name: "state", Value: "x&y"}, {Name: "scope", Value: "c"}}
	if !slices.Equal(p.List, want) {
		t.Fatalf("read %v, want %v; what has no value counts as omitted", p.List, want)
	}
	if p.Get("scope") != "a b" || !slices.Equal(p.All("scope"), []string{"a b", "c"}) || p.Count("scope") != 2 {
		t.Errorf("scope is %q, %v, %d times", p.Get("scope"), p.All("scope"), p.Count("scope"))
	}
	if p.Has("empty") || p.Has("flag") || !p.Has("state") {
		t.Error("a parameter is sent when it has a value, and not otherwise")
	}
	if name, size := p.longest(); name != "scope" && name != "state" || size != 8 {
		t.Errorf("the longest is %s with %d bytes", name, size)
	}
	if p.Size() != 8+8+6 {
		t.Errorf("together they have %d bytes", p.Size())
	}
}

func TestParametersThatTwoReadersTakeDifferentlyAreMalformed(t *testing.T) {
	for sent, want := range map[string]string{
		"a=%":        "a percent sign that is not followed by two hexadecimal digits",
		"%zz=a":      "a percent sign that is not followed by two hexadecimal digits",
		"a=%ff":      "bytes that are not UTF-8",
		"a=b%00c":    "a zero byte",
		"a%00=b":     "a zero byte",
		"a=%F0%9F8":  "bytes that are not UTF-8",
		"ok=1&a=%ff": "bytes that are not UTF-8",
		"a=%C3%BC":   "",
	} {
		p := ParseParams(sent)
		if p.malformed != want {
			t.Errorf("%s: %q, want %q", sent, p.malformed, want)
		}
		if f := p.CheckEncoding(); (f.Result == trace.Fail) != (want != "") {
			t.Errorf("%s: the rule says %+v", sent, f)
		}
		if joined := ParseParams("x=y").Join(p); joined.malformed != want || joined.Get("x") != "y" {
			t.Errorf("%s: joined to others it is %+v", sent, joined)
		}
	}
}

func TestAParameterThatIsSentTwiceIsNamed(t *testing.T) {
	p := ParseParams("resource=a&scope=b&resource=c")
	if f := p.CheckOnce("resource"); f.Result != trace.Pass {
		t.Errorf("an exception is refused: %+v", f)
	}
	if f := p.CheckOnce(); f.Result != trace.Fail || !strings.Contains(f.Reason, "resource") {
		t.Errorf("the rule says %+v", f)
	}
	if left := p.Without("resource"); left.Has("resource") || left.Get("scope") != "b" {
		t.Errorf("without resource there are %v", left.List)
	}
}

func TestAParameterIsSentAndNotTooLong(t *testing.T) {
	p := ParseParams("code=secret&state=" + strings.Repeat("s", MaxParameter))
	if f := p.CheckPresent("code"); f.Result != trace.Pass || strings.Contains(f.Got, "secret") {
		t.Errorf("a code that is sent: %+v", f)
	}
	if f := p.CheckPresent("token"); f.Result != trace.Fail || f.Reason != "token is missing" {
		t.Errorf("a token that is not: %+v", f)
	}
	if f := p.CheckShort(); f.Result != trace.Fail || !strings.Contains(f.Reason, "state") {
		t.Errorf("a state of more than 4 KiB: %+v", f)
	}
	if f := ParseParams("state=" + strings.Repeat("s", MaxParameter-5)).CheckShort(); f.Result != trace.Pass {
		t.Errorf("a state of 4 KiB: %+v", f)
	}
}

func TestWordsAreEachTakenOnce(t *testing.T) {
	var sent, want []string
	for i := range 5000 {
		word := "w" + strings.Repeat("i", i%50) + string(rune('0'+i%10)) + strings.Repeat("j", i/50)
		want = append(want, word)
		sent = append(sent, word, want[i/2])
	}
	if got := Words(strings.Join(sent, " ")); !slices.Equal(got, want) {
		t.Errorf("%d words of %d", len(got), len(want))
	}
	if got := Words("  a  b a "); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("words are %q", got)
	}
	if got := Without([]string{"a", "b", "c", "b"}, []string{"b"}); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("without b there are %q", got)
	}
}

func TestARedirectionURIKeepsItsQuery(t *testing.T) {
	add := []trace.Field{{Name: "code", Value: "a b&c"}, {Name: "state"}, {Name: "iss", Value: "https://x"}}
	for uri, want := range map[string]string{
		"https://app.example/cb":     "https://app.example/cb?code=a+b%26c&iss=https%3A%2F%2Fx",
		"https://app.example/cb?a=b": "https://app.example/cb?a=b&code=a+b%26c&iss=https%3A%2F%2Fx",
	} {
		if got := AppendParams(uri, add); got != want {
			t.Errorf("%s becomes %s, want %s", uri, got, want)
		}
	}
	if got := AppendParams("https://app.example/cb", nil); got != "https://app.example/cb" {
		t.Errorf("nothing to add makes %s", got)
	}
}
