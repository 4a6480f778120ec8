package live

import (
	"bytes"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Filter says which logins are looked for. What is empty fits every login.
type Filter struct {
	Client string
	State  logins.State
	// Text stands in the client_id, in an address, a header or a body of the
	// login. Case does not count in the client_id and in addresses.
	Text string
}

// Empty reports whether every login fits.
func (f Filter) Empty() bool { return f == Filter{} }

// Find lists logins that fit, the newest first, and says how many there are of
// them in all. Those that are kept are among them, whatever was cleared.
func (l *Log) Find(f Filter, most int) (runs []Run, all int) {
	for _, login := range slices.Backward(l.listed()) {
		r := l.told(login)
		if f.Client != "" && f.Client != r.Client || f.State != "" && f.State != r.State || f.Text != "" && !says(login, f.Text) {
			continue
		}
		if all++; all <= most {
			runs = append(runs, r)
		}
	}
	return runs, all
}

// listed are the logins that are not cleared, and those that are kept.
func (l *Log) listed() []*logins.Login {
	all := l.joiner.Log().Logins
	if l.cleared > 0 {
		all = slices.DeleteFunc(slices.Clone(all), func(login *logins.Login) bool {
			return login.Last().Number <= l.cleared && !slices.Contains(l.kept, login)
		})
	}
	var gone []*logins.Login // the log forgot them, and somebody keeps them
	for _, login := range l.kept {
		if !slices.Contains(all, login) {
			gone = append(gone, login)
		}
	}
	return append(gone, all...)
}

// told is a login in the list. It is worked out anew only where the login went on.
func (l *Log) told(login *logins.Login) Run {
	last := login.Last().Number
	if t, ok := l.runs[login]; ok && t.last == last {
		return t.run
	}
	at := login.Last()
	if stop := login.Stop(); stop != nil {
		at = stop
	}
	r := Run{
		Number: login.Number, Began: login.Began(), Client: login.Client, State: login.State(), Flow: FlowOf(login),
		At: at.Endpoint, Grant: at.Param("grant_type"), Kept: slices.Contains(l.kept, login),
	}
	if len(l.runs) > 2*len(l.joiner.Log().Logins)+len(l.kept)+64 {
		clear(l.runs) // of those that were forgotten
	}
	l.runs[login] = toldRun{last, r}
	return r
}

type toldRun struct {
	last int
	run  Run
}

// Keep has a login stay in the list until it is kept no longer, even if the list
// is cleared or its exchanges give way. It reports whether it is kept now.
func (l *Log) Keep(number int) bool {
	login := l.Login(number)
	if login == nil {
		return false
	}
	delete(l.runs, login)
	if i := slices.Index(l.kept, login); i >= 0 {
		l.kept = slices.Delete(l.kept, i, i+1)
		return false
	}
	if len(l.kept) == MostKept {
		l.kept = slices.Delete(l.kept, 0, 1)
	}
	l.kept = append(l.kept, login)
	return true
}

// IsKept reports whether a login is kept.
func (l *Log) IsKept(number int) bool {
	return slices.ContainsFunc(l.kept, func(login *logins.Login) bool { return login.Number == number })
}

// MostKept is how many logins are kept: of more, the one that was kept first gives way.
const MostKept = 50

// Clients lists the clients that are in the list, each once, by name; at most 50.
func (l *Log) Clients() []string {
	var names []string
	seen := map[string]bool{"": true}
	for _, login := range slices.Backward(l.listed()) {
		if !seen[login.Client] && len(names) < 50 {
			seen[login.Client] = true
			names = append(names, login.Client)
		}
	}
	slices.Sort(names)
	return names
}

// says reports whether a text stands somewhere in a login.
func says(login *logins.Login, text string) bool {
	low := strings.ToLower(text)
	if strings.Contains(strings.ToLower(login.Client), low) {
		return true
	}
	return slices.ContainsFunc(login.Exchanges, func(e *logins.Exchange) bool {
		return stands(e.Request, text, low) || e.Answer != nil && stands(e.Answer, text, low)
	})
}

func stands(m *trace.Message, text, low string) bool {
	return strings.Contains(strings.ToLower(m.URL), low) || bytes.Contains(m.Body, []byte(text)) ||
		slices.ContainsFunc(m.Header, func(f trace.Field) bool { return strings.Contains(f.Value, text) })
}
