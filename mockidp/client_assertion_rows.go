package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

func hasAssertion(in *clientRequest) bool { return in.creds.assertion != nil }

// assertionRow is a rule about a client_assertion. RFC 7521 section 4.2.1 has
// one error for all of them.
func assertionRow(id, phrase string, spec trace.Spec, check func(*clientRequest) rule.Finding) rule.Row[clientRequest] {
	return rule.Row[clientRequest]{ID: id, Rule: phrase, Spec: spec, Error: "invalid_client", Check: check}
}

// assertionShapeRows run before anybody knows who the client is: without sound
// JWT there may be no client_id.
func assertionShapeRows() []rule.Row[clientRequest] {
	return rule.OnlyWhen(hasAssertion, []rule.Row[clientRequest]{
		assertionRow("client-assertion-type", "client_assertion is sent together with its type, jwt-bearer", rule.RFC("7523", "2.2"),
			func(in *clientRequest) rule.Finding {
				sent := in.params.Get("client_assertion_type")
				if in.creds.assertion.raw == "" {
					return rule.Fail("client_assertion and client_assertion_type", "client_assertion_type alone", "client_assertion is missing")
				}
				return rule.Verdict(sent == assertionType, assertionType, cmp.Or(wire.Shown(sent), "none"),
					"client_assertion_type is "+cmp.Or(wire.Shown(sent), "missing")+"; it must be "+assertionType)
			}),
		assertionRow("client-assertion-jwt", "client_assertion is a JWT", rule.RFC("7523", "3"),
			func(in *clientRequest) rule.Finding {
				wrong := in.creds.assertion.malformed
				return rule.Verdict(wrong == "", "a signed JWT", cmp.Or(wrong, "a JWT"), "client_assertion is no JWT that can be read: "+wrong)
			}),
	})
}

// assertionRows are the rules of a client_assertion.
func assertionRows() []rule.Row[clientRequest] {
	unused := assertionRow("client-assertion-unused", "jti was not used before", rule.OIDC("9"),
		func(in *clientRequest) rule.Finding {
			got := "used before"
			if in.creds.assertion.first {
				got = "first use"
			}
			return rule.Verdict(in.creds.assertion.first, "first use", got,
				"client_assertion was used before: its jti is known already; sign a new one for each request")
		})
	return rule.OnlyWhen(hasAssertion, append(assertionProofRows(), unused))
}

// assertionProofRows are those that a request cannot change: what is left is
// whether the assertion was used before.
func assertionProofRows() []rule.Row[clientRequest] {
	return slices.Concat(assertionKeyRows(), assertionClaimRows())
}

func assertionKeyRows() []rule.Row[clientRequest] {
	return []rule.Row[clientRequest]{
		assertionRow("client-assertion-alg", "client_assertion is signed with an algorithm that was agreed on", rule.RFC("8725", "3.1"),
			func(in *clientRequest) rule.Finding {
				allowed := in.client.assertionAlgorithms()
				want, got := strings.Join(keys.Names(allowed), " or "), cmp.Or(wire.Shown(in.creds.assertion.header.Alg), "none")
				return rule.Verdict(slices.Contains(allowed, jose.SignatureAlgorithm(in.creds.assertion.header.Alg)), want, got,
					"client_assertion is signed with "+got+"; client "+in.client.ClientID+" may use "+want)
			}),
		assertionRow("client-assertion-kind", "client_assertion says of no other kind of token that it is one", rule.RFC("8725", "3.11"),
			func(in *clientRequest) rule.Finding {
				sent := in.creds.assertion.header.Typ
				typ := strings.TrimPrefix(strings.ToLower(sent), "application/")
				return rule.Verdict(slices.Contains([]string{"", "jwt", "client-authentication+jwt"}, typ),
					"typ client-authentication+jwt, JWT or not set", cmp.Or(wire.Shown(sent), "not set"),
					"the typ of client_assertion is "+wire.Shown(sent)+", so it was made for something else")
			}),
		assertionRow("client-assertion-key", "client_assertion is signed with a key that the client is registered with", rule.OIDC("10.1"),
			func(in *clientRequest) rule.Finding {
				if in.creds.method == authSecretJWT {
					return rule.Pass("the client_secret", "the client_secret")
				}
				wrong, kid := in.creds.assertion.keyWrong, wire.Shown(in.creds.assertion.header.KeyID)
				return rule.Verdict(wrong == "", "the kid of a key of "+in.client.ClientID, cmp.Or(kid, "no kid"), wrong)
			}),
		assertionRow("client-assertion-signature", "the signature of client_assertion verifies", rule.RFC("7523", "3"),
			func(in *clientRequest) rule.Finding {
				with := "the client's key"
				if in.creds.method == authSecretJWT {
					with = "the client_secret"
				}
				got := "another, or a changed assertion"
				if in.creds.assertion.signed {
					got = "a signature with it"
				}
				return rule.Verdict(in.creds.assertion.signed, "a signature with "+with, got,
					"the signature of client_assertion does not verify with "+with)
			}),
	}
}

