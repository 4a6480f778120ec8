package flows_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func authorizationCodePKCEStory() story {
	runs := func(where string) map[string]string { return map[string]string{"runs": where} }
	return story{
		runs: map[string]stage.Choices{
			"page":          {Switches: runs("page")},
			"phone":         {Switches: runs("phone")},
			"phone-denied":  {Switches: runs("phone"), Deny: true},
			"thief":         {Switches: runs("thief")},
			"thief-no-pkce": {Switches: runs("thief-no-pkce")},
			// The stolen access token dies like any other.
			"thief-slow":     {Switches: runs("thief-no-pkce"), Jumps: []stage.Jump{{Step: "stolen-mail", By: 6 * time.Minute}}},
			"happy":          {},
			"sam":            {Person: "sam"},
			"denied":         {Deny: true},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
			"unknown-person": {Typed: &stage.Typed{Username: "mallory", Password: "secret"}},
		},
		more: map[string]stage.Choices{
			"keys withheld":  {Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}},
			"without mail":   {Withhold: []string{"mail.read"}},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
			"off the road":   {Edits: []stage.Edit{{Step: "token", URL: "/nowhere"}}},
			"thief too late": {Switches: runs("thief-no-pkce"), Jumps: []stage.Jump{{Step: "stolen-code", By: 61 * time.Second}}},
			"page denied":    {Switches: runs("page"), Deny: true},
			"page replayed":  {Switches: runs("page"), Edits: []stage.Edit{{Step: "token", Twice: true}}},
			"page no keys":   {Switches: runs("page"), Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}},
			"page no token": {
				Switches: runs("page"),
				Edits:    []stage.Edit{{Step: "mail", Headers: []stage.Change{{Name: "Authorization", Remove: true}}}},
			},
			"phone no mail":  {Switches: runs("phone"), Withhold: []string{"mail.read"}},
			"phone mistaken": {Switches: runs("phone"), Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		},
		refused: map[string]refusal{
			"other-redirect-uri":       {trace.AuthorizationServer, "redirect-uri-registered"},
			"unknown-client":           {trace.AuthorizationServer, "client-known"},
			"missing-challenge":        {trace.AuthorizationServer, "code-challenge-present"},
			"plain-challenge":          {trace.AuthorizationServer, "code-challenge-method"},
			"missing-state":            {trace.Client, "state-matches"},
			"other-nonce":              {trace.Client, "id-token-nonce"},
			"other-response-type":      {trace.AuthorizationServer, "response-type-allowed"},
			"unknown-scope":            {trace.AuthorizationServer, "scope-allowed"},
			"forged-form":              {trace.AuthorizationServer, "form-genuine"},
			"other-state":              {trace.Client, "state-matches"},
			"other-issuer":             {trace.Client, "iss-matches"},
			"unknown-code":             {trace.AuthorizationServer, "code-known"},
			"other-verifier":           {trace.AuthorizationServer, "code-verifier-matches"},
			"missing-verifier":         {trace.AuthorizationServer, "code-verifier-present"},
			"token-other-redirect-uri": {trace.AuthorizationServer, "redirect-uri-same"},
			"replayed-code":            {trace.AuthorizationServer, "code-unused"},
			"other-client":             {trace.AuthorizationServer, "code-issued-to-client"},
			"late-code":                {trace.AuthorizationServer, "code-fresh"},
			"no-token":                 {trace.ResourceServer, "bearer-present"},
			"tampered-token":           {trace.ResourceServer, "token-signature"},
			"id-token-instead":         {trace.ResourceServer, "token-typ"},
			"token-in-query":           {trace.ResourceServer, "token-not-in-query"},
			"expired-token":            {trace.ResourceServer, "token-exp"},
		},
	}
}

// TestARunWithoutPKCEShowsNoSealAndNoStamp keeps words of the usual run out of
// the one in which nothing ties the code to the app.
func TestARunWithoutPKCEShowsNoSealAndNoStamp(t *testing.T) {
	f, _ := flows.Find("authorization-code-pkce")
	choices := stage.Choices{Switches: map[string]string{"runs": "thief-no-pkce"}}
	n := tutorials.Narrator{Words: wordstest.English(t), Flow: f.ID, Voice: tutorials.Everyone, Switches: choices.Switches}
	held := regexp.MustCompile(`(seal|stamp|envelope|fingerprint)`)
	denied := regexp.MustCompile(`(no seal|without a seal|without a stamp|no stamp)`)
	for _, lens := range []string{tutorials.ProtocolLens, "hotel", "office"} {
		n.Lens = lens
		tr := play(t, f, choices)
		for i := range tr.Messages {
			s := n.Step(tr.Messages[i].Step)
			for _, said := range []string{s.Label, s.Title, s.Likeness, s.Happened, s.Why, s.Risk} {
				if tr.Messages[i].Failed() {
					said = s.Label + s.Title // the rest is the refusal
				}
				if found := held.FindString(denied.ReplaceAllString(said, "")); found != "" {
					t.Errorf("%s, %s: %q: %s", lens, tr.Messages[i].Step, found, said)
				}
			}
		}
	}
}
