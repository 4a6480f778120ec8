package serve

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// jsonLog is for programs: an object in each line, ASCII alone.
type jsonLog struct{}

// logged is a line. What is empty is left out; docs/serving.md says what each
// field holds.
type logged struct {
	Time    string `json:"time"` // RFC 3339, UTC
	Event   string `json:"event"`
	Message string `json:"message,omitempty"` // for people, and may change

	Version    string   `json:"version,omitempty"`
	Realm      string   `json:"realm,omitempty"`
	Issuer     string   `json:"issuer,omitempty"`
	Discovery  string   `json:"discovery,omitempty"`
	Listening  string   `json:"listening,omitempty"`
	Page       string   `json:"page,omitempty"` // the server's own, at its root
	URL        string   `json:"url,omitempty"`
	ControlKey string   `json:"control_key,omitempty"` // which the control server wants, and nobody else
	VerifiedBy string   `json:"verified_by,omitempty"` // how the APIs look at tokens
	Paths      []string `json:"paths,omitempty"`       // of the APIs
	Limit      string   `json:"limit,omitempty"`       // the name of one that made something give way
	Most       int      `json:"most,omitempty"`
	Missed     int      `json:"missed,omitempty"` // requests without a line
	File       string   `json:"file,omitempty"`
	Line       int      `json:"line,omitempty"` // of the slip in the file

	Method   string   `json:"method,omitempty"`
	Path     string   `json:"path,omitempty"`
	Endpoint string   `json:"endpoint,omitempty"`
	Status   int      `json:"status,omitempty"`
	Client   string   `json:"client,omitempty"` // client_id
	Person   string   `json:"person,omitempty"` // user name
	Scope    string   `json:"scope,omitempty"`
	Rule     string   `json:"rule,omitempty"` // the id of the rule that the request broke
	Spec     string   `json:"spec,omitempty"`
	Error    string   `json:"error,omitempty"` // the error code of the answer
	Expected string   `json:"expected,omitempty"`
	Got      string   `json:"got,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Keys     []string `json:"keys,omitempty"`    // of a config, that would change it
	Trouble  []string `json:"trouble,omitempty"` // deliberate

	Sent     string   `json:"sent,omitempty"` // form-encoded, with marks for what could be a secret
	Header   string   `json:"header,omitempty"`
	Came     string   `json:"came,omitempty"`
	Location string   `json:"location,omitempty"`
	Allowed  string   `json:"allowed_origin,omitempty"`
	TookMS   *float64 `json:"took_ms,omitempty"`
}

func milliseconds(d time.Duration) *float64 {
	took := float64(d.Microseconds()) / 1000
	return &took
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

// Line is what --access-log json writes of an exchange, for whoever reads such logs.
func Line(e *mockidp.Exchange) string { return jsonLog{}.exchange(e) }

func (jsonLog) event(o logged) string { return o.line(time.Now()) }

func (jsonLog) exchange(e *mockidp.Exchange) string {
	o := logged{
		Event: "request", Realm: e.Realm, Method: e.Method, Path: e.Path, Endpoint: string(e.Endpoint), Status: e.Status, Client: e.Client,
		Error: e.Error, TookMS: milliseconds(e.Took),
	}
	if c := e.Check; c != nil {
		o.Rule, o.Spec, o.Reason, o.Expected, o.Got = c.ID, c.Spec.String(), c.Reason, c.Expected, c.Got
		o.Keys = mockidp.WaysOut(c.ID)
	}
	if t := e.Trail; t != nil {
		o.Sent, o.Header, o.Came, o.Location, o.Allowed = t.Sent, t.Header, t.Came, t.Location, t.Allowed
	}
	for _, t := range e.Troubles() {
		o.Trouble = append(o.Trouble, t.Rule)
	}
	return o.line(e.Began)
}

// welcome leaves nothing out: a program looks for its realm.
func (l jsonLog) welcome(w welcome) string {
	var lines []string
	for _, n := range w.notices {
		lines = append(lines, l.event(noticed(n)))
	}
	for _, said := range w.words {
		lines = append(lines, l.event(said))
	}
	for _, r := range w.realms {
		o := logged{
			Event: "serving", Version: w.version, Realm: r.Name, Issuer: w.issuer(r.Name), Discovery: discovery(w.issuer(r.Name)),
			Listening: w.at, Page: w.page,
		}
		lines = append(lines, o.line(time.Now()))
	}
	return strings.Join(lines, "\n")
}
