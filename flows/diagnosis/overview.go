package diagnosis

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// overview is what cases ask of the whole log, worked out once for all of its logins: a log of many thousand
// logins would be read as often otherwise.
type overview struct {
	wentWell map[string]int                         // the latest number that went well, by address
	replied  map[string]int                         // the latest number that got any answer, by address
	came     map[string]map[string]*logins.Exchange // by the name of a token and its value
	tokens   []*logins.Exchange                     // that brought an access token
	sentOn   []*logins.Exchange                     // with an Authorization header, to another address
	bare     bool                                   // a browser wrote it down, and left out every header with a secret
	begun    map[moment][]beginning                 // by whose they are and when
	states   map[clientState][]beginning            // the first two that had the same: one is of another login
}

// beginning is the first request of a login.
type beginning struct {
	login *logins.Login
	asked *logins.Exchange
}

// moment is as long as two beginnings of a client may be apart that one click caused. Those that are no further
// apart are of the same moment or of two that follow each other.
type moment struct {
	client string
	count  int64
}

func momentOf(client string, e *logins.Exchange) moment {
	return moment{client, e.At().Unix() / int64(atOnce/time.Second)}
}

// beginnings are those of a client at about the time of an exchange.
func (o *overview) beginnings(client string, e *logins.Exchange) []beginning {
	at := momentOf(client, e)
	return slices.Concat(o.begun[moment{client, at.count - 1}], o.begun[at], o.begun[moment{client, at.count + 1}])
}

// clientState is a state and whose it is.
type clientState struct{ client, state string }

func overviewOf(log *logins.Log) *overview {
	o := &overview{
		wentWell: map[string]int{}, replied: map[string]int{}, came: map[string]map[string]*logins.Exchange{},
		begun: map[moment][]beginning{}, states: map[clientState][]beginning{},
	}
	for _, name := range []string{"refresh_token", "id_token"} {
		o.came[name] = map[string]*logins.Exchange{}
	}
	o.bare = withoutSecrets(log.Exchanges)
	for _, e := range log.Exchanges {
		if e.Status() != 0 {
			o.replied[e.Address()] = e.Number
		}
		if e.Answer == nil {
			continue
		}
		if !e.Preflight && !e.Failed() {
			o.wentWell[e.Address()] = e.Number
		}
		if e.Request.HeaderValue("Authorization") != "" && e.Status() >= 300 && e.Status() < 400 {
			o.sentOn = append(o.sentOn, e)
		}
		o.brings(e)
	}
	o.begin(log.Logins)
	return o
}

// withoutSecrets reports whether a browser left out what is secret as it saved its exchanges: the cookies go with the
// answers that set them.
func withoutSecrets(all []*logins.Exchange) bool {
	browser := false
	for _, e := range all {
		if e.Request.HeaderValue("Authorization") != "" || e.Request.HeaderValue("Cookie") != "" ||
			e.Answer != nil && e.Answer.HeaderValue("Set-Cookie") != "" {
			return false
		}
		browser = browser || e.Request.HeaderValue("Sec-Fetch-Mode") != "" || e.Request.HeaderValue("sec-ch-ua") != ""
	}
	return browser
}

func (o *overview) begin(all []*logins.Login) {
	for _, l := range all {
		if asked := l.At(logins.Authorization); len(asked) > 0 {
			at := momentOf(l.Client, asked[0])
			o.begun[at] = append(o.begun[at], beginning{l, asked[0]})
		}
		state := clientState{l.Client, l.Asked("state")}
		if state.state != "" && len(o.states[state]) < 2 {
			o.states[state] = append(o.states[state], beginning{l, l.At(logins.Pushed, logins.Authorization)[0]})
		}
	}
}

func (o *overview) brings(e *logins.Exchange) {
	if e.Came("access_token") != "" {
		o.tokens = append(o.tokens, e)
	}
	for name, seen := range o.came {
		if value := e.Came(name); value != "" && seen[value] == nil {
			seen[value] = e
		}
	}
}

// over is the overview of the log.
func (c *Case) over() *overview {
	if c.whole == nil {
		c.whole = overviewOf(c.Log)
	}
	return c.whole
}

// ledTo reports whether an answer led to an address.
func ledTo(o, e *logins.Exchange) bool {
	to := o.Answer.HeaderValue("Location")
	return to == e.Request.URL || strings.HasPrefix(to, "/") && strings.HasSuffix(e.Request.URL, to)
}
