package inspector

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// checksView is the rules that ran, in the order in which they ran.
type checksView struct {
	*sheet
}

func newChecksView(k *kit) *checksView { return &checksView{sheet: newSheet(k)} }

func (v *checksView) build(c *Content) {
	root := v.start()
	groups := checkGroups(c)
	group, index := matters(groups)
	if index >= 0 {
		root.Add(0, v.matterCard(c, groups, group, index))
	}
	for i, g := range groups {
		shown := -1
		if i == group {
			shown = index
		}
		root.Add(gapIf(i > 0 || index >= 0, 24), v.Heading(v.kit.say.Text("inspector.checks.heading", "party", partyName(c, g.by))))
		v.list(root, c, g.checks, fmt.Sprintf("%d:%s", i, g.by), shown)
	}
}

// matterCard shows one check before the list of them all, with what it compared and its number.
func (v *checksView) matterCard(c *Content, groups []checkGroup, group, index int) *page.Column {
	check := groups[group].checks[index]
	number, all := index+1, 0
	for i, g := range groups {
		if i < group {
			number += len(g.checks)
		}
		all += len(g.checks)
	}
	row := v.checkRow()
	row.set(check, v.ruleOf(c, check), true, true, nil)
	row.last = true
	v.fillBody(row.body.Clear(), c, check)
	_, ink, ground := row.signs()
	card := v.Card(ground, "", 12)
	title := []page.Span{
		{Text: v.kit.say.Text("inspector.checks.matters"), Ink: ink, Face: page.Face{Size: look.Body, Bold: true}},
		{
			Text: " · " + v.kit.say.Text("inspector.checks.of", "n", strconv.Itoa(number), "all", strconv.Itoa(all)), Ink: look.InkSoft,
			Face: page.Face{Size: look.Small},
		},
	}
	card.Add(0, v.Text(page.Paragraph{Spans: title}))
	return card.AddWide(2, checkBleed, row)
}

// list adds a row for each check. One that failed is open unless a person closed
// it, or it is the one at shown, which stands above the list already.
func (s *sheet) list(to *page.Column, c *Content, checks []trace.Check, prefix string, shown int) {
	for i, check := range checks {
		key := fmt.Sprintf("%s:%d:%s", prefix, i, check.ID)
		open := check.Result == trace.Fail && i != shown
		if t, ok := s.turned[key]; ok {
			open = t
		}
		row := s.checkRow()
		var turn func()
		if hasMore(c, check) {
			turn = func() {
				s.turned[key] = !open
				s.kit.relay()
			}
		}
		row.set(check, s.ruleOf(c, check), c.Developer || open, open, turn)
		row.last = i == len(checks)-1
		if open {
			s.fillBody(row.body.Clear(), c, check)
		}
		to.AddWide(gapIf(i == 0, 6), checkBleed, row)
	}
}

func (s *sheet) ruleOf(c *Content, check trace.Check) string {
	if c.Rule != nil {
		if text := c.Rule(check); text != "" {
			return text
		}
	}
	return check.Rule
}

// hasMore reports whether opening the check shows anything that its closed row does not.
func hasMore(c *Content, check trace.Check) bool {
	if check.Expected != "" || check.Got != "" {
		return true
	}
	if c.Developer {
		return check.Reason != "" && check.Result != trace.Skip
	}
	return check.Reason != "" || check.Spec.String() != ""
}

// fillBody says what was expected and what came.
func (s *sheet) fillBody(body *page.Column, c *Content, check trace.Check) {
	if addsReason(check) {
		body.Add(2, s.Text(page.Prose(markup.Escape(check.Reason), look.Body-1, look.Ink)...))
	}
	s.addValue(body, 4, s.compared("expected", check.Expected, check))
	s.addValue(body, 0, s.compared("got", check.Got, check))
	if check.Result == trace.Fail && check.Error != "" && c.Developer {
		body.Add(4, s.Soft(s.kit.say.Text("inspector.checks.answered", "error", check.Error)))
	}
}

// addsReason reports whether the reason says more than the two values under it do.
func addsReason(c trace.Check) bool {
	if c.Reason == "" || c.Result == trace.Skip {
		return false
	}
	if c.Expected == "" || c.Got == "" {
		return true
	}
	return !strings.Contains(c.Reason, c.Expected) && !strings.Contains(c.Reason, c.Got)
}

// compared is the line of a value that was expected or got.
func (s *sheet) compared(which, value string, check trace.Check) wireLine {
	name := s.kit.say.Text("inspector.checks." + which)
	l := wireLine{
		key: which, kind: "check", name: name, value: value, full: len(value) <= 160, hang: 9, breaks: naturalBreaks,
		bits: []bit{{text: fmt.Sprintf("%-9s", name), tint: quiet}, {text: value, tint: valued, elastic: true}},
	}
	if value == "" {
		l.kind = ""
		l.bits[1] = bit{text: s.kit.say.Text("inspector.checks.nothing"), tint: quiet}
	}
	if check.Result == trace.Fail && which == "got" && value != "" && s.kit.content.Fate != telling.Stopped {
		l.bits[1].tint = bad
	}
	return l
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

// countChecks returns how many checks there are, and how many of them failed.
func countChecks(c *Content) (all, failed int) {
	for _, g := range checkGroups(c) {
		all += len(g.checks)
		for _, check := range g.checks {
			if check.Result == trace.Fail {
				failed++
			}
		}
	}
	return all, failed
}

// matters returns the check to look at first: the one that failed, else the last
// that compared two equal long values, as PKCE does; index is -1 without one.
func matters(groups []checkGroup) (group, index int) {
	group, index = -1, -1
	for i, g := range groups {
		for j, c := range g.checks {
			switch {
			case c.Result == trace.Fail:
				return i, j
			case c.Result == trace.Pass && len(c.Got) >= 20 && c.Expected == c.Got:
				group, index = i, j
			}
		}
	}
	return group, index
}
