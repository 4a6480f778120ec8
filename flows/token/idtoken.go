package token

import (
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// IDTokenExpectations is what a client knows before it looks at an ID token.
type IDTokenExpectations struct {
	By          trace.Role // who verifies; usually trace.Client
	Issuer      string     // from the provider's metadata
	ClientID    string     // the client's own
	Nonce       string     // sent in the authorization request; "" when none was sent
	AccessToken string     // that came with the ID token; "" when none came
	Algorithm   string     // registered as id_token_signed_response_alg
	Keys        *jose.JSONWebKeySet
	Now         time.Time
}

// VerifyIDToken runs the rules of OpenID Connect Core 1.0 section 3.1.3.7 in order.
func VerifyIDToken(raw string, e IDTokenExpectations) []trace.Check {
	s := subject{
		raw: raw, keys: e.Keys, now: e.Now, issuer: e.Issuer, receiver: e.ClientID,
		nonce: e.Nonce, accessToken: e.AccessToken, algorithm: e.Algorithm,
	}
	return rule.InOrder(e.By, idTokenRows(), s.read())
}

func idTokenRows() []rule.Row[subject] {
	const validation = "3.1.3.7"
	row := func(id, text, section string, check func(*subject) rule.Finding) rule.Row[subject] {
		return rule.Row[subject]{ID: id, Rule: text, Spec: rule.OIDC(section), Error: InvalidToken, Check: check}
	}
	return []rule.Row[subject]{
		row("id-token-is-jwt", "the ID token is a signed JWT", "2", checkParses),
		row("id-token-alg", "alg is the algorithm that was registered", validation, checkRegisteredAlgorithm),
		row("id-token-key", "kid names a key that the provider publishes", "10.1", checkKey),
		row("id-token-signature", "the signature is the provider's", validation, checkSignature),
		row("id-token-iss", "iss is the provider that was asked", validation, checkIssuer),
		row("id-token-aud", "aud names this client and nobody else", validation, checkOnlyAudience),
		row("id-token-azp", "azp, if there is one, is this client", validation, checkParty),
		row("id-token-exp", "exp is in the future", validation, checkExpiry),
		row("id-token-iat", "iat is not in the future", validation, checkIssued),
		row("id-token-nonce", "nonce is the one that was sent", validation, checkNonce),
		row("id-token-at-hash", "at_hash fits the access token that came with it", "3.1.3.8", checkAccessTokenHash),
	}
}

func checkRegisteredAlgorithm(s *subject) rule.Finding {
	if f := checkAlgorithm(s); f.Result != trace.Pass {
		return rule.Fail(s.algorithm, f.Got, f.Reason)
	}
	return equal(s.algorithm, header(s.raw, "alg"))
}

func checkOnlyAudience(s *subject) rule.Finding {
	f := checkAudience(s)
	if f.Result == trace.Pass && len(s.claims.Audience) > 1 {
		return rule.Fail(f.Expected, f.Got, "the token is for others too, whom this client does not trust")
	}
	return f
}

func checkParty(s *subject) rule.Finding {
	if s.claims.Party == "" {
		return rule.Skip("the token has no azp; only extensions of OpenID Connect need one")
	}
	return equal(s.receiver, s.claims.Party)
}

func checkNonce(s *subject) rule.Finding {
	if s.nonce == "" {
		return rule.Skip("no nonce was sent, so none is expected")
	}
	return equal(s.nonce, s.claims.Nonce)
}

func checkIssued(s *subject) rule.Finding {
	iat := seconds(s.claims.Issued)
	want := "not after " + stamp(s.now)
	if s.claims.Issued == 0 {
		return rule.Fail(want, "nothing", "the token has no iat")
	}
	return rule.Verdict(!iat.After(s.now.Add(Leeway)), want, stamp(iat), "issued in the future: a clock is wrong")
}

// checkAccessTokenHash compares the left half of the access token's hash
// (OpenID Connect Core 1.0 section 3.1.3.6). All accepted algorithms but EdDSA hash with SHA-256.
func checkAccessTokenHash(s *subject) rule.Finding {
	if s.claims.AtHash == "" {
		return rule.Skip("the token has no at_hash; it is optional in this flow")
	}
	if s.accessToken == "" {
		return rule.Skip("no access token came with it")
	}
	if s.jws.Signatures[0].Header.Algorithm == string(jose.EdDSA) {
		return rule.Skip("the specification does not say which hash at_hash uses with EdDSA")
	}
	sum := sha256.Sum256([]byte(s.accessToken))
	return equal(base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2]), s.claims.AtHash)
}
