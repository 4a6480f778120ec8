package serve

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// jsonLog is for programs: an object in each line, ASCII alone.
type jsonLog struct{}

// logged is a line. What is empty is left out.
type logged struct {
	Time  string `json:"time"`  // RFC 3339, UTC
	Event string `json:"event"` // serving, request, limit, missed, config-read, config-refused or notice

	Version   string `json:"version,omitempty"`
	Realm     string `json:"realm,omitempty"`
	Issuer    string `json:"issuer,omitempty"`
	Discovery string `json:"discovery,omitempty"`
	Listening string `json:"listening,omitempty"`
	Message   string `json:"message,omitempty"`
	Limit     string `json:"limit,omitempty"` // the name of one that made something give way
	Most      int    `json:"most,omitempty"`
	File      string `json:"file,omitempty"` // of a config that was read again
	Line      int    `json:"line,omitempty"` // of the slip in it

	Method  string   `json:"method,omitempty"`
	Path    string   `json:"path,omitempty"`
	Status  int      `json:"status,omitempty"`
	Client  string   `json:"client,omitempty"`
	Rule    string   `json:"rule,omitempty"` // the id of the rule that the request broke
	Spec    string   `json:"spec,omitempty"`
	Error   string   `json:"error,omitempty"` // the error code of the answer
	Reason  string   `json:"reason,omitempty"`
	Trouble []string `json:"trouble,omitempty"` // deliberate
	TookMS  *float64 `json:"took_ms,omitempty"`
}

func (o *logged) line(at time.Time) string {
	o.Time = at.UTC().Format("2006-01-02T15:04:05.000Z")
	b, err := json.Marshal(o)
	if err != nil { // strings and numbers can always be written
		return "{}"
	}
	return asciiOnly(string(b))
}

// asciiOnly escapes what a terminal could take for a command. Outside of
// strings JSON has none of it.
func asciiOnly(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x7f:
			b.WriteRune(r)
		case r > 0xffff:
			b.WriteByte('?')
		default:
			const digits = "0123456789abcdef"
			b.WriteString(`\u`)
			for shift := 12; shift >= 0; shift -= 4 {
				b.WriteByte(digits[r>>shift&0xf])
			}
		}
	}
	return b.String()
}

func (jsonLog) event(kind, words string) string {
	o := logged{Event: kind, Message: words}
	return o.line(time.Now())
}

func (jsonLog) limit(realm string, l mockidp.Limit) string {
	o := logged{Event: "limit", Realm: realm, Limit: l.Name, Most: l.Most, Message: l.Then}
	return o.line(time.Now())
}

func (jsonLog) config(n configNews) string {
	o := logged{Event: "config-read", File: n.file, Line: n.line, Message: n.words}
	if n.refused {
		o.Event = "config-refused"
	}
	return o.line(time.Now())
}

func (jsonLog) exchange(e *mockidp.Exchange) string {
	took := float64(e.Took.Microseconds()) / 1000
	o := logged{
		Event: "request", Realm: e.Realm, Method: e.Method, Path: e.Path, Status: e.Status, Client: e.Client,
		Error: e.Error, TookMS: &took,
	}
	if e.Check != nil {
		o.Rule, o.Spec, o.Reason = e.Check.ID, e.Check.Spec.String(), e.Check.Reason
	}
	for _, t := range e.Troubles() {
		o.Trouble = append(o.Trouble, t.Rule)
	}
	return o.line(e.Began)
}

// welcome leaves nothing out: a program looks for its realm.
func (l jsonLog) welcome(w welcome) string {
	var lines []string
	for _, said := range slices.Concat(w.notices, w.words) {
		lines = append(lines, l.event("notice", said))
	}
	for _, r := range w.realms {
		o := logged{
			Event: "serving", Version: w.version, Realm: r.Name, Issuer: w.issuer(r.Name), Discovery: discovery(w.issuer(r.Name)),
			Listening: w.at,
		}
		lines = append(lines, o.line(time.Now()))
	}
	return strings.Join(lines, "\n")
}
