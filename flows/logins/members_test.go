package logins

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func objects() []string {
	return []string{
		`{}`, ` { } `, `{"a":"b"}`, "\r\n\t {\"a\" : \"b\" ,\n\"c\" : 1.5e3 , \"d\":null,\"e\":true}\n", `{"a":"\"}\\","b\"":"\u00fc\\"}`,
		`{"a":{"b":[1,"]}",{"c":"\""}]},"d":[],"e":{}}`, `{"a":1,"a":"2"}`, `{"":""}`, "{\"a\":\"\xff\"}", `{"a":-0.5}`,
		``, `{`, `{"a"}`, `{"a":1,}`, `[{"a":1}]`, `"{}"`, `{"a":"b"} x`, `{"a":"\x"}`, "{\"a\":\"\n\"}", "\u00a0{}", `{"a":01}`,
		`{"a":0,"b":10 ,"c":true,"d":false}`, `{"a":1.5}`, `{"a":truefalse}`, `{"a":nullx}`, `{"a":-1,"b":1e3}`, `{,"a":1}`, `{"a":1 "b":2}`,
		`{"a":1,"a":2,"b":"c"}`, `{"a" "b"}`, `{"a":}`, `{"a":1}}`, `{"a":null}`,
	}
}

// sameAsEncodingJSON holds what is read by hand to what encoding/json reads.
func sameAsEncodingJSON(t *testing.T, body []byte) {
	t.Helper()
	var object map[string]json.RawMessage
	want := map[string]string{}
	if json.Unmarshal(body, &object) == nil {
		for name, value := range object {
			want[name] = trace.Unquote(string(value))
		}
	}
	got := map[string]string{}
	for _, f := range slices.Backward(members(body)) {
		got[f.Name] = f.Value
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q has other members:\n%s", body, diff)
	}
}

func TestTheMembersOfAnObjectAreThoseOfEncodingJSON(t *testing.T) {
	for _, body := range objects() {
		sameAsEncodingJSON(t, []byte(body))
	}
	twice := members([]byte(`{"code":"first","x":"y","code":"last"}`))
	if got, _ := first(twice, "code"); got != "last" {
		t.Errorf("of a member that is there twice %q counts", got)
	}
}

func FuzzMembers(f *testing.F) {
	for _, body := range objects() {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) { sameAsEncodingJSON(t, body) })
}
