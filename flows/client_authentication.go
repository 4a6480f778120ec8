package flows

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// clientAuthentication is the four ways in which an app proves who it is (RFC
// 6749 section 2.3, RFC 7523, RFC 8705): it registers itself (RFC 7591), proves
// itself, and is robbed of all that a log tells. Then it changes the lock (RFC 7592).
func clientAuthentication() Flow {
	return Flow{
		ID: "client-authentication", Title: "Client authentication", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "2.3"},
			{Doc: "RFC 7523", Section: "2.2"},
			{Doc: "RFC 8705", Section: "2"},
			{Doc: "RFC 7591", Section: "3"},
			{Doc: "RFC 7592", Section: "2"},
		},
		Chapters: []string{"register", "ask", "use", "thief", "change"},
		Steps:    stepsClientAuthentication(),
		Mistakes: mistakesClientAuthentication(),
		Switches: []Switch{{ID: "client-auth", Values: append(clientAuth().Values, proofSigned, proofCertificate)}},
		Foreseen: []string{"client-assertion-unused", "client-auth-method", "token-certificate-matches"},
		Cast:     stage.Cast{Client: stage.NewBillingJob(), API: stage.Invoices(), Registers: true},
		Recast:   recastNewMachine,
		Play:     playClientAuthentication,
	}
}

// recastNewMachine lets the machine prove by a certificate, too, who it is (RFC 8705 section 2.2).
func recastNewMachine(cast *stage.Cast, chosen map[string]string) {
	recastMachine(cast, chosen)
	if chosen["client-auth"] == proofCertificate {
		cast.Client.AuthMethod = stage.AuthTLS
	}
}

func playClientAuthentication(s *stage.Stage) error {
	job, err := s.SelfRegistered(stage.ReadInvoices)
	if err != nil {
		return err
	}
	return job.Ends(liveClientAuthentication(s, job))
}

// liveClientAuthentication is the life of the machine; a refusal ends it where it comes.
func liveClientAuthentication(s *stage.Stage, job *stage.SelfRegistered) error {
	token := ""
	for _, act := range []func() error{
		job.MakesKey,
		job.Registers,
		func() (err error) { token, err = job.Token(stage.ReadInvoices); return err },
		func() error { return job.Get("/invoices", token) },
	} {
		if err := act(); err != nil {
			return err
		}
	}
	thief, err := s.LogReader(job)
	if err != nil {
		return err
	}
	for _, act := range []func() error{
		func() error { return thief.Asks(stage.ReadInvoices) },
		func() error { return thief.Reads("/invoices") },
		job.Changes,
	} {
		if err := act(); err != nil {
			return err
		}
	}
	if thief.HasSecret() { // what worked once is tried again
		return thief.Asks(stage.ReadInvoices)
	}
	return nil
}

func stepsClientAuthentication() []Step {
	const job, provider, api, thief = trace.Client, trace.AuthorizationServer, trace.ResourceServer, trace.Attacker
	const register, endpoint = "/clients-registrations/openid-connect", "/protocol/openid-connect/token"
	made := []int{http.StatusCreated}
	return []Step{
		{ID: stage.StepMakesKey, Chapter: "register", Kind: trace.Note, From: job, To: job},
		{ID: "register", Chapter: "register", Kind: trace.Request, From: job, To: provider, Method: http.MethodPost, Path: register},
		{ID: "register-response", Chapter: "register", Kind: trace.Response, From: provider, To: job, Answers: "register", Status: made},
		{ID: "register-refused", Chapter: "register", Kind: trace.Response, From: provider, To: job, Answers: "register", Status: refusals()},

		{ID: stage.StepWritesCredentials, Chapter: "ask", Kind: trace.Note, From: job, To: job},
		{ID: stage.StepSignsAssertion, Chapter: "ask", Kind: trace.Note, From: job, To: job},
		{ID: "token-again", Chapter: "ask", Kind: trace.Request, From: job, To: provider, Path: endpoint, Again: true},
		{ID: "token", Chapter: "ask", Kind: trace.Request, From: job, To: provider, Path: endpoint},
		{ID: "token-response", Chapter: "ask", Kind: trace.Response, From: provider, To: job, Answers: "token", Status: succeeds()},
		{ID: "token-refused", Chapter: "ask", Kind: trace.Response, From: provider, To: job, Answers: "token", Status: refusals()},

		{ID: "read-invoices", Chapter: "use", Kind: trace.Request, From: job, To: api, Path: "/invoices"},
		{ID: "invoices-response", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "read-invoices", Status: succeeds()},
		{ID: "invoices-refused", Chapter: "use", Kind: trace.Response, From: api, To: job, Answers: "read-invoices", Status: refusals()},

		{ID: stage.StepCopyLog, Chapter: "thief", Kind: trace.Note, From: thief, To: thief},
		{ID: "thief-asks", Kind: trace.Request, From: thief, To: provider, Path: endpoint}, // in two chapters
		{ID: "thief-tokens", Kind: trace.Response, From: provider, To: thief, Answers: "thief-asks", Status: succeeds()},
		{ID: "thief-refused", Kind: trace.Response, From: provider, To: thief, Answers: "thief-asks", Status: refusals()},
		{ID: "thief-reads", Chapter: "thief", Kind: trace.Request, From: thief, To: api, Path: "/invoices"},
		{ID: "thief-invoices", Chapter: "thief", Kind: trace.Response, From: api, To: thief, Answers: "thief-reads", Status: succeeds()},
		{ID: "thief-shut-out", Chapter: "thief", Kind: trace.Response, From: api, To: thief, Answers: "thief-reads", Status: refusals()},

		{ID: stage.StepMakesNewKey, Chapter: "change", Kind: trace.Note, From: job, To: job},
		{ID: "change", Chapter: "change", Kind: trace.Request, From: job, To: provider, Method: http.MethodPut},
		{ID: "change-response", Chapter: "change", Kind: trace.Response, From: provider, To: job, Answers: "change", Status: succeeds()},
		{ID: "change-refused", Chapter: "change", Kind: trace.Response, From: provider, To: job, Answers: "change", Status: refusals()},
		{ID: stage.StepJobDone, Kind: trace.Note, From: job, To: job},
		{ID: stage.StepJobFailed, Kind: trace.Note, From: job, To: job},
	}
}
