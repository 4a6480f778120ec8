package flows

import (
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// password is the resource owner password credentials grant (RFC 6749 section
// 4.3), which must not be used any more (RFC 9700 section 2.4).
func password() Flow {
	return Flow{
		ID: "password", Title: "Resource owner password", Status: Forbidden,
		Specs:    []trace.Spec{{Doc: "RFC 6749", Section: "4.3"}, {Doc: "RFC 9700", Section: "2.4"}},
		Chapters: []string{"trust", "tokens", "use"},
		Steps:    stepsPassword(),
		Mistakes: mistakesPassword(),
		Cast:     stage.Cast{Client: stage.OldDesktopApp(), API: stage.Mailbox()},
		Play:     playPassword,
	}
}

func playPassword(s *stage.Stage) error {
	app := s.DesktopApp()
	token, err := app.SignIn(stage.MailScope)
	var mails []string
	if err == nil {
		mails, err = app.Read("/messages", token)
	}
	return app.Shows(mails, err)
}

func stepsPassword() []Step {
	const person, app, provider, api = trace.ResourceOwner, trace.Client, trace.AuthorizationServer, trace.ResourceServer
	ok := []int{http.StatusOK}
	return []Step{
		{ID: stage.StepTypeIntoApp, Chapter: "trust", Kind: trace.Gesture, From: person, To: app},
		{ID: stage.StepHoldsPassword, Chapter: "trust", Kind: trace.Note, From: app, To: app},
		{ID: "token", Chapter: "tokens", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/token"},
		{
			ID: "token-again", Chapter: "tokens", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/token", Again: true,
		},
		{ID: "token-response", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "token", Status: ok},
		{ID: "token-refused", Chapter: "tokens", Kind: trace.Response, From: provider, To: app, Answers: "token", Status: refusals()},
		{ID: "mail", Chapter: "use", Kind: trace.Request, From: app, To: api, Path: "/messages"},
		{ID: "mail-response", Chapter: "use", Kind: trace.Response, From: api, To: app, Answers: "mail", Status: ok},
		{ID: "mail-refused", Chapter: "use", Kind: trace.Response, From: api, To: app, Answers: "mail", Status: refusals()},
		{ID: stage.StepSeeResult, Chapter: "use", Kind: trace.Gesture, From: app, To: person},
		{ID: stage.StepSeeRefusal, Chapter: "use", Kind: trace.Gesture, From: app, To: person},
	}
}

func mistakesPassword() []Mistake {
	return []Mistake{
		change("wrong-password", "token", "password"),
		set("modern-client", "token", "client_id", "mobile-pkce-client"),
		remove("no-password", "token", "password"),
		{ID: "password-in-address", Step: "token", Edit: passwordInAddress},
		set("unknown-scope", "token", "scope", "mail.read admin"),
		// Nobody refuses the next three, which is the lesson.
		set("greedy-scope", "token", "scope", "openid profile email mail.read"),
		{ID: "password-again", Step: "token", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		{ID: "kept-password", Step: "token", Edit: wait(30 * 24 * time.Hour)},
		{ID: "no-token", Step: "mail", Edit: withoutToken},
		{ID: "expired-token", Step: "mail", Edit: wait(10 * time.Minute)},
	}
}

// passwordInAddress writes name and password where histories and logs keep them.
func passwordInAddress(m *trace.Message, _ *trace.Trace) stage.Edit {
	pair := []trace.Field{{Name: "username", Value: param(m, "username")}, {Name: "password", Value: param(m, "password")}}
	return stage.Edit{
		URL:    m.URL + "?" + trace.EncodePairs(pair),
		Params: []stage.Change{{Name: "username", Remove: true}, {Name: "password", Remove: true}},
	}
}
