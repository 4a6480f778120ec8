package flows

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// The switches of the flow: when the person comes to the second app, and what
// ends when they log out of the first.
const (
	comesSoon = "soon"
	comesLate = "late"
)

// recentSignIn is how long ago somebody may have signed in for the second app (max_age).
const recentSignIn = time.Hour

// singleSignOn is two apps and one sign-in, and what it takes to end that
// (OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0).
func singleSignOn() Flow {
	return Flow{
		ID: "single-sign-on", Title: "Single sign-on and logout", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "OpenID Connect Core 1.0", Section: "3.1.2.1"},
			{Doc: "OpenID Connect RP-Initiated Logout 1.0", Section: "2"},
			{Doc: "OpenID Connect Back-Channel Logout 1.0", Section: "2"},
		},
		Chapters: []string{"first", "second", "log-out", "told", "again"},
		Steps:    stepsSingleSignOn(),
		Mistakes: mistakesSingleSignOn(),
		Switches: []Switch{
			{ID: "comes", Values: []string{comesSoon, comesLate}},
			{ID: "log-out", Values: []string{stage.LogsOutEverywhere, stage.LogsOutHere}},
		},
		Foreseen: []string{"silent-sign-in", "no-error"},
		Cast:     stage.Cast{Client: stage.CompanyTravel(), Other: stage.CompanyExpenses(), API: stage.Mailbox()},
		Play:     playSingleSignOn,
	}
}

func playSingleSignOn(s *stage.Stage) error {
	ends := s.Chosen("log-out", stage.LogsOutEverywhere)
	travel := s.WebApp(stage.WebAppOptions{Scope: "openid profile", PKCE: true, LogsOut: ends})
	expenses := s.SecondApp(stage.WebAppOptions{Scope: "openid profile", PKCE: true, LogsOut: ends, MaxAge: recentSignIn})
	page, err := s.User.LogIn(travel.URL("/login"))
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err != nil || !isOf(page, travel) {
		return endsAt(s, page, err)
	}
	at := page
	if page, err = comesToSecond(s, expenses); err != nil || !isOf(page, expenses) {
		return endsAt(s, page, err)
	}
	if page, err = s.User.LogOut(at); err != nil || !isOf(page, travel) {
		return endsAt(s, page, err)
	}
	again := travel
	if ends == stage.LogsOutEverywhere {
		again = expenses
		if _, err = s.ProviderCalls(); err != nil {
			return err
		}
	}
	page, err = s.User.OpenAgain(again)
	return endsAt(s, page, err)
}

// comesToSecond is the person opening another app, at once or much later.
func comesToSecond(s *stage.Stage, expenses *stage.WebApp) (*stage.Page, error) {
	if s.Chosen("comes", comesSoon) == comesLate {
		if err := expenses.MovesOn(s, stage.StepHourPasses); err != nil {
			return nil, err
		}
	}
	page, err := s.User.OpenSecond(expenses)
	if err == nil {
		page, err = s.User.SignIn(page) // where a page asks for it
	}
	return page, err
}

// isOf reports whether a page is one of the app's on which nothing went wrong.
func isOf(page *stage.Page, app *stage.WebApp) bool { return page.OK() && app.Shows(page) }

