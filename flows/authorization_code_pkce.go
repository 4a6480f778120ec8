package flows

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// authorizationCodePKCE is the authorization code grant with PKCE
// (RFC 6749 section 4.1, RFC 7636) and OpenID Connect on top.
func authorizationCodePKCE() Flow {
	return Flow{
		ID: "authorization-code-pkce", Title: "Authorization code with PKCE", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "4.1"},
			{Doc: "RFC 7636"},
			{Doc: "RFC 9700", Section: "2.1.1"},
			{Doc: "OpenID Connect Core 1.0", Section: "3.1"},
		},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "use"},
		Steps:    stepsAuthorizationCodePKCE(),
		Mistakes: mistakesAuthorizationCodePKCE(),
		Cast:     stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()},
		Play:     playAuthorizationCodePKCE,
	}
}

func playAuthorizationCodePKCE(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages"})
	page, err := s.User.Click("Log in with Demo", app.URL("/login")) // the app answers 302, the browser follows
	if err != nil {
		return err
	}
	if page, err = s.User.SignIn(page); err != nil {
		return err
	}
	if page, err = s.User.Consent(page); err != nil { // the callback makes the app fetch tokens and mails
		return err
	}
	return s.User.Reads(page)
}

func stepsAuthorizationCodePKCE() []Step {
	const (
		person, browser = trace.ResourceOwner, trace.UserAgent
		app, provider   = trace.Client, trace.AuthorizationServer
		api             = trace.ResourceServer
		gesture, note   = trace.Gesture, trace.Note
		request, answer = trace.Request, trace.Response
	)
	ok := []int{http.StatusOK}
	redirect := []int{http.StatusFound, http.StatusSeeOther}
	return []Step{
		{ID: "click-login", Chapter: "ask", Kind: gesture, From: person, To: browser},
		{ID: "login", Chapter: "ask", Kind: request, From: browser, To: app, Method: "GET", Path: "/login"},
		{ID: "create-state", Chapter: "ask", Kind: note, From: app, To: app},
		{ID: "create-pkce", Chapter: "ask", Kind: note, From: app, To: app},
		{ID: "login-redirect", Chapter: "ask", Kind: answer, From: app, To: browser, Answers: "login", Status: redirect},
		{ID: "authorize", Chapter: "ask", Kind: request, From: browser, To: provider, Path: "/protocol/openid-connect/auth"},
		{ID: "sign-in-page", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize", Status: ok},

		{ID: "type-password", Chapter: "sign-in", Kind: gesture, From: person, To: browser},
		{ID: "type-wrong-password", Chapter: "sign-in", Kind: gesture, From: person, To: browser},
		{ID: "sign-in", Chapter: "sign-in", Kind: request, From: browser, To: provider, Path: "/auth/sign-in"},
		{ID: "consent-page", Chapter: "sign-in", Kind: answer, From: provider, To: browser, Answers: "sign-in", Status: ok},
		{ID: "sign-in-refused", Chapter: "sign-in", Kind: answer, From: provider, To: browser, Answers: "sign-in", Status: refusals()},
		{ID: "give-consent", Chapter: "sign-in", Kind: gesture, From: person, To: browser},
		{ID: "refuse-consent", Chapter: "sign-in", Kind: gesture, From: person, To: browser},

		{ID: "consent", Chapter: "code", Kind: request, From: browser, To: provider, Path: "/auth/consent"},
		{ID: "code-redirect", Chapter: "code", Kind: answer, From: provider, To: browser, Answers: "consent", Status: redirect, Location: "code"},
		{ID: "denied-redirect", Chapter: "code", Kind: answer, From: provider, To: browser, Answers: "consent", Status: redirect, Location: "error=access_denied"},
		{ID: "error-redirect", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize", Status: redirect, Location: "error"},
		{ID: "error-page", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize", Status: refusals()},
		{ID: "error-page", Chapter: "code", Kind: answer, From: provider, To: browser, Answers: "consent", Status: refusals()},
		{ID: "callback-error", Chapter: "code", Kind: request, From: browser, To: app, Path: "/callback", Param: "error"},
		{ID: "callback", Chapter: "code", Kind: request, From: browser, To: app, Path: "/callback"},

		{ID: "token", Chapter: "tokens", Kind: request, From: app, To: provider, Path: "/protocol/openid-connect/token"},
		{ID: "token-again", Chapter: "tokens", Kind: request, From: app, To: provider, Path: "/protocol/openid-connect/token", Again: true},
		{ID: "token-response", Chapter: "tokens", Kind: answer, From: provider, To: app, Answers: "token", Status: ok},
		{ID: "token-refused", Chapter: "tokens", Kind: answer, From: provider, To: app, Answers: "token", Status: refusals()},
		{ID: "jwks", Chapter: "tokens", Kind: request, From: app, To: provider, Path: "/protocol/openid-connect/certs"},
		{ID: "jwks-response", Chapter: "tokens", Kind: answer, From: provider, To: app, Answers: "jwks", Status: ok},
		{ID: "jwks-refused", Chapter: "tokens", Kind: answer, From: provider, To: app, Answers: "jwks", Status: refusals()},
		{ID: "validate-id-token", Chapter: "tokens", Kind: note, From: app, To: app},

		{ID: "mail", Chapter: "use", Kind: request, From: app, To: api, Path: "/messages"},
		{ID: "mail-response", Chapter: "use", Kind: answer, From: api, To: app, Answers: "mail", Status: ok},
		{ID: "mail-refused", Chapter: "use", Kind: answer, From: api, To: app, Answers: "mail", Status: refusals()},
		{ID: "welcome-page", Chapter: "use", Kind: answer, From: app, To: browser, Answers: "callback", Status: ok},
		{ID: "login-failed-page", Chapter: "use", Kind: answer, From: app, To: browser, Answers: "callback", Status: refusals()},
		{ID: "login-failed-page", Chapter: "use", Kind: answer, From: app, To: browser, Answers: "callback-error", Status: refusals()},
		{ID: "see-result", Chapter: "use", Kind: gesture, From: browser, To: person},
		{ID: "see-refusal", Chapter: "use", Kind: gesture, From: browser, To: person},
	}
}
