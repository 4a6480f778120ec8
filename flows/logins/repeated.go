package logins

import (
	"net/http"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// longestForm is how long somebody may think before a page of the provider. What
// begins with the same values after that is another login.
const longestForm = 10 * time.Minute

// repeats reports whether a name is one that a client may send again and again:
// state and nonce are random only in clients that are built well.
func (k key) repeats() bool { return k.kind == "state" || k.kind == "nonce" }

// anew reports whether a request begins another login than the one that had the
// same state or nonce: by another challenge, nonce or client, by another
// browser, or because that login is over. A page that is loaded again begins nothing.
func anew(l *Login, e *Exchange) bool {
	if e.Endpoint != Authorization && e.Endpoint != Pushed || e.Preflight || l.sum.first[e.Endpoint] == nil {
		return false
	}
	same := false
	for _, name := range []string{"client_id", "code_challenge", "nonce"} {
		is, was := e.Param(name), l.sum.asked[name]
		if is == "" || was == "" {
			continue
		}
		if is != was {
			return true
		}
		same = same || name != "client_id"
	}
	if same {
		return l.sum.redeemed
	}
	return e.At().Sub(l.Last().At()) > longestForm || l.sum.answered || l.sum.redeemed || l.sum.otherBrowser(e)
}

func cookiesOf(m *trace.Message) []string {
	var pairs []string
	for _, f := range m.Header {
		if http.CanonicalHeaderKey(f.Name) != "Cookie" {
			continue
		}
		for pair := range strings.SplitSeq(f.Value, ";") {
			pairs = append(pairs, strings.TrimSpace(pair))
		}
	}
	return pairs
}

// named is the login that a key means. Where several have the same, it is the one
// whose page came back, or else the one that began last.
func (j *Joiner) named(k key, e *Exchange) *Login {
	if j.shared[k] && e.Endpoint == Page {
		if l := j.sealedBy(e); l != nil {
			return l
		}
	}
	return j.of[k]
}

// remember has a login found by what names it.
func (j *Joiner) remember(e *Exchange, keys []key, l *Login) {
	for _, k := range keys {
		if !j.shared[k] || e.Endpoint == Authorization || e.Endpoint == Pushed {
			j.of[k] = l
		}
	}
}