func assertionClaimRows() []rule.Row[clientRequest] {
	return []rule.Row[clientRequest]{
		assertionRow("client-assertion-subject", "iss and sub of client_assertion are the client_id", rule.RFC("7523", "3"),
			func(in *clientRequest) rule.Finding {
				c, id := in.creds.assertion.claims, in.client.ClientID
				got := "iss " + cmp.Or(wire.Shown(c.Issuer), "missing") + ", sub " + cmp.Or(wire.Shown(c.Subject), "missing")
				return rule.Verdict(c.Issuer == id && c.Subject == id, "iss and sub "+id, got,
					"client_assertion speaks of another client than "+id+": "+got)
			}),
		assertionRow("client-assertion-audience", "aud of client_assertion is this provider and nobody else", rule.RFC("7523", "3"),
			checkAssertionAudience),
		assertionRow("client-assertion-expiry", "exp of client_assertion is in the future, but not far", rule.RFC("7523", "3"),
			checkAssertionExpiry),
		assertionRow("client-assertion-time", "nbf and iat of client_assertion are not in the future", rule.RFC("7523", "3"),
			func(in *clientRequest) rule.Finding {
				want := "at most " + clockSkew.String() + " from now"
				c := in.creds.assertion.claims
				for _, claim := range []struct {
					name string
					at   *float64
				}{{"nbf", c.NotBefore}, {"iat", c.IssuedAt}} {
					if claim.at != nil && secondsUntil(*claim.at, in.r.Now) > clockSkew.Seconds() {
						got := claim.name + " " + fromNow(secondsUntil(*claim.at, in.r.Now))
						return rule.Fail(want, got, "client_assertion is not good yet: "+got+"; is a clock wrong?")
					}
				}
				return rule.Pass(want, "not in the future")
			}),
		assertionRow("client-assertion-id", "jti of client_assertion is sent", rule.OIDC("9"),
			func(in *clientRequest) rule.Finding {
				sent := in.creds.assertion.claims.ID
				return rule.Verdict(sent != "", "a jti", cmp.Or(wire.Shown(sent), "none"),
					"client_assertion has no jti, so nobody could tell whether it was used before")
			}),
	}
}

// checkAssertionAudience keeps an assertion that was made for another server,
// or for several, from being taken: a server that a client is tricked into
// trusting could pass it on (RFC 7523 as updated by draft-ietf-oauth-rfc7523bis,
// the audience injection of 2025). That draft leaves only the issuer. Clients
// in use send the token endpoint, as OpenID Connect Core section 9 wanted, the
// endpoint that they call, as RFC 9126 section 2 allows, or these together,
// which is as good as long as each of them is this provider. Under the FAPI
// 2.0 Security Profile section 5.3.2.1 it is the issuer, as a string.
func checkAssertionAudience(in *clientRequest) rule.Finding {
	c := in.creds.assertion.claims
	got := cmp.Or(wire.Shown(strings.Join(c.Audience, " and ")), "none")
	if in.client.Profile == ProfileFAPI2 {
		if c.listed {
			got = "a list: " + got
		}
		return rule.Verdict(len(c.Audience) == 1 && !c.listed && in.t.isIssuer(c.Audience[0]), in.t.issuer+" as a string", got,
			"aud of client_assertion is "+got+"; under FAPI 2.0 it must be the issuer, "+in.t.issuer+", as a string")
	}
	foreign := slices.ContainsFunc(c.Audience, func(aud string) bool {
		return !in.t.isOwn(aud, "") && !in.t.isOwn(aud, pathToken) && !in.t.isOwn(aud, in.r.below)
	})
	return rule.Verdict(len(c.Audience) > 0 && !foreign, in.t.issuer, got,
		"aud of client_assertion is "+got+"; it must be the issuer, "+in.t.issuer+", and nobody else")
}

func checkAssertionExpiry(in *clientRequest) rule.Finding {
	want := "at most " + maxAssertionLife.String() + " from now"
	exp := in.creds.assertion.claims.Expires
	if exp == nil {
		return rule.Fail(want, "none", "client_assertion has no exp, so it would be good for ever")
	}
	left := secondsUntil(*exp, in.r.Now)
	return rule.Verdict(left > 0 && left <= (maxAssertionLife+clockSkew).Seconds(), want, fromNow(left),
		"exp of client_assertion is "+fromNow(left)+"; it must be in the future, "+want)
}
