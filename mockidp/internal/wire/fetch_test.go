package wire

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAFetchTakesAWholeAnswerAndNoOther(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "text/plain" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusNoContent)
		case "/torn":
			w.Header().Set("Content-Length", "9")
		}
		_, _ = w.Write([]byte("four"))
	}))
	defer server.Close()
	for _, c := range []struct {
		path   string
		limit  int64
		reason string // empty when all is well
	}{
		{"/", 4, ""}, {"/", 3, "longer than 3 bytes"}, {"/gone", 4, "status 204"}, {"/torn", 99, "unexpected EOF"},
	} {
		body, err := Fetch(t.Context(), server.Client(), server.URL+c.path, "text/plain", c.limit)
		if c.reason == "" && (err != nil || string(body) != "four") || c.reason != "" && (err == nil || !strings.Contains(err.Error(), c.reason)) {
			t.Errorf("%s within %d bytes: %q %v, want %q", c.path, c.limit, body, err, c.reason)
		}
	}
	if _, err := Fetch(t.Context(), server.Client(), ":", "text/plain", 9); err == nil {
		t.Error("no address is fetched from")
	}
}
