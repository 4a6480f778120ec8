package diagnosis

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// callbackRows are about the answer that comes back to the app, and the cookie
// by which the app knows whose answer it is.
func callbackRows() []Row {
	cookie := rfc("6265", "4.1")
	return []Row{
		{
			"callback-other-host", "the login began under another host name than the one that the answer came back to", cookie,
			func(c *Case) *sighting {
				return cookieLost(c, func(l *lostCookie) bool { return l.set.Host() != l.back.Host() && hostname(l.set) != hostname(l.back) })
			},
		},
		{"cookie-same-site", "the cookie of the app is not sent when the answer comes from another site", cookie, func(c *Case) *sighting {
			return cookieLost(c, func(l *lostCookie) bool {
				return l.cookie.SameSite == http.SameSiteStrictMode || l.back.Request.Method == http.MethodPost &&
					l.cookie.SameSite != http.SameSiteNoneMode
			})
		}},
		{"cookie-none-without-secure", "the cookie has SameSite=None without Secure, so browsers drop it", cookie, func(c *Case) *sighting {
			return cookieLost(c, func(l *lostCookie) bool { return l.cookie.SameSite == http.SameSiteNoneMode && !l.cookie.Secure })
		}},
		{"cookie-secure-on-http", "the cookie has Secure, and the app is reached by http", cookie, func(c *Case) *sighting {
			return cookieLost(c, func(l *lostCookie) bool { return l.cookie.Secure && strings.HasPrefix(l.back.Request.URL, "http://") })
		}},
		{"cookie-path", "the path of the cookie does not cover the callback", cookie, func(c *Case) *sighting {
			return cookieLost(c, func(l *lostCookie) bool {
				return l.cookie.Path != "" && !strings.HasPrefix(l.back.Path(), l.cookie.Path)
			})
		}},
		{"cookie-missing", "the app's cookie did not come back with the answer", cookie, func(c *Case) *sighting {
			s := cookieLost(c, func(*lostCookie) bool { return true })
			if s != nil {
				s.sure = Likely
			}
			return s
		}},
		{
			"answer-in-fragment", "the answer stands behind the # of the address, which browsers do not send to a server", rfc("9110", "7.1"),
			either(answerInFragment, answerBehindRoute),
		},
		{"callback-post", "the answer came as a form, and the callback takes none", oidc("3.1.2.5"), func(c *Case) *sighting {
			e := c.refusedAt(logins.Callback)
			if e == nil || e.Request.Method != http.MethodPost || e.Status() != 404 && e.Status() != 405 && e.Status() != 403 &&
				e.Status() != 415 {
				return nil
			}
			return certain(e, quote(e, "method", "POST"), answered(e, "status", strconv.Itoa(e.Status())))
		}},
		{"callback-not-found", "the app has nothing at its callback address", rfc("6749", "3.1.2"), either(
			callbackNotFound, bySaying("the address wasn't understood"))},
		{"answer-of-other-issuer", "iss of the answer is another provider than the one that was asked", rfc("9207", "2.4"), either(
			byRule("iss-matches"), bySaying("iss mismatch", "unexpected iss (issuer)", "issuer mismatch in authorization response"), gitHubNamed,
		)},
		{"answer-issuer-missing", "iss is not in the answer, although the provider promises it", rfc("9207", "2.4"), bySaying(
			"iss missing", "\"iss\" (issuer) missing", "missing iss", "missing \"iss\"", "iss parameter missing", "iss parameter is missing",
		)},
	}
}

// callbackNotFound is certain where the server says that it has nothing there, and no more: an app answers 404 as well for
// a person, a session or a workspace that it does not find. With an error in the address something else went wrong first.
func callbackNotFound(c *Case) *sighting {
	e := c.refusedAt(logins.Callback)
	if e == nil || e.Status() != http.StatusNotFound {
		return nil
	}
	s := likely(e, quote(e, "address", e.Address()), answered(e, "status", "404"))
	elsewhere := slices.ContainsFunc(c.Log.Exchanges, func(o *logins.Exchange) bool {
		return o.Address() == e.Address() && o.Status() != 0 && o.Status() != http.StatusNotFound
	})
	switch {
	case e.Param("error") != "", elsewhere:
		s.sure, s.general = Possible, anywhere
	case saysOnlyNotFound(e):
		s.sure = Certain
	default:
		s.general = anywhere // the words of the answer may tell more
	}
	return s
}

