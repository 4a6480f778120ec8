package inspector

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// tenRuler says that every letter is ten wide.
func tenRuler() *ruler {
	return newRuler(func(s string, _ float32, _ fyne.TextStyle) float32 { return 10 * float32(len([]rune(s))) })
}

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

func TestTextNeverReachesPastItsWidthAndLosesNoLetter(t *testing.T) {
	texts := []string{
		"Anyone could have picked up the ticket in the lobby.",
		"a **bold**, word and `some code` then [a longer link of words](glossary:x)!",
		strings.Repeat("x", 900),
		"short " + strings.Repeat("abc/def-", 40) + " end",
	}
	for _, text := range texts {
		for _, width := range []float32{50, 120, 333, 2000} {
			paras := prose(text, 14, "ink")
			pieces, _ := setText(tenRuler(), paras, width, nil)
			checkPieces(t, paras[0].runs, pieces, width)
		}
	}
}

func checkPieces(t *testing.T, runs []run, pieces []piece, width float32) {
	t.Helper()
	var got, want strings.Builder
	for _, p := range pieces {
		got.WriteString(p.text)
		if p.x+p.w > width+0.1 {
			t.Errorf("width %v: %q ends at %v", width, p.text, p.x+p.w)
		}
	}
	for _, r := range runs {
		want.WriteString(r.text)
	}
	if bare(got.String()) != bare(want.String()) {
		t.Errorf("width %v: %q became %q", width, want.String(), got.String())
	}
}

