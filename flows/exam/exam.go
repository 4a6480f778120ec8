// Package exam puts a client through wrong answers, one login each, and finds
// out what it noticed and what it swallowed.
//
// Make a [Sitting] over a provider that tells on a tape what crosses and makes
// trouble on order. Each login that the client starts is then given the next
// question; [Sitting.Next] says which. The first login and the last are
// ordinary ones: a client that cannot log in at all notices nothing. Read on
// with [Sitting.Read] and ask for the [Report] at any time.
//
// What the client did is judged by the exchanges alone: whether it sent the code
// on, and what it did with the tokens. Where they don't tell, somebody who sees
// the app can say it with [Sitting.Saw], as [drive] does; else the answer is
// that nobody knows. The package has no words for people and opens no port.
package exam

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Question is one thing that is wrong in one login.
type Question struct {
	ID     string
	Spec   trace.Spec // what a client that notices goes by
	Must   bool       // the standard demands it; else it advises it
	Stage  Stage
	Needs  Need
	Spills bool // to send the code on is the harm itself, whatever the app does afterwards
	Trouble
}

// Trouble is what the provider is to do wrong, in the terms of its trouble on order.
type Trouble struct {
	Kind, Token, Endpoint, Error string
	Earlier                      string // "code" or "id_token": what of the first login is put in the place of the right one
}

// Stage is where the client meets what is wrong.
type Stage string

// The stages.
const (
	AtAnswer   Stage = "answer"   // in the authorization response: it must not send the code on
	AtCode     Stage = "code"     // the code is no good: it must live with the refusal
	AtTokens   Stage = "tokens"   // in the token response
	AtUserInfo Stage = "userinfo" // in what UserInfo says
)

// Need is what a client must do for a question to make sense.
type Need string

// The needs.
const (
	NeedsNothing  Need = ""
	NeedsState    Need = "state"
	NeedsNonce    Need = "nonce"
	NeedsIDToken  Need = "id-token"
	NeedsUserInfo Need = "userinfo"
)

// Questions are those of the exam, in their order.
func Questions() []Question {
	return slices.Concat(claimQuestions(), signatureQuestions(), responseQuestions(), answerQuestions())
}

func core(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Core 1.0", Section: section}
}

func rfc(number, section string) trace.Spec {
	return trace.Spec{Doc: "RFC " + number, Section: section}
}

const idToken = "id_token"

// claimQuestions are about what an ID token says.
func claimQuestions() []Question {
	must := func(id string, need Need, spec trace.Spec, kind string) Question {
		return Question{ID: id, Spec: spec, Must: true, Stage: AtTokens, Needs: need, Trouble: Trouble{Kind: kind, Token: idToken}}
	}
	return []Question{
		must("issuer", NeedsIDToken, core("3.1.3.7"), "wrong-issuer"),
		must("audience", NeedsIDToken, core("3.1.3.7"), "wrong-audience"),
		must("further-audience", NeedsIDToken, core("3.1.3.7"), "further-audience"),
		must("expired", NeedsIDToken, core("3.1.3.7"), "expired-token"),
		must("not-yet-valid", NeedsIDToken, rfc("7519", "4.1.5"), "future-token"),
		must("nonce", NeedsNonce, core("3.1.3.7"), "wrong-nonce"),
		must("nonce-missing", NeedsNonce, core("3.1.3.7"), "no-nonce"),
		{
			ID: "replayed-id-token", Spec: core("3.1.3.7"), Must: true, Stage: AtTokens, Needs: NeedsNonce,
			Trouble: Trouble{Kind: "replayed-id-token", Earlier: idToken},
		},
	}
}

// signatureQuestions are about who signed an ID token. In a token response over
// TLS a client may go by that instead of the signature (OpenID Connect Core
// section 3.1.3.7), so most of them are advice.
func signatureQuestions() []Question {
	of := func(id string, must bool, spec trace.Spec, kind string) Question {
		return Question{ID: id, Spec: spec, Must: must, Stage: AtTokens, Needs: NeedsIDToken, Trouble: Trouble{Kind: kind, Token: idToken}}
	}
	return []Question{
		of("signature", false, core("3.1.3.7"), "foreign-key"),
		of("algorithm-none", true, rfc("8725", "3.2"), "unsigned-token"),
		of("algorithm-hmac", true, rfc("8725", "3.1"), "hmac-token"),
		of("unknown-key", false, core("3.1.3.7"), "unknown-kid"),
		of("own-key", false, rfc("8725", "3.8"), "own-key"),
		of("access-token-hash", false, core("3.1.3.8"), "wrong-at-hash"),
	}
}

// responseQuestions are about what else the endpoints answer.
func responseQuestions() []Question {
	return []Question{
		{ID: "id-token-missing", Spec: core("3.1.3.3"), Must: true, Stage: AtTokens, Needs: NeedsIDToken, Trouble: Trouble{Kind: "no-id-token"}},
		{ID: "token-type", Spec: rfc("6749", "7.1"), Must: true, Stage: AtTokens, Trouble: Trouble{Kind: "unknown-token-type"}},
		{ID: "access-token-swapped", Spec: core("3.1.3.8"), Stage: AtTokens, Needs: NeedsIDToken, Trouble: Trouble{Kind: "other-access-token"}},
		{
			ID: "userinfo-subject", Spec: core("5.3.2"), Must: true, Stage: AtUserInfo, Needs: NeedsUserInfo,
			Trouble: Trouble{Kind: "other-userinfo"},
		},
		{
			ID: "token-refused", Spec: rfc("6749", "5.2"), Must: true, Stage: AtCode,
			Trouble: Trouble{Kind: "error", Endpoint: "token", Error: "invalid_grant"},
		},
	}
}

// answerQuestions are about the authorization response.
func answerQuestions() []Question {
	return []Question{
		{ID: "state", Spec: rfc("6749", "10.12"), Must: true, Stage: AtAnswer, Needs: NeedsState, Trouble: Trouble{Kind: "wrong-state"}},
		{ID: "state-missing", Spec: rfc("6749", "10.12"), Must: true, Stage: AtAnswer, Needs: NeedsState, Trouble: Trouble{Kind: "no-state"}},
		{ID: "mix-up", Spec: rfc("9207", "2.4"), Stage: AtAnswer, Spills: true, Trouble: Trouble{Kind: "wrong-response-iss"}},
		{ID: "answer-issuer-missing", Spec: rfc("9207", "2.4"), Stage: AtAnswer, Spills: true, Trouble: Trouble{Kind: "no-response-iss"}},
		{
			ID: "replayed-code", Spec: rfc("6749", "10.5"), Must: true, Stage: AtCode,
			Trouble: Trouble{Kind: "replayed-code", Earlier: "code"},
		},
		{ID: "injected-code", Spec: rfc("9700", "4.5"), Must: true, Stage: AtCode, Trouble: Trouble{Kind: "injected-code"}},
		{
			ID: "refused", Spec: rfc("6749", "4.1.2.1"), Must: true, Stage: AtCode,
			Trouble: Trouble{Kind: "error", Endpoint: "authorization", Error: "access_denied"},
		},
	}
}
