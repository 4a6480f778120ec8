package diagnosis

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// formForbidden sees a form that a page sent to its own server and that got no answer, where the policy of the page
// lets forms go nowhere else: the policy counts for the redirect to the provider as well (CSP Level 3, form-action).
func formForbidden(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		if !c.Known.Ended || c.Known.Asked || e.Request.Method != http.MethodPost || e.Status() != 0 || e.Endpoint.Provides() {
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
