package stage_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	o.Cast = stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()}
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

func TestAPageIsReadAsAPersonSeesIt(t *testing.T) {
	const page = `<!doctype html><html><head><title> Sign in </title><style>p{}</style></head><body><main>
		<h1>Sign <em>in</em></h1><p>to continue</p><p role="alert">Wrong password</p>
		<form method="post" action="/go?x=1">
		<input type="hidden" name="csrf" value="t&amp;1">
		<label for="u">User name</label><input id="u" name="username" value="ja">
		<label for="p">Password</label><input id="p" name="password" type="password">
		<button class="primary" name="action" value="sign-in">Sign in</button>
		<ul><li><button name="fill" value="sam"><span aria-hidden="true">S</span><strong>Sam</strong> <small>sales</small></button></li></ul>
		</form><ul><li>one</li><li>two</li></ul><script>evil()</script></main></body></html>`
	got, err := stage.ParsePage("https://idp.example/a/b", 200, []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	want := []stage.Block{
		{Kind: stage.Heading, Text: "Sign in"},
		{Kind: stage.Text, Text: "to continue"},
		{Kind: stage.Alert, Text: "Wrong password"},
		{Kind: stage.Field, Input: stage.Input{Name: "username", Label: "User name", Value: "ja"}},
		{Kind: stage.Field, Input: stage.Input{Name: "password", Label: "Password", Password: true}},
		{Kind: stage.Buttons, Buttons: []stage.Button{
			{Name: "action", Value: "sign-in", Label: "Sign in", Primary: true}, {Name: "fill", Value: "sam", Label: "Sam · sales"},
		}},
		{Kind: stage.List, Items: []stage.Item{{Text: "one"}, {Text: "two"}}},
	}
	if diff := cmp.Diff(want, got.Blocks); diff != "" {
		t.Error(diff)
	}
	if got.Title != "Sign in" || got.Form.Action != "https://idp.example/go?x=1" || got.Form.Method != http.MethodPost {
		t.Errorf("title %q, form %+v", got.Title, got.Form)
	}
	sent := got.Form.Fill(map[string]string{"username": "jane", "password": "secret"}, got.Submit())
	wantSent := []trace.Field{
		{Name: "csrf", Value: "t&1"}, {Name: "username", Value: "jane"}, {Name: "password", Value: "secret"}, {Name: "action", Value: "sign-in"},
	}
	if diff := cmp.Diff(wantSent, sent); diff != "" {
		t.Error(diff)
	}
}

func TestCodeAndTermsOfAPageStayApartFromItsWords(t *testing.T) {
	const page = `<ul><li>Read your mails <code>mail.read</code></li><li>openid <code>openid</code></li><li>say <code>hello</code> twice</li></ul>
		<dl><dt>Rule</dt><dd>two are equal</dd><dt>Expected</dt><dd><code>abc</code></dd></dl>`
	got, err := stage.ParsePage("https://idp.example/", 200, []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	want := []stage.Block{
		{Kind: stage.List, Items: []stage.Item{{Text: "Read your mails", Code: "mail.read"}, {Code: "openid"}, {Text: "say hello twice"}}},
		{Kind: stage.Terms, Terms: []stage.Term{{Name: "Rule", Value: "two are equal"}, {Name: "Expected", Value: "abc", Code: true}}},
	}
	if diff := cmp.Diff(want, got.Blocks); diff != "" {
		t.Error(diff)
	}
}

func TestAPageOfSomebodyElseIsReadToo(t *testing.T) {
	for _, page := range []string{"", "plain", "<form><input name=a><button>", "<p><button>x</button></p>", strings.Repeat("<div>", 400)} {
		if _, err := stage.ParsePage("not a url", 200, []byte(page)); err != nil {
			t.Errorf("%.20q: %v", page, err)
		}
	}
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

func TestABoxIsReadWithItsWordsAndCanBeUnticked(t *testing.T) {
	const form = `<form method="post" action="/consent"><ul>
<li>Sign you in <code>openid</code></li>
<li><label><input type="checkbox" name="allow_mail.read" value="yes" checked><span>Read mail <code>mail.read</code></span></label></li>
<li><label><input type="checkbox" name="allow_claim email" value="yes"><span>See one detail: <code>email</code></span></label></li>
<li>Pay 10 euro <code>payment</code></li></ul>
<input name="choice" value="ticked" hidden><button name="decision" value="approve">Allow</button></form>`
	p, err := stage.ParsePage("https://idp.example/auth", http.StatusOK, []byte(form))
	if err != nil {
		t.Fatal(err)
	}
	kinds := make([]stage.BlockKind, 0, len(p.Blocks))
	for _, b := range p.Blocks {
		kinds = append(kinds, b.Kind)
	}
	if want := []stage.BlockKind{stage.List, stage.Tick, stage.Tick, stage.List, stage.Buttons}; !slices.Equal(kinds, want) {
		t.Fatalf("read %v, want %v", kinds, want)
	}
	if got, want := p.Blocks[1].Box, (stage.Box{Name: "allow_mail.read", Value: "yes", Item: stage.Item{Text: "Read mail", Code: "mail.read"}, On: true}); got != want {
		t.Errorf("read %+v", got)
	}
	if got := p.Permissions(); !slices.Equal(got, []string{"mail.read", "claim email"}) {
		t.Errorf("boxes for %q", got)
	}
	sent := func(typed map[string]string) string { return trace.EncodePairs(p.Form.Fill(typed, p.Submit())) }
	if got := sent(nil); got != "allow_mail.read=yes&choice=ticked&decision=approve" {
		t.Errorf("as it came it sends %s", got)
	}
	if got := sent(map[string]string{"allow_mail.read": ""}); got != "choice=ticked&decision=approve" {
		t.Errorf("unticked it sends %s", got)
	}
}