func bare(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestAWordIsNotTornFromTheCommaAfterIt(t *testing.T) {
	pieces, _ := setText(tenRuler(), prose("aaaa **bbbb**, c", 14, "ink"), 90, nil)
	for _, p := range pieces {
		if strings.HasPrefix(p.text, ",") && p.x == 0 {
			t.Error("the comma begins a line")
		}
	}
}

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
		{"a path goes under its name", line("redirect_uri", "https://a.example/callback"), 30, []string{"redirect_uri = ", "  https://a.example/callback"}},
		{"a list is wrapped", line("p", "alpha beta gamma delta"), 14, []string{"p = alpha ", "  beta gamma ", "  delta"}},
		{"a long name takes the line", line("a_very_long_name", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 24, []string{"a_very_long_name = ", "  ABCDEFGHIJKLMN…TUVWXYZ"}},
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

func TestTheMiddleIsLeftOut(t *testing.T) {
	if got := elide("abcdefghij", 7); got != "abcd…ij" {
		t.Errorf("got %q", got)
	}
	if got := elide("äöüß", 4); got != "äöüß" {
		t.Errorf("got %q", got)
	}
}

func TestTimesAreSaidFromNow(t *testing.T) {
	now := time.Date(2026, 1, 15, 9, 30, 12, 0, time.UTC)
	for _, c := range []struct{ claim, want string }{
		{"1768469710", "15 Jan 2026, 09:35:10 UTC · in 4 min 58 s"},
		{"1768469410", "15 Jan 2026, 09:30:10 UTC · 2 s ago"},
		{"1768469412", "15 Jan 2026, 09:30:12 UTC · now"},
		{"1768473012", "15 Jan 2026, 10:30:12 UTC · in 1 h"},
		{"1800000000", "15 Jan 2027, 08:00:00 UTC · in 364 d 22 h"},
	} {
		when, ok := claimTime(c.claim)
		if got := sayTime(when, now); !ok || got != c.want {
			t.Errorf("%s is said as %q, want %q", c.claim, got, c.want)
		}
	}
	for _, text := range []string{`"1768469710"`, `true`, `1e300`, ``} {
		if _, ok := claimTime(text); ok {
			t.Errorf("%q was taken for a time", text)
		}
	}
}

func TestRawTextIsTheMessageAsHTTPSendsIt(t *testing.T) {
	m := &trace.Message{Kind: trace.Request, Method: "POST", URL: "https://idp.example/token?x=1", Header: []trace.Field{{Name: "Accept", Value: "*/*"}}, Body: []byte("a=b")}
	if got, want := rawText(m), "POST /token?x=1 HTTP/1.1\r\nHost: idp.example\r\nAccept: */*\r\n\r\na=b"; got != want {
		t.Errorf("got %q", got)
	}
	m = &trace.Message{Kind: trace.Response, Status: 404}
	if got, want := rawText(m), "HTTP/1.1 404 Not Found\r\n\r\n"; got != want {
		t.Errorf("got %q", got)
	}
}

func TestRawLinesAreCappedAndSaySo(t *testing.T) {
	text := strings.Repeat("é", 50_000)
	lines, note := rawLines(text, 80), rawNote(text)
	if n := len(strings.Join(lines, "")); n != maxRaw || note == "" {
		t.Errorf("%d bytes, note %q", n, note)
	}
	for _, l := range lines {
		if n := len([]rune(l)); n > 80 {
			t.Fatalf("a line of %d letters", n)
		}
	}
}

func TestAHeaderIsTakenApart(t *testing.T) {
	lines := headerLines(trace.Field{Name: "Location", Value: "https://a.example/cb?code=X&state=Y"}, nil)
	if len(lines) != 3 || lines[1].name != "code" || lines[1].value != "X" || lines[2].value != "Y" {
		t.Errorf("Location became %+v", lines)
	}
	bearer := headerLines(trace.Field{Name: "Authorization", Value: "Bearer abc.def"}, nil)
	if bearer[0].followed() != "abc.def" || bearer[0].value != "Bearer abc.def" {
		t.Errorf("Authorization became %+v", bearer)
	}
	cookie := headerLines(trace.Field{Name: "Set-Cookie", Value: "session=abc; Path=/"}, nil)
	if cookie[0].followed() != "abc" {
		t.Errorf("Set-Cookie became %+v", cookie)
	}
}

func TestWhatWasRemovedStillHasALine(t *testing.T) {
	m := &trace.Message{Kind: trace.Request, Method: "GET", URL: "https://a.example/auth?a=b", Edited: []trace.EditMark{{What: "parameter state", Before: "xyz"}, {What: "parameter a", Before: "c", After: "b"}}}
	var removed, changed bool
	for _, l := range headLines(m) {
		removed = removed || (l.name == "state" && l.value == "xyz" && l.edited != nil)
		changed = changed || (l.name == "a" && l.edited != nil && l.edited.Before == "c")
	}
	if !removed || !changed {
		t.Errorf("removed %v, changed %v", removed, changed)
	}
}

func TestAValueLightsWhereverItStands(t *testing.T) {
	token := "eyJhbGciOi.JSUzI1NiJ9.abc"
	for _, c := range []struct {
		line wireLine
		want bool
	}{
		{wireLine{value: token}, true},
		{wireLine{value: "Bearer " + token, follow: token}, true},
		{wireLine{value: "https://a.example/?t=" + token}, true},
		{wireLine{value: "other"}, false},
		{wireLine{}, false},
	} {
		if got := c.line.lit(token); got != c.want {
			t.Errorf("%+v lit is %v", c.line, got)
		}
	}
	short := wireLine{value: "code id_token"}
	if short.lit("code") {
		t.Error("a short value lights inside another one")
	}
}

func FuzzJSONLinesKeepTheJSON(f *testing.F) {
	seeds := []string{`{"a":1,"b":["x",{"c":null}],"d":{}}`, `[]`, `"only a string"`, `{"a":"\u003c\"ü\n"}`, `{"keys":[{"kty":"RSA"},{"kty":"EC"}],"n":1.5e3,"t":true}`}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		lines, ok := jsonLines(body)
		if !ok {
			return
		}
		var text strings.Builder
		for _, l := range lines {
			for _, b := range l.bits {
				text.WriteString(b.text)
			}
		}
		if !sameJSON(body, []byte(text.String())) {
			t.Errorf("%q became %q", body, text.String())
		}
	})
}

// sameJSON compares two texts by what Go makes of them.
func sameJSON(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil {
		return true
	}
	if json.Unmarshal(b, &y) != nil {
		return false
	}
	p, errP := json.Marshal(x)
	q, errQ := json.Marshal(y)
	return errP == nil && errQ == nil && string(p) == string(q)
}

func TestJSONThatNestsForEverIsShownAsText(t *testing.T) {
	if _, ok := jsonLines([]byte(strings.Repeat("[", 50_000))); ok {
		t.Error("it was laid out")
	}
}

