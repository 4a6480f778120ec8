package diagnosis

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// corsRows are about pages that ask another origin, and browsers that keep the
// answer from them (Fetch Standard, HTTP-CORS protocol).
func corsRows() []Row {
	fetch := trace.Spec{Doc: "Fetch Standard"}
	return []Row{
		{"origin-unregistered", "the provider does not let pages of this origin read its answer", fetch, either(
			unless(spaPlatform, keptBack(ofProvider)), unless(blockedAsMixed, (*Case).silenced),
			keptBackAsTold(logins.Token, Likely), bySaying("threw a cors error", "invalid origin uri", "invalid origin url", "invalid_origin"),
		)},
		{"spa-platform", "the provider redeems codes of pages only for clients that are registered as one", fetch, spaPlatform},
		{"web-platform", "the provider redeems codes of this client only for pages, and a server asked", fetch, webPlatform},
		{"mixed-content", "a page of https asks for something by http, and the browser blocks it", fetch, either(
			blockedAsMixed, bySaying("mixed content", "mixed active content"),
		)},
		{"cors-credentials", "the page sends cookies along, and the answer allows any origin but no cookies", fetch, corsCredentials},
		{"api-preflight-refused", "the API refuses the browser's question whether a page may call it", fetch, either(
			keptBack(func(e *logins.Exchange) bool { return !ofProvider(e) && e.Endpoint != logins.Callback }), (*Case).silencedByAPI,
			keptBackAsTold(logins.API, Possible),
		)},
	}
}

// ofProvider reports whether a provider answers there, of whose pages nobody but it says which origins may read them: at
// an endpoint, or at an API of a host that is one of a provider's own.
func ofProvider(e *logins.Exchange) bool {
	host := hostname(e)
	return e.Endpoint.Provides() || slices.ContainsFunc([]string{
		".okta.com", ".oktapreview.com", ".okta-emea.com", ".auth0.com", ".microsoftonline.com", ".b2clogin.com", ".ciamlogin.com",
		".amazoncognito.com", ".onelogin.com", ".zitadel.cloud", ".pingone.com",
	}, func(end string) bool { return strings.HasSuffix(host, end) })
}

// blockedAsMixed sees a page that came by https ask a host by http, and no
// answer: browsers let that out to the machine itself alone (Fetch Standard).
// A frame or a script is asked for without Origin; a page of the same host that
// came by https before makes it likely.
func blockedAsMixed(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		host := hostname(e)
		local := isLoopback(host) || strings.HasSuffix(host, ".localhost")
		if !c.Known.Ended || e.Status() != 0 || !strings.HasPrefix(e.Request.URL, "http://") || local {
			continue
		}
		if origin := e.Request.HeaderValue("Origin"); origin == "" && strings.HasPrefix(c.originOf(e), "https://") && !navigates(e) {
			return likely(e, quote(e, "page", c.originOf(e)), quote(e, "address", e.Address()), quote(e, "answer", "the browser shows none"))
		} else if strings.HasPrefix(origin, "https://") {
			return certain(e, quote(e, "Origin", origin), quote(e, "address", e.Address()), quote(e, "answer", "the browser shows none"))
		}
		if navigates(e) && !contains(c.said(e).words, "err_blocked_by_csp") { // which tells of a frame
			continue
		}
		if o := pageByTLS(c, e); o != nil {
			return likely(e, quote(o, "page", o.Address()), quote(e, "address", e.Address()), quote(e, "answer", "the browser shows none"))
		}
	}
	return nil
}

// pageByTLS is what came by https before from the host that is asked, or nil.
func pageByTLS(c *Case, e *logins.Exchange) *logins.Exchange {
	for _, o := range c.earlier(e) {
		if hostname(o) == hostname(e) && strings.HasPrefix(o.Request.URL, "https://") && o.Status() == http.StatusOK {
			return o
		}
	}
	return nil
}

// spaPlatform goes by the words of Entra ID, which alone makes that difference.
func spaPlatform(c *Case) *sighting {
	return bySaying("aadsts9002326", "cross-origin token redemption")(c)
}