func endsAt(s *stage.Stage, page *stage.Page, err error) error {
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

func stepsSingleSignOn() []Step {
	const person, browser, app, other = trace.ResourceOwner, trace.UserAgent, trace.Client, trace.OtherClient
	const provider = trace.AuthorizationServer
	const gesture, request, answer = trace.Gesture, trace.Request, trace.Response
	const authorize, logout = "/protocol/openid-connect/auth", "/protocol/openid-connect/logout"
	own := []Step{
		{ID: "click-login", Chapter: "first", Kind: gesture, From: person, To: browser},
		{ID: stage.StepHourPasses, Chapter: "second", Kind: trace.Note, From: other, To: other},
		{ID: stage.StepClickSecond, Chapter: "second", Kind: gesture, From: person, To: browser},
		{ID: stage.StepClickLogOut, Chapter: "log-out", Kind: gesture, From: person, To: browser},
		{ID: stage.StepOpenAgain, Chapter: "again", Kind: gesture, From: person, To: browser},

		{ID: "ask-silently", Kind: request, From: browser, To: provider, Path: authorize, Param: "prompt=none"},
		{ID: "login-required", Kind: answer, From: provider, To: browser, Answers: "ask-silently", Location: "error=login_required"},
		{ID: "let-in", Kind: answer, From: provider, To: browser, Answers: "ask-silently", Location: "code"},
		{ID: "second-authorize", Kind: request, From: browser, To: provider, Path: authorize, Param: "client_id=" + stage.CompanyExpenses().ID},
		{ID: "let-in", Kind: answer, From: provider, To: browser, Answers: "second-authorize", Location: "code"},
		{ID: "sign-in-page", Kind: answer, From: provider, To: browser, Answers: "second-authorize", Status: succeeds()},
		{ID: "error-redirect", Kind: answer, From: provider, To: browser, Answers: "second-authorize", Location: "error"},
		{ID: "error-page", Kind: answer, From: provider, To: browser, Answers: "second-authorize", Status: refusals()},
		{ID: "code-redirect", Kind: answer, From: provider, To: browser, Answers: "sign-in", Location: "code"},

		{ID: "log-out", Chapter: "log-out", Kind: request, From: browser, To: app, Path: "/log-out"},
		{ID: "log-out-redirect", Kind: answer, From: app, To: browser, Answers: "log-out", Status: redirects()},
		{ID: "logged-out-page", Kind: answer, From: app, To: browser, Answers: "log-out", Status: succeeds()},
		{ID: "end-session", Kind: request, From: browser, To: provider, Path: logout},
		{ID: "end-session-response", Kind: answer, From: provider, To: browser, Answers: "end-session", Status: redirects()},
		{ID: "end-session-refused", Kind: answer, From: provider, To: browser, Answers: "end-session", Status: refusals()},
		{ID: "logged-out", Kind: request, From: browser, To: app, Path: "/logged-out"},
		{ID: "logged-out-page", Kind: answer, From: app, To: browser, Answers: "logged-out", Status: succeeds()},
		{ID: "logged-out-refused", Kind: answer, From: app, To: browser, Answers: "logged-out", Status: refusals()},

		{ID: "logout-call", Chapter: "told", Kind: request, From: provider, To: other, Path: "/backchannel-logout"},
		{ID: "logout-call-again", Chapter: "told", Kind: request, From: provider, To: other, Path: "/backchannel-logout", Again: true},
		{ID: "logout-call-response", Chapter: "told", Kind: answer, From: other, To: provider, Answers: "logout-call", Status: succeeds()},
		{ID: "logout-call-refused", Chapter: "told", Kind: answer, From: other, To: provider, Answers: "logout-call", Status: refusals()},

		{ID: "open", Kind: request, From: browser, To: app, Path: "/open"},
		{ID: "open", Kind: request, From: browser, To: other, Path: "/open"},
		{ID: "open-redirect", Kind: answer, From: app, To: browser, Answers: "open", Status: redirects()},
		{ID: "still-in-page", Kind: answer, From: other, To: browser, Answers: "open", Status: succeeds()},
		{ID: "log-in-page", Kind: answer, From: app, To: browser, Answers: "callback-error", Status: succeeds()},
	}
	both := withoutChapters(slices.Concat(askSteps(), signInSteps(), codeSteps(), onceTokenSteps(), idTokenSteps(), welcomeSteps()))
	both = slices.DeleteFunc(both, func(s Step) bool {
		asked := []string{"consent-page", "give-consent", "refuse-consent", "consent", "denied-redirect"} // nobody is, here
		return slices.Contains(asked, s.ID) || s.Answers == "consent"
	})
	return slices.Concat(own, both, ofOther(both))
}

// withoutChapters are steps that occur in several chapters, each in that of the message before.
func withoutChapters(steps []Step) []Step {
	for i := range steps {
		steps[i].Chapter = ""
	}
	return steps
}

// ofOther are the steps of an app as the second app takes them.
func ofOther(steps []Step) []Step {
	var others []Step
	for _, s := range steps {
		if s.Kind != trace.Request || s.From != trace.Client && s.To != trace.Client {
			continue
		}
		if s.From == trace.Client {
			s.From = trace.OtherClient
		} else {
			s.To = trace.OtherClient
		}
		others = append(others, s)
	}
	return others
}

// mistakesSingleSignOn are about sessions: too old, ended for one app only, ended by somebody else.
func mistakesSingleSignOn() []Mistake {
	return []Mistake{
		{ID: "max-age-dropped", Step: "second-authorize", Edit: func(*trace.Message, *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "max_age", Remove: true}}, Wait: 2 * recentSignIn}
		}},
		set("other-post-logout-uri", "end-session", "post_logout_redirect_uri", "https://attacker.example/"),
		{ID: "forged-hint", Step: "end-session", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "id_token_hint", Value: tamper(param(m, "id_token_hint"))}}}
		}},
		change("other-logout-state", "logged-out", "state"),
		{ID: "forged-logout", Step: "logout-call", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "logout_token", Value: tamper(param(m, "logout_token"))}}}
		}},
		{ID: "id-token-as-logout", Step: "logout-call", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "logout_token", Value: t.Latest("id_token")}}}
		}},
		{ID: "repeated-logout", Step: "logout-call", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		{ID: "late-logout", Step: "logout-call", Edit: wait(10 * time.Minute)},
		set("silent-with-a-page", "ask-silently", "prompt", "none login"),
	}
}
