package flows

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// The steps that flows with a browser have in common, one part of the story each.

func redirects() []int { return []int{http.StatusFound, http.StatusSeeOther} }

func succeeds() []int { return []int{http.StatusOK} }

// logIn is the person clicking, signing in and agreeing, in every flow in which
// an app with pages sends them to the provider. It returns the page that they
// end up at.
func logIn(s *stage.Stage, app *stage.WebApp) (*stage.Page, error) {
	page, err := s.User.LogIn(app.URL("/login")) // the app answers 302, the browser follows
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		page, err = s.User.Consent(page) // the callback makes the app fetch its tokens and use them
	}
	return page, err
}

// askSteps go from the click to the sign-in page.
func askSteps() []Step {
	const person, browser, app, provider = trace.ResourceOwner, trace.UserAgent, trace.Client, trace.AuthorizationServer
	return []Step{
		{ID: "click-login", Chapter: "ask", Kind: trace.Gesture, From: person, To: browser},
		{ID: "login", Chapter: "ask", Kind: trace.Request, From: browser, To: app, Method: "GET", Path: "/login"},
		{ID: "create-state", Chapter: "ask", Kind: trace.Note, From: app, To: app},
		{ID: "create-pkce", Chapter: "ask", Kind: trace.Note, From: app, To: app},
		{ID: "login-redirect", Chapter: "ask", Kind: trace.Response, From: app, To: browser, Answers: "login", Status: redirects()},
		{ID: "authorize", Chapter: "ask", Kind: trace.Request, From: browser, To: provider, Path: "/protocol/openid-connect/auth"},
		{ID: "sign-in-page", Chapter: "ask", Kind: trace.Response, From: provider, To: browser, Answers: "authorize", Status: succeeds()},
		{
			ID: "error-redirect", Chapter: "ask", Kind: trace.Response, From: provider, To: browser, Answers: "authorize",
			Status: redirects(), Location: "error",
		},
		{ID: "error-page", Chapter: "ask", Kind: trace.Response, From: provider, To: browser, Answers: "authorize", Status: refusals()},
	}
}

// signInSteps are the person, the password and the consent.
func signInSteps() []Step {
	const person, browser, provider = trace.ResourceOwner, trace.UserAgent, trace.AuthorizationServer
	return []Step{
		{ID: "type-password", Chapter: "sign-in", Kind: trace.Gesture, From: person, To: browser},
		{ID: "type-wrong-password", Chapter: "sign-in", Kind: trace.Gesture, From: person, To: browser},
		{ID: "sign-in", Chapter: "sign-in", Kind: trace.Request, From: browser, To: provider, Path: "/auth/sign-in"},
		{ID: "consent-page", Chapter: "sign-in", Kind: trace.Response, From: provider, To: browser, Answers: "sign-in", Status: succeeds()},
		{ID: "sign-in-refused", Chapter: "sign-in", Kind: trace.Response, From: provider, To: browser, Answers: "sign-in", Status: refusals()},
		{ID: "give-consent", Chapter: "sign-in", Kind: trace.Gesture, From: person, To: browser},
		{ID: "refuse-consent", Chapter: "sign-in", Kind: trace.Gesture, From: person, To: browser},
	}
}

// codeSteps bring the code to the app.
func codeSteps() []Step {
	const browser, app, provider = trace.UserAgent, trace.Client, trace.AuthorizationServer
	return []Step{
		{ID: "consent", Chapter: "code", Kind: trace.Request, From: browser, To: provider, Path: "/auth/consent"},
		{
			ID: "code-redirect", Chapter: "code", Kind: trace.Response, From: provider, To: browser, Answers: "consent",
			Status: redirects(), Location: "code",
		},
		{
			ID: "denied-redirect", Chapter: "code", Kind: trace.Response, From: provider, To: browser, Answers: "consent",
			Status: redirects(), Location: "error=access_denied",
		},
		{ID: "error-page", Chapter: "code", Kind: trace.Response, From: provider, To: browser, Answers: "consent", Status: refusals()},
		{ID: "callback-error", Chapter: "code", Kind: trace.Request, From: browser, To: app, Path: "/callback", Param: "error"},
		{ID: "callback", Chapter: "code", Kind: trace.Request, From: browser, To: app, Path: "/callback"},
	}
}

// tokenSteps trade the code for tokens.
func tokenSteps() []Step {
	const app, provider = trace.Client, trace.AuthorizationServer
	return []Step{
		{ID: "token", Chapter: "tokens", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/token"},
		{
			ID: "token-again", Chapter: "tokens", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/token", Again: true,
		},
		{ID: "token-response", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "token", Status: succeeds()},
		{ID: "token-refused", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "token", Status: refusals()},
	}
}

// idTokenSteps verify the ID token.
func idTokenSteps() []Step {
	const app, provider = trace.Client, trace.AuthorizationServer
	return []Step{
		{ID: "jwks", Chapter: "tokens", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/certs"},
		{ID: "jwks-response", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "jwks", Status: succeeds()},
		{ID: "jwks-refused", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "jwks", Status: refusals()},
		{ID: "validate-id-token", Chapter: "tokens", Kind: trace.Note, From: app, To: app},
	}
}

// apiSteps call an API: "mail", "mail-response", "mail-refused".
func apiSteps(id, method, path string) []Step {
	const app, api = trace.Client, trace.ResourceServer
	return []Step{
		{ID: id, Chapter: "use", Kind: trace.Request, From: app, To: api, Method: method, Path: path},
		{ID: id + "-response", Chapter: "use", Kind: trace.Response, From: api, To: app, Answers: id, Status: succeeds()},
		{ID: id + "-refused", Chapter: "use", Kind: trace.Response, From: api, To: app, Answers: id, Status: refusals()},
	}
}

// welcomeSteps show the person what came of it.
func welcomeSteps() []Step {
	const person, browser, app = trace.ResourceOwner, trace.UserAgent, trace.Client
	return []Step{
		{ID: "welcome-page", Chapter: "use", Kind: trace.Response, From: app, To: browser, Answers: "callback", Status: succeeds()},
		{ID: "login-failed-page", Chapter: "use", Kind: trace.Response, From: app, To: browser, Answers: "callback", Status: refusals()},
		{ID: "login-failed-page", Chapter: "use", Kind: trace.Response, From: app, To: browser, Answers: "callback-error", Status: refusals()},
		{ID: "see-result", Chapter: "use", Kind: trace.Gesture, From: browser, To: person},
		{ID: "see-refusal", Chapter: "use", Kind: trace.Gesture, From: browser, To: person},
	}
}
