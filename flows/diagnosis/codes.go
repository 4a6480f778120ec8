package diagnosis

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// codeRows are about an authorization code that nobody wants to redeem.
func codeRows() []Row {
	once, grant := rfc("6749", "4.1.2"), rfc("6749", "5.2")
	return []Row{
		{"callback-prefetched", "something other than the person opened the callback, and the code was used up", once, prefetched},
		{
			"code-redeemed-twice-at-once", "the app redeemed the same code twice at once", once,
			either(func(c *Case) *sighting { return codeTwice(c, true) }, firstOfTwo),
		},
		{
			"callback-reloaded", "the callback was opened again with a code that was redeemed already", once,
			func(c *Case) *sighting { return codeTwice(c, false) },
		},
		{"code-used-twice", "the code was redeemed before", once, either(calledBackTwice,
			byRule("code-unused"), ofCode("already redeemed", "already been used", "already used", "code was already",
				"code has been used"), unless(bySaying("or expired", "or has expired", "expired or"), tells(codeWords(), usedWords())),
		)},
		{"code-mangled", "the code that was redeemed is not letter by letter the one that was given out", grant, codeMangled},
		{"code-expired", "the code had expired when it was redeemed", once, either(
			byRule("code-fresh"), codeSlow, grantEnded(true), ofCode("aadsts70008", "code has expired", "code expired",
				"expired authorization code"),
			bySayingBoth([]string{"code_to_token"}, []string{"expired code"}),
			unless(bySaying("or expired", "or has expired", "expired,", "used or"), tells(codeWords(), expiredWords())),
		)},
		{"code-of-other-client", "the code was given to another client", rfc("6749", "4.1.3"), either(
			byRule("code-issued-to-client"), codeOfOther, ofCode("code was not issued to", "code was issued to another", "wrong client",
				"auth_code is not for this client"),
		)},
		{"code-missing", "the token request has no code", rfc("6749", "4.1.3"), either(
			byRule("code-present"), byMissing("code"), tells(append(codeWords(), "code"), []string{"no"}),
		)},
		{"code-key-other", "the code is bound to another key or certificate", rfc("9449", "10"), byRule("code-key")},
		{"code-unknown", "the code is not one that the provider knows", grant, either(
			byRule("code-known"), ofCode("invalid authorization code", "authorization code not found",
				"unknown authorization code",
				"aadsts9002313"),
		)},
		{"code-not-redeemable", "the provider does not take the code; it does not say why", grant, either(codeRefused, guess(ofCode(
			"bad_verification_code", "incorrect or expired", "does not match authorization code",
		)), guess(tells(codeWords(), slices.Concat(mismatch(), missing(), expiredWords()))), unless(renewalRefused,
			guess(general(bySaying("invalid_grant")))))},
	}
}

// codeWords are how an authorization code is called.
func codeWords() []string {
	return []string{"authorization code", "auth code", "authcode", "authorizationcode", "authorization grant", "access code"}
}

// ofCode are phrases about a code that is redeemed, not about one that a person types.
func ofCode(phrases ...string) look {
	return when(func(c *Case) bool { return len(c.Login.At(logins.DeviceAuthorization)) == 0 },
		unless(ofOtherCode, about(bySaying(phrases...), logins.Token, logins.Callback)))
}

// ofOtherCode sees words about something else that is redeemed once and expires.
func ofOtherCode(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		text := c.said(e)
		return text.names("device code") || text.names("verification code") || text.names("user code") ||
			slices.ContainsFunc(refreshWords(), text.names) && !text.names("code")
	})
	if e == nil {
		return nil
	}
	return possible(e)
}

// prefetched sees a browser or a mail scanner open the callback beforehand (Fetch Standard).
func prefetched(c *Case) *sighting {
	for _, e := range c.Login.At(logins.Callback) {
		purpose := e.Request.HeaderValue("Sec-Purpose")
		if purpose == "" {
			purpose = e.Request.HeaderValue("Purpose")
		}
		if strings.Contains(purpose, "prefetch") && c.refusedAt(logins.Token, "invalid_grant") != nil {
			return certain(e, quote(e, "Sec-Purpose", purpose), quote(e, "code", e.Param("code")))
		}
	}
	return nil
}

// calledBackTwice sees a callback that failed with a code that an earlier one had brought, and that the app had taken.
func calledBackTwice(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Callback && e.Param("code") != "" && e.Status() >= 400 && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Endpoint == logins.Callback && o.Param("code") == e.Param("code") && o.Address() == e.Address() && o.Status() != 0 && !o.Failed() {
			return likely(e, append([]Evidence{
				quote(o, "code", Short(o.Param("code"))), answered(o, "callback", "was called"), again(e, "code", later(o, e)),
			}, refusal(e)...)...)
		}
	}
	return nil
}

// codeTwice sees the same code in an earlier token request: near is two of the
// app at once, otherwise it is somebody who came back to the callback.
func codeTwice(c *Case, near bool) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		known := e.Broken() == nil || e.Broken().ID == "code-unused" || e.Broken().ID == "code-known"
		return e.Endpoint == logins.Token && e.Param("code") != "" && known && e.Error() == "invalid_grant"
	})
	if e == nil {
		e = secondOfTwo(c)
	}
	if e == nil {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Endpoint != logins.Token || o.Preflight || o.Param("code") != e.Param("code") {
			continue
		}
		gap := e.At().Sub(o.At())
		if (gap <= atOnce && !e.At().IsZero()) != near {
			return nil
		}
		shown := []Evidence{
			quote(o, "code", o.Param("code")), again(e, "code", later(o, e)),
		}
		if o.Failed() {
			return likely(e, append(shown, answered(o, "error", o.Error()))...)
		}
		return &sighting{sure: sureOfOrder(o, e), at: e, shown: append(shown, refusal(e)...)}
	}
	return nil
}

