package serve

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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

// Silence is a symptom too: nothing is refused where nobody redeems a code.
func TestACodeThatNobodyRedeemsIsExplainedOnceItHasExpired(t *testing.T) {
	for name, end := range map[string]func(x *explainer, now *time.Time, p *mockidp.Provider){
		"its lifetime passed":  func(_ *explainer, now *time.Time, _ *mockidp.Provider) { *now = now.Add(time.Hour) },
		"the clock was moved":  func(_ *explainer, _ *time.Time, p *mockidp.Provider) { _, _ = p.MoveClock("demo", time.Hour) },
		"the server has ended": func(x *explainer, _ *time.Time, _ *mockidp.Provider) { x.tellSilences(true) },
	} {
		x, out, provider := newExplainer(t)
		now := time.Now()
		x.silent.now = func() time.Time { return now }
		if err := provider.SignInAutomatically("demo", "jane"); err != nil {
			t.Fatal(err)
		}
		ask(t, x, "/realms/demo/protocol/openid-connect/auth?client_id=react-client&response_type=code&scope=openid&state=s-12345"+
			"&redirect_uri=http://localhost:3000/callback&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
		if x.tellSilences(false); out.Len() > 0 || len(x.silent.waiting) != 1 {
			t.Fatalf("%s: %d codes wait, and it is said:\n%s", name, len(x.silent.waiting), out)
		}
		end(x, &now, provider)
		x.tellSilences(false)
		x.tellSilences(true)
		if told := out.String(); strings.Count(told, "Nobody redeemed the code") != 1 || len(x.silent.waiting) != 0 {
			t.Errorf("%s: it is said:\n%s", name, told)
		}
	}
}

// newExplainer listens to a provider of the story.
func newExplainer(t *testing.T) (*explainer, *bytes.Buffer, *mockidp.Provider) {
	t.Helper()
	realm := mockidp.StoryRealm()
	for i := range realm.Clients {
		realm.Clients[i].Trusted = true
	}
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = provider.Close() })
	f := serveFlags{explain: true, language: "en"}
	front := newFront("")
	front.show(provider, nil, &order{})
	front.tape = f.tape(nil)
	out := &bytes.Buffer{}
	x, err := f.explainer(front, newServerLog(logText, out))
	if err != nil {
		t.Fatal(err)
	}
	return x, out, provider
}

// ask sends a request, and has the explainer hear of it.
func ask(t *testing.T, x *explainer, path string) {
	t.Helper()
	x.front.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://idp.example"+path, nil))
	found, _ := x.tape.After(x.read, 10)
	for i := range found {
		x.read = found[i].Number
		x.hear(&found[i])
	}
}
