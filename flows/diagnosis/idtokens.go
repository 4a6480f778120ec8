package diagnosis

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// idTokenRows are about an ID token that the app does not take. They need an
// app that refused: a provider alone cannot know.
func idTokenRows() []Row {
	valid := oidc("3.1.3.7")
	return []Row{
		{"nonce-mismatch", "nonce of the ID token is not the one that the app sent", valid, either(idToken(func(c *Case,
			t *idTokenSeen,
		) (string, string) {
			return c.Login.Asked("nonce"), t.jwt.Claim("nonce")
		}, "nonce"), byRule("id-token-nonce"), bySaying("nonce mismatch", "invalid nonce", "nonce does not match",
			"unexpected id token \"nonce\"", "missing_nonce", "nonce validation failed",
			"nonce did not match", "nonces do not match", "nonce is invalid"), unless(bySaying("dpop"), tells([]string{"nonce"},
			slices.Concat(mismatch(), missing(), usedWords()))))},
		{"id-token-issuer", "iss of the ID token is another provider than the one that was asked", valid, either(idToken(func(c *Case,
			t *idTokenSeen,
		) (string, string) {
			return c.issuer(), t.jwt.Claim("iss")
		}, "iss"), byRule("id-token-iss"), atCallback("unexpected \"iss\" claim", "invalid issuer",
			"idx10205", "iss claim is not valid"), ofIDToken(tells([]string{"issuer", "iss", "issued by"}, mismatch())),
			tells([]string{"id token", "idtoken"}, []string{"not issued by"}))},
		{"id-token-audience", "aud of the ID token is not the app's client_id", valid, either(idToken(func(c *Case, t *idTokenSeen) (string,
			string,
		) {
			if contains(t.jwt.Claim("aud"), c.Login.Client) {
				return "", ""
			}
			return c.Login.Client, t.jwt.Claim("aud")
		}, "aud"), byRule("id-token-aud", "id-token-azp"), atCallback("expected audience", "unexpected \"aud\"", "idx10214",
			"invalid audience"), ofIDToken(tells(audienceWords(), slices.Concat(mismatch(), missing(), forbiddenWords()))))},
		{"clock-skew", "the clocks of app and provider disagree", valid, either(clockSkew, clockBehind, byRule("id-token-exp", "id-token-iat"),
			bySaying("issued in the future", "iat is at a future date", "iat is in the future", "issuedat of token is in the future",
				"issued at time is in the future", "clock skew"),
			unless(stateNamed, atCallback("used before", "not active", "idx10222", "token is expired", "idx10223")),
			tells([]string{"clock", "clocks", "iat", "issued at", "system time", "server time"}, slices.Concat([]string{
				"skew", "future", "not in sync", "out of sync", "not synchronized", "too far", "differ",
			}, mismatch())), ofIDToken(tells([]string{"token", "idtoken"}, append(expiredWords(), "future", "not yet valid"))))},
		{"id-token-algorithm", "the ID token is signed with another algorithm than the app expects", valid, either(
			byRule("id-token-alg"), atCallback("signed with unsupported algorithm", "unexpected jwt alg", "another algorithm expected",
				"expected algorithm", "unexpected \"alg\"", "idx10511"),
			ofIDToken(algorithmTold), about(algorithmTold, logins.Callback), byClient(algorithmTold),
		)},
		{"id-token-signature", "the signature of the ID token does not verify", valid, unless(openIDMissing, either(
			byRule("id-token-signature", "id-token-is-jwt", "id-token-at-hash"),
			bySayingBoth([]string{"id_token", "id token"}, []string{
				"invalid signature", "signature is invalid", "signature verification failed", "failed to verify signature",
			}), unless(bySaying("bearer", "access token", "malformed", "three parts", "segments", "the token", "jwt:", ".jwt."), tells([]string{
				"signature", "signatures",
				"jws", "jws token",
			}, []string{
				"invalid", "verification failed", "failed to verify", "could not verify", "verification has failed", "verification failure",
				"could not be verified", "cannot be verified",
				"not verified", "validation failed", "not valid", "unable to verify", "failed to validate", "not match", "n't match",
				"verification error",
			}))))},
		{"tokens-not-taken", "the provider gave out tokens, and then the app's own callback failed", valid, tokensNotTaken},
	}
}

// tokensNotTaken is what is left of a callback that failed although tokens came.
func tokensNotTaken(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Callback && e.Param("error") == "" && e.Broken() == nil
	})
	if e == nil || len(c.tokensWithout("")) == 0 || len(c.refusals) > 1 { // what was refused within it is why
		return nil
	}
	return possible(e, refusal(e)...)
}

// idTokenSeen is an ID token that came, and the callback that failed after it.
type idTokenSeen struct {
	jwt  interface{ Claim(string) string }
	back *logins.Exchange
}

