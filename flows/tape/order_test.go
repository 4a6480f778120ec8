package tape_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/tape"
)

func TestAnOrderReachesAServerHereAndElsewhereAndItsRefusalIsToldInItsWords(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // as much as there is
		switch {
		case r.Header.Get("Authorization") != "Bearer key":
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/no":
			w.WriteHeader(http.StatusConflict)
			_, _ = io.WriteString(w, `{"error":"it cannot be done; do that first"}`)
		default:
			_ = json.NewEncoder(w).Encode(map[string]string{"did": r.Method + " " + string(body)})
		}
	})
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	for name, o := range map[string]tape.Orders{"here": {Key: "key", In: h}, "elsewhere": {Key: "key", At: s.URL}} {
		var got struct{ Did string }
		if err := o.Do(t.Context(), http.MethodPut, "/clock", map[string]string{"by": "10m"}, &got); err != nil || got.Did != `PUT {"by":"10m"}` {
			t.Errorf("%s: it did %q (%v)", name, got.Did, err)
		}
		if err := o.Do(t.Context(), http.MethodPost, "/no", nil, nil); err == nil || err.Error() != "it cannot be done; do that first" {
			t.Errorf("%s: the refusal is told as %v", name, err)
		}
		o.Key = "another"
		if err := o.Do(t.Context(), http.MethodPost, "/", nil, nil); err == nil || !strings.Contains(err.Error(), "401") {
			t.Errorf("%s: with a wrong key: %v", name, err)
		}
	}
	s.Close()
	if (tape.Orders{At: s.URL}).Do(t.Context(), http.MethodPost, "/", nil, nil) == nil {
		t.Error("nobody is there, and nothing is said")
	}
}
