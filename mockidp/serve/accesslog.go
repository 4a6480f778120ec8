package serve

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The values of --access-log.
const (
	logText = "text"
	logJSON = "json"
)

func logFormats() []string { return []string{logText, logJSON} }

// serverLog says what the server does, a line for each request.
type serverLog struct {
	mu   sync.Mutex
	out  io.Writer
	form logForm
}

// logForm is how a line looks. Whatever it is given, it makes one line of it.
type logForm interface {
	exchange(e *mockidp.Exchange) string
	event(o logged) string
	welcome(w welcome) string // with the line breaks of its own
}

func newServerLog(format string, out io.Writer) *serverLog {
	if format == logJSON {
		return &serverLog{out: out, form: jsonLog{}}
	}
	return &serverLog{out: out, form: textLog{}}
}

func (l *serverLog) write(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.out, text) // a log that cannot be written can't say so either
}

// line says something that is about no request: what a program needs of it is
// in the fields, what a person reads in the message.
func (l *serverLog) line(o logged) { l.write(l.form.event(o)) }

// notice says what is not as a strict provider has it.
func (l *serverLog) notice(n mockidp.Notice) { l.line(noticed(n)) }

func noticed(n mockidp.Notice) logged {
	return logged{Event: "notice", Message: n.Text, Realm: n.Realm, Client: n.Client, Keys: n.Keys}
}

// logoutCall says how a client took it that a person signed out.
func (l *serverLog) logoutCall(c mockidp.LogoutCall) {
	o := logged{Event: "logout", Message: c.String(), Client: c.Client, URL: c.URI, Status: c.Status, TookMS: milliseconds(c.Took)}
	if c.Err != nil {
		o.Reason = c.Err.Error()
	}
	l.line(o)
}

func (l *serverLog) welcome(w welcome) { l.write(l.form.welcome(w)) }

// maxWaiting is how many requests may wait for their line: enough for a burst,
// while whoever reads the log never makes a client wait.
const maxWaiting = 4096

// follow writes a line for each exchange until the watch ends, and says when
// it could not. Also is told of each, too.
func (l *serverLog) follow(watch *mockidp.Watcher, also func(*mockidp.Exchange)) {
	told := 0
	for e := range watch.Exchanges() {
		if e.Missed > 0 {
			l.missed(e.Missed)
			told += e.Missed
		}
		l.write(l.form.exchange(&e))
		also(&e)
		for _, name := range e.Limits {
			l.limit(e.Realm, mockidp.LimitNamed(name))
		}
	}
	if rest := watch.Missed() - told; rest > 0 {
		l.missed(rest)
	}
}

func (l *serverLog) missed(n int) {
	words := fmt.Sprintf("%d requests have no line, because they came faster than this log was read", n)
	l.line(logged{Event: "missed", Missed: n, Message: words})
}

// limit says what gave way, and what that means.
func (l *serverLog) limit(realm string, of mockidp.Limit) {
	l.line(logged{
		Event: "limit", Realm: realm, Limit: of.Name, Most: of.Most,
		Message: fmt.Sprintf("limit      realm %s keeps %d %s at most; the oldest gave way. %s", realm, of.Most, of.Of, of.Then),
	})
}

// textLog is for people.
type textLog struct{}

func (textLog) event(o logged) string { return o.Message }

// exchange writes columns. The provider made its values fit for a line; without
// spaces they are fit for a column.
func (textLog) exchange(e *mockidp.Exchange) string {
	parts := []string{e.Began.Format(time.TimeOnly), fmt.Sprint(e.Status), e.Method, strings.ReplaceAll(e.Path, " ", "%20")}
	if e.Client != "" {
		parts = append(parts, "client="+e.Client)
	}
	parts = append(parts, e.Took.Round(100*time.Microsecond).String())
	if e.Check != nil {
		word := "refused"
		if e.Check.Error == "" && e.Status == http.StatusOK {
			word = "answered inactive" // which is no refusal, but what was asked (RFC 7662 section 2.2)
		}
		parts = append(parts, fmt.Sprintf("%s: %s (%s, %s)", word, e.Check.Rule, e.Check.Spec, e.Check.ID))
	}
	for _, trouble := range e.Troubles() {
		parts = append(parts, trouble.Rule)
	}
	return strings.Join(parts, "  ")
}
