package diagnosis

import (
	"strings"

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
}

func overviewOf(log *logins.Log) *overview {
	o := &overview{wentWell: map[string]int{}, replied: map[string]int{}, came: map[string]map[string]*logins.Exchange{}}
	for _, name := range []string{"refresh_token", "id_token"} {
		o.came[name] = map[string]*logins.Exchange{}
	}
	browser, secrets := false, false
	for _, e := range log.Exchanges {
		header := e.Request.HeaderValue("Authorization")
		secrets = secrets || header != "" || e.Request.HeaderValue("Cookie") != ""
		browser = browser || e.Request.HeaderValue("Sec-Fetch-Mode") != "" || e.Request.HeaderValue("sec-ch-ua") != ""
		if e.Status() != 0 {
			o.replied[e.Address()] = e.Number
		}
		if e.Answer == nil {
			continue
		}
		if !e.Preflight && !e.Failed() {
			o.wentWell[e.Address()] = e.Number
		}
		if header != "" && e.Status() >= 300 && e.Status() < 400 {
			o.sentOn = append(o.sentOn, e)
		}
		o.brings(e)
	}
	o.bare = browser && !secrets
	return o
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
