package flows

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Where the app runs. On a phone another app may claim its address, which is
// what PKCE was made for (RFC 7636 section 1).
const (
	runsOnServer  = "server"
	runsInPage    = "page"
	runsOnPhone   = "phone"
	runsWithThief = "thief"
	runsWithoutIt = "thief-no-pkce" // with a secret in the app instead, as some do without PKCE
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
		Switches: []Switch{{ID: "runs", Values: []string{runsOnServer, runsInPage, runsOnPhone, runsWithThief, runsWithoutIt}}},
		Cast:     stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()},
		Recast: func(cast *stage.Cast, chosen map[string]string) {
			if chosen["runs"] == runsWithoutIt {
				cast.Client = stage.TravelAppWithSecret()
			}
		},
		Play: playAuthorizationCodePKCE,
	}
}

func playAuthorizationCodePKCE(s *stage.Stage) error {
	o := stage.WebAppOptions{Scope: "openid " + stage.MailScope, PKCE: true, Reads: "/messages"}
	switch runs := s.Chosen("runs", runsOnServer); runs {
	case runsInPage:
		return playPage(s, s.ScriptApp(o))
	case runsOnPhone:
		return playOwnApp(s, s.PhoneApp(o), nil)
	case runsWithThief, runsWithoutIt:
		o.PKCE = runs == runsWithThief
		return playOwnApp(s, s.PhoneApp(o), s.OtherApp)
	}
	page, err := logIn(s, s.WebApp(o))
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

// playPage loads the page before its script takes over.
func playPage(s *stage.Stage, app *stage.OwnApp) error {
	if _, err := s.User.Visit(app.URL("/")); err != nil {
		return err
	}
	return playOwnApp(s, app, nil)
}

// playOwnApp is the sign-in of an app that has no server; with the other app,
// that one gets hold of the answer first.
func playOwnApp(s *stage.Stage, app *stage.OwnApp, other func() (*stage.Thief, error)) error {
	if err := s.User.StartLogIn(app); err != nil {
		return err
	}
	page, err := app.LogIn()
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		page, err = s.User.Consent(page)
	}
	if err != nil {
		return err
	}
	if !app.Answered(page) {
		return app.Shows(page, nil, stage.ErrNoAnswer())
	}
	from := trace.UserAgent
	if other != nil {
		from = trace.Attacker
		if err := intercept(app, page, other); err != nil {
			return err
		}
	}
	lines, err := app.Takes(page, from)
	return app.Shows(page, lines, err)
}

// intercept is the other app opening the answer, using the code, and passing the
// answer on as if nothing had been.
func intercept(app *stage.OwnApp, page *stage.Page, other func() (*stage.Thief, error)) error {
	thief, err := other()
	if err == nil {
		err = thief.Opens(page)
	}
	if err == nil {
		err = thief.Redeems(app, page)
	}
	if err == nil {
		err = thief.Reads("/messages")
	}
	return err
}

func stepsAuthorizationCodePKCE() []Step {
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), ownCodeSteps(), tokenSteps(), pageTokenSteps(), idTokenSteps(),
		apiSteps("mail", http.MethodGet, "/messages"), pageMailSteps(), welcomeSteps(), ownAskSteps())
}

// ownAskSteps are how an app without a server begins.
func ownAskSteps() []Step {
	const person, browser, app = trace.ResourceOwner, trace.UserAgent, trace.Client
	return []Step{
		{ID: stage.StepVisit, Chapter: "ask", Kind: trace.Gesture, From: person, To: browser},
		{ID: "open-page", Chapter: "ask", Kind: trace.Request, From: browser, To: app, Path: "/"},
		{ID: "app-page", Chapter: "ask", Kind: trace.Response, From: app, To: browser, Answers: "open-page", Status: succeeds()},
		{ID: stage.StepTapLogin, Chapter: "ask", Kind: trace.Gesture, From: person, To: app},
		{ID: stage.StepOpenBrowser, Chapter: "ask", Kind: trace.Gesture, From: app, To: browser},
	}
}

// ownCodeSteps bring the code to an app without a server, or to the other app.
func ownCodeSteps() []Step {
	const browser, app, thief = trace.UserAgent, trace.Client, trace.Attacker
	const provider, api = trace.AuthorizationServer, trace.ResourceServer
	return []Step{
		{ID: "callback-page", Chapter: "code", Kind: trace.Response, From: app, To: browser, Answers: "callback", Status: succeeds(), Bare: true},
		{ID: "callback-page", Chapter: "code", Kind: trace.Response, From: app, To: browser, Answers: "callback-error", Status: succeeds()},
		{ID: stage.StepOpensApp, Chapter: "code", Kind: trace.Gesture, From: browser, To: app},
		{ID: stage.StepOpensOther, Chapter: "code", Kind: trace.Gesture, From: browser, To: thief},
		{ID: "stolen-code", Chapter: "code", Kind: trace.Request, From: thief, To: provider, Path: "/protocol/openid-connect/token"},
		{ID: "stolen-response", Chapter: "code", Kind: trace.Response, From: provider, To: thief, Answers: "stolen-code", Status: succeeds()},
		{ID: "stolen-refused", Chapter: "code", Kind: trace.Response, From: provider, To: thief, Answers: "stolen-code", Status: refusals()},
		{ID: "stolen-mail", Chapter: "code", Kind: trace.Request, From: thief, To: api, Path: "/messages"},
		{ID: "stolen-mail-response", Chapter: "code", Kind: trace.Response, From: api, To: thief, Answers: "stolen-mail", Status: succeeds()},
		{ID: "stolen-mail-refused", Chapter: "code", Kind: trace.Response, From: api, To: thief, Answers: "stolen-mail", Status: refusals()},
		{ID: stage.StepPassesOn, Chapter: "code", Kind: trace.Gesture, From: thief, To: app},
		{ID: stage.StepCheckAnswer, Chapter: "code", Kind: trace.Note, From: app, To: app},
	}
}

// pageTokenSteps are the tokens of a script: the browser asks for them.
func pageTokenSteps() []Step {
	const endpoint = "/protocol/openid-connect/token"
	const browser, provider = trace.UserAgent, trace.AuthorizationServer
	return []Step{
		{ID: "token", Chapter: "tokens", Kind: trace.Request, From: browser, To: provider, Path: endpoint},
		{ID: "token-again", Chapter: "tokens", Kind: trace.Request, From: browser, To: provider, Path: endpoint, Again: true},
		{ID: "jwks", Chapter: "tokens", Kind: trace.Request, From: browser, To: provider, Path: "/protocol/openid-connect/certs"},
	}
}

// pageMailSteps are a script calling an API of another origin.
func pageMailSteps() []Step {
	const browser, api = trace.UserAgent, trace.ResourceServer
	return []Step{
		{ID: "preflight", Chapter: "use", Kind: trace.Request, From: browser, To: api, Method: http.MethodOptions, Path: "/messages"},
		{
			ID: "preflight-response", Chapter: "use", Kind: trace.Response, From: api, To: browser, Answers: "preflight",
			Status: []int{http.StatusNoContent},
		},
		{ID: "mail", Chapter: "use", Kind: trace.Request, From: browser, To: api, Method: http.MethodGet, Path: "/messages"},
	}
}
