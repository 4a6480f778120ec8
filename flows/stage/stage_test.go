package stage_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
)

// set is a stage with the built-in provider and no gate.
func set(t *testing.T, o stage.Options) *stage.Stage {
	t.Helper()
	keys, err := mockidp.DemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	if o.Start.IsZero() {
		o.Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	}
	if o.Provider == nil {
		o.Provider = func(e stage.Env) (http.Handler, error) {
			return mockidp.New(mockidp.Config{BaseURL: e.BaseURL, Keys: keys, Now: e.Now, Rand: e.Rand})
		}
	}
	if o.Say, err = tutorials.Catalog("en"); err != nil {
		t.Fatal(err)
	}
	if o.Cast.Client.ID == "" {
		o.Cast = stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()}
	}
	s, err := stage.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// app brings the Travel app on stage.
func app(s *stage.Stage) *stage.WebApp {
	return s.WebApp(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages"})
}

func TestTheBrowserDoesNotRunInCircles(t *testing.T) {
	circle := func(stage.Env) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }), nil
	}
	s := set(t, stage.Options{Provider: circle})
	if _, err := s.Browser.Open("https://idp.example/"); err == nil {
		t.Error("a page that redirects to itself was opened")
	}
	if n := len(s.Trace().Messages); n > 50 {
		t.Errorf("the browser sent and received %d messages", n)
	}
}

func TestAPartyThatSendsTooMuchIsStopped(t *testing.T) {
	flood := func(stage.Env) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, stage.MaxBody+1)) }), nil
	}
	for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
		s := set(t, stage.Options{Provider: flood, Transport: transport})
		if _, err := s.Browser.Open(s.Issuer()); err == nil {
			t.Errorf("%s: a body over the limit was read", transport)
		}
	}
}

func TestServersListenOnLoopbackOnly(t *testing.T) {
	s := set(t, stage.Options{Transport: stage.Loopback})
	if len(s.Ports()) != 3 {
		t.Fatalf("ports %v", s.Ports())
	}
	for _, u := range []string{app(s).URL("/"), s.Issuer(), s.API.Audience()} {
		if !strings.HasPrefix(u, "http://127.0.0.1:") {
			t.Errorf("%s is not on loopback", u)
		}
	}
}

func TestAHostOutsideTheCastGetsNothing(t *testing.T) {
	s := set(t, stage.Options{})
	if _, err := s.Browser.Open("https://elsewhere.example/"); err == nil {
		t.Error("a request left the stage")
	}
	if len(s.Trace().Messages) != 0 {
		t.Error("a request that nobody receives stands in the trace")
	}
}

func TestTheClockMovesOnlyWithTheStory(t *testing.T) {
	s := set(t, stage.Options{})
	before := s.Now()
	if !s.Now().Equal(before) {
		t.Error("the clock moves by itself")
	}
	if _, err := s.User.LogIn(app(s).URL("/login")); err != nil {
		t.Fatal(err)
	}
	if !s.Now().After(before) {
		t.Error("the clock stands still while messages cross")
	}
}

func TestTheAPIAnswersByRFC6750(t *testing.T) {
	s := set(t, stage.Options{})
	tests := map[string]struct {
		method, target string
		header         http.Header
		status         int
		challenge      string
	}{
		"nothing":             {"GET", "/messages", nil, 401, `Bearer realm="mailbox"`},
		"another scheme":      {"GET", "/messages", http.Header{"Authorization": {"Basic x"}}, 401, `Bearer realm="mailbox"`},
		"an empty token":      {"GET", "/messages", http.Header{"Authorization": {"Bearer "}}, 401, `Bearer realm="mailbox"`},
		"two tokens":          {"GET", "/messages", http.Header{"Authorization": {"Bearer a", "Bearer b"}}, 400, `error="invalid_request"`},
		"a token in the URL":  {"GET", "/messages?access_token=a", nil, 400, `error="invalid_request"`},
		"in both places":      {"GET", "/messages?access_token=a", http.Header{"Authorization": {"Bearer a"}}, 400, `error="invalid_request"`},
		"not a token":         {"GET", "/messages", http.Header{"Authorization": {"bearer abc"}}, 401, `error="invalid_token"`},
		"quotes in the token": {"GET", "/messages", http.Header{"Authorization": {`Bearer a"b\c`}}, 401, `error="invalid_token"`},
		"another method":      {"POST", "/messages", nil, 405, ""},
		"another path":        {"GET", "/admin", nil, 404, ""},
	}
	for name, tt := range tests {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, "https://mailbox.example"+tt.target, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range tt.header {
			req.Header[k] = v
		}
		w := &recorder{header: http.Header{}}
		s.API.ServeHTTP(w, req)
		if w.status != tt.status {
			t.Errorf("%s: status %d, want %d", name, w.status, tt.status)
		}
		checkChallenge(t, name, w.header.Get("WWW-Authenticate"), tt.challenge)
	}
}

// checkChallenge holds a WWW-Authenticate header to what it must hold, to its
// form, and to silence about errors where nothing was presented (RFC 6750 section 3.1).
func checkChallenge(t *testing.T, name, got, want string) {
	t.Helper()
	if !strings.Contains(got, want) || (want == "") != (got == "") {
		t.Errorf("%s: WWW-Authenticate %q, want %q in it", name, got, want)
	}
	if strings.Count(got, `"`)%2 != 0 || strings.ContainsAny(got, "\\\n") {
		t.Errorf("%s: WWW-Authenticate is malformed: %q", name, got)
	}
	if want == `Bearer realm="mailbox"` && got != want {
		t.Errorf("%s: more than the bare challenge although nothing was presented: %q", name, got)
	}
}

type recorder struct {
	header http.Header
	status int
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(s int)   { r.status = s }
func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return len(p), nil
}

func TestTheCommandOfACalculationPrintsItsFirstOutput(t *testing.T) {
	s := set(t, stage.Options{})
	page, err := s.User.LogIn(app(s).URL("/login"))
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		_, err = s.User.Consent(page)
	}
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, m := range s.Trace().Messages {
		if m.Calc == nil || m.Calc.Command == "" {
			continue
		}
		out := shell(t, m.Calc.Command)
		if want := m.Calc.Outputs[0].Value; out != want {
			t.Errorf("%s prints %q, want %s = %q", m.Calc.Command, out, m.Calc.Outputs[0].Name, want)
		}
		ran++
	}
	if ran != 3 {
		t.Errorf("%d commands were run, want 3", ran)
	}
}

func TestTheCallbackRefusesABrowserThatNeverAsked(t *testing.T) {
	s := set(t, stage.Options{})
	page, err := s.Browser.Open(app(s).URL("/callback?code=stolen&state=guessed"))
	if err != nil {
		t.Fatal(err)
	}
	if page.Status != http.StatusBadRequest {
		t.Errorf("status %d", page.Status)
	}
	m := s.Trace().Messages[0]
	if c := m.FailedCheck(); c == nil || c.ID != "session-known" {
		t.Errorf("checks %+v", m.Checks)
	}
	if slices.ContainsFunc(s.Trace().Messages, func(m trace.Message) bool { return m.To == trace.AuthorizationServer }) {
		t.Error("a code out of nowhere was sent to the provider")
	}
}
