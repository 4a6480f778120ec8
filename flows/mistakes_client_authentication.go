package flows

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// mistakesClientAuthentication are what apps get wrong when they prove who they
// are, and what is tried in their name.
func mistakesClientAuthentication() []Mistake {
	signed := map[string]string{"client-auth": proofSigned}
	basic := map[string]string{"client-auth": proofBasic}
	shown := map[string]string{"client-auth": proofCertificate}
	return []Mistake{
		{ID: "no-introduction", Step: "register", Edit: withoutToken},
		{ID: "unknown-method", Step: "register", Edit: says("token_endpoint_auth_method", `"client_password"`)},
		{ID: "more-grants", Step: "register", Edit: says("grant_types", `["client_credentials","password"]`)},
		{ID: "private-key-sent", Step: "register", With: signed, Edit: sendsPrivateKey},
		{ID: "wrong-secret", Step: "token", With: basic, Edit: otherSecret},
		{ID: "no-secret", Step: "token", With: basic, Edit: noSecret},
		{ID: "raw-secret", Step: "token", With: basic, Edit: rawSecret},
		{ID: "two-proofs", Step: "token", With: basic, Edit: secretTwice},
		{ID: "other-way", Step: "token", With: basic, Edit: inTheBody},
		{ID: "secret-in-address", Step: "token", With: basic, Edit: secretInAddress},
		{ID: "other-audience", Step: "token", With: signed, Edit: resigned(func(c map[string]any) { c["aud"] = "https://other-idp.example" })},
		{ID: "late-assertion", Step: "token", With: signed, Edit: wait(2 * time.Minute)},
		{ID: "replayed-assertion", Step: "token", With: signed, Edit: func(*trace.Message, *trace.Trace) stage.Edit {
			return stage.Edit{Twice: true}
		}},
		{ID: "endless-assertion", Step: "token", With: signed, Edit: resigned(func(c map[string]any) { delete(c, "exp") })},
		{ID: "another-key", Step: "token", With: signed, Edit: anotherKey},
		{ID: "alg-none", Step: "token", With: signed, Edit: unsigned},
		{ID: "no-certificate", Step: "token", With: shown, Edit: presents(stage.NoCertificate)},
		{ID: "strangers-certificate", Step: "token", With: shown, Edit: presents(stage.StrangerCertificate)},
		{ID: "token-without-certificate", Step: "read-invoices", With: shown, Edit: presents(stage.NoCertificate)},
		{ID: "changed-by-a-stranger", Step: "change", Edit: func(*trace.Message, *trace.Trace) stage.Edit {
			return bearer("guessed")
		}},
	}
}

func presents(which string) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Certificate: which} }
}

// says has a registration say something else (RFC 7591 section 2); value is JSON.
func says(member, value string) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(m *trace.Message, _ *trace.Trace) stage.Edit {
		return withMember(m, member, json.RawMessage(value))
	}
}

func withMember(m *trace.Message, member string, value json.RawMessage) stage.Edit {
	document := map[string]json.RawMessage{}
	if json.Unmarshal(m.Body, &document) != nil {
		return stage.Edit{}
	}
	document[member] = value
	text, err := json.Marshal(document)
	if err != nil {
		return stage.Edit{}
	}
	body := string(text)
	return stage.Edit{Body: &body}
}

// sendsPrivateKey registers the half of the pair that nobody else must have.
func sendsPrivateKey(m *trace.Message, t *trace.Trace) stage.Edit {
	return withMember(m, "jwks", json.RawMessage(`{"keys":[`+t.Latest(privateKey)+`]}`))
}

// privateKey is the name under which a machine keeps its key.
const privateKey = "private_key"

// rawSecret joins name and secret as they are, which RFC 6749 section 2.3.1 forbids.
func rawSecret(_ *trace.Message, t *trace.Trace) stage.Edit {
	return basicAsIs(t.Latest("client_id"), t.Latest("client_secret"))
}

// inTheBody sends the secret in the other of the two ways.
func inTheBody(_ *trace.Message, t *trace.Trace) stage.Edit {
	return stage.Edit{
		Headers: []stage.Change{{Name: "Authorization", Remove: true}},
		Params: []stage.Change{
			{Name: "client_id", Value: t.Latest("client_id")}, {Name: "client_secret", Value: t.Latest("client_secret")},
		},
	}
}

// resigned changes the claims of an assertion and signs it as its owner would.
func resigned(change func(claims map[string]any)) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(m *trace.Message, t *trace.Trace) stage.Edit {
		seed, err := base64.RawURLEncoding.DecodeString(trace.JSONMember([]byte(t.Latest(privateKey)), "d")) // RFC 8037 section 2
		if err != nil || len(seed) != ed25519.SeedSize {
			return stage.Edit{}
		}
		return asserts(m, ed25519.NewKeyFromSeed(seed), change)
	}
}

// anotherKey signs with a key that nobody registered.
func anotherKey(m *trace.Message, _ *trace.Trace) stage.Edit {
	return asserts(m, ed25519.NewKeyFromSeed([]byte("a key that nobody has registered")), func(map[string]any) {})
}

func asserts(m *trace.Message, key ed25519.PrivateKey, change func(claims map[string]any)) stage.Edit {
	parts := strings.Split(param(m, assertion), ".")
	if len(parts) != 3 {
		return stage.Edit{}
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	claims := map[string]any{}
	if err != nil || json.Unmarshal(text, &claims) != nil {
		return stage.Edit{}
	}
	change(claims)
	if text, err = json.Marshal(claims); err != nil {
		return stage.Edit{}
	}
	what := parts[0] + "." + base64.RawURLEncoding.EncodeToString(text)
	return assertsThat(what + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(what))))
}

// unsigned says that nothing is signed, which a receiver must not believe (RFC 8725 section 3.1).
func unsigned(m *trace.Message, _ *trace.Trace) stage.Edit {
	parts := strings.Split(param(m, assertion), ".")
	if len(parts) != 3 {
		return stage.Edit{}
	}
	return assertsThat(base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + parts[1] + ".")
}

func assertsThat(signed string) stage.Edit {
	return stage.Edit{Params: []stage.Change{{Name: assertion, Value: signed}}}
}
