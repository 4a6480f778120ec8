//go:build !race

package connect

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsTypedGoesIntoJSONAsItsKeyDemands(t *testing.T) {
	_, parts, _ := alone(t)
	for _, c := range []struct {
		kind, typed, want string // want "" for what is not valid
	}{
		{"text", " a, b ", `"a, b"`},
		{"text", "  ", `null`},
		{"list", "a, b\n\n c ,", `["a","b","c"]`},
		{"list", `["a, b"]`, `["a, b"]`},
		{"list", `["a`, ""},
		{"number", "300", `300`},
		{"number", "soon", `"soon"`}, // which the server refuses in words of its own
		{"json", `{"name": "Ann"}`, `{"name":"Ann"}`},
		{"json", `{name}`, ""},
	} {
		b := &entryBox{setupKey: setupKey{Kind: c.kind}, field: parts.newField()}
		b.field.SetText(c.typed)
		value, valid := b.valueIn()
		text, err := json.Marshal(value)
		if c.want == "" {
			if valid {
				t.Errorf("%s %q is taken as %s", c.kind, c.typed, text)
			}
			continue
		}
		if !valid || err != nil || string(text) != c.want {
			t.Errorf("%s %q is %s, want %s (valid %t, %v)", c.kind, c.typed, text, c.want, valid, err)
		}
	}
}

func TestAFormSendsWhatWasTypedAndStaysOpenWhereThatIsRefused(t *testing.T) {
	d, parts, shown := alone(t)
	keys := []setupKey{{Name: "client_id", Kind: "text"}, {Name: "redirect_uris", Kind: "list"}, {Name: "public", Kind: "truth"}}
	e := newEntry(parts, "client", "", keys, nil)
	var got []sent
	refuse, back := errors.New("redirect_uris: write a whole address"), 0
	e.redraw, e.news, e.back = shown.redraw, func() {}, func() { back++ }
	e.amend = func(method, name string, object, _ any, then func(error)) {
		body, _ := object.(map[string]any)
		got = append(got, sent{method, name, body})
		then(refuse)
	}
	e.boxes[0].field.SetText("tv")
	e.boxes[1].field.SetText("callback")
	e.boxes[2].on = true
	e.save()
	want := []sent{{http.MethodPut, "tv", map[string]any{"client_id": "tv", "redirect_uris": []string{"callback"}, "public": true}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(sent{})); diff != "" {
		t.Error(diff)
	}
	if back != 0 || e.wrong != refuse.Error() || d.shown != e.boxes[1].field.Field {
		t.Errorf("it says %q, and the keyboard is in %v", e.wrong, d.shown)
	}
	refuse = nil
	e.save()
	if back != 1 || len(d.said) != 1 {
		t.Errorf("it led back %d times, and said %q", back, d.said)
	}
}