// saysOnlyNotFound knows the page of a server or a framework that has nothing at an address.
func saysOnlyNotFound(e *logins.Exchange) bool {
	text := strings.ToLower(e.Text())
	if e.Answer.IsJSON() || len(text) > longestNotFound {
		return false
	}
	return saysAny(text, "not found", "cannot get", "cannot post", "404", "no static resource", "page does not exist", "no route") && !saysAny(
		text, "user", "account", "session", "state", "token", "person", "email", "member", "tenant", "workspace", "organization", "client",
	)
}

// longestNotFound is how long the text of such a page is at the most.
const longestNotFound = 600

func hostname(e *logins.Exchange) string {
	if u, err := url.Parse(e.Request.URL); err == nil {
		return u.Hostname()
	}
	return ""
}

// lostCookie is a cookie that the app set when the login began, and that was
// missing when it came back.
type lostCookie struct {
	cookie    *http.Cookie
	set, back *logins.Exchange
}

// cookieLost looks for a callback that failed and came without a cookie that
// the app had set shortly before. A recording that leaves cookies out, as
// Chromium's do by default, shows nothing of this.
func cookieLost(c *Case, is func(*lostCookie) bool) *sighting {
	back := c.refused(func(e *logins.Exchange) bool { return e.Endpoint == logins.Callback && e.Error() == "" })
	if back == nil {
		return cookieDropped(c, is)
	}
	if len(c.tokensWithout("")) > 0 {
		return nil
	}
	for _, set := range c.earlier(back) {
		if set.Answer == nil || set.Endpoint.Provides() || !sameApp(c, set, back) {
			continue
		}
		for _, cookie := range cookiesOf(set) {
			if strings.Contains(back.Request.HeaderValue("Cookie"), cookie.Name+"=") {
				continue
			}
			if l := (&lostCookie{cookie, set, back}); is(l) {
				return certain(back, quote(set, "Set-Cookie", described(cookie)), quote(back, "Cookie", "has no "+cookie.Name))
			}
		}
	}
	return nil
}

// cookieDropped looks for a cookie that the app set when somebody came back well, and that was missing in the
// next request, so that the app sent the browser to sign in again.
func cookieDropped(c *Case, is func(*lostCookie) bool) *sighting {
	if len(c.refusals) > 0 || !c.superseded() || c.headersLeftOut() {
		return nil
	}
	for _, set := range c.Login.At(logins.Callback) {
		next := nextTo(c, set)
		if set.Answer == nil || next == nil || next.Answer == nil || !strings.Contains(next.Answer.HeaderValue("Location"), "client_id=") {
			continue
		}
		for _, cookie := range cookiesOf(set) {
			l := &lostCookie{cookie, set, next}
			if !strings.Contains(next.Request.HeaderValue("Cookie"), cookie.Name+"=") && is(l) {
				return certain(next, quote(set, "Set-Cookie", described(cookie)), quote(next, "Cookie", "has no "+cookie.Name),
					answered(next, "Location", withoutQuery(next.Answer.HeaderValue("Location"))))
			}
		}
	}
	return nil
}

// nextTo is the next request to the same host, or nil.
func nextTo(c *Case, e *logins.Exchange) *logins.Exchange {
	for _, o := range c.later(e) {
		if o.Host() == e.Host() {
			return o
		}
	}
	return nil
}

// cookiesOf are those that an answer sets, and does not delete.
func cookiesOf(e *logins.Exchange) []*http.Cookie {
	var all []*http.Cookie
	for _, h := range e.Answer.Header {
		if !strings.EqualFold(h.Name, "Set-Cookie") {
			continue
		}
		if cookie, err := http.ParseSetCookie(h.Value); err == nil && cookie.MaxAge >= 0 {
			all = append(all, cookie)
		}
	}
	return all
}

