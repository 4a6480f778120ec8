package flows

import (
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// clientCredentials is the grant of an app that acts for itself (RFC 6749
// section 4.4): no person, no browser, no ID token, no refresh token.
func clientCredentials() Flow {
	return Flow{
		ID: "client-credentials", Title: "Client credentials", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "4.4"},
			{Doc: "RFC 9700", Section: "2.5"},
			{Doc: "RFC 9068", Section: "2.2"},
		},
		Chapters: []string{"ask", "use"},
		Steps:    stepsClientCredentials(),
		Mistakes: mistakesClientCredentials(),
		Switches: []Switch{{ID: "client-auth", Values: append(clientAuth().Values, proofSigned)}},
		Cast:     stage.Cast{Client: stage.BillingJob(), API: stage.Invoices()},
		Recast:   recastMachine,
		Play:     playClientCredentials,
	}
}

func playClientCredentials(s *stage.Stage) error {
	job := s.Job()
	if err := job.Starts(); err != nil {
		return err
	}
	token, err := job.Token(stage.ReadInvoices + " " + stage.WriteInvoices)
	if err == nil {
		err = job.Get("/invoices", token)
	}
	if err == nil {
		err = job.Post("/invoices", token, map[string]any{"customer": "Blue Air", "euros": 640})
	}
	return job.Ends(err)
}

// recastMachine lets the machine prove who it is without a secret as well (RFC 9700 section 2.5).
func recastMachine(cast *stage.Cast, chosen map[string]string) {
	recastClientAuth(cast, chosen)
	if chosen["client-auth"] == proofSigned {
		cast.Client.Secret, cast.Client.AuthMethod = "", stage.AuthKey
	}
}

func stepsClientCredentials() []Step {
	const job, provider, api = trace.Client, trace.AuthorizationServer, trace.ResourceServer
	ok := []int{http.StatusOK}
	return []Step{
		{ID: stage.StepJobStarts, Chapter: "ask", Kind: trace.Note, From: job, To: job},
		{ID: stage.StepSignsAssertion, Chapter: "ask", Kind: trace.Note, From: job, To: job},
		{ID: "token", Chapter: "ask", Kind: trace.Request, From: job, To: provider, Path: "/protocol/openid-connect/token"},
		{ID: "token-response", Chapter: "ask", Kind: trace.Response, From: provider, To: job, Answers: "token", Status: ok},
		{ID: "token-refused", Chapter: "ask", Kind: trace.Response, From: provider, To: job, Answers: "token", Status: refusals()},

		{ID: "read-invoices", Chapter: "use", Kind: trace.Request, From: job, To: api, Method: http.MethodGet, Path: "/invoices"},
		{ID: "invoices-response", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "read-invoices", Status: ok},
		{ID: "invoices-refused", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "read-invoices", Status: refusals()},
		{ID: "write-invoice", Chapter: "use", Kind: trace.Request, From: job, To: api, Method: http.MethodPost, Path: "/invoices"},
		{ID: "invoice-response", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "write-invoice", Status: ok},
		{ID: "invoice-refused", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "write-invoice", Status: refusals()},
		{ID: stage.StepJobDone, Chapter: "use", Kind: trace.Note, From: job, To: job},
		{ID: stage.StepJobFailed, Chapter: "use", Kind: trace.Note, From: job, To: job},
	}
}

// mistakesClientCredentials are what machines get wrong, and what is tried with their secrets.
func mistakesClientCredentials() []Mistake {
	return []Mistake{
		{ID: "wrong-secret", Step: "token", Edit: otherSecret},
		{ID: "no-secret", Step: "token", Edit: noSecret},
		{ID: "secret-in-address", Step: "token", Edit: secretInAddress},
		{ID: "app-without-secret", Step: "token", Edit: asPublicClient("mobile-pkce-client")},
		{ID: "persons-password", Step: "token", Edit: asPerson("dana")},
		set("foreign-scope", "token", "scope", "read:invoices mail.read"),
		set("person-scope", "token", "scope", "openid read:invoices"),
		remove("no-scope", "token", "scope"), // nobody refuses that, which is the lesson
		set("read-only-token", "token", "scope", "read:invoices"),
		{ID: "no-token", Step: "read-invoices", Edit: withoutToken},
		{
			ID: "tampered-token", Step: "read-invoices",
			Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) },
		},
		{ID: "expired-token", Step: "write-invoice", Edit: wait(10 * time.Minute)},
	}
}

// secretInAddress sends the client secret where it must never stand (RFC 6749 section 2.3.1).
func secretInAddress(m *trace.Message, _ *trace.Trace) stage.Edit {
	if signed := param(m, assertion); signed != "" {
		return stage.Edit{
			URL:    m.URL + "?" + trace.EncodePairs([]trace.Field{{Name: assertion, Value: signed}}),
			Params: []stage.Change{{Name: assertion, Remove: true}},
		}
	}
	id, secret, ok := basicOf(m)
	if !ok {
		id, secret = param(m, "client_id"), param(m, "client_secret")
	}
	return stage.Edit{
		URL:     m.URL + "?" + trace.EncodePairs([]trace.Field{{Name: "client_id", Value: id}, {Name: "client_secret", Value: secret}}),
		Headers: []stage.Change{{Name: "Authorization", Remove: true}},
		Params:  []stage.Change{{Name: "client_id", Remove: true}, {Name: "client_secret", Remove: true}},
	}
}

// asPublicClient asks under the name of an app that has no secret to prove.
func asPublicClient(id string) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(*trace.Message, *trace.Trace) stage.Edit {
		return stage.Edit{
			Headers: []stage.Change{{Name: "Authorization", Remove: true}},
			Params: []stage.Change{
				{
					Name: "client_id", Value: id,
				}, {Name: "client_secret", Remove: true}, {
					Name:   assertion,
					Remove: true,
				}, {Name: assertion + "_type", Remove: true},
			},
		}
	}
}

// asPerson has the machine sign in with the name and password of somebody.
func asPerson(username string) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(*trace.Message, *trace.Trace) stage.Edit {
		return stage.Edit{Params: []stage.Change{
			{Name: "grant_type", Value: "password"}, {Name: "username", Value: username}, {Name: "password", Value: username},
		}}
	}
}
