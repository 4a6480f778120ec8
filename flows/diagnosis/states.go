package diagnosis

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

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
		{"session-lost", "the app no longer knows of the login that it began", state, atApp(either(
			byRule("session-known"),
			bySaying("state mismatch", "no matching state found",
				"checks.state", "did not find expected authorization request", "state not found", "state cookie",
				"csrf warning", "state does not match", "state parameter",
				"expected authorization request details in session", "unsolicited response",
				"state validation failed", "login session", "no state in response",
				"unprotect the message.state", "unprotect ticket", "csrf cookie", "csrf token mismatch", "valid csrf token",
				"missing saved state", "csrf detected", "invalid authenticity token", "invalidauthenticitytoken", "token authenticity",
				"invalidcheck: ", "pkcecodeverifier value"),
			stateTold, general(bySaying("oauth state'", "oauth2 state'", "_state'")), tells([]string{
				"state", "oauth state", "csrf", "csrf token", "correlation", "correlation id", "state cookie", "nonce cookie",
				"session cookie", "login session", "auth session", "session state", "ticket", "authentication session", "pkce cookie",
			}, slices.Concat(missing(), mismatch(), expiredWords(), usedWords())), sessionTold, tells([]string{"authorization request"}, []string{
				"not found",
				"missing", "no",
			}), weak(callbackRefused),
		))},
		{"state-constant", "the app sends the same state with each login", state, stateConstant},
	}
}

// stateConstant sees the state of the login in another one of the same app. It
// is told as possible and of the last exchange, because a login rarely fails for
// it: what else was seen comes first.
func stateConstant(c *Case) *sighting {
	state := c.Login.Asked("state")
	if state == "" {
		return nil
	}
	mine := c.Login.At(logins.Pushed, logins.Authorization)
	for _, other := range c.over().states[clientState{c.Login.Client, state}] {
		if other.login != c.Login && !openedAgain(other.asked, mine[0]) {
			short := Short(state)
			return possible(c.Login.Last(), quote(mine[0], "state", short), again(other.asked, "state", ", in another login"))
		}
	}
	return nil
}

// openedAgain reports whether a browser went back to a request, which an app would have made anew.
func openedAgain(a, b *logins.Exchange) bool {
	return a.Request.URL == b.Request.URL && (a.Param("code_challenge") != "" || a.Param("nonce") != "")
}

// sessionTold knows words about a session that is gone, where they are not about a renewal or a person's session at the provider.
func sessionTold(c *Case) *sighting {
	other := either(renewalRefused, bySaying("invalid_grant", "refresh", "logout", "sign out", "session not active", "prompt"))
	return unless(other, general(tells(
		[]string{"session", "session data", "oauth session", "matching session"}, []string{
			"could not find", "not found", "missing", "no", "couldn't find", "unable to find", "does not exist", "was lost", "cannot find",
		})))(c)
}

// atApp drops what a provider says, at its authorization endpoint or in the address that it sends the browser to: it
// keeps no state of an app.
func atApp(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s == nil || c.Known.AnswerOnly {
			return s
		}
		if s.at.Endpoint == logins.Authorization || s.at.Endpoint == logins.Callback && s.at.Param("error") != "" {
			return nil
		}
		return s
	}
}

// stateNamed sees words about a state, whatever they say of a token besides.
func stateNamed(c *Case) *sighting {
	return tells([]string{"state", "oauth state"}, slices.Concat(mismatch(), expiredWords()))(c)
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

// stateForeign sees a state that no authorization request of this log had. It may have been sent before the
// recording began, so it is certain only where the app says that it compared.
func stateForeign(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Endpoint == logins.Callback && e.Param("state") != "" })
	if e == nil || e.Broken() != nil && e.Broken().ID != "state-matches" {
		return nil
	}
	var of *logins.Exchange
	for _, o := range c.Log.Exchanges {
		asks := (o.Endpoint == logins.Authorization || o.Endpoint == logins.Pushed) && o.Param("state") != ""
		switch {
		case asks && o.Param("state") == e.Param("state"):
			return nil
		case asks && o.Number < e.Number && strings.TrimRight(o.Param("redirect_uri"), "/") == strings.TrimRight(e.Address(), "/"):
			of = o
		}
	}
	if of == nil {
		return nil
	}
	s := likely(e, quote(of, "state", of.Param("state")), quote(e, "state", e.Param("state")))
	if e.Broken() != nil {
		s.sure = Certain
	}
	return s
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
		return certain(e, append([]Evidence{unsent(asked[0], "state")}, ruled(e, e.Broken())...)...)
	}
	return likely(e, unsent(asked[0], "state"), answered(e, "status", strconv.Itoa(e.Status())))
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
