package inspector

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestTabsThatDoNotApplyAreNotOffered(t *testing.T) {
	request := &trace.Message{Kind: trace.Request, Checks: []trace.Check{{Result: trace.Pass}, {Result: trace.Fail}}}
	note := &trace.Message{Kind: trace.Note, Calc: &trace.Calc{}}
	for _, c := range []struct {
		why  string
		c    Content
		want string
	}{
		{"before the first step", Content{}, "words"},
		{"a request", Content{Message: request}, "words request response checks"},
		{"a note", Content{Message: note}, "words calculation"},
		{"a gesture", Content{Message: &trace.Message{Kind: trace.Gesture}}, "words request"},
		{
			"a page",
			Content{Message: &trace.Message{Kind: trace.Response}, Page: &Page{}, Tokens: []Token{{}}},
			"words page request response tokens",
		},
	} {
		var ids []string
		for _, tab := range tabsOf(&c.c) {
			ids = append(ids, tab.id)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s offers %q, want %q", c.why, got, c.want)
		}
	}
	tabs := tabsOf(&Content{Message: request})
	if last := tabs[len(tabs)-1]; last.count != 1 || !last.alert {
		t.Errorf("the checks say %+v", last)
	}
}

func TestTheNearestTabStandsIn(t *testing.T) {
	note := Content{Message: &trace.Message{Kind: trace.Note, Calc: &trace.Calc{}}}
	answer := Content{Message: &trace.Message{Kind: trace.Response}}
	for _, c := range []struct {
		wanted string
		c      Content
		want   string
	}{
		{"request", note, "calculation"},
		{"checks", answer, "response"},
		{"calculation", answer, "response"},
		{"page", answer, "words"},
		{"request", answer, "request"},
		{"nonsense", answer, "words"},
		{"tokens", Content{}, "words"},
	} {
		if got := fittingTab(c.wanted, &c.c, tabsOf(&c.c)); got != c.want {
			t.Errorf("%s became %s, want %s", c.wanted, got, c.want)
		}
	}
}

func TestEveryTabIsListedOnceAndHasItsView(t *testing.T) {
	v := New(English(t))
	known := map[string]bool{}
	for _, tab := range Tabs() {
		if title := TabTitle(English(t), tab); known[tab] || title == "" || strings.Contains(title, ".") {
			t.Errorf("the tab %q is listed twice or has no title: %q", tab, title)
		}
		known[tab] = true
		if _, words := v.newView(tab).(*wordsView); words != (tab == tabWords) {
			t.Errorf("the tab %q shows the plain words: %v", tab, words)
		}
	}
	v.SetContent(Content{Message: &trace.Message{Kind: trace.Request}})
	if !v.Has(tabRequest) || v.Has(tabSeen) {
		t.Errorf("a request whose values nobody follows: request %v, seen %v", v.Has(tabRequest), v.Has(tabSeen))
	}
}
