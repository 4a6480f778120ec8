package stage_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func everything() stage.WebAppOptions {
	return stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages", AsksWho: true}
}

func TestAnAppShowsWhatItLearnedAndNoMore(t *testing.T) {
	for name, tt := range map[string]struct {
		options stage.WebAppOptions
		want    string
		text    string
	}{
		"with an ID token": {everything(), "Welcome, Jane Doe", "You are signed in (user-jane). These flights were found in your mailbox:"},
		"without one": {
			stage.WebAppOptions{Scope: "mail.read", Reads: "/messages"},
			"Welcome",
			"The app may act for you. It was not told who you are. These flights were found in your mailbox:",
		},
		"with nothing to read":     {stage.WebAppOptions{Scope: "openid"}, "Welcome", "You are signed in (user-jane)."},
		"with UserInfo to name it": {stage.WebAppOptions{Scope: "openid", AsksWho: true}, "Welcome, Jane Doe", "You are signed in (user-jane)."},
	} {
		_, page := newScene(t, stage.Options{}).logIn(tt.options)
		if got := heading(page); got != tt.want {
			t.Errorf("%s: the page says %q, want %q", name, got, tt.want)
		}
		if !slices.ContainsFunc(page.Blocks, func(b stage.Block) bool { return b.Text == tt.text }) {
			t.Errorf("%s: the page does not say %q: %+v", name, tt.text, page.Blocks)
		}
	}
}

func TestAnAppAsksForWhatItNeedsOnly(t *testing.T) {
	s := newScene(t, stage.Options{})
	s.logIn(everything())
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if s.fake.request.Get(name) == "" {
			t.Errorf("an app with OpenID Connect and PKCE sent no %s", name)
		}
	}
	if s.fake.asked[0].Get("code_verifier") == "" || s.fake.asked[0].Get("client_secret") != "" {
		t.Errorf("a public client sent %v", s.fake.asked[0])
	}
	s = newScene(t, stage.Options{})
	s.logIn(stage.WebAppOptions{Scope: "mail.read"})
	for _, name := range []string{"nonce", "code_challenge", "code_challenge_method"} {
		if s.fake.request.Has(name) {
			t.Errorf("an app that needs no %s sent it", name)
		}
	}
}

func TestASecretGoesWhereTheRegistrationSays(t *testing.T) {
	for method, want := range map[string]url.Values{
		stage.AuthBasic: {"basic": {"spring-client-app", "spring-client-secret"}},
		stage.AuthPost:  {"client_id": {"spring-client-app"}, "client_secret": {"spring-client-secret"}},
	} {
		client := stage.FinancePortal()
		client.AuthMethod = method
		s := newScene(t, stage.Options{Cast: stage.Cast{Client: client, API: stage.Invoices()}})
		s.logIn(stage.WebAppOptions{Scope: "openid"})
		for _, name := range []string{"basic", "client_id", "client_secret"} {
			if got := s.fake.asked[0][name]; !slices.Equal(got, want[name]) {
				t.Errorf("%s: %s is %q, want %q", method, name, got, want[name])
			}
		}
	}
}

func TestAnAppSaysWhereItsSignInEnded(t *testing.T) {
	broken := said(http.StatusInternalServerError, "")
	for name, tt := range map[string]struct {
		does          func(*scene)
		status        int
		heading, told string
	}{
		"the metadata is of another provider": {func(s *scene) {
			s.fake.metadata = func(document map[string]any) { document["issuer"] = "https://evil.example" }
		}, http.StatusBadGateway, "The identity provider could not be reached.", `issuer is "https://evil.example"`},
		"the state is another one": {response("state", "guessed"), http.StatusBadRequest, "You are not signed in.", "slipped in"},
		"the code is refused": {func(s *scene) {
			s.fake.refuses = func(url.Values) string { return "invalid_grant" }
		}, http.StatusBadRequest, "The identity provider gave no tokens.", "invalid_grant: for a test"},
		"the keys cannot be read": {
			func(s *scene) { s.fake.keys = broken }, http.StatusBadRequest, "The ID token could not be verified.", "the answer was 500",
		},
		"the keys are no JSON": {func(s *scene) {
			s.fake.keys = said(http.StatusOK, "<html>")
		}, http.StatusBadGateway, "The ID token could not be verified.", "not the JSON that was expected"},
		"the ID token is of another provider": {
			identity(claim("iss", "https://evil.example")), http.StatusBadRequest, "You are not signed in.",
			"iss is the provider that was asked: expected https://idp.example/realms/demo, got https://evil.example",
		},
		"UserInfo speaks of somebody else": {func(s *scene) {
			s.fake.userInfo = func(answer map[string]any) { answer["sub"] = "user-sam" }
		}, http.StatusBadGateway, "The identity provider told nothing about you.", "expected user-jane, got user-sam"},
		"the API takes the token not": {func(s *scene) {
			s.fake.accessToken = claim("aud", "https://other.example")
		}, http.StatusBadRequest, "You are signed in, but the mailbox stayed closed.", "invalid_token: aud names this API"},
	} {
		s := newScene(t, stage.Options{})
		tt.does(s)
		_, page := s.logIn(everything())
		if page.Status != tt.status || heading(page) != tt.heading || !strings.Contains(alert(page), tt.told) {
			t.Errorf("%s: the page says %d %q, %q", name, page.Status, heading(page), alert(page))
		}
		if page.OK() {
			t.Errorf("%s: the page looks like a success", name)
		}
	}
}

func TestASignInIsForOneAnswerOnly(t *testing.T) {
	s := newScene(t, stage.Options{})
	app, _ := s.logIn(everything())
	again := url.Values{"code": {"a-code"}, "state": {s.fake.request.Get("state")}, "iss": {s.Issuer()}}
	page, err := s.Browser.Open(app.URL("/callback?" + again.Encode()))
	if err != nil || page.OK() {
		t.Errorf("the same answer was taken twice: %v, %+v", err, page)
	}
	if len(s.fake.asked) != 1 {
		t.Errorf("the code was sent %d times", len(s.fake.asked))
	}
}

func TestTheFirstPageOfAnAppOffersToLogIn(t *testing.T) {
	s := newScene(t, stage.Options{})
	page, err := s.User.Visit(app(s.Stage).URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	if page.Title != "Travel app" || page.Submit().Label != "Log in with Demo" || page.Form.Action != "https://travel.example/login" {
		t.Errorf("the first page is %+v", page)
	}
}

func TestTheSessionOfABrowserIsKeptFromScriptsAndOtherSites(t *testing.T) {
	s := newScene(t, stage.Options{})
	s.logIn(everything())
	var cookie string
	for _, m := range s.Trace().Messages {
		if v := m.HeaderValue("Set-Cookie"); v != "" && m.From == trace.Client {
			cookie = v
		}
	}
	for _, want := range []string{"travel_session=", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q has no %s", cookie, want)
		}
	}
}
