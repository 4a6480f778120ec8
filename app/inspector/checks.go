package inspector

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// checksView is the rules that ran, in the order in which they ran.
type checksView struct {
	*sheet
}

// standout is the first row that failed.
func (v *checksView) standout() fyne.CanvasObject {
	for _, r := range v.checks.all[:v.checks.n] {
		if r.check.Result == trace.Fail {
			return r
		}
	}
	return nil
}

func newChecksView(k *kit) *checksView { return &checksView{sheet: newSheet(k)} }

func (v *checksView) build(c *Content) {
	root := v.start()
	for i, g := range checkGroups(c) {
		root.add(gapIf(i > 0, 24), v.heading("What "+partyName(c, g.by)+" checked, in order"))
		v.list(root, c, g.checks, fmt.Sprintf("%d:%s", i, g.by), telling(g.checks))
	}
}

// list adds a row for each check; the one at telling is open unless a person closed it.
func (s *sheet) list(to *column, c *Content, checks []trace.Check, prefix string, telling int) {
	for i, check := range checks {
		key := fmt.Sprintf("%s:%d:%s", prefix, i, check.ID)
		open := check.Result == trace.Fail || (c.Developer && i == telling)
		if t, ok := s.turned[key]; ok && c.Developer {
			open = t
		}
		row := s.checks.take(func() *checkRow { return newCheckRow(s.kit) })
		var turn func()
		if c.Developer && hasMore(check) {
			turn = func() {
				s.turned[key] = !open
				s.kit.relay()
			}
		}
		row.set(check, s.ruleOf(c, check), open, turn)
		row.last = i == len(checks)-1
		if open {
			s.fillBody(row.body.clear(), c, check)
		}
		to.addWide(gapIf(i == 0, 6), checkBleed, row)
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

func hasMore(c trace.Check) bool {
	return c.Expected != "" || c.Got != "" || (c.Reason != "" && c.Result != trace.Skip)
}

// fillBody says what was expected and what came.
func (s *sheet) fillBody(body *column, c *Content, check trace.Check) {
	if check.Reason != "" && check.Result != trace.Skip {
		body.add(2, s.text(prose(check.Reason, look.Body-1, look.Ink)...))
	}
	s.addValue(body, 4, compared("expected", check.Expected, check))
	s.addValue(body, 0, compared("got", check.Got, check))
	if check.Result == trace.Fail && check.Error != "" && c.Developer {
		body.add(4, s.soft("Answered with `"+check.Error+"`."))
	}
}

// compared is the line of an expected or a received value.
func compared(name, value string, check trace.Check) wireLine {
	l := wireLine{
		key: name, kind: "check", name: name, value: value, full: len(value) <= 160, hang: 9, breaks: naturalBreaks,
		bits: []bit{{text: fmt.Sprintf("%-9s", name), tint: quiet}, {text: value, tint: valued, elastic: true}},
	}
	if value == "" {
		l.kind = ""
		l.bits[1] = bit{text: "nothing", tint: quiet}
	}
	if check.Result == trace.Fail && name == "got" && value != "" {
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
