package flows_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func provesBy(how string) stage.Choices {
	return stage.Choices{Switches: map[string]string{"client-auth": how}}
}

func clientAuthenticationStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy": {}, "body": provesBy("body"), "signed": provesBy("signed"), "certificate": provesBy("certificate"),
		},
		refused: map[string]refusal{
			"no-introduction":           {trace.AuthorizationServer, "initial-access-token-sent"},
			"unknown-method":            {trace.AuthorizationServer, "metadata-valid"},
			"more-grants":               {trace.AuthorizationServer, "grant-types-open"},
			"private-key-sent":          {trace.AuthorizationServer, "metadata-valid"},
			"wrong-secret":              {trace.AuthorizationServer, "client-secret-matches"},
			"no-secret":                 {trace.AuthorizationServer, "client-auth-method"},
			"raw-secret":                {trace.AuthorizationServer, "authorization-header-basic"},
			"two-proofs":                {trace.AuthorizationServer, "client-authenticates-once"},
			"other-way":                 {trace.AuthorizationServer, "client-auth-method"},
			"secret-in-address":         {trace.AuthorizationServer, "parameters-in-body"},
			"other-audience":            {trace.AuthorizationServer, "client-assertion-audience"},
			"late-assertion":            {trace.AuthorizationServer, "client-assertion-expiry"},
			"replayed-assertion":        {trace.AuthorizationServer, "client-assertion-unused"},
			"endless-assertion":         {trace.AuthorizationServer, "client-assertion-expiry"},
			"another-key":               {trace.AuthorizationServer, "client-assertion-signature"},
			"alg-none":                  {trace.AuthorizationServer, "client-assertion-alg"},
			"no-certificate":            {trace.AuthorizationServer, "client-auth-method"},
			"strangers-certificate":     {trace.AuthorizationServer, "client-certificate-registered"},
			"token-without-certificate": {trace.ResourceServer, "token-certificate-matches"},
			"changed-by-a-stranger":     {trace.AuthorizationServer, "registration-access-token-matches"},
		},
	}
}

func TestWhatALogTellsIsWorthMoreOrLessByTheProof(t *testing.T) {
	f, ok := flows.Find("client-authentication")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	for how, want := range map[string]struct{ token, invoices bool }{
		"basic": {true, true}, "body": {true, true}, "signed": {false, true}, "certificate": {false, false},
	} {
		tr := play(t, f, provesBy(how))
		got := map[string]bool{}
		for _, m := range tr.Messages {
			got[m.Step] = true
		}
		if got["thief-tokens"] != want.token || got["thief-invoices"] != want.invoices || !got["thief-refused"] {
			t.Errorf("%s: the thief got a token %t, invoices %t, and was refused %t; want %+v, and refused at last",
				how, got["thief-tokens"], got["thief-invoices"], got["thief-refused"], want)
		}
		if tr.Outcome.State != trace.Completed {
			t.Errorf("%s: the run ended as %+v", how, tr.Outcome)
		}
	}
}

func TestTheSameHandshakeTakesPlaceOverSockets(t *testing.T) {
	f, _ := flows.Find("client-authentication")
	w := startFlow(t, f, flows.Options{
		Provider: provider(t), Classroom: true, Transport: stage.Loopback, Ports: anyPorts(), Choices: provesBy("certificate"),
	})
	tr := finish(t, w)
	if tr.Outcome.State != trace.Completed {
		t.Fatalf("the run ended as %+v", tr.Outcome)
	}
	for _, m := range tr.Messages {
		if own := m.From == trace.Client && m.Kind == trace.Request; own != (m.Certificate != "") {
			t.Errorf("%s came with the certificate %q", m.Step, m.Certificate)
		}
	}
}
