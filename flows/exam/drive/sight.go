package drive

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/exam"
)

// Mark is how to tell that somebody is logged in. Without one it is learned from
// the first login.
type Mark struct {
	At     string // a page of the app; empty for where the login ended
	Text   string // which stands on it
	Status int    // with which it answers
	Cookie string // which is set
}

func (m Mark) given() bool { return m.Text != "" || m.Status != 0 || m.Cookie != "" }

// ParseMark reads “text=Welcome”, “status=200” or “cookie=session”.
func ParseMark(said, at string) (Mark, error) {
	m := Mark{At: at}
	kind, value, _ := strings.Cut(said, "=")
	switch {
	case said == "":
		return m, nil
	case value == "":
	case kind == "text":
		m.Text = value
		return m, nil
	case kind == "cookie":
		m.Cookie = value
		return m, nil
	case kind == "status":
		n, err := strconv.Atoi(value)
		m.Status = n
		if err == nil && n >= 100 && n < 600 {
			return m, nil
		}
	}
	return m, fmt.Errorf("%q is none of text=WORDS, status=NUMBER, cookie=NAME", said)
}

// place is the page by which it is told whether somebody is logged in, asked
// for anew. A callback can't be: its code is good once.
func (d *Driver) place(ctx context.Context, v *visit, end *look) (*look, error) {
	at := d.When.At
	if at == "" && v.callback != nil && end.address == v.callback.address || at == "" && d.usual == nil && end == v.callback {
		return end, nil
	}
	if at == "" && d.usual != nil {
		at = d.usual.address
	}
	if at == "" {
		at = end.address
	}
	cookies := v.cookies
	l, next, err := v.send(ctx, http.MethodGet, at, nil)
	for hops := 0; err == nil && next != "" && hops < mostHops; hops++ {
		if v.isProvider(next) {
			l.shut = true
			break
		}
		l, next, err = v.send(ctx, http.MethodGet, next, nil)
	}
	if l != nil {
		l.cookies = cookies
	}
	return l, err
}

// learn looks at an ordinary login, and at the same place without one.
func (d *Driver) learn(ctx context.Context, v *visit, end *look) (exam.Sight, error) {
	if v.callback == nil {
		return exam.Sight{Known: true, Evidence: []exam.Evidence{seen(exam.SeenEnd, end)}}, nil
	}
	if v.callback.status >= http.StatusBadRequest {
		return exam.Sight{Known: true, Evidence: callback(v)}, nil
	}
	usual, err := d.place(ctx, v, end)
	if err != nil {
		return exam.Sight{}, err
	}
	if usual != end {
		stranger, err := d.browser()
		if err != nil {
			return exam.Sight{}, err
		}
		if d.empty, err = d.place(ctx, stranger, usual); err != nil {
			return exam.Sight{}, err
		}
	}
	if d.When.given() && !d.When.holds(usual) {
		return exam.Sight{Known: true, Evidence: []exam.Evidence{d.When.missing(usual)}}, nil
	}
	d.usual = usual
	return exam.Sight{Known: true, LoggedIn: true, Evidence: callback(v)}, nil
}

// missing is evidence that a page lacks the mark.
func (m Mark) missing(l *look) exam.Evidence {
	e := exam.Evidence{Seen: exam.SeenNoCookie, With: []string{"mark", m.Cookie}}
	switch {
	case m.Text != "":
		e = exam.Evidence{Seen: exam.SeenNoText, With: []string{"mark", m.Text}}
	case m.Status != 0:
		e = exam.Evidence{Seen: exam.SeenNoStatus, With: []string{"mark", strconv.Itoa(m.Status)}}
	}
	e.With = append(e.With, seen(e.Seen, l).With...)
	return e
}

// seen is evidence of a page.
func seen(what exam.Seen, l *look) exam.Evidence {
	return exam.Evidence{Seen: what, With: []string{"address", l.address, "path", path(l.address), "status", strconv.Itoa(l.status)}}
}

func (m Mark) holds(l *look) bool {
	return !l.shut && (m.Text == "" || strings.Contains(l.body, m.Text)) && (m.Status == 0 || l.status == m.Status) &&
		(m.Cookie == "" || slices.Contains(l.cookies, m.Cookie))
}

// judge compares a login with the first one and with none.
func (d *Driver) judge(ctx context.Context, v *visit, end *look) (exam.Sight, error) {
	if v.callback == nil {
		return exam.Sight{Known: true, Evidence: []exam.Evidence{seen(exam.SeenEnd, end)}}, nil
	}
	now, err := d.place(ctx, v, end)
	if err != nil {
		return exam.Sight{}, err
	}
	shown, what := callback(v), exam.SeenPage
	if now.shut {
		what = exam.SeenDoor
	}
	if now != end {
		shown = append(shown, seen(what, now))
	}
	known, in := d.tells(now)
	if !known && v.callback.status >= http.StatusBadRequest {
		known, in = true, false
	}
	other := d.shown(now, d.Others)
	if len(other) > 0 {
		shown = append(shown, exam.Evidence{Seen: exam.SeenWord, With: []string{"word", other[0]}})
	}
	return exam.Sight{Known: known, LoggedIn: in, Other: len(other) > 0, Person: len(d.shown(now, d.Person)) > 0, Evidence: shown}, nil
}

// tells decides by the mark, by what answers otherwise without a login, or by
// words about the person that stand there with a login alone.
func (d *Driver) tells(now *look) (known, in bool) {
	switch {
	case d.When.given():
		return true, d.When.holds(now)
	case now.status >= http.StatusBadRequest && d.usual.status < http.StatusBadRequest:
		return true, false
	case d.empty != nil && (d.empty.shut != d.usual.shut || d.empty.status != d.usual.status):
		return true, now.shut == d.usual.shut && now.status == d.usual.status
	}
	if len(d.shown(d.usual, d.Person)) > 0 {
		return true, len(d.shown(now, d.Person))+len(d.shown(now, d.Others)) > 0
	}
	return false, false
}

// leastWord is how long a word about somebody must be to be found by.
const leastWord = 4

// shown lists the words that stand on a page, and not on the one without a login.
func (d *Driver) shown(l *look, words []string) []string {
	var found []string
	for _, word := range words {
		if len(word) >= leastWord && strings.Contains(l.body, word) && (d.empty == nil || !strings.Contains(d.empty.body, word)) {
			found = append(found, word)
		}
	}
	return found
}

// callback is how the client's redirection endpoint answered, and what it said
// of an error.
func callback(v *visit) []exam.Evidence {
	one := seen(exam.SeenCallback, v.callback)
	if v.callback.status >= http.StatusBadRequest {
		if words := shownText(v.callback.body); words != "" {
			one.Seen, one.With = exam.SeenError, append(one.With, "words", words)
		}
	}
	return []exam.Evidence{one}
}

// path leaves out the query, which holds codes.
func path(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}