// sameApp reports whether the exchange sent the browser to the provider, or is
// under the callback's host.
func sameApp(c *Case, set, back *logins.Exchange) bool {
	if hostname(set) == hostname(back) {
		return true
	}
	asked := c.Login.At(logins.Authorization)
	if len(asked) == 0 {
		return false
	}
	for _, o := range c.earlier(asked[0]) { // whoever sent the browser to sign in is the app
		if o.Host() == set.Host() && o.Answer != nil && strings.HasPrefix(o.Answer.HeaderValue("Location"), asked[0].Address()) {
			return true
		}
	}
	return false
}

// described is a cookie without its value.
func described(cookie *http.Cookie) string {
	_, attributes, _ := strings.Cut(cookie.Raw, ";")
	return strings.TrimSuffix(cookie.Name+"=…;"+attributes, ";")
}

// answerInFragment sees an address that the provider sent the browser to. An error behind the # has a cause of its own,
// and where nobody answered at the callback, nothing shows that the answer was missed there.
func answerInFragment(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		if e.Answer == nil || !e.Endpoint.Provides() {
			continue
		}
		_, fragment, found := strings.Cut(e.Answer.HeaderValue("Location"), "#")
		if !found || !strings.Contains(fragment, "=") || e.Came("error") != "" {
			continue
		}
		back := c.refusedAt(logins.Callback)
		if back == nil || back.Status() == 0 || back.Param("code") != "" || back.Param("error") != "" || back.Param("access_token") != "" {
			continue
		}
		mode := c.Login.Asked("response_mode")
		if mode == "" {
			mode = "is not in the request; response_type is " + c.Login.Asked("response_type")
		}
		return certain(back, quote(e, "response_mode", mode), quote(back, "query", "has neither code nor error"))
	}
	return nil
}

// answerBehindRoute sees an address that was brought alone, with the answer in the
// route that a page keeps behind the #.
func answerBehindRoute(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		_, fragment, found := strings.Cut(e.Request.URL, "#")
		if !c.Known.Asked || !found {
			continue
		}
		route, query, inRoute := strings.Cut(fragment, "?")
		values, err := url.ParseQuery(query)
		if err == nil && inRoute && values.Get("state") != "" && (values.Get("code") != "" || values.Get("error") != "") {
			return likely(e, quote(e, "behind the #", route+"?…"))
		}
	}
	return nil
}

// takenAtBeginning reports whether an app got a code and failed with what came after: the provider had taken its name and
// its address where the login began.
func takenAtBeginning(c *Case, e *logins.Exchange) bool {
	if c.Known.AnswerOnly || c.Known.Asked || e.Broken() != nil || e.Status() < http.StatusBadRequest {
		return false
	}
	asked := c.Login.At(logins.Authorization)
	switch {
	case e.Endpoint == logins.Callback:
		return e.Param("code") != ""
	case e.Endpoint == logins.Token && len(asked) > 0:
		return c.codeOf() != nil && asked[0].Host() == e.Host() && asked[0].Realm() == e.Realm() && asked[0].Client() == e.Client()
	}
	return false
}

// redirectToldLater sees words about a redirect_uri from an app that had got its code: they are about the one that it sent
// along with it.
func redirectToldLater(c *Case) *sighting {
	s := redirectTold(c)
	if s == nil {
		if e, phrase := c.told(redirectPhrases()...); e != nil && e.Broken() == nil {
			s = likely(e, saying(e, phrase)...)
		}
	}
	if s == nil || s.at.Endpoint != logins.Callback || !takenAtBeginning(c, s.at) {
		return nil
	}
	return s
}

// gitHubNamed sees a callback of GitHub that failed: its answers name it since April 2026 (RFC 9207), and libraries that know
// no issuer of it do not take them.
func gitHubNamed(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Callback && e.Param("error") == "" && e.Param("iss") == "https://github.com/login/oauth" && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	return possible(e, quote(e, "iss", e.Param("iss")))
}
