package stage_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// wrong is one thing that somebody does wrong, and the rule by which a party notices.
type wrong struct {
	sentence string
	by       trace.Role
	rule     string
	does     func(*scene) // before the play
}

func signsIn(s *scene) {
	s.logIn(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages", AsksWho: true})
}

// renews is an app that works while nobody looks.
func renews(s *scene) {
	app, _ := s.logIn(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages", Stays: true})
	if err := app.Sync(s.Context(), "mail.read"); s.fake.idToken == nil && err != nil {
		s.t.Fatal(err)
	}
}

// takesToken is the script of a page reading the answer of the provider.
func takesToken(s *scene) {
	app := s.PageApp()
	page, err := app.LogIn("mail.read")
	if err == nil {
		_, err = app.Takes(page)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// response changes one value of the authorization response; "" takes it away.
func response(name, value string) func(*scene) {
	return func(s *scene) {
		s.fake.redirect = func(response url.Values) {
			if response.Set(name, value); value == "" {
				response.Del(name)
			}
		}
	}
}

func identity(change func(*jwt)) func(*scene) { return func(s *scene) { s.fake.idToken = change } }

func claim(name string, value any) func(*jwt) {
	return func(j *jwt) { j.claims[name] = value }
}

func answersBroken() []wrong {
	return []wrong{
		{"the state is another one", trace.Client, "state-matches", response("state", "guessed")},
		{"the state is missing", trace.Client, "state-matches", response("state", "")},
		{"another provider answers", trace.Client, "iss-matches", response("iss", "https://evil.example")},
		{"nobody says who answers", trace.Client, "iss-matches", response("iss", "")},
		{"the provider refuses", trace.Client, "no-error", response("error", "access_denied")},
		{"no code comes", trace.Client, "code-present", response("code", "")},
		{"the token is of an unknown type", trace.Client, "token-type-bearer", func(s *scene) {
			s.fake.tokens = func(answer map[string]any) { answer["token_type"] = "mac" }
		}},
		{"UserInfo speaks of somebody else", trace.Client, "userinfo-subject", func(s *scene) {
			s.fake.userInfo = func(answer map[string]any) { answer["sub"] = "user-sam" }
		}},
		{"UserInfo speaks of nobody", trace.Client, "userinfo-subject", func(s *scene) {
			s.fake.userInfo = func(answer map[string]any) { delete(answer, "sub") }
		}},
	}
}

func identitiesBroken(other *rsa.PrivateKey) []wrong {
	late := func(j *jwt) { j.claims["iat"] = j.claims["exp"] }
	return []wrong{
		{"the ID token is none", trace.Client, "id-token-is-jwt", identity(func(j *jwt) { j.raw = "hello" })},
		{"the ID token is signed in another way", trace.Client, "id-token-alg", identity(func(j *jwt) { j.alg = jose.PS256 })},
		{"the ID token names an unknown key", trace.Client, "id-token-key", identity(func(j *jwt) { j.kid = "k9" })},
		{"somebody else signed the ID token", trace.Client, "id-token-signature", identity(func(j *jwt) { j.key = other })},
		{"the ID token is of another provider", trace.Client, "id-token-iss", identity(claim("iss", "https://evil.example"))},
		{"the ID token is for another app", trace.Client, "id-token-aud", identity(claim("aud", "another-app"))},
		{"the ID token was asked for by another app", trace.Client, "id-token-azp", identity(claim("azp", "another-app"))},
		{"the ID token is dead", trace.Client, "id-token-exp", identity(claim("exp", 1))},
		{"the ID token is of tomorrow", trace.Client, "id-token-iat", identity(late)},
		{"the ID token answers another request", trace.Client, "id-token-nonce", identity(claim("nonce", "another"))},
		{"the ID token came with another access token", trace.Client, "id-token-at-hash", identity(claim("at_hash", "AAAA"))},
	}
}

func fragmentsBroken() []wrong {
	return []wrong{
		{"the state in the address is another one", trace.UserAgent, "state-matches", response("state", "guessed")},
		{"another provider wrote the address", trace.UserAgent, "iss-matches", response("iss", "https://evil.example")},
		{"the provider refuses in the address", trace.UserAgent, "no-error", response("error", "access_denied")},
		{"no token stands in the address", trace.UserAgent, "token-came", response("access_token", "")},
	}
}

func renewalsBroken() []wrong {
	return []wrong{
		{"the renewed ID token is of somebody else", trace.Client, "id-token-same-person", func(s *scene) {
			s.fake.idToken = func(j *jwt) {
				if len(s.fake.asked) > 1 {
					j.claims["sub"] = "user-sam"
				}
			}
		}},
		{"the renewed ID token is for another app", trace.Client, "id-token-aud", func(s *scene) {
			s.fake.idToken = func(j *jwt) {
				if len(s.fake.asked) > 1 {
					j.claims["aud"] = "another-app"
				}
			}
		}},
	}
}

// callsBroken are requests to the API; each is one play of its own.
func callsBroken(other *rsa.PrivateKey) []wrong {
	api := func(sentence, rule string, method, target, authorization, body string) wrong {
		return wrong{sentence, trace.ResourceServer, rule, func(s *scene) { s.call(method, target, authorization, body) }}
	}
	with := func(sentence, rule string, change func(*jwt)) wrong {
		return wrong{sentence, trace.ResourceServer, rule, func(s *scene) {
			s.call(http.MethodGet, "/invoices", "Bearer "+s.fake.access(change), "")
		}}
	}
	as := func(sentence, rule, person, method, body string) wrong {
		return wrong{sentence, trace.ResourceServer, rule, func(s *scene) {
			s.call(method, "/invoices", "Bearer "+s.fake.access(claim("sub", person)), body)
		}}
	}
	return []wrong{
		api("a token in the address", "token-not-in-query", http.MethodGet, "/invoices?access_token=x", "Bearer x", ""),
		api("no token", "bearer-present", http.MethodGet, "/invoices", "", ""),
		api("another scheme", "bearer-present", http.MethodGet, "/invoices", "Basic x", ""),
		{"two tokens", trace.ResourceServer, "bearer-once", twoTokens},
		api("what is no token", "token-is-jwt", http.MethodGet, "/invoices", "Bearer hello", ""),
		with("an ID token", "token-typ", func(j *jwt) { j.typ = "JWT" }),
		with("a token that nobody signed", "token-alg", func(j *jwt) { j.raw = unsigned }),
		with("a token with an unknown key", "token-key", func(j *jwt) { j.kid = "k9" }),
		with("a token that somebody else signed", "token-signature", func(j *jwt) { j.key = other }),
		with("a token of another provider", "token-iss", claim("iss", "https://evil.example")),
		with("a token for another API", "token-aud", claim("aud", "https://mailbox.example")),
		with("a dead token", "token-exp", claim("exp", 1)),
		with("a token for something else", "token-scope", claim("scope", "openid mail.read")),
		as("a traveller reading invoices", "invoices-right", "user-jane", http.MethodGet, ""),
		as("a sales rep writing invoices", "invoices-write-right", "user-sam", http.MethodPost, `{"customer":"A","euros":1}`),
		as("an invoice without an amount", "invoice-whole", "user-dana", http.MethodPost, `{"customer":"A"}`),
		{"keys that cannot be read", trace.ResourceServer, "token-key", func(s *scene) {
			s.fake.keys = said(http.StatusInternalServerError, "")
			s.call(http.MethodGet, "/invoices", "Bearer "+s.fake.access(nil), "")
		}},
	}
}

// unsigned is {"alg":"none","typ":"at+jwt"} with {} and no signature (RFC 7515 appendix A.5).
const unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30."

func twoTokens(s *scene) {
	ctx := trace.WithRecorder(s.t.Context(), func(c trace.Check) { s.api = append(s.api, c) })
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.API.Audience()+"/invoices", http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header["Authorization"] = []string{"Bearer a", "Bearer b"}
	s.API.ServeHTTP(&recorder{header: http.Header{}}, req)
}

// part is a play and the ways to be wrong in it.
type part struct {
	set   func(*testing.T) *scene
	play  func(*scene)
	wrong []wrong
}

func plays(t *testing.T) []part {
	t.Helper()
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	travel := func(t *testing.T) *scene { t.Helper(); return newScene(t, stage.Options{}) }
	nothing := func(*scene) {}
	return []part{
		{travel, signsIn, slices.Concat(answersBroken(), identitiesBroken(other))},
		{travel, takesToken, fragmentsBroken()},
		{travel, renews, renewalsBroken()},
		{travel, nothing, []wrong{{"a browser brings an answer that never asked", trace.Client, "session-known", bringsAnswer}}},
		{farewell, signsOut, farewellsBroken(other)},
		{portal, nothing, callsBroken(other)},
		{servedBy(stage.ByKeys), nothing, []wrong{
			servedBroken("a token that is bound to a key", "token-unbound", func(f *fake) string {
				return f.access(claim("cnf", map[string]string{"jkt": "x"}))
			}),
			servedBroken("a token that is bound to a certificate", "token-certificate-matches", func(f *fake) string {
				return f.access(claim("cnf", map[string]string{"x5t#S256": "x"}))
			}),
		}},
		{servedBy(stage.ByAsking), nothing, introspectionsBroken()},
	}
}

// bringsAnswer is a browser opening the callback of an app out of nowhere.
func bringsAnswer(s *scene) {
	if _, err := s.Browser.Open(app(s.Stage).URL("/callback?code=stolen&state=guessed")); err != nil {
		s.t.Fatal(err)
	}
}

// TestEachPartyNoticesARuleThatIsBroken has the provider, or whoever calls the API,
// break one rule at a time: that one is noticed, by whom it concerns, and no other.
func TestEachPartyNoticesARuleThatIsBroken(t *testing.T) {
	for _, p := range plays(t) {
		for _, w := range p.wrong {
			t.Run(w.sentence, func(t *testing.T) { isNoticed(t, p, w) })
		}
	}
}

func isNoticed(t *testing.T, p part, w wrong) {
	t.Helper()
	s := p.set(t)
	w.does(s)
	p.play(s)
	for _, c := range s.checks() {
		if c.Result == trace.Fail && (c.ID != w.rule || c.By != w.by || c.Reason == "" && c.Expected == c.Got) {
			t.Errorf("the %s refuses because of %s: %+v", c.By, c.ID, c)
		}
	}
	if got := s.broken(); !slices.Equal(got, []string{w.rule}) {
		t.Errorf("broken are %v, want %s alone", got, w.rule)
	}
}

// keptRules are those that good runs come across. None of them breaks one.
func keptRules(t *testing.T) map[string]bool {
	t.Helper()
	travel, back, page, books := newScene(t, stage.Options{}), newScene(t, stage.Options{}), newScene(t, stage.Options{}), portal(t)
	travel.fake.idToken = claim("azp", stage.TravelApp().ID)
	signsIn(travel)
	renews(back)
	takesToken(page)
	dana := "Bearer " + books.fake.access(claim("sub", "user-dana"))
	books.call(http.MethodGet, "/invoices", dana, "")
	books.call(http.MethodPost, "/invoices", dana, `{"customer":"Blue Air","euros":640}`)
	leaves := farewell(t)
	signsOut(leaves)
	byKeys, byAsking := servedBy(stage.ByKeys)(t), servedBy(stage.ByAsking)(t)
	books.certificate = []byte("a certificate")
	sum := sha256.Sum256(books.certificate)
	bound := map[string]string{"x5t#S256": base64.RawURLEncoding.EncodeToString(sum[:])}
	books.call(http.MethodGet, "/invoices", "Bearer "+books.fake.access(func(j *jwt) { j.claims["sub"], j.claims["cnf"] = "user-dana", bound }), "")
	kept := map[string]bool{}
	all := map[string]*scene{
		"by keys": byKeys, "by asking": byAsking, "sign-in": travel, "renewal": back, "page": page, "books": books, "farewell": leaves,
	}
	for name, s := range all {
		if got := s.broken(); len(got) > 0 {
			t.Errorf("the good run %s breaks %v", name, got)
		}
		for _, c := range s.checks() {
			kept[string(c.By)+" "+c.ID] = kept[string(c.By)+" "+c.ID] || c.Result == trace.Pass
		}
	}
	return kept
}

func TestEachRuleOfTheCastIsKeptAndBrokenByACase(t *testing.T) {
	kept, broken := keptRules(t), map[string]bool{}
	for _, p := range plays(t) {
		for _, w := range p.wrong {
			broken[string(w.by)+" "+w.rule] = true
		}
	}
	for _, r := range stage.Rules() {
		if !broken[string(r.By)+" "+r.ID] {
			t.Errorf("the %s has the rule %s for the %s, and no case breaks it", r.By, r.ID, r.At)
		}
		if !kept[string(r.By)+" "+r.ID] {
			t.Errorf("the %s has the rule %s for the %s, and no case keeps it", r.By, r.ID, r.At)
		}
	}
}

func TestNoPartyHasTwoRulesOfOneName(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range stage.Rules() {
		key := string(r.By) + ", " + r.At + ", " + r.ID
		if seen[key] {
			t.Errorf("two rules are called %s", key)
		}
		seen[key] = true
		if r.Rule == "" || r.Spec.Doc == "" {
			t.Errorf("%s is not whole: %+v", key, r)
		}
	}
}

func TestATokenWithoutASchemeIsInNoFinding(t *testing.T) {
	for _, sent := range []string{unsigned, "Bearer" + unsigned, "opaque-and-secret", unsigned + " and more"} {
		s := portal(t)
		s.call(http.MethodGet, "/invoices", sent, "")
		at := slices.IndexFunc(s.api, func(c trace.Check) bool { return c.ID == "bearer-present" })
		if at < 0 || s.api[at].Result != trace.Fail {
			t.Errorf("%q is taken for a token with a scheme: %+v", sent, s.api)
		} else if got := s.api[at].Got; len(got) > len("Bearerey…") {
			t.Errorf("for %q the finding shows %q", sent, got)
		}
	}
}