func webPlatform(c *Case) *sighting {
	return bySaying("aadsts9002327", "redeemed via cross-origin requests")(c)
}

// keptBackAsTold takes the words of a browser's console, which name what was
// asked. An address that is none of a provider's may be an API, or a provider all the same.
func keptBackAsTold(place logins.Endpoint, sure Sure) look {
	return func(c *Case) *sighting {
		e, _ := c.told("blocked by cors policy", "cross-origin request blocked", "not allowed by access-control-allow-origin",
			"pass access control check", "no 'access-control-allow-origin' header")
		if e == nil || e.Broken() != nil || placeTold(c.said(e).words) != place {
			return nil
		}
		return &sighting{sure: sure, at: e, shown: append(refusal(e), answered(e, "text", "the browser kept the answer back: CORS"))}
	}
}

// placeTold is what the first address in a text belongs to: its path says so, in
// the words of every provider.
func placeTold(words string) logins.Endpoint {
	addresses := addressesIn(words)
	if len(addresses) == 0 {
		return logins.Other
	}
	switch {
	case saysAny(addresses[0], "client_id=", "/authorize", "/openid-connect/auth"):
		return logins.Authorization
	case saysAny(addresses[0], "/token", wellKnown, "/jwks", "/certs", "/userinfo", "/openid-connect/"):
		return logins.Token
	}
	return logins.API
}

// keptBack sees an answer that the browser does not show to the page that asked:
// its preflight was refused, or it does not name the page's origin.
func keptBack(of func(*logins.Exchange) bool) look {
	return func(c *Case) *sighting {
		for _, e := range c.Login.Exchanges {
			if !of(e) || !asksAcross(e) {
				continue
			}
			if allowed, kept := keptFrom(e); kept && (e.Preflight || !c.askedFirst(e)) {
				return &sighting{sure: c.sureOfCORS(e), general: refusedAnyway(e), at: e, shown: []Evidence{
					quote(e, "Origin", e.Request.HeaderValue("Origin")), answered(e, "Access-Control-Allow-Origin", allowed),
				}}
			}
		}
		return nil
	}
}

// silenced sees a script of another origin that got no answer from a host that
// did answer where the browser itself went.
func (c *Case) silenced() *sighting {
	for _, e := range c.Login.Exchanges {
		origin := c.originOf(e)
		if !c.Known.Ended || origin == "" || e.Status() != 0 || !e.Endpoint.Provides() || navigates(e) || sameOrigin(origin, e.Request.URL) {
			continue
		}
		for _, o := range c.earlier(e) {
			if o.Host() == e.Host() && o.Status() != 0 && !asksAcross(o) {
				return likely(e, quote(e, "Origin", origin), quote(e, "answer", "the browser shows none"), quote(o, "the same host", "answered"))
			}
		}
	}
	return nil
}

// originOf is the origin of the page that asks. Where a recording leaves the header out, it is that of the callback,
// which answered with a page: a page that redeems its code itself is one of a browser.
func (c *Case) originOf(e *logins.Exchange) string {
	if origin := e.Request.HeaderValue("Origin"); origin != "" {
		return origin
	}
	var page *logins.Exchange
	for _, o := range c.Login.At(logins.Callback) {
		if o.Number < e.Number && o.Status() == http.StatusOK && o.Answer.IsHTML() {
			page = o
		}
	}
	if page == nil || e.Endpoint != logins.Token && e.Endpoint != logins.API && e.Endpoint != logins.UserInfo {
		return ""
	}
	if u, err := url.Parse(page.Request.URL); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	return ""
}

