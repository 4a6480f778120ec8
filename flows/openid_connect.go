package flows

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// What the ID token says besides who somebody is. OpenID Connect Core 1.0 section
// 5.4 has the claims of a scope come from UserInfo; many providers put them into
// the token as well, and apps rely on it.
const (
	proofThin = "thin"
	proofFull = "full"
)

// openIDConnect is "Log in with …": the same run as the authorization code
// grant, asked with the scope openid, and what the app knows for it.
func openIDConnect() Flow {
	return Flow{
		ID: "openid-connect", Title: "OpenID Connect login", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "OpenID Connect Core 1.0", Section: "3.1"},
			{Doc: "OpenID Connect Core 1.0", Section: "3.1.3.7"},
			{Doc: "OpenID Connect Core 1.0", Section: "5.3"},
		},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "who", "use"},
		Steps:    stepsOpenIDConnect(),
		Mistakes: mistakesOpenIDConnect(),
		Switches: []Switch{{ID: "openid", Values: []string{"with", "without"}}, {ID: "proof", Values: []string{proofThin, proofFull}}},
		Cast:     stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()},
		Recast: func(cast *stage.Cast, chosen map[string]string) {
			if chosen["proof"] == proofFull {
				cast.Client.IDTokenClaims = []string{"name", "email"}
			}
		},
		Play: playOpenIDConnect,
	}
}

// playOpenIDConnect is one run for both values of the switch: what differs
// comes from the scope openid, and from nothing else.
func playOpenIDConnect(s *stage.Stage) error {
	o := stage.WebAppOptions{Scope: "openid profile email " + stage.MailScope, PKCE: true, AsksWho: true, Reads: "/messages"}
	if s.Chosen("openid", "with") == "without" {
		o.Scope, o.AsksWho = stage.MailScope, false
	}
	if s.Chosen("proof", proofThin) == proofFull {
		o.AsksWho, o.FullProof = false, true // all that it wants is in the token
	}
	app := s.WebApp(o)
	page, err := logIn(s, app)
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

func stepsOpenIDConnect() []Step {
	const app, provider = trace.Client, trace.AuthorizationServer
	who := []Step{
		{ID: "userinfo", Chapter: "who", Kind: trace.Request, From: app, To: provider, Path: "/protocol/openid-connect/userinfo"},
		{ID: "userinfo-response", Chapter: "who", Kind: trace.Response, From: provider, To: app, Answers: "userinfo", Status: succeeds()},
		{ID: "userinfo-refused", Chapter: "who", Kind: trace.Response, From: provider, To: app, Answers: "userinfo", Status: refusals()},
		{ID: "compare-subject", Chapter: "who", Kind: trace.Note, From: app, To: app},
	}
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), tokenSteps(), idTokenSteps(), who,
		apiSteps("mail", http.MethodGet, "/messages"), welcomeSteps())
}

// mistakesOpenIDConnect are about who somebody is: proofs that are missing, old,
// of another provider, or taken for a permission.
func mistakesOpenIDConnect() []Mistake {
	return []Mistake{
		set("missing-openid", "authorize", "scope", "profile email "+stage.MailScope),
		remove("missing-nonce", "authorize", "nonce"),
		change("other-nonce", "authorize", "nonce"),
		set("ask-nobody", "authorize", "prompt", "none"),
		change("other-state", "callback", "state"),
		set("other-issuer", "callback", "iss", "https://attacker.example"),
		change("other-verifier", "token", "code_verifier"),
		{ID: "replayed-code", Step: "token", Edit: func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Twice: true} }},
		{ID: "late-check", Step: "jwks", Edit: wait(10 * time.Minute)},
		{
			ID: "id-token-at-userinfo", Step: "userinfo",
			Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit { return bearer(t.Latest("id_token")) },
		},
		{ID: "tampered-token", Step: "userinfo", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) }},
		{ID: "no-token", Step: "userinfo", Edit: withoutToken},
		{ID: "token-in-query", Step: "userinfo", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return stage.Edit{
				Headers: []stage.Change{{Name: "Authorization", Remove: true}},
				URL:     strings.TrimSuffix(m.URL, "?") + "?access_token=" + tokenOf(m),
			}
		}},
		{ID: "id-token-instead", Step: "mail", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit { return bearer(t.Latest("id_token")) }},
		{ID: "expired-token", Step: "mail", Edit: wait(10 * time.Minute)},
	}
}
