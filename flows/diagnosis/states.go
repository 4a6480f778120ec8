package diagnosis

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// stateRows are about what an app remembers of a login until it comes back.
func stateRows() []Row {
	state := rfc("6749", "10.12")
	return []Row{
		{"state-of-other-tab", "the answer belongs to an earlier login, which a later one took the place of", state, stateOfEarlier},
		{"state-mismatch", "state of the answer is not one that the app sent", state, unless(stateAbsent, either(stateForeign,
			byRule("state-matches")))},
		{"state-not-sent", "the app sent no state, so it cannot know whose answer came", state, either(stateAbsent, lacks("state", Possible))},
		{"session-lost", "the app no longer knows of the login that it began", state, either(
			byRule("session-known"),
			bySaying("authorization_request_not_found", "correlation failed", "state mismatch", "no matching state found", "mismatching_state",
				"checks.state", "did not find expected authorization request", "invalid state", "state not found", "state cookie",
				"csrf warning",
				"state does not match", "state parameter", "unable to verify authorization request state",
				"expected authorization request details in session", "unsolicited response",
				"state validation failed", "login session", "no state in response", "idx21329",
				"unprotect the message.state", "csrf cookie", "csrf token mismatch", "valid csrf token",
				"missing saved state", "csrf detected",
				"invalidcheck: ", "pkcecodeverifier value", "pkce code_verifier cookie was missing", "nonce cookie was missing"),
			stateTold, callbackRefused,
		)},
		{"state-constant", "the app sends the same state with each login", state, stateConstant},
	}
}

// stateConstant sees the state of the login in another one of the same app. It
// is told as possible and of the last exchange, because a login rarely fails for
// it: what else was seen comes first.
func stateConstant(c *Case) *sighting {
	mine := c.Login.At(logins.Pushed, logins.Authorization)
	if len(mine) == 0 || c.Login.Asked("state") == "" {
		return nil
	}
	for _, l := range c.Log.Logins {
		others := l.At(logins.Pushed, logins.Authorization)
		if l == c.Login || l.Client != c.Login.Client || len(others) == 0 || l.Asked("state") != c.Login.Asked("state") {
			continue
		}
		state := Short(c.Login.Asked("state"))
		return possible(c.Login.Last(), quote(mine[0], "state", state), again(others[0], "state", ", in another login"))
	}
	return nil
}

// stateTold knows words that no list has: each library says in its own that the
// state is not the one that it kept. A parameter called state in an address says nothing.
func stateTold(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Broken() == nil && saysStateLost(c.said(e).words) })
	if e == nil {
		return nil
	}
	return likely(e, append(refusal(e), answered(e, "text", "state does not fit"))...)
}

func saysStateLost(words string) bool {
	return contains(words, "state") && regexp.MustCompile(
		`\bstate\b[^.\n=&]{0,60}\b(did not match|does not match|doesn't match|could not be decoded|has expired|is unknown)`+
			`|\b(restore|unknown request with|cookies will not be shared)\b[^.\n=&]{0,10}(\bstate\b| between)`,
	).MatchString(words)
}

// stateOfEarlier sees a callback of a login after which the same app began another.
func stateOfEarlier(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Callback && e.Error() == "" && e.Param("state") != ""
	})
	if e == nil || e.Broken() != nil && e.Broken().ID != "state-matches" {
		return nil
	}
	for _, l := range c.Log.Logins {
		began := l.At(logins.Authorization, logins.Pushed)
		if l == c.Login || l.Client != c.Login.Client || len(began) == 0 || l.Asked("state") == "" {
			continue
		}
		mine := c.Login.At(logins.Authorization, logins.Pushed)
		if len(mine) > 0 && began[0].Number > mine[0].Number && began[0].Number < e.Number {
			return likely(e, quote(mine[0], "state", c.Login.Asked("state")), quote(began[0], "state", Short(l.Asked("state"))),
				quote(e, "state", e.Param("state")))
		}
	}
	return nil
}

// stateForeign sees a state that no authorization request of this log had.
func stateForeign(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Endpoint == logins.Callback && e.Param("state") != "" })
	if e == nil || e.Broken() != nil && e.Broken().ID != "state-matches" {
		return nil
	}
	for _, o := range c.earlier(e) {
		asked := o.Param("state")
		if o.Endpoint != logins.Authorization || asked == "" {
			continue
		}
		if asked == e.Param("state") {
			return nil
		}
		if o.Param("redirect_uri") == e.Address() || strings.TrimRight(o.Param("redirect_uri"), "/") == strings.TrimRight(e.Address(), "/") {
			return certain(e, quote(o, "state", asked), quote(e, "state", e.Param("state")))
		}
	}
	return nil
}

