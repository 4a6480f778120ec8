package logins

import (
	"slices"
	"time"
)

// Login is what belongs together: one person who signs in once, one service
// that gets tokens, one device; with its renewals and what was done with its
// tokens.
type Login struct {
	Number    int         // counts from 1 in the order in which they began, and stays
	Client    string      // client_id; empty where nobody named one
	Exchanges []*Exchange // in the order of the log

	sum summary
}

// State is how far a login has come.
type State string

// The states. A login that was refused once and then went on has not stopped.
const (
	Done    State = "done"    // tokens came, or nobody needs any
	Stopped State = "stopped" // the last thing that it tried was refused
	Waiting State = "waiting" // nothing was refused, and no tokens came yet
)

// Began is when its first request was sent.
func (l *Login) Began() time.Time { return l.Exchanges[0].At() }

// Last is its latest exchange.
func (l *Login) Last() *Exchange { return l.Exchanges[len(l.Exchanges)-1] }

// At lists the exchanges with some endpoints, without those in which a browser only asks.
func (l *Login) At(places ...Endpoint) []*Exchange {
	var found []*Exchange
	for _, e := range l.Exchanges {
		if slices.Contains(places, e.Endpoint) && !e.Preflight {
			found = append(found, e)
		}
	}
	return found
}

// Stop is where the login was refused, or nil where it went on: the last
// refusal after which nothing of the kind succeeded.
func (l *Login) Stop() *Exchange {
	var stop *Exchange
	for _, e := range l.Exchanges {
		switch {
		case refuses(e):
			if stop == nil || !sameStep(stop, e) {
				stop = e
			}
		case stop != nil && e.Answer != nil && sameStep(stop, e) && !e.Preflight:
			stop = nil
		}
	}
	return stop
}

// refuses leaves out what is no refusal, but how things go: a device that
// waits, and a page that asks to be signed in to first.
func refuses(e *Exchange) bool {
	switch e.Error() {
	case "authorization_pending", "slow_down":
		return false
	}
	if e.Preflight {
		return e.Status() >= 400
	}
	return e.Failed()
}

func sameStep(a, b *Exchange) bool {
	return a.Endpoint == b.Endpoint && (a.Endpoint != API || a.Address() == b.Address())
}

// State says how far it came.
func (l *Login) State() State {
	switch {
	case l.Stop() != nil:
		return Stopped
	case len(l.At(Authorization, Pushed, Token, DeviceAuthorization)) == 0:
		return Done
	}
	for _, e := range l.Exchanges {
		if e.Came("access_token") != "" || e.Came("id_token") != "" {
			return Done
		}
	}
	return Waiting
}

// Challenge is the code_challenge of the login and its method.
func (l *Login) Challenge() (challenge, method string) {
	for _, e := range l.At(Pushed, Authorization) {
		if c := e.Param("code_challenge"); c != "" {
			challenge, method = c, e.Param("code_challenge_method")
		}
	}
	return challenge, method
}

// Asked is a parameter of the authorization request, wherever it was put.
func (l *Login) Asked(name string) string {
	for _, e := range l.At(Pushed, Authorization) {
		if value := e.Param(name); value != "" {
			return value
		}
	}
	return ""
}
