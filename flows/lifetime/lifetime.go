// Package lifetime tells how long what a run gives out is good: codes, tokens
// and whatever else expires, by what the messages themselves say.
//
// [Of] lists them. Nothing is assumed: what no message tells the end of has no
// end here. What was revoked is another matter, of which this package knows
// nothing.
package lifetime

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Lifetime is how long one value is good.
type Lifetime struct {
	Name  string    // as on the wire: "code", "access_token"
	Value string    //
	Born  time.Time // when it was given out
	Ends  time.Time // from then on it is good no more; zero where no message says
	By    string    // what says so: "exp", "expires_in", "refresh_expires_in", or the id of a rule
	Used  time.Time // when it was handed in, of what is good once; zero while it was not
}

// Ended reports whether the value is good no more.
func (l Lifetime) Ended(now time.Time) bool { return !l.Ends.IsZero() && !now.Before(l.Ends) }

// Left is how long the value is still good; negative is how long it has been over.
func (l Lifetime) Left(now time.Time) time.Duration { return l.Ends.Sub(now) }

// Of lists what the authorization server gave out, each value once, in the
// order in which it crossed. code is how long its codes are good, see
// [CodeLimit]; zero where that is not known.
func Of(t *trace.Trace, code time.Duration) []Lifetime {
	var all []Lifetime
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Kind != trace.Response || m.From != trace.AuthorizationServer {
			continue
		}
		said := spoken(m)
		for _, f := range said {
			known := slices.ContainsFunc(all, func(l Lifetime) bool { return l.Value == f.Value })
			if l := (Lifetime{Name: f.Name, Value: f.Value, Born: m.At}); !known && l.ends(said, code) {
				l.Used = used(f, t)
				all = append(all, l)
			}
		}
	}
	return all
}

// spoken lists what a message says by name in its address, its redirect or its body.
func spoken(m *trace.Message) []trace.Field {
	var said []trace.Field
	for _, p := range m.Places() {
		if p.Part == trace.InHeader || p.Part == trace.InBody {
			said = append(said, trace.Field{Name: p.Name, Value: p.Value})
		}
	}
	return said
}

// ends finds out when the value ends and reports whether it is one of a kind that does.
func (l *Lifetime) ends(said []trace.Field, code time.Duration) bool {
	switch l.Name {
	case "code":
		l.after(code, ruleCodeFresh)
	case "access_token":
		if !l.claims() {
			l.after(seconds(said, "expires_in"), "expires_in")
		}
	case "id_token":
		l.claims()
	case "refresh_token":
		if !l.claims() {
			l.after(seconds(said, "refresh_expires_in"), "refresh_expires_in")
		}
	case "device_code", "user_code", "request_uri":
		l.after(seconds(said, "expires_in"), "expires_in")
	default:
		return false
	}
	return true
}

func (l *Lifetime) after(d time.Duration, by string) {
	if d > 0 {
		l.Ends, l.By = l.Born.Add(d), by
	}
}

// claims reads the end from the token itself (RFC 7519 section 4.1.4).
func (l *Lifetime) claims() bool {
	jwt, err := trace.DecodeJWT(l.Value)
	if err != nil {
		return false
	}
	n, err := strconv.ParseFloat(jwt.Claim("exp"), 64)
	if err != nil || n <= 0 || n > 1e11 {
		return false
	}
	l.Ends, l.By = time.Unix(int64(n), 0).UTC(), "exp"
	return true
}

// seconds reads a number of seconds (RFC 6749 section 5.1).
func seconds(said []trace.Field, name string) time.Duration {
	for _, f := range said {
		if f.Name != name {
			continue
		}
		if n, err := strconv.ParseInt(f.Value, 10, 32); err == nil && n > 0 {
			return time.Duration(n) * time.Second
		}
	}
	return 0
}

// used finds out when something that is good once was handed in: the rule about
// that ran on it, and it was the first time.
func used(f trace.Field, t *trace.Trace) time.Time {
	rule := map[string]string{
		"code": "code-unused", "device_code": "device-code-unused", "refresh_token": "refresh-token-unused",
	}[f.Name]
	for i := range t.Messages {
		m := &t.Messages[i]
		firstTime := slices.ContainsFunc(m.Checks, func(c trace.Check) bool { return c.ID == rule && c.Result == trace.Pass })
		if rule != "" && firstTime && !m.Failed() && slices.Contains(m.Form(), f) {
			return m.At
		}
	}
	return time.Time{}
}

const ruleCodeFresh = "code-fresh"

// CodeLimit is how long a code is good. No message of the protocol tells it: the
// rule that the provider runs when the code comes back does. It is zero for a
// run in which no code comes back.
func CodeLimit(t *trace.Trace) time.Duration {
	for i := range t.Messages {
		for _, c := range t.Messages[i].Checks {
			if c.ID != ruleCodeFresh {
				continue
			}
			limit := strings.ReplaceAll(strings.TrimPrefix(c.Expected, "at most "), " ", "")
			if d, err := time.ParseDuration(limit); err == nil {
				return d
			}
		}
	}
	return 0
}