func stateAbsent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Endpoint == logins.Callback && e.Error() == "" })
	asked := c.Login.At(logins.Authorization)
	if e == nil || len(asked) == 0 || e.Param("state") != "" || asked[0].Param("request_uri") != "" || asked[0].Param("request") != "" {
		return nil
	}
	if asked[0].Param("state") != "" || e.Broken() != nil && e.Broken().ID != "state-matches" {
		return nil
	}
	if e.Broken() != nil {
		return certain(e, append([]Evidence{quote(asked[0], "state", "is not in the request")}, ruled(e, e.Broken())...)...)
	}
	return likely(e, quote(asked[0], "state", "is not in the request"), answered(e, "status", strconv.Itoa(e.Status())))
}

// callbackRefused is what is left of a callback that failed before any token
// request was seen.
func callbackRefused(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Callback && e.Param("error") == "" && e.Broken() == nil
	})
	if e == nil || len(c.Login.At(logins.Token)) > 0 || e.Status() == 404 || e.Param("code") == "" {
		return nil
	}
	return possible(e, refusal(e)...)
}

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
			"unexpected id token \"nonce\"", "idx21323", "missing_nonce", "nonce verification failed", "nonce validation failed",
			"nonce did not match", "nonces do not match", "nonce is invalid"))},
		{"id-token-issuer", "iss of the ID token is another provider than the one that was asked", valid, either(idToken(func(c *Case,
			t *idTokenSeen,
		) (string, string) {
			return c.issuer(), t.jwt.Claim("iss")
		}, "iss"), byRule("id-token-iss"), atCallback("id token issued by a different provider", "unexpected \"iss\" claim", "invalid issuer",
			"idx10205", "iss claim is not valid", "not issued by expected"))},
		{"id-token-audience", "aud of the ID token is not the app's client_id", valid, either(idToken(func(c *Case, t *idTokenSeen) (string,
			string,
		) {
			if contains(t.jwt.Claim("aud"), c.Login.Client) {
				return "", ""
			}
			return c.Login.Client, t.jwt.Claim("aud")
		}, "aud"), byRule("id-token-aud", "id-token-azp"), atCallback("expected audience", "unexpected \"aud\"", "idx10214",
			"invalid audience"))},
		{"clock-skew", "the clocks of app and provider disagree", valid, either(clockSkew, byRule("id-token-exp", "id-token-iat"),
			bySaying("issued in the future", "iat is at a future date", "iat is in the future", "issuedat of token is in the future",
				"issued at time is in the future", "token used before issued", "clock skew"),
			atCallback("used before", "not active", "idx10222", "token is expired", "idx10223"))},
		{"id-token-algorithm", "the ID token is signed with another algorithm than the app expects", valid, either(
			byRule("id-token-alg"), atCallback("signed with unsupported algorithm", "unexpected jwt alg", "another algorithm expected",
				"expected algorithm", "unexpected \"alg\"", "idx10511"),
		)},
		{"id-token-signature", "the signature of the ID token does not verify", valid, unless(openIDMissing, either(
			byRule("id-token-signature", "id-token-is-jwt", "id-token-at-hash"),
			bySayingBoth([]string{"id_token", "id token"}, []string{
				"invalid signature", "signature is invalid", "signature verification failed", "failed to verify signature",
			})))},
		{"tokens-not-taken", "the provider gave out tokens, and then the app's own callback failed", valid, func(c *Case) *sighting {
			e := c.refused(func(e *logins.Exchange) bool {
				return e.Endpoint == logins.Callback && e.Param("error") == "" && e.Broken() == nil
			})
			if e == nil || len(c.tokensWithout("")) == 0 || len(c.refusals) > 1 { // what was refused within it is why
				return nil
			}
			return possible(e, refusal(e)...)
		}},
	}
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

// seconds reads a NumericDate (RFC 7519 section 2).
func seconds(text string) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n <= 0 || n > 1e12 {
		return time.Time{}, false
	}
	return time.Unix(int64(n), 0), true
}

// atCallback are phrases with which an app refuses what came to its callback.
func atCallback(phrases ...string) look { return about(bySaying(phrases...), logins.Callback) }
