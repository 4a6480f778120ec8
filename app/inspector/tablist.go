package inspector

import "github.com/grantwalk/grantwalk/flows/trace"

// The tabs.
const (
	tabWords       = "words"
	tabPage        = "page"
	tabRequest     = "request"
	tabResponse    = "response"
	tabChecks      = "checks"
	tabTokens      = "tokens"
	tabCalculation = "calculation"
)

// tab is one entry of the row of tabs.
type tab struct {
	id, title string
	short     string // where there is little room
	count     int
	alert     bool // something failed there
}

// tabsOf lists the tabs that apply to the content.
func tabsOf(c *Content) []tab {
	tabs := []tab{{id: tabWords, title: "Plain words", short: "Words"}}
	if c.Page != nil {
		tabs = append(tabs, tab{id: tabPage, title: "Page"})
	}
	if c.Message == nil {
		return tabs
	}
	switch c.Message.Kind {
	case trace.Note:
		if c.Message.Calc != nil {
			tabs = append(tabs, tab{id: tabCalculation, title: "Calculation"})
		}
	case trace.Gesture:
		tabs = append(tabs, tab{id: tabRequest, title: "Request"})
	default:
		tabs = append(tabs, tab{id: tabRequest, title: "Request"}, tab{id: tabResponse, title: "Response"})
	}
	if n, failed := countChecks(c); n > 0 {
		tabs = append(tabs, tab{id: tabChecks, title: "Checks", count: n, alert: failed})
	}
	if len(c.Tokens) > 0 {
		tabs = append(tabs, tab{id: tabTokens, title: "Tokens"})
	}
	return tabs
}

// fittingTab returns the wanted tab if it applies, else the one nearest to what it would have shown.
func fittingTab(wanted string, c *Content, tabs []tab) string {
	choices := []string{wanted}
	switch wanted {
	case tabRequest, tabResponse, tabChecks, tabTokens, tabCalculation:
		if c.Message != nil && c.Message.Kind == trace.Response {
			choices = append(choices, tabResponse)
		}
		choices = append(choices, tabRequest, tabCalculation)
	}
	for _, id := range choices {
		for _, t := range tabs {
			if t.id == id {
				return id
			}
		}
	}
	return tabWords
}

func requestOf(c *Content) *trace.Message {
	if c.Request == nil && c.Message != nil && c.Message.Kind == trace.Request {
		return c.Message
	}
	return c.Request
}

func responseOf(c *Content) *trace.Message {
	if c.Response == nil && c.Message != nil && c.Message.Kind == trace.Response {
		return c.Message
	}
	return c.Response
}

// checkGroup is the checks that one party ran, in order.
type checkGroup struct {
	by     trace.Role
	checks []trace.Check
}

// checkGroups lists the checks to show. An answer shows what was checked
// before it was given as well as what its receiver checked.
func checkGroups(c *Content) []checkGroup {
	if c.Message == nil {
		return nil
	}
	var all []trace.Check
	if r := requestOf(c); c.Message.Kind == trace.Response && r != nil {
		all = append(all, r.Checks...)
	}
	all = append(all, c.Message.Checks...)
	var groups []checkGroup
	for _, check := range all {
		if n := len(groups); n > 0 && groups[n-1].by == check.By {
			groups[n-1].checks = append(groups[n-1].checks, check)
			continue
		}
		groups = append(groups, checkGroup{check.By, []trace.Check{check}})
	}
	return groups
}

func countChecks(c *Content) (n int, failed bool) {
	for _, g := range checkGroups(c) {
		n += len(g.checks)
		for _, check := range g.checks {
			failed = failed || check.Result == trace.Fail
		}
	}
	return n, failed
}

// telling returns the index of the passed check that shows most: the last one
// that compared two equal long values, as PKCE does; -1 when none did, or when the
// one to look at is another that failed.
func telling(checks []trace.Check) int {
	best := -1
	for i, c := range checks {
		if c.Result == trace.Fail {
			return -1
		}
		if c.Result == trace.Pass && len(c.Got) >= 20 && c.Expected == c.Got {
			best = i
		}
	}
	return best
}

// partyName is what a party is called in a heading.
func partyName(c *Content, r trace.Role) string {
	if c.Party != nil {
		if name := c.Party(r); name != "" {
			return name
		}
	}
	switch r {
	case trace.ResourceOwner:
		return "the resource owner"
	case trace.UserAgent:
		return "the browser"
	case trace.Client:
		return "the client app"
	case trace.AuthorizationServer:
		return "the identity provider"
	case trace.ResourceServer:
		return "the API"
	case trace.Attacker:
		return "the attacker"
	}
	return "the receiver"
}

// sameMessage reports whether two contents look at the same message, in other words or lights.
func sameMessage(a, b *Content) bool {
	if a.Message == nil || b.Message == nil {
		return a.Message == b.Message
	}
	m, n := a.Message, b.Message
	return m.Step == n.Step && m.Exchange == n.Exchange && m.Kind == n.Kind && m.At.Equal(n.At) &&
		m.URL == n.URL && m.Status == n.Status && len(m.Body) == len(n.Body)
}