// sureOfOrder is certain where it is known how long after another an exchange came: at once an app does it, and
// later a person.
func sureOfOrder(o, e *logins.Exchange) Sure {
	if o.At().IsZero() || e.At().IsZero() {
		return Likely
	}
	return Certain
}

// secondOfTwo finds a refused second redemption in a login whose first one went
// well: it ends the tokens of the first (RFC 6749 section 4.1.2).
func secondOfTwo(c *Case) *logins.Exchange {
	for _, e := range c.Login.At(logins.Token) {
		if e.Failed() && e.Error() == "invalid_grant" && e.Param("code") != "" && c.codeTried(e) > 0 {
			return e
		}
	}
	return nil
}

// firstOfTwo sees a redemption that was refused although another one of the same code, sent a moment later, went well:
// the two crossed.
func firstOfTwo(c *Case) *sighting {
	for _, e := range c.Login.At(logins.Token) {
		if !e.Failed() || e.Error() != "invalid_grant" || e.Param("code") == "" || e.At().IsZero() {
			continue
		}
		for _, o := range c.Login.At(logins.Token) {
			if o.Number > e.Number && o.Param("code") == e.Param("code") && o.Came("access_token") != "" && o.At().Sub(e.At()) <= atOnce {
				return certain(e, append([]Evidence{quote(e, "code", e.Param("code")), again(o, "code", later(e, o))}, refusal(e)...)...)
			}
		}
	}
	return nil
}

// codeMangled compares with the code that the browser was sent away with.
func codeMangled(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant", "invalid_request")
	if e == nil || e.Param("code") == "" || e.Broken() != nil && e.Broken().ID != "code-known" {
		return nil
	}
	sent := e.Param("code")
	exactly := func(o *logins.Exchange) bool {
		return o.Came("code") == sent || o.Endpoint == logins.Callback && o.Param("code") == sent
	}
	if slices.ContainsFunc(c.earlier(e), exactly) {
		return nil // and another code of the recording only looks like it
	}
	for _, o := range c.earlier(e) {
		given := o.Came("code")
		if given == "" && o.Endpoint == logins.Callback {
			given = o.Param("code")
		}
		if given == "" || given == sent || !alike(sent, given) {
			continue
		}
		return certain(e, quote(o, "code", Short(given)), quote(e, "code", Short(sent)))
	}
	return nil
}

// alike reports whether one of two codes was made of the other by a slip.
func alike(sent, given string) bool {
	plain, err := url.QueryUnescape(given)
	twice := url.QueryEscape(given)
	cut := len(sent) >= 6 && (strings.HasPrefix(given, sent) || strings.HasPrefix(sent, given))
	return cut || err == nil && plain == sent || twice == sent || strings.EqualFold(sent, given) || strings.TrimSpace(sent) == given
}

// longCode is more than any provider leaves between code and redemption: RFC
// 6749 section 4.1.2 recommends ten minutes at most.
const longCode = 10 * time.Minute

// codeSlow measures, where it was recorded when the code was given out.
func codeSlow(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant")
	if e == nil || e.Broken() != nil || e.Param("code") == "" || e.At().IsZero() {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Came("code") != e.Param("code") && (o.Endpoint != logins.Callback || o.Param("code") != e.Param("code")) {
			continue
		}
		gap := e.At().Sub(o.At())
		shown := append([]Evidence{quote(o, "code", o.Came("code")), quote(e, "redeemed", gap.Round(time.Second).String()+" later")},
			refusal(e)...)
		switch {
		case gap > longCode:
			return likely(e, shown...)
		case gap > time.Minute:
			return possible(e, shown...)
		}
		return nil
	}
	return nil
}

func codeOfOther(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant")
	first := c.Login.At(logins.Pushed, logins.Authorization)
	if e == nil || e.Broken() != nil || len(first) == 0 || e.Param("code") == "" || e.Client() == "" || first[0].Client() == "" ||
		e.Client() == first[0].Client() {
		return nil
	}
	shown := append([]Evidence{quote(first[0], "client_id", first[0].Client()), quote(e, "client_id", e.Client())}, refusal(e)...)
	if given := c.codeOf(); given == nil || given.Came("code") != e.Param("code") {
		return likely(e, shown...) // the code may be that of another login
	}
	return certain(e, shown...)
}

// codeRefused is what is left where nothing more is known.
func codeRefused(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		grant := e.Param("grant_type")
		return e.Endpoint == logins.Token && e.Error() == "invalid_grant" && e.Broken() == nil &&
			(grant == "authorization_code" || grant == "" && e.Param("code") != "")
	})
	if e == nil {
		return nil
	}
	return possible(e, refusal(e)...)
}

// codeTried counts the earlier token requests with the same code.
func (c *Case) codeTried(e *logins.Exchange) int {
	n := 0
	for _, o := range c.earlier(e) {
		if o.Endpoint == logins.Token && !o.Preflight && o.Param("code") != "" && o.Param("code") == e.Param("code") {
			n++
		}
	}
	return n
}
