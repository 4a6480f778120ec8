package diagnosis

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// formForbidden sees a form that a page sent to its own server and that got no answer, where the policy of the page
// lets forms go nowhere else: the policy counts for the redirect to the provider as well (CSP Level 3, form-action).
func formForbidden(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		stopped := e.Status() == 0 || ledNowhere(c, e)
		if !c.Known.Ended || c.Known.Asked || e.Request.Method != http.MethodPost || !stopped || e.Endpoint.Provides() {
			continue
		}
		origin := e.Request.HeaderValue("Origin")
		if origin != "" && !sameOrigin(origin, e.Request.URL) || c.over().replied[e.Address()] > e.Number {
			continue
		}
		page, policy := c.formPolicy(e)
		if policy != "" {
			return likely(e, answered(page, "Content-Security-Policy", policy), quote(e, "answer", "the browser shows none"))
		}
	}
	return nil
}

// ledNowhere reports whether an answer sent the browser to another host, and it never asked there.
func ledNowhere(c *Case, e *logins.Exchange) bool {
	if e.Status() < 300 || e.Status() >= 400 {
		return false
	}
	to, err := url.Parse(e.Answer.HeaderValue("Location"))
	return err == nil && to.Host != "" && to.Host != e.Host() &&
		!slices.ContainsFunc(c.later(e), func(o *logins.Exchange) bool { return o.Host() == to.Host })
}

// formPolicy is what the page before a request says of its forms, where that is its own origin alone.
func (c *Case) formPolicy(e *logins.Exchange) (page *logins.Exchange, directive string) {
	for _, o := range c.earlier(e) {
		if o.Host() == e.Host() && o.Answer != nil && o.Answer.IsHTML() {
			page = o
		}
	}
	if page == nil {
		return nil, ""
	}
	for directive := range strings.SplitSeq(page.Answer.HeaderValue("Content-Security-Policy"), ";") {
		words := strings.Fields(strings.ToLower(directive))
		if len(words) == 2 && words[0] == "form-action" && (words[1] == "'self'" || words[1] == "'none'") {
			return page, strings.TrimSpace(directive)
		}
	}
	return nil, ""
}

// fetchForbidden sees a page that got a code and that redeems its codes itself, no token request, and a policy of the page
// that lets its scripts ask no other origin (CSP Level 3, connect-src): what a policy stops, no recording shows.
func fetchForbidden(c *Case) *sighting {
	asked := c.Login.At(logins.Authorization)
	if !c.Known.Ended || c.Known.Asked || len(asked) == 0 || len(c.Login.At(logins.Token)) > 0 {
		return nil
	}
	for _, page := range c.Login.At(logins.Callback) {
		if page.Answer == nil {
			continue
		}
		policy := connects(page)
		open := len(policy) == 0 || reaches(policy, asked[0]) || page.Host() == asked[0].Host()
		if open || page.Param("code") == "" || !redeemsItself(c, page) {
			continue
		}
		return likely(page, answered(page, "Content-Security-Policy", strings.Join(policy, " ")), quote(asked[0], "host", asked[0].Host()),
			quote(page, "token request", "was never sent"))
	}
	return nil
}

// redeemsItself reports whether a callback was answered with the page that the app answers other addresses with too: that
// is an app that lives in the browser.
func redeemsItself(c *Case, page *logins.Exchange) bool {
	if page.Status() != http.StatusOK || !page.Answer.IsHTML() || !bytes.Contains(page.Answer.Body, []byte("<script")) {
		return false
	}
	return slices.ContainsFunc(c.Log.Exchanges, func(o *logins.Exchange) bool {
		return o.Host() == page.Host() && o.Path() != page.Path() && o.Answer != nil && bytes.Equal(o.Answer.Body, page.Answer.Body)
	})
}

// connects is what the policy of a page says of the addresses that its scripts may ask.
func connects(page *logins.Exchange) []string {
	var found []string
	for directive := range strings.SplitSeq(page.Answer.HeaderValue("Content-Security-Policy"), ";") {
		switch words := strings.Fields(strings.ToLower(directive)); {
		case len(words) > 0 && words[0] == "connect-src":
			return words
		case len(words) > 0 && words[0] == "default-src":
			found = words
		}
	}
	return found
}

// reaches reports whether a policy names the host of a request, or so many that it may.
func reaches(policy []string, e *logins.Exchange) bool {
	host := hostname(e)
	return slices.ContainsFunc(policy[1:], func(source string) bool {
		source = strings.TrimPrefix(strings.TrimPrefix(source, "https://"), "http://")
		source, _, _ = strings.Cut(source, "/")
		source, _, _ = strings.Cut(source, ":")
		wild, isWild := strings.CutPrefix(source, "*")
		return source == host || isWild && strings.HasSuffix(host, wild) || source == "https" || source == "http"
	})
}
