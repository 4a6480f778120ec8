package flows_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func clientCredentialsStory() story {
	nothing := "{}"
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"secret-in-body": {Switches: map[string]string{"client-auth": "body"}},
			"signed":         {Switches: map[string]string{"client-auth": "signed"}},
		},
		more: map[string]stage.Choices{
			"nobody is asked": {Person: "sam", Deny: true},
			"no invoice":      {Edits: []stage.Edit{{Step: "write-invoice", Body: &nothing}}},
			"another method":  {Edits: []stage.Edit{{Step: "read-invoices", Method: "DELETE"}}},
		},
		refused: map[string]refusal{
			"wrong-secret":       {trace.AuthorizationServer, "client-secret-matches"},
			"no-secret":          {trace.AuthorizationServer, "client-auth-method"},
			"secret-in-address":  {trace.AuthorizationServer, "parameters-in-body"},
			"app-without-secret": {trace.AuthorizationServer, "grant-type-allowed"},
			"persons-password":   {trace.AuthorizationServer, "grant-type-allowed"},
			"foreign-scope":      {trace.AuthorizationServer, "scope-allowed"},
			"person-scope":       {trace.AuthorizationServer, "scope-allowed"},
			"no-scope":           {},
			"read-only-token":    {trace.ResourceServer, "token-scope"},
			"no-token":           {trace.ResourceServer, "bearer-present"},
			"tampered-token":     {trace.ResourceServer, "token-signature"},
			"expired-token":      {trace.ResourceServer, "token-exp"},
		},
	}
}

func clientCredentials(t *testing.T, c stage.Choices) *trace.Trace {
	t.Helper()
	f, ok := flows.Find("client-credentials")
	if !ok {
		t.Fatal("the flow is not listed")
	}
	return play(t, f, c)
}

func TestAMachineNeedsNoPersonAndNoBrowser(t *testing.T) {
	for _, c := range []stage.Choices{{}, {Person: "dana"}, {Deny: true}} {
		tr := clientCredentials(t, c)
		absent := []trace.Role{trace.ResourceOwner, trace.UserAgent}
		for _, m := range tr.Messages {
			if slices.Contains(absent, m.From) || slices.Contains(absent, m.To) {
				t.Errorf("%s to %s in %s", m.From, m.To, m.Step)
			}
		}
		answer := tr.Messages[indexOf(t, tr, "token-response")].Body
		for _, absent := range []string{"id_token", "refresh_token"} {
			if got := trace.JSONMember(answer, absent); got != "" {
				t.Errorf("a machine got %s %s", absent, got)
			}
		}
	}
}

// TestMistakesWithASecretAreMadeWithASignatureToo keeps a mistake a mistake
// however the machine proves who it is.
func TestMistakesWithASecretAreMadeWithASignatureToo(t *testing.T) {
	f, _ := flows.Find("client-credentials")
	for id, rule := range map[string]string{
		"wrong-secret": "client-assertion-signature", "no-secret": "client-auth-method", "secret-in-address": "parameters-in-body",
		"app-without-secret": "grant-type-allowed", "persons-password": "grant-type-allowed",
	} {
		m, _ := f.Mistake(id)
		signed := stage.Choices{Switches: map[string]string{"client-auth": "signed"}}
		w := startFlow(t, f, flows.Options{Provider: provider(t), Classroom: true, Choices: signed})
		i := indexOf(t, w.Plan(), m.Step)
		if err := w.Edit(t.Context(), i, m.Make(&w.Plan().Messages[i], w.Plan().Upto(i))); err != nil {
			t.Fatal(err)
		}
		if o := finish(t, w).Outcome; o.State != trace.Refused || o.Rule != rule {
			t.Errorf("%s: %+v, want %s", id, o, rule)
		}
	}
}

func TestTheTokenOfAMachineSpeaksOfTheMachine(t *testing.T) {
	tr := clientCredentials(t, stage.Choices{})
	jwt, err := trace.DecodeJWT(tr.Latest("access_token"))
	if err != nil {
		t.Fatal(err)
	}
	if sub, client := jwt.Claim("sub"), jwt.Claim("client_id"); sub != client || jwt.Claim("auth_time") != "" { // RFC 9068 section 2.2
		t.Errorf("sub %q, client_id %q, auth_time %q", sub, client, jwt.Claim("auth_time"))
	}
}

func TestTheInvoiceThatIsWrittenIsTheOneThatWasSent(t *testing.T) {
	sent := `{"customer":"North Rail","euros":12}`
	edit := stage.Edit{Step: "write-invoice", Body: &sent, Twice: true}
	tr := clientCredentials(t, stage.Choices{Edits: []stage.Edit{edit}})
	var ids []string
	for _, m := range tr.Messages {
		if m.Kind == trace.Response && trace.JSONMember(m.Body, "customer") != "" {
			ids = append(ids, trace.JSONMember(m.Body, "id")+" "+trace.JSONMember(m.Body, "customer"))
		}
	}
	if len(ids) != 2 || ids[0] != "inv-3004 North Rail" || ids[1] != "inv-3005 Blue Air" { // the second sending is as it was planned
		t.Errorf("written: %q", ids)
	}
}

func TestTheAPIBooksInvoicesOnly(t *testing.T) {
	for _, sent := range []string{
		"", "null", "[]", "{}", "euros=1",
		`{"customer":"","euros":1}`, `{"customer":"A","euros":0}`, `{"customer":"A","euros":-1}`, `{"customer":"A","euros":1.5}`,
		`{"customer":"A","euros":1,"state":"paid"}`, `{"customer":"A","euros":1}{}`, `{"customer":"A","euros":1`,
	} {
		tr := clientCredentials(t, stage.Choices{Edits: []stage.Edit{{Step: "write-invoice", Body: &sent}}})
		if o := tr.Outcome; o.State != trace.Refused || o.Rule != "invoice-whole" {
			t.Errorf("%q: %+v", sent, o)
		}
	}
}
