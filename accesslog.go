package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// accessLog writes a line for each request.
type accessLog struct {
	mu  sync.Mutex
	out io.Writer
}

func (l *accessLog) line(words string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.out, words)
}

// write logs an exchange. The provider made its values fit for a line; without
// spaces they are fit for a column.
func (l *accessLog) write(e mockidp.Exchange) {
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
	l.line(strings.Join(parts, "  "))
}

// maxWaiting is how many requests may wait for their line: enough for a burst,
// while whoever reads the log never makes a client wait.
const maxWaiting = 4096

// follow writes a line for each exchange until the watch ends, and says when
// it could not.
func (l *accessLog) follow(watch *mockidp.Watcher) {
	told := 0
	for e := range watch.Exchanges() {
		if e.Missed > 0 {
			l.missed(e.Missed)
			told += e.Missed
		}
		l.write(e)
	}
	if rest := watch.Missed() - told; rest > 0 {
		l.missed(rest)
	}
}

func (l *accessLog) missed(n int) {
	l.line(fmt.Sprintf("%d requests have no line, because they came faster than this log was read", n))
}

// welcome says everything that a client needs.
func (l *accessLog) welcome(issuer string, realm mockidp.Realm) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(l.out, "Grantwalk identity provider %s\n\nissuer     %s\ndiscovery  %s/.well-known/openid-configuration\n\n", version(), issuer, issuer)
	w := tabwriter.NewWriter(l.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CLIENT\tSECRET\tREDIRECT URIS")
	for _, c := range realm.Clients {
		secret := c.ClientSecret
		if c.Public() {
			secret = "none (public)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.ClientID, secret, redirects(c))
	}
	fmt.Fprintln(w, "\nPERSON\tPASSWORD\tABOUT")
	for _, p := range realm.People {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Username, p.Password, p.About)
	}
	_ = w.Flush() // a log that cannot be written can't say so either
	fmt.Fprintln(l.out, "\nA loopback redirect URI matches any port. Log in from your own client, or stop\nwith Ctrl-C. A line follows for each request.")
}

// redirects lists where a client may be sent back to; one that uses no browser says how it gets its tokens.
func redirects(c mockidp.Client) string {
	if len(c.RedirectURIs) == 0 {
		return "no browser: " + strings.Join(c.GrantTypes, ", ")
	}
	return strings.Join(c.RedirectURIs, "  ")
}
