package trace_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// example is RFC 7519 section 3.1.
const example = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." +
	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
	"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

func TestDecodeJWTReadsTheExampleOfTheRFC(t *testing.T) {
	jwt, err := trace.DecodeJWT(example)
	if err != nil {
		t.Fatal(err)
	}
	want := trace.JWT{
		Header: []trace.Field{{Name: "typ", Value: `"JWT"`}, {Name: "alg", Value: `"HS256"`}},
		Payload: []trace.Field{
			{Name: "iss", Value: `"joe"`}, {Name: "exp", Value: "1300819380"}, {Name: "http://example.com/is_root", Value: "true"},
		},
		Signature: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
	}
	if diff := cmp.Diff(want, jwt); diff != "" {
		t.Error(diff)
	}
	if jwt.Claim("iss") != "joe" || jwt.Claim("exp") != "1300819380" || jwt.Claim("sub") != "" {
		t.Errorf("claims: iss %q, exp %q, sub %q", jwt.Claim("iss"), jwt.Claim("exp"), jwt.Claim("sub"))
	}
}

func TestDecodeJWTRefusesWhatIsNone(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "", "one part": "abc", "two parts": "a.b", "five parts, an encrypted token": "a.b.c.d.e",
		"not base64url": "!!.!!.!!", "not JSON": "aGk.aGk.x", "a list": "W10.W10.x", "cut short": example[:40] + "..",
	} {
		if _, err := trace.DecodeJWT(raw); err == nil {
			t.Errorf("%s was taken for a JWT", name)
		}
	}
}

func FuzzDecodeJWT(f *testing.F) {
	seeds := []string{example, "", "a.b.c", "e30.e30.", "W10.e30.x", strings.Repeat(".", 9)}
	if len(seeds) < 5 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		jwt, err := trace.DecodeJWT(raw)
		if err == nil && !strings.HasSuffix(raw, "."+jwt.Signature) {
			t.Errorf("the signature %q is not the end of %q", jwt.Signature, raw)
		}
	})
}

// What is read without the decoder, for speed, is read as the decoder reads it.
func FuzzUnquoteReadsAsTheDecoderDoes(f *testing.F) {
	seeds := []string{
		`"plain"`, `""`, `"`, `"a\"b"`, `"\u00e9"`, `"é"`, "\"\xff\"", "\"a\nb\"", `null`, `true`, `12`, `{"a":1}`, ` "space" `, `"a"b"`,
	}
	if len(seeds) < 10 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := text
		var s string
		if json.Unmarshal([]byte(text), &s) == nil {
			want = s
		}
		if got := trace.Unquote(text); got != want {
			t.Errorf("Unquote(%q) is %q, and the decoder reads %q", text, got, want)
		}
	})
}

func TestPairsKeepOrderAndDoubles(t *testing.T) {
	const query = "b=1&a=2&b=3&empty=&bare&%zz=%&space=a+b"
	want := []trace.Field{
		{Name: "b", Value: "1"},
		{Name: "a", Value: "2"},
		{Name: "b", Value: "3"},
		{Name: "empty"},
		{Name: "bare"},
		{Name: "%zz", Value: "%"},
		{Name: "space", Value: "a b"},
	}
	if diff := cmp.Diff(want, trace.ParsePairs(query)); diff != "" {
		t.Error(diff)
	}
	if first, none := trace.ValueOf(want, "b"), trace.ValueOf(want, "c"); first != "1" || none != "" {
		t.Errorf("b is read as %q, and c, which is not there, as %q", first, none)
	}
}

func FuzzPairsComeBack(f *testing.F) {
	for _, s := range []string{"a=b&c=d", "", "&&", "a=%20+%26", "=x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := trace.ParsePairs(s)
		again := trace.ParsePairs(trace.EncodePairs(once))
		if diff := cmp.Diff(once, again); diff != "" {
			t.Errorf("%q:\n%s", s, diff)
		}
	})
}

func TestAValueIsFoundWhereverItStands(t *testing.T) {
	tr := trace.Trace{Messages: []trace.Message{
		{Kind: trace.Note, Calc: &trace.Calc{Outputs: []trace.Field{{Name: "state", Value: "needle"}}}},
		{Kind: trace.Request, URL: "https://a.example/x?state=needle&y=1#z"},
		{Kind: trace.Response, Header: []trace.Field{{Name: "Location", Value: "https://b.example/?state=needle"}}},
		{Kind: trace.Response, Header: []trace.Field{{Name: "Location", Value: "https://b.example/#access_token=needle"}}},
		{Kind: trace.Request, Header: []trace.Field{{Name: "Cookie", Value: "s=x; t=needle"}}},
		{Kind: trace.Response, Header: []trace.Field{{Name: "Set-Cookie", Value: "t=needle; Path=/"}}},
		{Kind: trace.Request, Header: []trace.Field{{Name: "Authorization", Value: "Bearer needle"}}},
		{Kind: trace.Request, Header: []trace.Field{{Name: "Authorization", Value: "Basic Y2xpZW50Om5lZWRsZQ=="}}},
		{
			Kind: trace.Request, Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
			Body: []byte("code=needle"),
		},
		{
			Kind: trace.Response, Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}},
			Body: []byte(`{"a":{"b":["x","needle"]}}`),
		},
		{Kind: trace.Request, Checks: []trace.Check{{Expected: "needle", Got: "hay"}}},
		{Kind: trace.Gesture, Act: &trace.Act{Fields: []trace.Field{{Name: "username", Value: "needle"}}}},
		{Kind: trace.Request, URL: "https://a.example/?state=hay"},
	}}
	found := map[int]bool{}
	for _, p := range tr.Find("needle") {
		found[p.Message] = true
	}
	for i := range tr.Messages {
		if want := i < len(tr.Messages)-1; found[i] != want {
			t.Errorf("message %d: found %v, want %v", i, found[i], want)
		}
		if tr.Messages[i].Carries("needle") != found[i] {
			t.Errorf("message %d: Carries and Find disagree", i)
		}
	}
	if tr.Find("") != nil {
		t.Error("nothing is found somewhere")
	}
}

