package wire

import (
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func written(t *testing.T, a Answer, method string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	a.Write(w, httptest.NewRequestWithContext(t.Context(), method, "/", nil))
	return w
}

func TestAnAnswerIsWrittenAsItWasDecided(t *testing.T) {
	a, err := JSON(http.StatusTeapot, map[string]string{"say": "<b>"})
	if err != nil {
		t.Fatal(err)
	}
	a = Uncached(a)
	a.Set("Vary", "Origin")
	a.Set("Vary", "Cookie")
	a.Set("Content-Type", "application/tea")
	a.Challenge(`Basic realm="demo"`, `DPoP realm="demo"`)
	w := written(t, a, http.MethodPost)
	if w.Code != http.StatusTeapot || w.Body.String() != `{"say":"<b>"}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for name, want := range map[string][]string{
		"Content-Type": {"application/tea"}, "Vary": {"Origin", "Cookie"}, "Content-Length": {"13"},
		"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"},
		"Www-Authenticate": {`Basic realm="demo"`, `DPoP realm="demo"`},
	} {
		if got := w.Header().Values(name); !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if w := written(t, a, http.MethodHead); w.Body.Len() != 0 || w.Header().Get("Content-Length") != "13" {
		t.Errorf("a HEAD is answered with %q", w.Body)
	}
	if _, err := JSON(http.StatusOK, math.Inf(1)); err == nil {
		t.Error("what is no JSON is written as such")
	}
}

func TestARedirectSendsNoFormAgainAndSaysNotWhereFrom(t *testing.T) {
	w := written(t, Redirect("https://app.example/cb"), http.MethodPost)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "https://app.example/cb" ||
		w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// RFC 9112 section 6.1: whoever sends a length and chunks may mean two requests.
func TestAfterARequestInChunksTheConnectionEnds(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(&Answer{Status: http.StatusOK, Body: []byte("one")}).Write(w, r)
	}))
	defer srv.Close()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
	_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"+
		smuggled)
	if err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(conn) // until the server closes
	if err != nil || strings.Count(string(said), "HTTP/1.1 ") != 1 || !strings.Contains(string(said), "Connection: close") {
		t.Errorf("%v, after\n%s", err, said)
	}
}

func TestABrokenProviderSaysSo(t *testing.T) {
	w := written(t, ServerError(errors.New("no randomness")), http.MethodGet)
	if w.Code != http.StatusInternalServerError || w.Body.String() != "the provider is broken: no randomness\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAnAnswerThatIsDroppedIsNotWritten(t *testing.T) {
	a := Answer{Status: http.StatusOK, Body: []byte("tokens"), Drop: true}
	if w := written(t, a, http.MethodGet); w.Code != http.StatusGatewayTimeout || w.Body.Len() != 0 {
		t.Errorf("where no connection can be closed: %d %s", w.Code, w.Body)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { a.Write(w, r) }))
	defer srv.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := srv.Client().Do(r); err == nil {
		_ = res.Body.Close()
		t.Errorf("a real connection is answered with %d", res.StatusCode)
	}
}
