package diagnosis

import (
	"github.com/grantwalk/grantwalk/flows/logins"
)

// refreshRows are about refresh tokens.
func refreshRows() []Row {
	rotation := rfc("9700", "4.14.2")
	return []Row{
		{
			"refresh-twice-at-once", "two requests used the same refresh token at once", rotation,
			func(c *Case) *sighting { return refreshTwice(c, true) },
		},
		{
			"refresh-old-kept", "the app went on with a refresh token that it had exchanged for a new one", rotation,
			func(c *Case) *sighting { return refreshTwice(c, false) },
		},
		{"refresh-used-twice", "the refresh token was used before", rotation, either(
			byRule("refresh-token-unused"), bySaying("refresh token has already been used",
				"token has been rotated", "reuse detected", "replay detected"), tells(refreshWords(), append(usedWords(), "rotated", "reuse")),
		)},
		{"refresh-expired", "the refresh token had expired, or lay unused for too long", rfc("6749", "6"), either(
			byRule("refresh-token-fresh", "refresh-token-not-idle"), grantEnded(false),
			bySaying("refresh token has expired", "refresh token is expired", "refresh token is not active"),
			unless(bySaying("verify token", "bearer"), bySaying("token is not active")), tells(refreshWords(), expiredWords()),
		)},
		{"refresh-revoked", "the refresh token was revoked, or its session has ended", rfc("6749", "5.2"), either(
			byRule("refresh-token-not-revoked"),
			bySaying("refresh token has been revoked"),
			tells(refreshWords(), []string{"revoked", "inactive", "session", "blacklisted", "invalidated"}),
		)},
		{"refresh-of-other-client", "the refresh token was given to another client", rfc("6749", "6"), either(
			byRule("refresh-token-issued-to-client"), refreshOfOther,
			bySaying("invalid refresh token. token client and authorized client don't match", "token was not issued to"),
		)},
		{"refresh-token-absent", "a renewal was asked for without a refresh token", rfc("6749", "6"), either(
			byRule("refresh-token-present"), bySaying("no refresh token"), byMissing("refresh_token"), refreshAbsent, tells(refreshWords(),
				missing()),
		)},
		{"refresh-scope-wider", "the renewal asks for a scope that was not granted", rfc("6749", "6"), either(byRule("scope-not-wider"),
			scopeWidened)},
		{"refresh-key-other", "the refresh token is bound to another key or certificate", rfc("9449", "5"), byRule("refresh-token-key",
			"refresh-token-certificate")},
		{"refresh-unknown", "the refresh token is not one that the provider takes", rfc("6749", "5.2"), either(
			byRule("refresh-token-known"), bySaying("invalid refresh token"), bySayingBoth([]string{"refresh token", "refresh_token"}, []string{
				"is invalid", "was invalid", "not valid", "malformed", "not found", "does not exist",
			}),
			refreshRefused, renewalRefused, tells(refreshWords(), append(mismatch(), "failed")),
		)},
	}
}

// renewalRefused takes an invalid_grant whose words speak of a renewal, if only by the name of a function. The
// sentence of RFC 6749 that has a refresh token in it is read as the code that it explains.
func renewalRefused(c *Case) *sighting {
	s := guess(general(bySaying("invalid_grant")))(c)
	if s == nil || !saysAny(c.said(s.at).words, "refresh", "renew") {
		return nil
	}
	return s
}

// refreshWords are how a refresh token is called.
func refreshWords() []string {
	return []string{"refresh token", "refreshtoken", "refresh-token", "offline token"}
}

// refreshTwice sees the same refresh token in an earlier renewal that went well.
func refreshTwice(c *Case, near bool) *sighting {
	for _, e := range c.Login.At(logins.Token) {
		ours := e.Broken() != nil && e.Broken().ID != "refresh-token-unused" && e.Broken().ID != "refresh-token-not-revoked"
		if e.Param("refresh_token") == "" || !e.Failed() || ours {
			continue
		}
		o := c.renewedWith(e)
		if o == nil || (e.At().Sub(o.At()) <= atOnce && !e.At().IsZero()) != near {
			continue
		}
		shown := []Evidence{
			quote(o, "refresh_token", o.Param("refresh_token")), again(e, "refresh_token", later(o, e)),
		}
		if next := o.Came("refresh_token"); next != "" && next != o.Param("refresh_token") {
			shown = append(shown, ownWords(answered(o, "refresh_token", "a new one")))
		}
		return &sighting{sure: sureOfOrder(o, e), at: e, shown: append(shown, refusal(e)...)}
	}
	return nil
}

