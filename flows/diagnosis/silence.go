package diagnosis

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// silenceRows are about what did not happen. They need to know that nothing
// more will come, and that it would have been recorded if it had.
func silenceRows() []Row {
	return []Row{
		{"login-loop", "the app begins a new login as soon as one has gone well", rfc("6749", "10.12"), either(loop, bySaying(
			"too many redirects", "in a way that will never complete",
		))},
		{"discovery-then-nothing", "the metadata were fetched, and then nothing more was asked", discoveryOIDC("4.3"), ended(discoveryAlone)},
		{"pushed-never-used", "the request was pushed, and the browser never brought its request_uri", rfc("9126", "4"), ended(pushedUnused)},
		{"code-never-redeemed", "the provider gave out a code, and nobody redeemed it", rfc("6749", "4.1.3"), ended(codeUnredeemed)},
		{
			"callback-never-called", "the provider sent the browser to the app, and it never arrived", rfc("6749", "4.1.2"),
			ended(callbackUncalled),
		},
		{"sign-in-abandoned", "the sign-in page was shown, and nobody signed in", oidc("3.1.2.3"), ended(abandoned)},
		{
			"popup-closed", "the window for the sign-in did not open, or was closed before it was done", rfc("6749", "3.1"),
			nothingSeen,
		},
		{"device-never-polled", "the device got a code to show, and never asked for the tokens", rfc("8628", "3.4"), ended(neverPolled)},
		{"device-never-approved", "the device asks, and nobody entered its code", rfc("8628", "3.3"), ended(neverApproved)},
		{"tokens-never-used", "the app got tokens, and no API saw them", rfc("6750", "2.1"), ended(tokensUnused)},
	}
}

// nothingSeen is of a row that is known by its sayings alone.
func nothingSeen(*Case) *sighting { return nil }

// ended looks at logins alone that have ended and were not refused.
func ended(l look) look {
	return when(func(c *Case) bool { return c.Known.Ended && len(c.refusals) == 0 && !c.superseded() }, l)
}

// superseded reports whether the same app began again shortly after.
func (c *Case) superseded() bool {
	mine := c.Login.At(logins.Authorization, logins.Pushed, logins.DeviceAuthorization)
	if len(mine) == 0 {
		return false
	}
	for _, l := range slices.Backward(c.Log.Logins) { // what supersedes it is among the newest
		if l == c.Login || l.Client != c.Login.Client {
			continue
		}
		began := l.At(logins.Authorization, logins.Pushed, logins.DeviceAuthorization)
		if len(began) > 0 && began[0].Number > mine[0].Number {
			return true
		}
	}
	return false
}

// loopsFrom is how many logins in a row no person would begin.
const loopsFrom = 3

// moments is how soon after one login the next turn of a loop begins.
const moments = 15 * time.Second

// wentWell reports whether a login brought tokens, or, where a server redeems the
// code and no browser sees it, whether the app took the answer without complaint.
func wentWell(l *logins.Login) bool {
	if l.State() == logins.Done {
		return true
	}
	back := l.At(logins.Callback)
	return len(l.At(logins.Token)) == 0 && len(back) > 0 && (back[0].Param("code") != "" || back[0].Param("id_token") != "") &&
		back[0].Answer != nil && !back[0].Failed()
}

// loop counts logins of one app, each begun within moments of the last, although
// that had brought tokens.
func loop(c *Case) *sighting {
	if len(c.refusals) > 0 || c.superseded() || c.around {
		return nil
	}
	n := 1
	last := c.Login
	for i := len(c.Log.Logins) - 1; i >= 0; i-- {
		l := c.Log.Logins[i]
		if l.Number >= last.Number || l.Client != last.Client || len(l.At(logins.Authorization)) == 0 {
			continue
		}
		if !wentWell(l) || last.Began().Sub(l.Last().At()) > moments || last.Began().IsZero() {
			break
		}
		n++
		last = l
	}
	if n < loopsFrom || len(c.Login.At(logins.Authorization)) == 0 {
		return nil
	}
	e := c.Login.Exchanges[0]
	return likely(e, quote(e, "logins in a row", strconv.Itoa(n)), quote(e, "within",
		c.Login.Began().Sub(last.Began()).Round(time.Second).String()))
}

func discoveryAlone(c *Case) *sighting {
	if !c.around || len(c.Log.Logins) > 0 {
		return nil
	}
	for _, e := range c.Login.Exchanges {
		if e.Endpoint == logins.Discovery && e.Status() == 200 && e.Came("issuer") != "" {
			return possible(e, quote(e, "address", e.Address()), answered(e, "status", "200, and nothing follows"))
		}
	}
	return nil
}

