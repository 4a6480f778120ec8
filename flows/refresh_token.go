package flows

import (
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// refreshToken is how an app stays signed in (RFC 6749 section 6) and what
// keeps a copied refresh token from being worth anything (RFC 9700 section 4.14).
func refreshToken() Flow {
	return Flow{
		ID: "refresh-token", Title: "Refresh token", Status: Recommended,
		Specs:    []trace.Spec{{Doc: "RFC 6749", Section: "6"}, {Doc: "RFC 9700", Section: "4.14"}},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "use", "renew", "narrow", "theft"},
		Steps:    stepsRefreshToken(),
		Mistakes: mistakesRefreshToken(),
		Switches: []Switch{{ID: "thief", Values: []string{"absent", "present"}}},
		Foreseen: []string{"token-exp"},
		Cast:     stage.Cast{Client: stage.TravelAppThatStays(), API: stage.Mailbox()},
		Play:     playRefreshToken,
	}
}

func playRefreshToken(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{Scope: "openid email " + stage.MailScope, PKCE: true, Reads: "/messages", Stays: true})
	page, err := s.User.Click("Log in with Demo", app.URL("/login"))
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		page, err = s.User.Consent(page)
	}
	if err != nil {
		return err
	}
	if !page.OK() {
		return s.User.Reads(page)
	}
	if err := app.Lets(s, stage.StepTimePasses, 10*time.Minute); err != nil { // the access token dies
		return err
	}
	if page, err = s.User.ClickTrips(app); err != nil {
		return err
	}
	if err := app.Sync(s.Context(), stage.MailScope); err != nil { // the app works alone, with less
		return err
	}
	if s.Chosen("thief", "absent") == "present" {
		if err := s.Thief(app.Spent()); err != nil {
			return err
		}
		if err := app.Lets(s, stage.StepMoreTime, 10*time.Minute); err != nil {
			return err
		}
		if page, err = s.User.ClickTrips(app); err != nil { // the family is gone, so nothing can be renewed
			return err
		}
	}
	return s.User.Reads(page)
}

func stepsRefreshToken() []Step {
	const person, browser, app = trace.ResourceOwner, trace.UserAgent, trace.Client
	const provider, api, thief = trace.AuthorizationServer, trace.ResourceServer, trace.Attacker
	const endpoint = "/protocol/openid-connect/token"
	renewal := []Step{
		{ID: stage.StepTimePasses, Chapter: "renew", Kind: trace.Note, From: app, To: app},
		{ID: stage.StepMoreTime, Chapter: "theft", Kind: trace.Note, From: app, To: app},
		{ID: stage.StepClickTrips, Kind: trace.Gesture, From: person, To: browser},
		{ID: "trips", Kind: trace.Request, From: browser, To: app, Path: "/trips"},
		{ID: "trips-page", Kind: trace.Response, From: app, To: browser, Answers: "trips", Status: succeeds()},
		{ID: "log-in-again-page", Kind: trace.Response, From: app, To: browser, Answers: "trips", Status: refusals()},
		{ID: "flights", Kind: trace.Request, From: app, To: api, Path: "/messages", Param: "folder=flights"},
		{ID: "flights-response", Kind: trace.Response, From: api, To: app, Answers: "flights", Status: succeeds()},
		{ID: "flights-refused", Kind: trace.Response, From: api, To: app, Answers: "flights", Status: refusals()},

		{ID: "narrow", Chapter: "narrow", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "scope"},
		{ID: "narrow-response", Chapter: "narrow", Kind: trace.Response, From: provider, To: app, Answers: "narrow", Status: succeeds()},
		{ID: "narrow-refused", Chapter: "narrow", Kind: trace.Response, From: provider, To: app, Answers: "narrow", Status: refusals()},
		{ID: "new-mail", Chapter: "narrow", Kind: trace.Request, From: app, To: api, Path: "/messages", Param: "folder=new"},
		{ID: "new-mail-response", Chapter: "narrow", Kind: trace.Response, From: api, To: app, Answers: "new-mail", Status: succeeds()},
		{ID: "new-mail-refused", Chapter: "narrow", Kind: trace.Response, From: api, To: app, Answers: "new-mail", Status: refusals()},

		{ID: "stolen-refresh", Chapter: "theft", Kind: trace.Request, From: thief, To: provider, Path: endpoint},
		{ID: "stolen-refused", Chapter: "theft", Kind: trace.Response, From: provider, To: thief, Answers: "stolen-refresh", Status: refusals()},

		{ID: stage.StepSeeResult, Kind: trace.Gesture, From: browser, To: person},
		{ID: stage.StepSeeRefusal, Kind: trace.Gesture, From: browser, To: person},
		{ID: "refresh", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "refresh_token"},
		{ID: "refresh-again", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "refresh_token", Again: true},
		{ID: "refresh-response", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: succeeds()},
		{ID: "refresh-refused", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: refusals()},
	}
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), renewal, tokenSteps(), idTokenSteps(),
		apiSteps("mail", http.MethodGet, "/messages"), welcomeSteps())
}

func mistakesRefreshToken() []Mistake {
	return []Mistake{
		{ID: "reused-refresh-token", Step: "refresh", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		change("unknown-refresh-token", "refresh", "refresh_token"),
		set("other-client-refresh", "refresh", "client_id", "mobile-pkce-client"),
		{ID: "narrowed-too-far", Step: "narrow", Edit: func(*trace.Message, *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "scope", Value: "openid"}}}
		}},
		set("wider-scope", "narrow", "scope", "openid profile email mail.read"),
		{ID: "late-refresh", Step: "refresh", Edit: wait(400 * 24 * time.Hour)},
	}
}
