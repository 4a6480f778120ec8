package diagnosis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/secret/names"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Case is one login in its log.
type Case struct {
	Log   *logins.Log
	Login *logins.Login
	Known Known

	around    bool               // it is no login, but what belongs to none
	refusals  []*logins.Exchange // after which nothing of the kind succeeded
	secrets   *strings.Replacer  // made when something is first quoted
	texts     map[*logins.Exchange]said
	addresses map[*logins.Exchange]addressesTold
	whole     *overview // made when something is first asked of it
}

// unresolved lists the refusals that nothing made good.
func (c *Case) unresolved() []*logins.Exchange {
	var open []*logins.Exchange
	for _, e := range c.Login.Exchanges {
		switch failed := e.Failed(); {
		case e.Preflight, e.Error() == "authorization_pending": // how things go with a device
			continue
		case failed && renews(e):
			open = slices.DeleteFunc(open, func(o *logins.Exchange) bool { return o.Endpoint == logins.API && o.Status() == 401 })
			open = append(open, e)
		case failed, e.Answer == nil && e.Endpoint == logins.API && c.Known.Asked:
			open = append(open, e)
		case e.Answer != nil:
			open = slices.DeleteFunc(open, func(o *logins.Exchange) bool { return mends(e, o) })
		}
	}
	if !slices.ContainsFunc(open, func(o *logins.Exchange) bool { return o.Endpoint == logins.API }) {
		return open
	}
	return slices.DeleteFunc(open, func(o *logins.Exchange) bool { // in whatever login it went well
		return o.Endpoint == logins.API && c.over().wentWell[o.Address()] > o.Number
	})
}

// mends reports whether an exchange that went well makes an earlier refusal good.
func mends(e, refusal *logins.Exchange) bool {
	switch refusal.Endpoint {
	case logins.API:
		return e.Endpoint == logins.API && e.Address() == refusal.Address()
	case logins.Page:
		return e.Came("code") != "" || e.Came("access_token") != ""
	case logins.Token: // a renewal makes no other grant good
		return e.Endpoint == logins.Token && e.Param("grant_type") == refusal.Param("grant_type")
	}
	return e.Endpoint == refusal.Endpoint
}

// renews reports whether the app went on to renew its tokens after an API had
// refused one, as it should.
func renews(e *logins.Exchange) bool {
	return e.Endpoint == logins.Token && e.Param("grant_type") == "refresh_token"
}

// refused returns the latest refusal that a test is true of.
func (c *Case) refused(is func(*logins.Exchange) bool) *logins.Exchange {
	for _, e := range slices.Backward(c.refusals) {
		if is(e) {
			return e
		}
	}
	return nil
}

// refusedOrSilent is refused, or else a token request of which the recording shows no answer: a browser shows none that it
// keeps from a page, and many refusals do not say that the page may read them.
func (c *Case) refusedOrSilent(is func(*logins.Exchange) bool) *logins.Exchange {
	if e := c.refused(is); e != nil {
		return e
	}
	for _, e := range slices.Backward(c.Login.At(logins.Token)) {
		if c.Known.Ended && !c.Known.Asked && e.Status() == 0 && c.over().replied[e.Address()] <= e.Number && is(e) {
			return e
		}
	}
	return nil
}

// refusedAt returns the latest refusal of an endpoint; with codes, one of these.
func (c *Case) refusedAt(place logins.Endpoint, codes ...string) *logins.Exchange {
	return c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == place && (len(codes) == 0 || slices.Contains(codes, e.Error()))
	})
}

// broke returns the latest refusal for one of these rules.
func (c *Case) broke(ids ...string) (*logins.Exchange, *trace.Check) {
	e := c.refused(func(e *logins.Exchange) bool { return e.Broken() != nil && slices.Contains(ids, e.Broken().ID) })
	if e == nil {
		return nil, nil
	}
	return e, e.Broken()
}

// earlier lists what the log has before an exchange, of every login.
func (c *Case) earlier(than *logins.Exchange) []*logins.Exchange {
	return c.Log.Exchanges[:max(0, min(than.Number-1-c.Log.Gone, len(c.Log.Exchanges)))]
}

// later lists what the log has after an exchange.
func (c *Case) later(than *logins.Exchange) []*logins.Exchange {
	return c.Log.Exchanges[max(0, min(than.Number-c.Log.Gone, len(c.Log.Exchanges))):]
}

// quote is a piece of evidence out of a request.
func quote(e *logins.Exchange, field, value string) Evidence {
	return Evidence{Exchange: e.Number, Where: whereOf(e), Field: field, Value: value}
}

// again is a piece of evidence that a request repeats what another one had.
func again(e *logins.Exchange, field, more string) Evidence {
	return ownWords(quote(e, field, "the same again"+more))
}

