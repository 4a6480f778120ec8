package stage_test

import (
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// farewell is a scene with a provider at which people can sign out.
func farewell(t *testing.T) *scene {
	t.Helper()
	f := &fake{t: t}
	f.metadata = func(document map[string]any) { document["end_session_endpoint"] = f.issuer() + "/end" }
	f.pages = map[string]http.HandlerFunc{"GET /realms/demo/end": func(w http.ResponseWriter, r *http.Request) {
		state := r.URL.Query().Get("state") + f.farewell.state
		w.Header().Set("Location", r.URL.Query().Get("post_logout_redirect_uri")+"?state="+state)
		w.WriteHeader(http.StatusFound)
	}}
	return newSceneWith(f, stage.Options{Cast: stage.Cast{
		Client: stage.CompanyTravel(), Other: stage.CompanyExpenses(), API: stage.Mailbox(),
	}})
}

// signsOut is somebody who signs in to an app that wants a recent sign-in, and out
// of it; then the provider tells that app.
func signsOut(s *scene) {
	app, page := s.logIn(stage.WebAppOptions{Scope: "openid", PKCE: true, LogsOut: stage.LogsOutEverywhere, MaxAge: time.Hour})
	if !page.OK() {
		return
	}
	if _, err := s.User.LogOut(page); err != nil {
		s.t.Fatal(err)
	}
	token := s.fake.logoutToken()
	s.hears(app, token)
	if s.fake.farewell.twice {
		s.hears(app, token)
	}
}

// hears posts a logout token to an app, as the provider does.
func (s *scene) hears(app *stage.WebApp, token string) {
	s.t.Helper()
	form := url.Values{"logout_token": {token}}.Encode()
	ctx := trace.WithRecorder(s.t.Context(), func(c trace.Check) { s.api = append(s.api, c) })
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, app.URL("/backchannel-logout"), strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	app.ServeHTTP(httptest.NewRecorder(), req)
}

// logoutToken is a good one, unless the test changes it.
func (f *fake) logoutToken() string {
	now := f.env.Now()
	j := jwt{alg: jose.RS256, key: keyOf(f.t), kid: "k1", typ: "logout+jwt", claims: map[string]any{
		"iss": f.issuer(), "sub": "user-jane", "aud": f.env.Client.ID, "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": "j1",
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}}
	if f.farewell.token != nil {
		f.farewell.token(&j)
	}
	return f.sign(j)
}

// farewellsBroken are what goes wrong when somebody signs out.
func farewellsBroken(other *rsa.PrivateKey) []wrong {
	token := func(sentence, rule string, change func(*jwt)) wrong {
		return wrong{sentence, trace.Client, rule, func(s *scene) { s.fake.farewell.token = change }}
	}
	return []wrong{
		{"the sign-in is too old", trace.Client, "id-token-auth-time", func(s *scene) {
			s.fake.idToken = claim("auth_time", s.fake.env.Now().Add(-2*time.Hour).Unix())
		}},
		{"the state of the logout is another one", trace.Client, "logout-state-matches", func(s *scene) { s.fake.farewell.state = "x" }},
		{"the same logout token comes twice", trace.Client, "logout-token-new", func(s *scene) { s.fake.farewell.twice = true }},
		token("the logout token is no JWT", "logout-token-is-jwt", func(j *jwt) { j.raw = "no JWT" }),
		token("it is an ID token", "logout-token-typ", func(j *jwt) { j.typ = "JWT" }),
		token("it is signed in another way", "logout-token-alg", func(j *jwt) { j.alg = jose.PS256 }),
		token("it names a key that nobody has", "logout-token-key", func(j *jwt) { j.kid = "k9" }),
		token("somebody else signed it", "logout-token-signature", func(j *jwt) { j.key = other }),
		token("it is of another provider", "logout-token-iss", claim("iss", "https://evil.example")),
		token("it is for another app", "logout-token-aud", claim("aud", "another-app")),
		token("it is from the future", "logout-token-iat", claim("iat", 1<<40)),
		token("it has expired", "logout-token-exp", claim("exp", 1)),
		token("it speaks of nobody", "logout-token-subject", func(j *jwt) { delete(j.claims, "sub") }),
		token("it is about something else", "logout-token-event", claim("events", map[string]any{"another": map[string]any{}})),
		token("it has a nonce", "logout-token-no-nonce", claim("nonce", "n")),
	}
}
