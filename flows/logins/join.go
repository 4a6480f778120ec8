package logins

import (
	"maps"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Log is everything that was recorded, joined.
type Log struct {
	Exchanges []*Exchange
	Gone      int      // exchanges before these that were forgotten, see [Joiner.Keep]
	Logins    []*Login // in the order in which they began
	// Around are exchanges that belong to no login: metadata, keys, pages of
	// others.
	Around []*Exchange
}

// Joiner joins exchanges as they come. It is not safe for concurrent use.
type Joiner struct {
	log   Log
	atlas *atlas
	of    map[key]*Login // by what names a login
	// shared are those of them that several logins had, because the client sends
	// the same again and again: they say only which login began last.
	shared map[key]bool
	pages  map[string]*Login // by the seals of the forms that it was shown
	count  int               // exchanges
	begun  int               // logins
}

// NewJoiner returns one that has heard of nothing.
func NewJoiner() *Joiner {
	return &Joiner{atlas: newAtlas(), of: map[key]*Login{}, shared: map[key]bool{}, pages: map[string]*Login{}}
}

// Join reads a recorded trace. Gestures are left out, since they cross no network;
// a note with checks belongs to the exchange before it.
func Join(t *trace.Trace) *Log {
	j := NewJoiner()
	answers := map[int]*trace.Message{}
	for i := range t.Messages {
		if m := &t.Messages[i]; m.Kind == trace.Response {
			answers[m.Exchange] = m
		}
	}
	var last *Exchange
	for i := range t.Messages {
		switch m := &t.Messages[i]; {
		case m.Kind == trace.Request:
			last, _ = j.Add(m, answers[m.Exchange])
		case m.Kind == trace.Note && last != nil && len(m.Checks) > 0:
			last.notes = append(last.notes, m)
		}
	}
	for i, l := range j.log.Logins { // nobody has seen the numbers of those that turned out to be others
		l.Number = i + 1
	}
	return j.Log()
}

// Log is what was joined so far. It shares memory with the joiner.
func (j *Joiner) Log() *Log { return &j.log }

// From has the next exchange be number n, for a log of which the beginning or a
// piece between is not at hand. Numbers only grow.
func (j *Joiner) From(n int) { j.count = max(j.count, n-1) }

// Add takes the next exchange, and returns it with the login that it belongs to, or nil.
func (j *Joiner) Add(request, answer *trace.Message) (*Exchange, *Login) {
	j.count++
	e := newExchange(j.count, request, answer)
	e.Endpoint = j.atlas.place(e)
	j.atlas.learn(e)
	j.log.Exchanges = append(j.log.Exchanges, e)
	keys := keysOf(e)
	l := j.find(e, keys)
	if l == nil {
		j.log.Around = append(j.log.Around, e)
		return e, nil
	}
	l.Exchanges = append(l.Exchanges, e)
	l.sum.note(e)
	if l.Client == "" {
		l.Client = e.Client()
	}
	j.remember(e, keys, l)
	if e.Endpoint == Authorization || e.Endpoint == Page {
		for _, seal := range seals(e) {
			j.pages[seal] = l
		}
	}
	return e, l
}

// find returns the login of an exchange: one that is named by it, one that it
// follows, a new one, or nil for what belongs to nobody.
func (j *Joiner) find(e *Exchange, keys []key) *Login {
	var l *Login
	for _, k := range keys {
		other := j.named(k, e)
		switch {
		case other == nil, other == l, l != nil && j.shared[k]:
		case k.repeats() && anew(other, e):
			j.shared[k] = true
		case l == nil:
			l = other
		default:
			l = j.merge(l, other)
		}
	}
	if l != nil {
		return l
	}
	if l = j.follows(e); l != nil {
		return l
	}
	switch e.Endpoint {
	case Discovery, Keys, Page, Other, Introspection:
		return nil
	}
	j.begun++
	l = &Login{Number: j.begun}
	j.log.Logins = append(j.log.Logins, l)
	return l
}

// mostGuessed is among how many of the latest logins is guessed: what names
// nothing and comes after hundreds of others is as well a login of its own.
const mostGuessed = 256

// follows guesses for requests that name nothing: a page that came back belongs to
// the login that it was shown in, another page to the one that was begun last, a code that nobody issued to the client that waits.
func (j *Joiner) follows(e *Exchange) *Login {
	if l := j.sealedBy(e); l != nil && e.Endpoint == Page {
		return l
	}
	recent := j.log.Logins[max(0, len(j.log.Logins)-mostGuessed):]
	for _, l := range slices.Backward(recent) {
		if fits(l, e) {
			return l
		}
	}
	return nil
}

func fits(l *Login, e *Exchange) bool {
	if asked := l.Last(); asked.Preflight && asked.Address() == e.Address() &&
		asked.Request.HeaderValue("Origin") == e.Request.HeaderValue("Origin") {
		return true // what the browser asked for leave to send
	}
	if last := l.Last(); e.Endpoint == Token && last.Endpoint == Token && last.Answer != nil &&
		last.Answer.HeaderValue("Location") == e.Request.URL {
		return true // where the answer led
	}
	begun, redeemed := l.sum.begun(), l.sum.redeemed
	sameClient := func() bool { return l.Client == e.Client() || e.Client() == "" }
	switch e.Endpoint {
	case Page:
		return begun != nil && begun.Host() == e.Host() && !redeemed
	case Callback:
		to := l.sum.asked["redirect_uri"]
		return begun != nil && to != "" && base(to) == e.Address() && !redeemed
	case Token:
		grant := e.Param("grant_type")
		if grant == "refresh_token" {
			return redeemed && sameClient()
		}
		return (grant == "" || grant == "authorization_code" || e.Preflight) && begun != nil && !redeemed &&
			(e.Preflight || sameClient())
	case API, UserInfo, Logout:
		return l.sum.first[Token] != nil || l.sum.first[Callback] != nil
	case Authorization: // of a pushed request whose request_uri nobody remembers
		return false
	}
	return false
}

// merge makes one login of two that turn out to be the same; the earlier stays.
func (j *Joiner) merge(a, b *Login) *Login {
	if b.Number < a.Number {
		a, b = b, a
	}
	a.Exchanges = append(a.Exchanges, b.Exchanges...)
	slices.SortFunc(a.Exchanges, func(x, y *Exchange) int { return x.Number - y.Number })
	if a.Client == "" {
		a.Client = b.Client
	}
	a.sum = summary{}
	for _, e := range a.Exchanges {
		a.sum.note(e)
	}
	for _, e := range b.Exchanges {
		j.remember(e, keysOf(e), a)
		for _, seal := range seals(e) {
			if j.pages[seal] == b {
				j.pages[seal] = a
			}
		}
	}
	j.log.Logins = slices.DeleteFunc(j.log.Logins, func(l *Login) bool { return l == b })
	return a
}

// Keep forgets the oldest exchanges of a log that goes on for ever, as soon as
// there are more than most of them: down to three quarters, so that forgetting
// costs each of them little. A login is forgotten with its last exchange.
func (j *Joiner) Keep(most int) {
	over := len(j.log.Exchanges) - most
	if over <= 0 {
		return
	}
	over += most / 4
	j.log.Gone += over
	j.log.Exchanges = slices.Clone(j.log.Exchanges[over:])
	gone := func(e *Exchange) bool { return e.Number <= j.log.Gone }
	j.log.Around = slices.DeleteFunc(j.log.Around, gone)
	ended := func(l *Login) bool { return gone(l.Last()) }
	j.log.Logins = slices.DeleteFunc(j.log.Logins, ended)
	maps.DeleteFunc(j.of, func(_ key, l *Login) bool { return ended(l) })
	maps.DeleteFunc(j.shared, func(k key, _ bool) bool { return j.of[k] == nil })
	maps.DeleteFunc(j.pages, func(_ string, l *Login) bool { return ended(l) })
}

// key is what names a login.
type key struct{ kind, value string }

// usualKeys is room for what names most logins.
const usualKeys = 6

// keysOf lists what names the login of an exchange: each value is of one login only.
func keysOf(e *Exchange) []key {
	keys := make([]key, 0, usualKeys)
	add := func(kind, value string) {
		if len(value) >= leastKey {
			keys = append(keys, key{kind, value})
		}
	}
	for _, name := range []string{"code", "request_uri", "device_code", "user_code", "refresh_token"} {
		add(name, e.Param(name))
		add(name, e.Came(name))
	}
	switch e.Endpoint {
	case Authorization, Pushed, Callback, Page:
		add("state", e.Param("state"))
		add("state", e.Came("state"))
		add("nonce", e.Param("nonce"))
	case Token, API, UserInfo, Revocation, Logout:
		for _, name := range []string{"token", "subject_token"} {
			add("token", e.Param(name))
		}
	}
	for _, name := range []string{"access_token", "id_token"} {
		add("token", e.Came(name))
		add("token", e.Param(name))
	}
	add("token", e.Param("id_token_hint"))
	add("token", e.Bearer())
	return keys
}

// leastKey is how long a value is that two logins do not share by chance. Some
// clients send the same short state each time.
const leastKey = 4
