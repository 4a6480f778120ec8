package flows

import (
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// authorizationCode is the authorization code grant of a web app with a server
// of its own, which can keep a secret (RFC 6749 section 4.1).
func authorizationCode() Flow {
	return Flow{
		ID: "authorization-code", Title: "Authorization code", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "4.1"},
			{Doc: "RFC 6749", Section: "2.3.1"},
			{Doc: "RFC 9700", Section: "2.1"},
			{Doc: "OpenID Connect Core 1.0", Section: "3.1"},
		},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "use"},
		Steps:    stepsAuthorizationCode(),
		Mistakes: mistakesAuthorizationCode(),
		Switches: []Switch{clientAuth(), {ID: "pkce", Values: []string{"off", "on"}}},
		Cast:     stage.Cast{Client: stage.FinancePortal(), API: stage.Invoices(), Person: "dana"},
		Recast:   recastClientAuth,
		Play:     playAuthorizationCode,
	}
}

func playAuthorizationCode(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{
		Scope: "openid " + stage.ReadInvoices, Reads: "/invoices", PKCE: s.Chosen("pkce", "off") == "on",
	})
	page, err := logIn(s, app)
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

func stepsAuthorizationCode() []Step {
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), tokenSteps(), idTokenSteps(),
		apiSteps("invoices", http.MethodGet, "/invoices"), welcomeSteps())
}

// mistakesAuthorizationCode are about what a client with a secret gets wrong
// where its secret is concerned, and about scope and rights; the ones about
// PKCE are those of [authorizationCodePKCE].
func mistakesAuthorizationCode() []Mistake {
	return []Mistake{
		set("other-redirect-uri", "authorize", "redirect_uri", "https://attacker.example/callback"),
		set("too-much-scope", "authorize", "scope", "openid "+stage.ReadInvoices+" "+stage.WriteInvoices),
		set("missing-scope", "authorize", "scope", "openid"),
		remove("missing-state", "authorize", "state"),
		remove("missing-nonce", "authorize", "nonce"),
		change("other-nonce", "authorize", "nonce"),
		change("other-state", "callback", "state"),
		change("unknown-code", "callback", "code"),
		{ID: "wrong-secret", Step: "token", Edit: otherSecret},
		{ID: "no-secret", Step: "token", Edit: noSecret},
		{ID: "secret-twice", Step: "token", Edit: secretTwice},
		{ID: "secret-in-address", Step: "token", Edit: secretInAddress},
		set("token-other-redirect-uri", "token", "redirect_uri", "http://127.0.0.1:9999/callback"),
		{ID: "replayed-code", Step: "token", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		{ID: "late-code", Step: "token", Edit: wait(61 * time.Second)},
		{
			ID: "id-token-instead", Step: "invoices",
			Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit { return bearer(t.Latest("id_token")) },
		},
		{ID: "expired-token", Step: "invoices", Edit: wait(10 * time.Minute)},
	}
}
