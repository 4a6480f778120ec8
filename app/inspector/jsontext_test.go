package inspector

import (
	"encoding/json"
	"strings"
	"testing"
)

func FuzzJSONLinesKeepTheJSON(f *testing.F) {
	seeds := []string{
		`{"a":1,"b":["x",{"c":null}],"d":{}}`, `[]`, `"only a string"`, `{"a":"\u003c\"ü\n"}`,
		`{"keys":[{"kty":"RSA"},{"kty":"EC"}],"n":1.5e3,"t":true}`,
	}
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
