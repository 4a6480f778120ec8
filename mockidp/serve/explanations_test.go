package serve

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

func TestARefusedRequestIsExplainedBelowItsLine(t *testing.T) {
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = provider.Close() }()
	f := serveFlags{explain: true, language: "en"}
	front := newFront("")
	front.show(provider, nil, &order{})
	front.tape = f.tape(nil)
	var out bytes.Buffer
	x, err := f.explainer(front, newServerLog(logText, &out))
	if err != nil {
		t.Fatal(err)
	}
	const asked = "/realms/demo/protocol/openid-connect/auth?client_id=react-client&response_type=code&redirect_uri=http://localhost:3000/callback/"
	front.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://idp.example"+asked, nil))
	found, _ := front.tape.After(0, 10)
	if len(found) != 1 || found[0].Request.To != trace.AuthorizationServer {
		t.Fatalf("the tape has %d exchanges", len(found))
	}
	x.hear(&found[0])
	for _, want := range []string{"redirect_uri differs by a slash (certain)", "What to change", "http://localhost:3000/callback/"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the explanation lacks %q:\n%s", want, out.String())
		}
	}
	// A preflight is answered 204 whatever the origin; only the browser refuses.
	preflight := httptest.NewRequestWithContext(t.Context(), http.MethodOptions,
		"https://idp.example/realms/demo/protocol/openid-connect/token", nil)
	preflight.Header.Set("Origin", "http://localhost:5173")
	preflight.Header.Set("Access-Control-Request-Method", http.MethodPost)
	front.ServeHTTP(httptest.NewRecorder(), preflight)
	found, _ = front.tape.After(1, 10)
	out.Reset()
	x.joiner = logins.NewJoiner() // the app begins anew
	x.hear(&found[0])
	if !strings.Contains(out.String(), "http://localhost:5173") {
		t.Errorf("nothing is said of an origin that is not registered:\n%s", out.String())
	}
}

func TestNothingIsKeptWhereNobodyAskedForExplanations(t *testing.T) {
	f := serveFlags{}
	if x, err := f.explainer(newFront(""), nil); x != nil || err != nil || f.tape(nil) != nil {
		t.Errorf("there is an explainer: %v, %v", x, err)
	}
}