// renewedWith is the earlier renewal with the same refresh token that went well.
func (c *Case) renewedWith(e *logins.Exchange) *logins.Exchange {
	for _, o := range c.earlier(e) {
		if o.Endpoint == logins.Token && o.Param("refresh_token") == e.Param("refresh_token") && !o.Failed() && o.Answer != nil {
			return o
		}
	}
	return nil
}

// refreshOfOther compares with the client that the token was given to.
func refreshOfOther(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant", "invalid_client", "unauthorized_client")
	if e == nil || e.Broken() != nil || e.Param("refresh_token") == "" || e.Client() == "" {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Came("refresh_token") == e.Param("refresh_token") && o.Client() != "" && o.Client() != e.Client() {
			return certain(e, append([]Evidence{quote(o, "client_id", o.Client()), quote(e, "client_id", e.Client())}, refusal(e)...)...)
		}
	}
	return nil
}

// scopeWidened sees a renewal that was refused because of the scope that it names.
func scopeWidened(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_scope")
	if e == nil || e.Broken() != nil || e.Param("refresh_token") == "" || e.Param("scope") == "" {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "scope", e.Param("scope"))}, refusal(e)...)...)
}

// refreshAbsent sees an empty one, and whether one had ever come.
func refreshAbsent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Param("grant_type") == "refresh_token" &&
			(e.Broken() == nil || e.Broken().ID == "refresh-token-known")
	})
	if e == nil || !isPlaceholder(e.Param("refresh_token")) {
		return nil
	}
	what := "refresh_token is " + e.Param("refresh_token")
	if e.Param("refresh_token") == "" {
		what = "refresh_token is not in the request"
	}
	s := likely(e, append([]Evidence{quote(e, "parameter", what)}, refusal(e)...)...)
	if e.Broken() != nil {
		s.sure = Certain
	}
	return s
}

func refreshRefused(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Param("refresh_token") != "" && e.Error() == "invalid_grant" && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	return possible(e, refusal(e)...)
}

// deviceRows are about devices without a browser.
func deviceRows() []Row {
	return []Row{
		{"device-polls-too-fast", "the device asks more often than it was told to", rfc("8628", "3.5"), either(byRule("device-patient"),
			pollsTooFast)},
		{"device-code-expired", "nobody entered the code of the device in time", rfc("8628", "3.5"), either(
			byRule("device-code-fresh"), byCode(logins.Token, "expired_token"), bySaying("device code is expired"),
		)},
		{"device-code-unknown", "the device code is not one that is good for this client", rfc("8628", "3.4"), either(byRule(
			"device-code-known", "device-code-issued-to-client", "device-code-unused", "device-code-present"), deviceCodeRefused)},
		{"user-code-unknown", "no device waits with the code that the person typed", rfc("8628", "3.3"), byRule("user-code-known")},
	}
}

// pollsTooFast counts how often the device was told to slow down, and came
// sooner all the same.
func pollsTooFast(c *Case) *sighting {
	told := 0
	var last *logins.Exchange
	for _, e := range c.Login.At(logins.Token) {
		if e.Error() == "slow_down" {
			told++
			last = e
		}
	}
	if told < 2 {
		return nil
	}
	s := likely(last, answered(last, "error", "slow_down"))
	if given := c.Login.At(logins.DeviceAuthorization); len(given) > 0 && given[0].Came("interval") != "" {
		s.shown = append(s.shown, answered(given[0], "interval", given[0].Came("interval")))
	}
	if c.Login.State() != logins.Done {
		s.sure = Certain
	}
	return s
}

func deviceCodeRefused(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant")
	if e == nil || e.Param("device_code") == "" || e.Broken() != nil {
		return nil
	}
	return possible(e, refusal(e)...)
}