// idToken compares what was expected with what is in the ID token.
func idToken(values func(*Case, *idTokenSeen) (want, got string), claim string) look {
	return func(c *Case) *sighting {
		e, jwt, ok := c.refusedToken()
		if !ok || e.Endpoint != logins.Callback || e.Broken() != nil {
			return nil
		}
		want, got := values(c, &idTokenSeen{jwt, e})
		if want == "" || want == got {
			return nil
		}
		if got == "" {
			got = "is not in the ID token"
		}
		return likely(e, quote(e, claim+" expected", want), quote(e, claim+" of the ID token", got))
	}
}

// issuer is what metadata of this log call themselves, where all agree.
func (c *Case) issuer() string {
	issuer := ""
	for _, e := range c.Log.Exchanges {
		named := e.Came("issuer")
		if e.Endpoint != logins.Discovery || named == "" || strings.Contains(named, "{") {
			continue
		}
		if issuer != "" && issuer != named {
			return ""
		}
		issuer = named
	}
	return issuer
}

// muchSkew is more than the leeway that libraries give.
const muchSkew = time.Minute

// clockSkew compares the Date of an app that refused with that of the provider.
func clockSkew(c *Case) *sighting {
	e, jwt, ok := c.refusedToken()
	if !ok || e.Answer == nil || e.Broken() != nil {
		return nil
	}
	theirs, err := http.ParseTime(e.Answer.HeaderValue("Date"))
	issued, number := seconds(jwt.Claim("iat"))
	if err != nil || !number || e.At().IsZero() {
		return nil
	}
	gap := issued.Sub(theirs)
	if gap < muchSkew { // the token would be from the future
		return nil
	}
	return likely(e, quote(e, "iat", issued.UTC().Format(time.RFC3339)), answered(e, "Date", theirs.UTC().Format(time.RFC3339)))
}

// clockBehind compares an ID token with the clock of whoever recorded its arrival, where nothing was done with it.
func clockBehind(c *Case) *sighting {
	if !c.Known.Ended || len(c.Login.At(logins.API, logins.UserInfo)) > 0 {
		return nil
	}
	for _, e := range c.Login.At(logins.Token) {
		jwt, err := trace.DecodeJWT(e.Came("id_token"))
		issued, number := seconds(jwt.Claim("iat"))
		if err == nil && number && !e.At().IsZero() && !e.Judged() && issued.Sub(e.At()) > muchSkew {
			return likely(e, quote(e, "asked at", e.At().UTC().Format(time.RFC3339)), answered(e, "iat of the ID token",
				issued.UTC().Format(time.RFC3339)))
		}
	}
	return nil
}

// seconds reads a NumericDate (RFC 7519 section 2).
func seconds(text string) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n <= 0 || n > 1e12 {
		return time.Time{}, false
	}
	return time.Unix(int64(n), 0), true
}

// inMilliseconds reports whether a time was meant as one, and written in thousandths of the seconds that RFC 7519
// section 2 counts: as seconds it would be in tens of thousands of years.
func inMilliseconds(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && n > 1e12 && n < 1e14
}

// ofIDToken narrows a look to words that speak of an ID token.
func ofIDToken(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && slices.ContainsFunc(idTokenWords(), c.said(s.at).names) {
			return s
		}
		return nil
	}
}

// idTokenWords are names of an ID token, and of what checks nothing else.
func idTokenWords() []string {
	return []string{"id token", "idtoken", "id-token", "oidcstrategy", "oidc passport strategy", "audiences: must contain"}
}

// byClient narrows a look to words by which a client speaks of its provider.
func byClient(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && slices.ContainsFunc([]string{"provider", "callback", "client's", "relying party"}, c.said(s.at).names) {
			return s
		}
		return nil
	}
}

// notOfIDToken narrows a look to words that speak of none.
func notOfIDToken(l look) look {
	return func(c *Case) *sighting {
		if s := l(c); s != nil && ofIDToken(l)(c) == nil {
			return s
		}
		return nil
	}
}

// algorithmTold knows words about an algorithm, of whatever token.
func algorithmTold(c *Case) *sighting {
	return tells([]string{"alg", "algorithm", "signing algorithm", "algorithms", "sign alg", "signature algorithm", "signing method"},
		slices.Concat(mismatch(), forbiddenWords(), []string{"expected"}))(c)
}

// audienceWords are how libraries call aud.
func audienceWords() []string {
	return []string{"aud", "audience", "audiences", "aud claim", "authorized party", "azp"}
}

// atCallback are phrases with which an app refuses what came to its callback.
func atCallback(phrases ...string) look { return about(bySaying(phrases...), logins.Callback) }
