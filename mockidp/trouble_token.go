package mockidp

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// spoil does to a token that was just made what it was asked for. Opaque
// tokens have nothing inside to be wrong; they can only be changed.
func (m *mint) spoil(ctx context.Context, t *tenant, a *authorized, which, token string) (string, error) {
	one := answerOf(ctx)
	if t.trouble.active.Load() == 0 && len(one.struck) == 0 && troubleOf(ctx) == nil {
		return token, nil
	}
	isJWT := parseJWT(token).Malformed == ""
	login := a.license.lineage().grant
	concerns := func(f *ActiveFault) bool {
		return slices.Contains(spoils(), f.Kind) && (f.Token == "" || f.Token == which) && f.isFor(a.client.ClientID, login) &&
			(isJWT || f.Kind == FaultTampered) && (which == tokenID || !slices.Contains(ofIDTokens(), f.Kind))
	}
	faults := one.strike(ctx, t.trouble, concerns)
	slices.SortStableFunc(faults, func(a, b Fault) int { return slices.Index(spoils(), a.Kind) - slices.Index(spoils(), b.Kind) })
	for _, f := range faults {
		recordTrouble(ctx, f, trace.Spec{}, trace.Skip)
		var err error
		if token, err = m.spoilt(t, f, token); err != nil {
			return "", err
		}
	}
	return token, nil
}

// oneAnswer remembers which faults struck a token of it: what is meant for both
// tokens strikes both, and that is once.
type oneAnswer struct{ struck []ActiveFault }

// oneAnswerKey is where a context holds it.
type oneAnswerKey struct{}

func answerOf(ctx context.Context) *oneAnswer {
	if one, ok := ctx.Value(oneAnswerKey{}).(*oneAnswer); ok {
		return one
	}
	return &oneAnswer{}
}

// strike takes the faults that a token is for, and counts those that struck no other one of the answer.
func (one *oneAnswer) strike(ctx context.Context, tr *troubles, concerns func(*ActiveFault) bool) []Fault {
	earlier := slices.Clone(one.struck)
	faults := tr.strikeAt(ctx, func(a *ActiveFault) bool {
		if !concerns(a) || slices.ContainsFunc(earlier, func(e ActiveFault) bool { return e.ID == a.ID }) {
			return false
		}
		one.struck = append(one.struck, *a)
		return true
	})
	for i := range earlier {
		if concerns(&earlier[i]) {
			faults = append(faults, earlier[i].Fault)
		}
	}
	return faults
}

// expiredFor is how long ago a spoilt token expired: longer than the few minutes
// that a client may allow for clocks (RFC 7519 section 4.1.4).
const expiredFor = time.Hour

func (m *mint) spoilt(t *tenant, f Fault, token string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return token + "-changed", nil
	}
	switch f.Kind {
	case FaultTampered:
		parts[1] = rewritten(parts[1], "sub", "somebody-else")
		return strings.Join(parts, "."), nil
	case FaultUnsigned:
		header := rewritten(rewritten(parts[0], "alg", "none"), "kid", nil)
		return header + "." + parts[1] + ".", nil
	case FaultNoKeyID:
		return t.keys.SignParts(jose.SignatureAlgorithm(parseJWT(token).Alg), rewritten(parts[0], "kid", nil), parts[1])
	case FaultUnknownKeyID:
		return t.keys.SignParts(jose.SignatureAlgorithm(parseJWT(token).Alg), rewritten(parts[0], "kid", "a-key-that-nobody-publishes"), parts[1])
	case FaultForeignKey, FaultOwnKey, FaultHMAC:
		return m.forged(t, f.Kind, parts)
	case FaultFuture, FaultNoNonce, FaultWrongAtHash, FaultFurtherAud:
		var err error
		if parts[1], err = otherClaims(f.Kind, parts); err != nil {
			return "", err
		}
	case FaultWrongNonce:
		payload, err := withClaims(parts[1], []Claim{{Name: "nonce", Value: "nonce-of-another-request"}})
		if err != nil {
			return "", err
		}
		parts[1] = base64.RawURLEncoding.EncodeToString(payload)
	case FaultExpired:
		j := parseJWT(token)
		age := time.Duration(j.Expires-j.IssuedAt)*time.Second + expiredFor
		for _, name := range []string{"iat", "exp", "auth_time", "nbf"} {
			parts[1] = older(parts[1], name, age)
		}
	case FaultWrongIssuer:
		parts[1] = rewritten(parts[1], "iss", t.issuer+"-of-somebody-else")
	case FaultWrongAudience:
		parts[1] = rewritten(parts[1], "aud", "somebody-else")
	}
	return t.signAgain(parts)
}

// signAgain makes a token from a header and a payload, signed as the header says.
func (t *tenant) signAgain(parts []string) (string, error) {
	j := parseJWT(strings.Join(parts, "."))
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return "", fmt.Errorf("spoil a token: %w", err)
	}
	return t.keys.Sign(jose.SignatureAlgorithm(j.Alg), j.Typ, json.RawMessage(payload))
}

// otherClaims is the payload of a token with claims that say something else.
func otherClaims(kind FaultKind, parts []string) (string, error) {
	j := parseJWT(strings.Join(parts, "."))
	payload := parts[1]
	switch kind {
	case FaultNoNonce:
		return rewritten(payload, "nonce", nil), nil
	case FaultWrongAtHash:
		return rewritten(payload, "at_hash", keys.HalfHash(jose.SignatureAlgorithm(j.Alg), "another access token")), nil
	case FaultFurtherAud:
		return rewritten(payload, "aud", append(slices.Clone([]string(j.Audience)), "somebody-else")), nil
	}
	for _, name := range []string{"iat", "exp"} {
		payload = older(payload, name, -time.Hour)
	}
	later, err := withClaims(payload, []Claim{{Name: "nbf", Value: j.IssuedAt + int64(time.Hour.Seconds())}})
	if err != nil {
		return "", err
	}
	return wire.Base64URL(later), nil
}
