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
	tabSeen        = "seen"
)

// tab is one entry of the row of tabs.
type tab struct {
	id, title string
	short     string // where there is little room
	count     int    // of what is there; of what failed there, if anything did
	alert     bool   // something failed there
}

// tabsOf lists the tabs that apply to the content.
func tabsOf(c *Content) []tab {
	tabs := []tab{{id: tabWords, title: "Plain words", short: "Words"}}
	if c.Page != nil {
		title := "Page"
		if c.Page.Frame != Browser {
			title = "Screen"
		}
		tabs = append(tabs, tab{id: tabPage, title: title})
	}
	if c.Message == nil {
		return withSeen(tabs, c)
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
	if all, failed := countChecks(c); all > 0 {
		count := all
		if failed > 0 {
			count = failed
		}
		tabs = append(tabs, tab{id: tabChecks, title: "Checks", count: count, alert: failed > 0})
	}
	if len(c.Tokens) > 0 {
		tabs = append(tabs, tab{id: tabTokens, title: "Tokens"})
	}
	return withSeen(tabs, c)
}

// withSeen adds who can see the followed value.
func withSeen(tabs []tab, c *Content) []tab {
	if c.Watched == nil {
		return tabs
	}
	return append(tabs, tab{id: tabSeen, title: "Who sees it", short: "Seen by"})
}

// fittingTab returns the wanted tab if it applies, else the one nearest to what it would have shown.
func fittingTab(wanted string, c *Content, tabs []tab) string {
	choices := []string{wanted}
	switch wanted {
	case tabRequest, tabResponse, tabChecks, tabTokens, tabCalculation, tabSeen:
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