func TestAClaimInsideATokenIsFound(t *testing.T) {
	tr := trace.Trace{Messages: []trace.Message{{
		Kind: trace.Response, Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}},
		Body: []byte(`{"id_token":"` + example + `"}`),
	}}}
	places := tr.Find("joe")
	if len(places) != 1 || places[0].Name != "id_token › iss" || places[0].Part != trace.InToken {
		t.Errorf("found %+v", places)
	}
	if tr.Latest("id_token") != example || tr.Latest("id_token › iss") != "joe" {
		t.Errorf("latest: %q, %q", tr.Latest("id_token"), tr.Latest("id_token › iss"))
	}
}

func TestRequestAndResponseFindEachOther(t *testing.T) {
	tr := trace.Trace{Messages: []trace.Message{
		{Kind: trace.Request, Exchange: 1},
		{Kind: trace.Request, Exchange: 2},
		{Kind: trace.Note},
		{Kind: trace.Response, Exchange: 2},
		{Kind: trace.Response, Exchange: 1},
	}}
	for i, want := range []int{4, 3, -1, -1, -1} {
		if got := tr.Response(i); got != want {
			t.Errorf("the answer to %d is %d, want %d", i, got, want)
		}
	}
	for i, want := range []int{-1, -1, -1, 1, 0} {
		if got := tr.Request(i); got != want {
			t.Errorf("%d answers %d, want %d", i, got, want)
		}
	}
	if tr.Response(99) != -1 || tr.Request(-5) != -1 {
		t.Error("a message that does not exist has a partner")
	}
}

func TestUptoHidesTheOutcomeUntilTheEnd(t *testing.T) {
	tr := trace.Trace{Messages: make([]trace.Message, 3), Outcome: trace.Outcome{State: trace.Refused}}
	if got := tr.Upto(2); got.Outcome.State != trace.Running || len(got.Messages) != 2 {
		t.Errorf("%+v", got)
	}
	if got := tr.Upto(99); got.Outcome.State != trace.Refused || len(got.Messages) != 3 {
		t.Errorf("%+v", got)
	}
	if got := tr.Upto(-1); len(got.Messages) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestRecordWithoutARecorderDoesNothing(t *testing.T) {
	trace.Record(t.Context(), trace.Check{})
	trace.Record(trace.WithRecorder(t.Context(), nil), trace.Check{})
	var got []trace.Check
	ctx := trace.WithRecorder(context.Background(), func(c trace.Check) { got = append(got, c) })
	trace.Record(ctx, trace.Check{ID: "x"})
	if len(got) != 1 || got[0].ID != "x" {
		t.Errorf("%+v", got)
	}
}

func TestASpecNamesItsSection(t *testing.T) {
	for want, s := range map[string]trace.Spec{
		"": {}, "RFC 7636": {Doc: "RFC 7636"}, "RFC 7636 §4.6": {Doc: "RFC 7636", Section: "4.6"},
		"RFC 6749 Appendix A.5": {Doc: "RFC 6749", Section: "A.5"},
	} {
		if got := s.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestFindFindsWhatLookingAtEveryPlaceFinds holds the quick search to the slow one.
func TestFindFindsWhatLookingAtEveryPlaceFinds(t *testing.T) {
	const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyLWphbmUiLCJuIjoiYVx1MDA2MmMifQ."
	odd := trace.Trace{Messages: []trace.Message{
		{URL: "https://a.example/?state=%61bc&x=1#id_token=" + token},
		{Header: []trace.Field{{Name: "Authorization", Value: "Basic YTpzZWNyZXQ="}, {Name: "Cookie", Value: "a=abc; b=" + token}}},
		{
			Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}},
			Body:   []byte(`{"a":"\u0061bc","t":"` + token + `","l":["abc",{"m":7}]}`),
		},
		{Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}, Body: []byte("code=a%2Bb&state=abc")},
		{Header: []trace.Field{{Name: "Location", Value: "https://a.example/cb?code=a%2Bb&iss=https%3A%2F%2Fidp.example"}}},
		{Calc: &trace.Calc{Inputs: []trace.Field{{Name: "t", Value: token}}, Steps: []trace.CalcStep{{Does: "d", Result: "abc"}}}},
		{Checks: []trace.Check{{Expected: "abc", Got: "a+b"}}},
		{Act: &trace.Act{Fields: []trace.Field{{Name: "u", Value: "secret"}}}},
	}}
	values := map[string]bool{"": true, "nothing": true}
	for i := range odd.Messages {
		for _, p := range odd.Messages[i].Places() {
			values[p.Value] = true
		}
	}
	for _, want := range []string{"abc", "a+b", "secret", "user-jane", "https://idp.example", token} {
		if !values[want] {
			t.Errorf("%q stands nowhere, so this test looks for too little", want)
		}
	}
	for value := range values {
		if diff := cmp.Diff(everyPlaceOf(&odd, value), odd.Find(value)); diff != "" {
			t.Errorf("%q (-slow +quick):\n%s", value, diff)
		}
	}
}

func everyPlaceOf(t *trace.Trace, value string) []trace.Place {
	var found []trace.Place
	for i := range t.Messages {
		for _, p := range t.Messages[i].Places() {
			if p.Value == value && value != "" {
				p.Message = i
				found = append(found, p)
			}
		}
	}
	return found
}
