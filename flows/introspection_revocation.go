package flows

import (
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// How the API finds out whether a token is good, which decides how soon it
// knows that one was taken back.
const (
	checkAsks      = "asks"
	checkRemembers = "remembers" // asks, and goes by the answer for a while
	checkReads     = "reads"     // the token itself, and asks nobody
)

// introspectionRevocation is a permission that is taken back while an app uses
// it (RFC 7009), and an API that asks whether a token is still good (RFC 7662).
func introspectionRevocation() Flow {
	return Flow{
		ID: "introspection-revocation", Title: "Introspection and revocation", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 7662", Section: "2"},
			{Doc: "RFC 7009", Section: "2"},
			{Doc: "RFC 7662", Section: "4"},
		},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "use", "take-back", "after"},
		Steps:    stepsIntrospectionRevocation(),
		Mistakes: mistakesIntrospectionRevocation(),
		Switches: []Switch{{ID: "check", Values: []string{checkAsks, checkRemembers, checkReads}}},
		Foreseen: []string{"token-in-force", "token-active", "token-exp", "refresh-token-not-revoked"},
		Cast:     stage.Cast{Client: travelAppWithOpaqueTokens(), API: stage.Mailbox(), Way: stage.ByAsking},
		Recast:   recastCheck,
		Play:     playIntrospectionRevocation,
	}
}

func travelAppWithOpaqueTokens() stage.Registration {
	app := stage.TravelAppThatStays()
	app.OpaqueTokens = true
	return app
}

func recastCheck(cast *stage.Cast, chosen map[string]string) {
	switch chosen["check"] {
	case checkRemembers:
		cast.Remembers = 2 * time.Minute
	case checkReads:
		cast.Client.OpaqueTokens, cast.Way = false, stage.ByKeys
	}
}

func playIntrospectionRevocation(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{
		Scope: "openid " + stage.MailScope, PKCE: true, Reads: "/messages", Stays: true, GivesBack: true,
	})
	page, err := logIn(s, app)
	if err != nil {
		return err
	}
	if helper := app.Helper(); page.OK() && helper != nil {
		if page, err = takesBack(s, page, helper); err != nil {
			return err
		}
	}
	return s.User.Reads(page)
}

// takesBack is the person pressing the button while a helper of the app holds
// copies. An API that has not heard of it answers for a while.
func takesBack(s *stage.Stage, page *stage.Page, helper *stage.Helper) (*stage.Page, error) {
	page, err := s.User.Disconnect(page)
	if err != nil || !page.OK() {
		return page, err
	}
	answered, err := helper.Looks(s.Context())
	if late := lateBy(s); err == nil && answered && late > 0 {
		if err = helper.Waits(s, stage.StepTimePasses, late); err == nil {
			_, err = helper.Looks(s.Context())
		}
	}
	return page, err
}

// lateBy is after how long an API that does not ask each time has noticed, too.
func lateBy(s *stage.Stage) time.Duration {
	switch s.Chosen("check", checkAsks) {
	case checkRemembers:
		return 3 * time.Minute
	case checkReads:
		return 10 * time.Minute
	}
	return 0
}

