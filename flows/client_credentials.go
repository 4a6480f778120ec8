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
		Switches: []Switch{clientAuth()},
		Cast:     stage.Cast{Client: stage.BillingJob(), API: stage.Invoices()},
		Recast:   recastClientAuth,
		Play:     playClientCredentials,
	}
}

func playClientCredentials(s *stage.Stage) error {
	job := s.Job()
	if err := job.Starts("nightly billing"); err != nil {
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

func stepsClientCredentials() []Step {
	const job, provider, api = trace.Client, trace.AuthorizationServer, trace.ResourceServer
	ok := []int{http.StatusOK}
	return []Step{
		{ID: stage.StepJobStarts, Chapter: "ask", Kind: trace.Note, From: job, To: job},
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
		set("foreign-scope", "token", "scope", "read:invoices mail.read"),
		set("person-scope", "token", "scope", "openid read:invoices"),
		set("other-grant", "token", "grant_type", "authorization_code"),
		set("read-only-token", "token", "scope", "read:invoices"),
		{ID: "tampered-token", Step: "read-invoices", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) }},
		{ID: "no-token", Step: "read-invoices", Edit: withoutToken},
		{ID: "expired-token", Step: "write-invoice", Edit: wait(10 * time.Minute)},
	}
}