// dpopRows are about proofs of possession.
func dpopRows() []Row {
	proof := rfc("9449", "4.3")
	return []Row{
		{"dpop-nonce", "the proof lacks the nonce that the server demands", rfc("9449", "8"), either(
			byRule("dpop-nonce"), nonceIgnored,
		)},
		{"dpop-address", "htu or htm of the proof is not this request", proof, either(
			byRule("dpop-uri", "dpop-method"), bySaying("htu mismatch", "htm mismatch", "htu claim", "htm claim",
				"dpop http method/url mismatch", "\"htu\"", "\"htm\""),
		)},
		{"dpop-old", "the proof was not made just now", proof, either(
			byRule("dpop-fresh"), bySaying("dpop proof is not active", "iat claim in dpop", "dpop proof has expired", "dpop iat"),
		)},
		{"dpop-used-twice", "the same proof was sent before", rfc("9449", "11.1"), either(
			byRule("dpop-unused"), bySaying("dpop proof has already been used", "dpop proof replay", "jti has already been used in dpop"),
			proofTwice,
		)},
		{"dpop-ath", "the proof is not for this token", proof, either(byRule("dpop-ath"), bySaying("ath mismatch",
			"dpop proof access token hash"))},
		{"dpop-key-other", "the token is bound to another key than that of the proof", rfc("9449", "7.1"), either(
			byRule("token-bound-key", "dpop-jkt-same", "subject-token-key"), bySaying("dpop confirmation doesn't match", "jkt mismatch",
				"jkt confirmation"),
		)},
		{"dpop-scheme", "a token that is bound to a key was sent as Bearer", rfc("9449", "7.2"), either(byRule("token-scheme"),
			boundSentAsBearer)},
		{"dpop-missing", "a DPoP proof was demanded, and none was sent", rfc("9449", "7.1"), either(
			byRule("dpop-sent"), bySaying("dpop proof is missing", "missing dpop", "dpop proof is required", "no dpop header",
				"dpop header is missing"),
			proofAbsent,
		)},
		{"dpop-malformed", "what was sent is no DPoP proof, or is signed wrongly", proof, either(
			byRule("dpop-once", "dpop-well-formed", "dpop-typ", "dpop-alg", "dpop-key-public", "dpop-key-usable", "dpop-signature", "dpop-claims"),
			unless(proofAbsent, either(byCode(logins.Token, "invalid_dpop_proof"), byCode(logins.API, "invalid_dpop_proof"))),
		)},
		{"certificate-bound", "the token is bound to a certificate that did not come along", rfc("8705", "3"), either(
			byRule("token-certificate", "token-certificate-matches"), bySaying("token is bound to a certificate",
				"client certificate missing, or its thumbprint"),
		)},
	}
}

// proofAbsent sees that the request had none, where the answer wants a good one.
func proofAbsent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Error() == "invalid_dpop_proof" && e.Request.HeaderValue("DPoP") == "" && e.Broken() == nil
	})
	if e == nil || c.Known.AnswerOnly {
		return nil
	}
	return likely(e, append([]Evidence{unsent(e, "DPoP")}, refusal(e)...)...)
}

// nonceIgnored leaves out the first answer, which only hands the nonce out.
func nonceIgnored(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Error() == "use_dpop_nonce" && e.Broken() == nil })
	if e == nil {
		return nil
	}
	s := likely(e, answered(e, "error", "use_dpop_nonce"))
	if e.Answer != nil && e.Answer.HeaderValue("DPoP-Nonce") != "" {
		s.shown = append(s.shown, ownWords(answered(e, "DPoP-Nonce", "was sent")))
	}
	return s
}

func proofTwice(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Request.HeaderValue("DPoP") != "" && e.Broken() == nil && (e.Error() == "invalid_dpop_proof" || e.Status() == 401)
	})
	if e == nil {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Request.HeaderValue("DPoP") == e.Request.HeaderValue("DPoP") {
			return likely(e, quote(o, "DPoP", e.Request.HeaderValue("DPoP")), again(e, "DPoP", ""))
		}
	}
	return nil
}

func boundSentAsBearer(c *Case) *sighting {
	e := c.refusedAt(logins.API)
	if e == nil || e.Broken() != nil || e.Request.HeaderValue("DPoP") != "" {
		return nil
	}
	jwt, ok := e.JWT()
	if !ok || !contains(jwt.Claim("cnf"), `"jkt"`) {
		return nil
	}
	return certain(e, quote(e, "cnf", jwt.Claim("cnf")), quote(e, "Authorization", "Bearer …"))
}