func stepsIntrospectionRevocation() []Step {
	const person, browser, app = trace.ResourceOwner, trace.UserAgent, trace.Client
	const provider, api = trace.AuthorizationServer, trace.ResourceServer
	const endpoint = "/protocol/openid-connect/token"
	return slices.Concat([]Step{
		{ID: "introspect", Kind: trace.Request, From: api, To: provider, Path: endpoint + "/introspect"},
		{ID: "introspect-active", Kind: trace.Response, From: provider, To: api, Answers: "introspect", Member: "active=true"},
		{ID: "introspect-inactive", Kind: trace.Response, From: provider, To: api, Answers: "introspect", Member: "active=false"},
		{ID: "introspect-refused", Kind: trace.Response, From: provider, To: api, Answers: "introspect", Status: refusals()},

		{ID: stage.StepClickDisconnect, Chapter: "take-back", Kind: trace.Gesture, From: person, To: browser},
		{ID: "disconnect", Chapter: "take-back", Kind: trace.Request, From: browser, To: app, Method: http.MethodPost, Path: "/disconnect"},
		{ID: "revoke", Chapter: "take-back", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/revoke"},
		{ID: "revoke-response", Chapter: "take-back", Kind: trace.Response, From: provider, To: app, Answers: "revoke", Status: succeeds()},
		{ID: "revoke-refused", Chapter: "take-back", Kind: trace.Response, From: provider, To: app, Answers: "revoke", Status: refusals()},
		{
			ID: "disconnected-page", Chapter: "take-back", Kind: trace.Response, From: app, To: browser, Answers: "disconnect",
			Status: succeeds(),
		},
		{
			ID: "still-connected-page", Chapter: "take-back", Kind: trace.Response, From: app, To: browser, Answers: "disconnect",
			Status: refusals(),
		},

		{ID: "new-mail", Chapter: "after", Kind: trace.Request, From: app, To: api, Path: "/messages", Param: "folder=new"},
		{ID: "new-mail-response", Chapter: "after", Kind: trace.Response, From: api, To: app, Answers: "new-mail", Status: succeeds()},
		{ID: "new-mail-refused", Chapter: "after", Kind: trace.Response, From: api, To: app, Answers: "new-mail", Status: refusals()},
		{ID: stage.StepTimePasses, Chapter: "after", Kind: trace.Note, From: app, To: app},
		{ID: "refresh", Chapter: "after", Kind: trace.Request, From: app, To: provider, Path: endpoint, Form: "refresh_token"},
		{ID: "refresh-response", Chapter: "after", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: succeeds()},
		{ID: "refresh-refused", Chapter: "after", Kind: trace.Response, From: provider, To: app, Answers: "refresh", Status: refusals()},
		{ID: "validate-new-id-token", Chapter: "after", Kind: trace.Note, From: app, To: app},
		{ID: stage.StepSeeResult, Kind: trace.Gesture, From: browser, To: person},
		{ID: stage.StepSeeRefusal, Kind: trace.Gesture, From: browser, To: person},
	}, askSteps(), signInSteps(), codeSteps(), onceTokenSteps(), idTokenSteps(), apiSteps("mail", http.MethodGet, "/messages"), welcomeSteps())
}

// onceTokenSteps are [tokenSteps] without a second sending, which no mistake of the flow makes.
func onceTokenSteps() []Step {
	return slices.DeleteFunc(tokenSteps(), func(s Step) bool { return s.Again })
}

// mistakesIntrospectionRevocation are what apps and APIs get wrong when a
// permission is taken back, and what strangers try at the two endpoints.
func mistakesIntrospectionRevocation() []Mistake {
	return []Mistake{
		{ID: "tampered-token", Step: "mail", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) }},
		{ID: "refresh-token-at-api", Step: "mail", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return bearer(t.Latest("refresh_token"))
		}},
		{ID: "asks-unnamed", Step: "introspect", Edit: withoutToken},
		{ID: "another-api-asks", Step: "introspect", Edit: asAnotherService},
		{ID: "only-access-token", Step: "revoke", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{
				{Name: "token", Value: t.Latest("access_token")}, {Name: "token_type_hint", Value: "access_token"},
			}}
		}},
		change("unknown-token", "revoke", "token"),
		// RFC 7009 section 2.1: the server checks that the token was issued to the client.
		set("other-client-revokes", "revoke", "client_id", "tv-client"),
		{ID: "id-token-revoked", Step: "revoke", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return stage.Edit{Params: []stage.Change{{Name: "token", Value: t.Latest("id_token")}}}
		}},
		{ID: "token-in-address", Step: "revoke", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return stage.Edit{
				URL:    m.URL + "?" + trace.EncodePairs([]trace.Field{{Name: "token", Value: param(m, "token")}}),
				Params: []stage.Change{{Name: "token", Remove: true}},
			}
		}},
	}
}

// asAnotherService asks under the name of a service that the token is not for.
func asAnotherService(*trace.Message, *trace.Trace) stage.Edit {
	other := stage.BillingJob()
	return basic(other.ID, other.Secret)
}
