package trace_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// walked writes each part on a line: depth, index, the member or the list it is in, and its text.
func walked(t *testing.T, text string) []string {
	t.Helper()
	var lines []string
	for p, err := range trace.JSONParts([]byte(text)) {
		if err != nil {
			return append(lines, "broken")
		}
		name := "in " + p.Name
		if p.Member {
			name = "is " + p.Name
		}
		lines = append(lines, fmt.Sprintf("%d %d %s: %s", p.Depth, p.Index, name, text[p.From:p.To]))
	}
	return lines
}

func TestJSONIsReadInItsOrder(t *testing.T) {
	for text, want := range map[string][]string{
		` {"a": 1.50 , "b":["x",{"c":null}], "d" : {}, "a":true}`: {
			"0 0 in : {", "1 0 is a: 1.50", "1 1 is b: [", `2 0 in b: "x"`, "2 1 in b: {", "3 0 is c: null", "2 1 in b: }", "1 1 is b: ]",
			"1 2 is d: {", "1 2 is d: }", "1 3 is a: true", "0 0 in : }",
		},
		`"alone"`:        {`0 0 in : "alone"`},
		`[[],"\u00fc"]`:  {"0 0 in : [", "1 0 in : [", "1 0 in : ]", `1 1 in : "\u00fc"`, "0 0 in : ]"},
		`{"a":1} {"b"`:   {"0 0 in : {", "1 0 is a: 1", "0 0 in : }", "0 1 in : {", "broken"},
		"":               nil,
		"{":              {"0 0 in : {", "broken"},
		`{"a":[1,}`:      {"0 0 in : {", "1 0 is a: [", "2 0 in a: 1", "broken"},
		"no JSON at all": {"broken"},
	} {
		if diff := cmp.Diff(want, walked(t, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzJSONParts(f *testing.F) {
	for _, seed := range []string{`{"a":1,"b":["x",{"c":null}],"d":{}}`, `[]`, `"x"`, `[1,2,[3]]`, `{"a":{"a":{"a":"\ud83d\ude00"}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		begun := 0
		for p, err := range trace.JSONParts([]byte(text)) {
			if err != nil {
				return
			}
			stands(t, text, p)
			if _, bracket := p.Token.(json.Delim); bracket {
				begun++
			}
			if p.Ends() {
				begun -= 2
			}
		}
		if begun != 0 {
			t.Fatalf("%q: %d brackets are not closed", text, begun)
		}
	})
}

// stands holds a part to the text at its place.
func stands(t *testing.T, text string, p trace.JSONPart) {
	t.Helper()
	if p.From < 0 || p.To < p.From || p.To > len(text) {
		t.Fatalf("%q: a part stands from %d to %d", text, p.From, p.To)
	}
	if s, ok := p.Token.(string); ok {
		var again string
		if json.Unmarshal([]byte(text[p.From:p.To]), &again) != nil || again != s {
			t.Fatalf("%q: %q does not stand at %d", text, s, p.From)
		}
	}
}
