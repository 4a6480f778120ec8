package inspector

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// The tabs, by id.
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

// Tab is one of the views of a message.
type Tab struct {
	ID, Title string
	short     string // where there is little room; "" the title
}

// Tabs lists all that there are. Which of them apply depends on the message,
// see [Inspector.Has].
func Tabs() []Tab {
	return []Tab{
		{ID: tabWords, Title: "Plain words", short: "Words"},
		{ID: tabPage, Title: "Page"},
		{ID: tabRequest, Title: "Request"},
		{ID: tabResponse, Title: "Response"},
		{ID: tabChecks, Title: "Checks"},
		{ID: tabTokens, Title: "Tokens"},
		{ID: tabCalculation, Title: "Calculation"},
		{ID: tabSeen, Title: "Who sees it", short: "Seen by"},
	}
}

// tab is one entry of the row of tabs.
type tab struct {
	Tab
	count int  // of what is there; of what failed there, if anything did
	alert bool // something failed there
}

// tabsOf lists the tabs that apply to the content.
func tabsOf(c *Content) []tab {
	ids := []string{tabWords}
	if c.Page != nil {
		ids = append(ids, tabPage)
	}
	ids = append(ids, tabsOfMessage(c)...)
	if c.Watched != nil {
		ids = append(ids, tabSeen)
	}
	all := Tabs()
	tabs := make([]tab, 0, len(ids))
	for _, id := range ids {
		i := slices.IndexFunc(all, func(t Tab) bool { return t.ID == id })
		tabs = append(tabs, worded(tab{Tab: all[i]}, c))
	}
	return tabs
}

// tabsOfMessage lists those that a message of its kind has.
func tabsOfMessage(c *Content) []string {
	if c.Message == nil {
		return nil
	}
	var ids []string
	switch c.Message.Kind {
	case trace.Note:
		if c.Message.Calc != nil {
			ids = append(ids, tabCalculation)
		}
	case trace.Gesture:
		ids = append(ids, tabRequest)
	default:
		ids = append(ids, tabRequest, tabResponse)
	}
	if all, _ := countChecks(c); all > 0 {
		ids = append(ids, tabChecks)
	}
	if len(c.Tokens) > 0 {
		ids = append(ids, tabTokens)
	}
	return ids
}

// worded says on a tab what is special about this content.
func worded(t tab, c *Content) tab {
	switch t.ID {
	case tabPage:
		if c.Page.Frame != Browser {
			t.Title = "Screen"
		}
	case tabChecks:
		all, failed := countChecks(c)
		t.count, t.alert = all, failed > 0
		if failed > 0 {
			t.count = failed
		}
	}
	return t
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
			if t.ID == id {
				return id
			}
		}
	}
	return tabWords
}