// later is how long after another an exchange came, where both say when.
func later(o, e *logins.Exchange) string {
	if o.At().IsZero() || e.At().IsZero() {
		return ""
	}
	return ", " + e.At().Sub(o.At()).Round(time.Millisecond).String() + " later"
}

// unsent is a piece of evidence that a request lacks something.
func unsent(e *logins.Exchange, field string) Evidence {
	return ownWords(quote(e, field, "is not in the request"))
}

// ownWords marks what we say of a field ourselves, which is no secret where the field holds one.
func ownWords(shown Evidence) Evidence {
	shown.ours = true
	return shown
}

// answered is a piece of evidence out of an answer.
func answered(e *logins.Exchange, field, value string) Evidence {
	where := "answer"
	if e.Status() > 0 {
		where += " " + strconv.Itoa(e.Status())
	}
	return Evidence{Exchange: e.Number, Where: where, Field: field, Value: value}
}

func whereOf(e *logins.Exchange) string {
	path := e.Path()
	if path == "" {
		path = string(e.Endpoint)
	}
	return strings.TrimSpace(e.Request.Method + " " + path)
}

// ruled quotes the rule that was broken, and what it compared.
func ruled(e *logins.Exchange, check *trace.Check) []Evidence {
	where := quote(e, check.Rule, "broken")
	where.Rule = check.ID
	shown := []Evidence{where}
	if check.Expected != "" && check.Expected != check.Got {
		shown = append(shown, quote(e, "expected", check.Expected))
	}
	if check.Got != "" {
		shown = append(shown, quote(e, "got", check.Got))
	}
	if len(shown) == 1 && check.Reason != "" {
		shown = append(shown, quote(e, "reason", check.Reason))
	}
	return shown
}

// refusal quotes what an answer says.
func refusal(e *logins.Exchange) []Evidence {
	var shown []Evidence
	if code := e.Error(); code != "" {
		shown = append(shown, answered(e, "error", code))
	} else if e.Status() > 0 {
		shown = append(shown, answered(e, "status", strconv.Itoa(e.Status())))
	}
	if said := e.Description(); said != "" {
		shown = append(shown, answered(e, "error_description", said))
	}
	return shown
}

func certain(at *logins.Exchange, shown ...Evidence) *sighting {
	return &sighting{sure: Certain, at: at, shown: shown}
}

func likely(at *logins.Exchange, shown ...Evidence) *sighting {
	return &sighting{sure: Likely, at: at, shown: shown}
}

func possible(at *logins.Exchange, shown ...Evidence) *sighting {
	return &sighting{sure: Possible, at: at, shown: shown}
}

// maxShown is how much of a value is quoted.
const maxShown = 160

// masked cuts what is a secret in the exchanges of the login to its beginning.
func (c *Case) masked(shown []Evidence) []Evidence {
	if c.secrets == nil {
		var swaps []string
		for _, e := range c.Login.Exchanges {
			for _, value := range secretsOf(e) {
				swaps = append(swaps, value, Short(value))
			}
		}
		c.secrets = strings.NewReplacer(swaps...)
	}
	out := make([]Evidence, 0, len(shown))
	for _, s := range shown {
		if s.Value == "" {
			continue
		}
		s.Value = c.secrets.Replace(s.Value)
		if !s.ours && names.Kind(s.Field) != "" && !strings.Contains(s.Value, "…") {
			s.Value = Short(s.Value)
		}
		if len(s.Value) > maxShown {
			s.Value = s.Value[:maxShown] + "…"
		}
		s.Value = strings.ToValidUTF8(s.Value, "�")
		out = append(out, s)
	}
	return out
}

// secretsOf lists the values of an exchange that go by the name of a secret.
func secretsOf(e *logins.Exchange) []string {
	var found []string
	add := func(value string) {
		if len(value) > 8 { // what is shorter is rather a word
			found = append(found, value)
		}
	}
	for _, fields := range [][]trace.Field{e.Request.Query(), e.Request.Form(), trace.FragmentOf(e.Request.URL)} {
		for _, f := range fields {
			if names.Kind(f.Name) != "" {
				add(f.Value)
			}
		}
	}
	for _, name := range []string{"code", "access_token", "refresh_token", "id_token", "device_code", "user_code", "state", "request_uri"} {
		add(e.Came(name))
		add(e.Param(name))
	}
	if _, secret, ok := e.Basic(); ok {
		add(secret)
	}
	add(e.Param("client_secret"))
	add(e.Bearer())
	return found
}

// Short leaves of a secret what tells two of them apart: its beginning, where
// that is not most of it, and its length.
func Short(value string) string {
	if value == "" {
		return value
	}
	shown := []rune(strings.ToValidUTF8(value, "�"))
	return fmt.Sprintf("%s… (%d characters)", string(shown[:min(6, len(shown)/6)]), len(shown))
}