func pushedUnused(c *Case) *sighting {
	pushed := c.Login.At(logins.Pushed)
	if len(pushed) == 0 || pushed[0].Came("request_uri") == "" || len(c.Login.At(logins.Authorization)) > 0 {
		return nil
	}
	return likely(pushed[0], answered(pushed[0], "request_uri", pushed[0].Came("request_uri")), quote(pushed[0], "authorization request",
		"was never sent"))
}

// codeOf returns where the browser was sent away with a code.
func (c *Case) codeOf() *logins.Exchange {
	for _, e := range c.Login.Exchanges {
		if e.Endpoint.Provides() && e.Came("code") != "" {
			return e
		}
	}
	return nil
}

// seesProvider reports whether the log has everything that reached the
// provider: its own record does, and one in which the app's token requests show.
func (c *Case) seesProvider() bool {
	for _, e := range c.Log.Exchanges {
		if e.Judged() || e.Endpoint == logins.Token && !e.Preflight {
			return true
		}
	}
	return false
}

func codeUnredeemed(c *Case) *sighting {
	e := c.codeOf()
	if e == nil || len(c.Login.At(logins.Token)) > 0 || fetchForbidden(c) != nil ||
		!c.seesProvider() && !slices.ContainsFunc(c.Login.At(logins.Callback), func(e *logins.Exchange) bool { return redeemsItself(c, e) }) {
		return nil
	}
	shown := []Evidence{answered(e, "code", e.Came("code")), answered(e, "Location", withoutQuery(e.Answer.HeaderValue("Location")))}
	if back := c.Login.At(logins.Callback); len(back) > 0 {
		return likely(e, append(shown, quote(back[0], "callback", "was called"), quote(back[0], "token request", "was never sent"))...)
	}
	return likely(e, append(shown, quote(e, "token request", "was never sent"))...)
}

// callbackUncalled needs a log of the browser, where the callback would show.
func callbackUncalled(c *Case) *sighting {
	e := c.codeOf()
	if e == nil || len(c.Login.At(logins.Callback)) > 0 || len(c.Login.At(logins.Token)) > 0 || c.seesProvider() {
		return nil
	}
	for _, o := range c.Log.Exchanges {
		if !o.Endpoint.Provides() {
			return likely(e, answered(e, "Location", withoutQuery(e.Answer.HeaderValue("Location"))), quote(e, "callback", "was never called"))
		}
	}
	return nil
}

func withoutQuery(address string) string {
	for i, r := range address {
		if r == '?' || r == '#' {
			return address[:i]
		}
	}
	return address
}

func abandoned(c *Case) *sighting {
	asked := c.Login.At(logins.Authorization)
	if len(asked) == 0 || c.codeOf() != nil || len(c.Login.At(logins.Token, logins.Callback)) > 0 {
		return nil
	}
	last := asked[len(asked)-1]
	for _, e := range c.Login.Exchanges {
		if e.Endpoint == logins.Page && e.Request.Method == http.MethodPost {
			return nil
		}
	}
	if last.Status() != 200 || last.Param("response_mode") == "form_post" && len(last.Answer.Body) == 0 { // which may be the answer itself
		return nil
	}
	return possible(last, answered(last, "status", "200, and nobody signed in"))
}

func neverPolled(c *Case) *sighting {
	given := c.Login.At(logins.DeviceAuthorization)
	if len(given) == 0 || given[0].Came("device_code") == "" || len(c.Login.At(logins.Token)) > 0 {
		return nil
	}
	return likely(given[0], answered(given[0], "device_code", given[0].Came("device_code")), quote(given[0], "token request",
		"was never sent"))
}

func neverApproved(c *Case) *sighting {
	var last *logins.Exchange
	for _, e := range c.Login.At(logins.Token) {
		last = e
	}
	if last == nil || last.Error() != "authorization_pending" {
		return nil
	}
	return possible(last, answered(last, "error", "authorization_pending"), quote(last, "token requests",
		strconv.Itoa(len(c.Login.At(logins.Token)))))
}

// tokensUnused needs a log in which other requests to an API show.
func tokensUnused(c *Case) *sighting {
	var got *logins.Exchange
	for _, e := range c.Login.At(logins.Token) {
		if e.Came("access_token") != "" {
			got = e
		}
	}
	if got == nil || len(c.Login.At(logins.API, logins.UserInfo, logins.Revocation)) > 0 {
		return nil
	}
	for _, o := range c.Log.Exchanges {
		if o.Endpoint == logins.API && o.Bearer() != "" {
			return possible(got, answered(got, "access_token", got.Came("access_token")), quote(got, "API", "never saw it"))
		}
	}
	return nil
}