// silencedByAPI sees a page of another origin send a token, and no answer: before that a browser asks whether it may,
// with a request that not every recording keeps.
func (c *Case) silencedByAPI() *sighting {
	for _, e := range c.Login.Exchanges {
		if e.Endpoint != logins.API && e.Endpoint != logins.Other || e.Preflight {
			continue
		}
		origin := c.originOf(e)
		silent := c.Known.Ended && !c.Known.Asked && e.Status() == 0 && c.brokenOff(e) == nil && c.over().replied[e.Address()] <= e.Number
		if silent && c.headersLeftOut() && asksByScript(e) { // and the token with them
			return likely(e, quote(e, "Origin", e.Request.HeaderValue("Origin")), quote(e, "answer", "the browser shows none"))
		}
		if silent && origin != "" && e.Request.HeaderValue("Authorization") != "" && !sameOrigin(origin, e.Request.URL) {
			return likely(e, quote(e, "Origin", origin), ownWords(quote(e, "Authorization", "was sent")),
				quote(e, "answer", "the browser shows none"))
		}
	}
	return nil
}

// asksByScript reports whether a script asked another origin, and the recording does not say that no connection was made.
func asksByScript(e *logins.Exchange) bool {
	origin := e.Request.HeaderValue("Origin")
	return e.Request.HeaderValue("Sec-Fetch-Mode") == "cors" && origin != "" && !sameOrigin(origin, e.Request.URL) && e.Answer == nil
}

// keptFrom reports whether the page is kept from reading the answer, and whom it allows.
func keptFrom(e *logins.Exchange) (allowed string, kept bool) {
	allowed = e.Answer.HeaderValue("Access-Control-Allow-Origin")
	refused := e.Preflight && (e.Status() >= 300 || e.Status() == 0)
	kept = refused || allowed != "*" && !strings.EqualFold(allowed, e.Request.HeaderValue("Origin"))
	return cmp.Or(allowed, "is not in the answer"), kept
}

// asksAcross reports whether a page asked another origin, and an answer came.
func asksAcross(e *logins.Exchange) bool {
	origin := e.Request.HeaderValue("Origin")
	return origin != "" && e.Answer != nil && (e.Status() != 0 || e.Preflight) && !sameOrigin(origin, e.Request.URL) && !navigates(e)
}

// sureOfCORS is certain where a browser sent the request, since no other program
// keeps an answer back. Programs that only act as one send no fetch metadata.
func (c *Case) sureOfCORS(e *logins.Exchange) Sure {
	if refusedAnyway(e) > 0 {
		return Possible
	}
	if e.Preflight || e.Request.HeaderValue("Sec-Fetch-Mode") == "cors" {
		return Certain
	}
	return Likely
}

// refusedAnyway puts behind what else is told a request that was refused: many servers name no origin with a refusal,
// although they do with what goes well.
func refusedAnyway(e *logins.Exchange) int {
	if !e.Preflight && e.Status() >= http.StatusBadRequest {
		return anywhere
	}
	return 0
}

// askedFirst reports whether a preflight of the same request was seen, which is
// the better evidence.
func (c *Case) askedFirst(e *logins.Exchange) bool {
	for _, o := range c.Login.Exchanges {
		if o.Preflight && o.Address() == e.Address() && o.Status() >= 300 {
			return true
		}
	}
	return false
}

func sameOrigin(origin, address string) bool {
	return strings.HasPrefix(strings.ToLower(address)+"/", strings.ToLower(origin)+"/")
}

// navigates reports whether the browser opened a page, for which it sends an
// Origin with a form and keeps nothing back.
func navigates(e *logins.Exchange) bool {
	mode := e.Request.HeaderValue("Sec-Fetch-Mode")
	return mode == "navigate" || mode == "" && (e.Endpoint == logins.Authorization || e.Endpoint == logins.Page ||
		e.Endpoint == logins.Logout)
}

func corsCredentials(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		cookies := e.Request.HeaderValue("Cookie") != ""
		if e.Answer == nil || !cookies || e.Preflight || e.Request.HeaderValue("Origin") == "" || e.Request.Method == http.MethodOptions ||
			navigates(e) {
			continue
		}
		if e.Answer.HeaderValue("Access-Control-Allow-Origin") == "*" && !sameOrigin(e.Request.HeaderValue("Origin"), e.Request.URL) {
			return certain(e, ownWords(quote(e, "Cookie", "was sent")), answered(e, "Access-Control-Allow-Origin", "*"))
		}
	}
	return nil
}
