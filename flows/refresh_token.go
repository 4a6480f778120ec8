package flows

import (
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Whether somebody has a copy of a refresh token, and who uses theirs first.
const (
	thiefAbsent = "absent"
	thiefLate   = "late"  // with one that the app used already
	thiefFirst  = "first" // with the one that the app would use next
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
		Switches: []Switch{{ID: "thief", Values: []string{thiefAbsent, thiefLate, thiefFirst}}},
		Foreseen: []string{"token-exp"},
		Cast:     stage.Cast{Client: stage.TravelAppThatStays(), API: stage.Mailbox()},
		Play:     playRefreshToken,
	}
}

func playRefreshToken(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{Scope: "openid " + stage.MailScope, PKCE: true, Reads: "/messages", Stays: true})
	page, err := logIn(s, app)
	if err == nil && page.OK() {
		page, err = comesBack(s, app, stage.StepTimePasses)
	}
	if err == nil && page.OK() {
		err = app.Sync(s.Context(), stage.MailScope) // the app works alone, with less
	}
	if err == nil && page.OK() && s.Chosen("thief", thiefAbsent) != thiefAbsent {
		page, err = theft(s, app)
	}
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

// comesBack lets the access token die before the person wants something again.
func comesBack(s *stage.Stage, app *stage.WebApp, step string) (*stage.Page, error) {
	if err := app.Lets(s, step, 10*time.Minute); err != nil {
		return nil, err
	}
	return s.User.ClickTrips(app)
}

// theft is two who have refresh tokens of one family. Whoever comes second
// brings one that was used, and then the family is gone for both.
func theft(s *stage.Stage, app *stage.WebApp) (*stage.Page, error) {
	loot := app.Spent()
	if s.Chosen("thief", thiefAbsent) == thiefFirst {
		loot = app.Held()
	}
	thief, err := s.Thief(loot)
	if err != nil {
		return nil, err
	}
	if err := thief.Renews(); err != nil {
		return nil, err
	}
	if err := thief.Reads("/messages"); err != nil {
		return nil, err
	}
	page, err := comesBack(s, app, stage.StepMoreTime)
	if err != nil || !thief.Got() {
		return page, err
	}
	return page, thief.Renews() // what the thief got is worth nothing any more
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

		{ID: stage.StepCopyToken, Chapter: "theft", Kind: trace.Note, From: thief, To: thief},
		{ID: "stolen-refresh", Chapter: "theft", Kind: trace.Request, From: thief, To: provider, Path: endpoint},
		{
			ID: "stolen-response", Chapter: "theft", Kind: trace.Response, From: provider, To: thief, Answers: "stolen-refresh", Status: succeeds(),
		},
		{ID: "stolen-refused", Chapter: "theft", Kind: trace.Response, From: provider, To: thief, Answers: "stolen-refresh", Status: refusals()},
		{ID: "stolen-mail", Chapter: "theft", Kind: trace.Request, From: thief, To: api, Path: "/messages"},
		{ID: "stolen-mail-response", Chapter: "theft", Kind: trace.Response, From: api, To: thief, Answers: "stolen-mail", Status: succeeds()},
		{ID: "stolen-mail-refused", Chapter: "theft", Kind: trace.Response, From: api, To: thief, Answers: "stolen-mail", Status: refusals()},

		{ID: stage.StepSeeResult, Kind: trace.Gesture, From: browser, To: person},
		{ID: stage.StepSeeRefusal, Kind: trace.Gesture, From: browser, To: person},
		{ID: "refresh", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "refresh_token"},
		{ID: "refresh-again", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "refresh_token", Again: true},
		{ID: "refresh-response", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: succeeds()},
		{ID: "refresh-refused", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: refusals()},
		{ID: "validate-new-id-token", Kind: trace.Note, From: app, To: app},
	}
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), renewal, tokenSteps(), idTokenSteps(),
		apiSteps("mail", http.MethodGet, "/messages"), welcomeSteps())
}

// mistakesRefreshToken are what thieves and careless apps do with refresh tokens.
func mistakesRefreshToken() []Mistake {
	return []Mistake{
		{ID: "reused-refresh-token", Step: "refresh", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		change("unknown-refresh-token", "refresh", "refresh_token"),
		{ID: "access-token-instead", Step: "refresh", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "refresh_token", Value: t.Latest("access_token")}}}
		}},
		// RFC 6749 section 6: the refresh token is bound to the client to which it was issued.
		set("other-client-refresh", "refresh", "client_id", "tv-client"),
		{ID: "idle-refresh-token", Step: "refresh", Edit: wait(2 * time.Hour)},
		set("wider-scope", "narrow", "scope", "openid profile mail.read"),
		set("narrowed-too-far", "narrow", "scope", "openid"),
		{ID: "refresh-token-at-api", Step: "new-mail", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return bearer(t.Latest("refresh_token"))
		}},
	}
}