func TestTabsThatDoNotApplyAreNotOffered(t *testing.T) {
	request := &trace.Message{Kind: trace.Request, Checks: []trace.Check{{Result: trace.Pass}, {Result: trace.Fail}}}
	note := &trace.Message{Kind: trace.Note, Calc: &trace.Calc{}}
	for _, c := range []struct {
		why  string
		c    Content
		want string
	}{
		{"before the first step", Content{}, "words"},
		{"a request", Content{Message: request}, "words request response checks"},
		{"a note", Content{Message: note}, "words calculation"},
		{"a gesture", Content{Message: &trace.Message{Kind: trace.Gesture}}, "words request"},
		{"a page", Content{Message: &trace.Message{Kind: trace.Response}, Page: &Page{}, Tokens: []Token{{}}}, "words page request response tokens"},
	} {
		var ids []string
		for _, tab := range tabsOf(&c.c) {
			ids = append(ids, tab.id)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s offers %q, want %q", c.why, got, c.want)
		}
	}
	tabs := tabsOf(&Content{Message: request})
	if last := tabs[len(tabs)-1]; last.count != 2 || !last.alert {
		t.Errorf("the checks say %+v", last)
	}
}

func TestTheNearestTabStandsIn(t *testing.T) {
	note := Content{Message: &trace.Message{Kind: trace.Note, Calc: &trace.Calc{}}}
	answer := Content{Message: &trace.Message{Kind: trace.Response}}
	for _, c := range []struct {
		wanted string
		c      Content
		want   string
	}{
		{"request", note, "calculation"},
		{"checks", answer, "response"},
		{"calculation", answer, "response"},
		{"page", answer, "words"},
		{"request", answer, "request"},
		{"nonsense", answer, "words"},
		{"tokens", Content{}, "words"},
	} {
		if got := fittingTab(c.wanted, &c.c, tabsOf(&c.c)); got != c.want {
			t.Errorf("%s became %s, want %s", c.wanted, got, c.want)
		}
	}
}

func TestAnAnswerShowsWhatWasCheckedBeforeIt(t *testing.T) {
	request := &trace.Message{Kind: trace.Request, Checks: []trace.Check{{By: trace.AuthorizationServer}}}
	answer := &trace.Message{Kind: trace.Response, Checks: []trace.Check{{By: trace.Client}, {By: trace.Client}}}
	groups := checkGroups(&Content{Message: answer, Request: request, Response: answer})
	if len(groups) != 2 || groups[0].by != trace.AuthorizationServer || len(groups[1].checks) != 2 {
		t.Errorf("got %+v", groups)
	}
}

func TestTheTellingCheckIsTheLastEqualLongPair(t *testing.T) {
	long := strings.Repeat("x", 43)
	checks := []trace.Check{{Result: trace.Pass, Expected: long, Got: long}, {Result: trace.Pass, Expected: "a", Got: "a"}}
	if got := telling(checks); got != 0 {
		t.Errorf("got %d", got)
	}
	if got := telling(append(checks, trace.Check{Result: trace.Fail})); got != -1 {
		t.Errorf("beside a failure got %d", got)
	}
}

func TestTheShapeOfAPictureIsReadFromItsFirstTag(t *testing.T) {
	if got := svgAspect([]byte(`<?xml version="1.0"?><svg viewBox="0 0 320 160"><rect/></svg>`)); got != 2 {
		t.Errorf("got %v", got)
	}
	if got := svgAspect([]byte("not a picture")); got != 2.4 {
		t.Errorf("got %v", got)
	}
}

func TestARawTokenIsColouredByPartAcrossLines(t *testing.T) {
	raw := "aaa.bbbbb.cc"
	var inks []string
	for i, l := range splitColumns(raw, 5) {
		for _, r := range tokenRuns(raw, i*5, l) {
			inks = append(inks, r.text+"/"+string(r.ink))
		}
	}
	want := []string{"aaa/" + string(partInk(0)), "./gw-wire-quiet", "b/" + string(partInk(1)), "bbbb/" + string(partInk(1)), "./gw-wire-quiet", "cc/" + string(partInk(2))}
	if strings.Join(inks, " ") != strings.Join(want, " ") {
		t.Errorf("got %v", inks)
	}
}
