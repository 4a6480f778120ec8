package inspector

import (
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
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

// Tabs lists the ids of all that there are. Which of them apply depends on the message,
// see [Inspector.Has].
func Tabs() []string {
	return []string{tabWords, tabPage, tabRequest, tabResponse, tabChecks, tabTokens, tabCalculation, tabSeen}
}

// TabTitle is what a tab is called.
func TabTitle(say *catalog.Catalog, id string) string { return say.Text("inspector.tab." + id) }

// tab is one entry of the row of tabs.
type tab struct {
	id, title string
	short     string // where there is little room

	count int  // of what is there; of what failed there, if anything did
	alert bool // something failed there
	stops bool // and so stopped an attack
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
	tabs := make([]tab, 0, len(ids))
	for _, id := range ids {
		tabs = append(tabs, worded(tab{id: id, title: TabTitle(c.say, id), short: c.say.Text("inspector.short." + id)}, c))
	}
	return tabs
}

// mayCome are the tabs that following a value brings.
func mayCome(c *Content) []tab {
	if c.Watched != nil || c.Message == nil {
		return nil
	}
	return []tab{{id: tabSeen, title: TabTitle(c.say, tabSeen), short: c.say.Text("inspector.short." + tabSeen)}}
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
	switch t.id {
	case tabPage:
		if c.Page.Frame != Browser {
			t.title = c.say.Text("inspector.short.screen")
			t.short = t.title
		}
	case tabChecks:
		all, failed := countChecks(c)
		t.count, t.alert, t.stops = all, failed > 0, failed > 0 && c.Fate == telling.Stopped
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
