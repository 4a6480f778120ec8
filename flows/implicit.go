package flows

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// implicit is the grant that puts the token into the address (RFC 6749 section
// 4.2), which must not be used any more (RFC 9700 section 2.1.2).
func implicit() Flow {
	return Flow{
		ID: "implicit", Title: "Implicit", Status: Deprecated,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "4.2"},
			{Doc: "RFC 9700", Section: "2.1.2"},
			{Doc: "RFC 9700", Section: "4.3"},
		},
		Chapters: []string{"ask", "sign-in", "token", "use"},
		Steps:    stepsImplicit(),
		Mistakes: mistakesImplicit(),
		Switches: []Switch{{ID: "address", Values: []string{"left", "wiped"}}},
		Cast:     stage.Cast{Client: stage.OldBrowserApp(), API: stage.Mailbox()},
		Play:     playImplicit,
	}
}

func playImplicit(s *stage.Stage) error {
	app := s.PageApp()
	if _, err := s.User.Visit(app.URL()); err != nil {
		return err
	}
	if err := s.User.ClickLogIn(); err != nil {
		return err
	}
	page, err := app.LogIn(stage.MailScope)
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		page, err = s.User.Consent(page)
	}
	if err != nil {
		return err
	}
	token, err := app.Takes(page)
	if err == nil && token != "" && s.Chosen("address", "left") == "wiped" {
		err = app.Cleans(page)
	}
	if err == nil && token != "" {
		err = app.Remembers()
	}
	if err != nil {
		return err
	}
	var mails []string
	if token != "" {
		mails, err = app.Read("/messages", token)
	}
	return app.Shows(page, token, mails, err)
}

func stepsImplicit() []Step {
	const person, browser, app = trace.ResourceOwner, trace.UserAgent, trace.Client
	const provider, api = trace.AuthorizationServer, trace.ResourceServer
	const request, answer, note = trace.Request, trace.Response, trace.Note
	const back = "/legacy/callback"
	return slices.Concat([]Step{
		{ID: stage.StepVisit, Chapter: "ask", Kind: trace.Gesture, From: person, To: browser},
		{ID: "open-app", Chapter: "ask", Kind: request, From: browser, To: app, Path: "/legacy/"},
		{ID: "app-page", Chapter: "ask", Kind: answer, From: app, To: browser, Answers: "open-app", Status: succeeds()},
		{ID: "click-login", Chapter: "ask", Kind: trace.Gesture, From: person, To: browser},
		{ID: "create-state", Chapter: "ask", Kind: note, From: browser, To: browser},
		{ID: "authorize", Chapter: "ask", Kind: request, From: browser, To: provider, Path: "/protocol/openid-connect/auth"},
		{ID: "sign-in-page", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize", Status: succeeds()},
		{
			ID: "error-redirect", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize",
			Status: redirects(), Location: "error",
		},
		{ID: "error-page", Chapter: "ask", Kind: answer, From: provider, To: browser, Answers: "authorize", Status: refusals()},
	}, signInSteps(), []Step{
		{ID: "consent", Chapter: "token", Kind: request, From: browser, To: provider, Path: "/auth/consent"},
		{
			ID: "token-redirect", Chapter: "token", Kind: answer, From: provider, To: browser, Answers: "consent",
			Status: redirects(), Location: "access_token",
		},
		{
			ID: "denied-redirect", Chapter: "token", Kind: answer, From: provider, To: browser, Answers: "consent",
			Status: redirects(), Location: "error=access_denied",
		},
		{ID: "error-page", Chapter: "token", Kind: answer, From: provider, To: browser, Answers: "consent", Status: refusals()},
		{ID: "callback-error", Chapter: "token", Kind: request, From: browser, To: app, Path: back, Param: "error"},
		{ID: "callback", Chapter: "token", Kind: request, From: browser, To: app, Path: back},
		{ID: "callback-page", Chapter: "token", Kind: answer, From: app, To: browser, Answers: "callback", Status: succeeds()},
		{ID: "callback-page", Chapter: "token", Kind: answer, From: app, To: browser, Answers: "callback-error", Status: succeeds()},
		{ID: stage.StepReadFragment, Chapter: "token", Kind: note, From: browser, To: browser},
		{ID: stage.StepCleanAddress, Chapter: "token", Kind: note, From: browser, To: browser},
		{ID: stage.StepHistory, Chapter: "token", Kind: note, From: browser, To: browser},

		{ID: "preflight", Chapter: "use", Kind: request, From: browser, To: api, Method: http.MethodOptions, Path: "/messages"},
		{
			ID: "preflight-response", Chapter: "use", Kind: answer, From: api, To: browser, Answers: "preflight",
			Status: []int{http.StatusNoContent},
		},
		{ID: "mail", Chapter: "use", Kind: request, From: browser, To: api, Method: http.MethodGet, Path: "/messages"},
		{ID: "mail-response", Chapter: "use", Kind: answer, From: api, To: browser, Answers: "mail", Status: succeeds()},
		{ID: "mail-refused", Chapter: "use", Kind: answer, From: api, To: browser, Answers: "mail", Status: refusals()},
		{ID: "see-result", Chapter: "use", Kind: trace.Gesture, From: browser, To: person},
		{ID: "see-refusal", Chapter: "use", Kind: trace.Gesture, From: browser, To: person},
	})
}

func mistakesImplicit() []Mistake {
	return []Mistake{
		set("other-redirect-uri", "authorize", "redirect_uri", "https://attacker.example/callback"),
		set("ask-for-code", "authorize", "response_type", "code"),
		set("token-into-query", "authorize", "response_mode", "query"),
		remove("missing-state", "authorize", "state"),
		{ID: "planted-answer", Step: "callback", Edit: inFragment("state", shift)},
		{ID: "swapped-token", Step: "callback", Edit: inFragment("access_token", tamper)},
		{ID: "tampered-token", Step: "mail", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) }},
		{ID: "expired-token", Step: "mail", Edit: wait(10 * time.Minute)},
	}
}

// inFragment changes a value of the address that the browser is sent to: what
// somebody does who lures the person there with an answer of their own.
func inFragment(name string, change func(string) string) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(m *trace.Message, _ *trace.Trace) stage.Edit {
		path, fragment, _ := strings.Cut(m.URL, "#")
		pairs := trace.ParsePairs(fragment)
		for i := range pairs {
			if pairs[i].Name == name {
				pairs[i].Value = change(pairs[i].Value)
			}
		}
		return stage.Edit{URL: path + "#" + trace.EncodePairs(pairs)}
	}
}
