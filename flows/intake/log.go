package intake

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// logLine is a line of serve --access-log json, as far as it tells of a request.
type logLine struct {
	Time    time.Time `json:"time"`
	Event   string    `json:"event"`
	Realm   string    `json:"realm"`
	Issuer  string    `json:"issuer"`
	Method  string    `json:"method"`
	Path    string    `json:"path"`
	Status  int       `json:"status"`
	Client  string    `json:"client"`
	Rule    string    `json:"rule"`
	Spec    string    `json:"spec"`
	Error   string    `json:"error"`
	Reason  string    `json:"reason"`
	Trouble []string  `json:"trouble"`
	TookMS  float64   `json:"took_ms"`

	Endpoint, Expected, Got string

	// Form-encoded; what could be a secret is a mark.
	Sent, Header, Came string
	Location           string
	Allowed            string `json:"allowed_origin"`
}

func looksLikeLog(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	var line logLine
	return json.Unmarshal(first, &line) == nil && slices.Contains(eventsOfServe(), line.Event) &&
		(line.Realm+line.Method != "" || !line.Time.IsZero())
}

// eventsOfServe are those of its lines. Other programs call something an event too, and mean their words by it.
func eventsOfServe() []string {
	return []string{
		"serving", "notice", "tls", "api", "control", "request", "limit", "missed", "logout", "config-read", "config-refused",
		"connection", "stopped",
	}
}

// readLog reads the lines that are requests; others, and such that are no JSON,
// may be among them.
func readLog(text []byte) *Brought {
	b := &Brought{Kind: Log, Trace: &trace.Trace{}, Known: diagnosis.Known{Ended: true}}
	hosts := map[string]string{} // of the issuers, by realm
	issuers := map[string]string{}
	n := 0
	for text := range bytes.Lines(text) {
		var line logLine
		if json.Unmarshal(text, &line) != nil {
			continue
		}
		switch line.Event {
		case "serving":
			if u, err := url.Parse(line.Issuer); err == nil && u.Host != "" {
				hosts[line.Realm], issuers[line.Realm] = u.Scheme+"://"+u.Host, line.Issuer
			}
		case "request":
			if n++; n > maxEntries {
				b.Left++
				continue
			}
			line.named(issuers[line.Realm])
			b.Trace.Messages = append(b.Trace.Messages, line.messages(n, hosts[line.Realm])...)
		}
	}
	return b
}

// named puts the issuer into an answer with metadata, which say it.
func (l *logLine) named(issuer string) {
	if l.Endpoint == "discovery" && l.Status == http.StatusOK && issuer != "" {
		l.Came = "issuer=" + url.QueryEscape(issuer)
	}
}

// messages are what the line knows of an exchange: what was sent and what came, with
// marks for secrets, and what a rule compared.
func (l *logLine) messages(n int, host string) []trace.Message {
	if host == "" {
		host = "http://provider.invalid"
	}
	request := trace.Message{
		Kind: trace.Request, Exchange: n, To: trace.AuthorizationServer, Method: l.Method, URL: host + l.Path, At: l.Time,
		Checks: []trace.Check{{By: trace.AuthorizationServer, ID: "logged", Rule: "the provider said what it found", Result: trace.Pass}},
	}
	if l.Endpoint == "api" {
		request.To = trace.ResourceServer
	}
	request.Header = trace.ParsePairs(l.Header)
	if sent := l.sent(); sent != "" && l.Method == http.MethodPost {
		if request.HeaderValue("Content-Type") == "" {
			request.Header = append(request.Header, trace.Field{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
		}
		request.Body = []byte(sent)
	} else if sent != "" {
		request.URL += "?" + sent
	}
	if l.Rule == "bearer-present" && request.HeaderValue("Authorization") == "" && l.Got != "" && !strings.HasPrefix(l.Got, "no") {
		request.Header = append(request.Header, trace.Field{Name: "Authorization", Value: l.Got})
	}
	doc, section, _ := strings.Cut(l.Spec, " §")
	if l.Rule != "" {
		request.Checks = append(request.Checks, trace.Check{
			By: trace.AuthorizationServer, ID: l.Rule, Rule: l.Rule, Spec: trace.Spec{Doc: doc, Section: section}, Result: trace.Fail,
			Expected: l.Expected, Got: l.Got, Reason: l.Reason, Error: l.Error,
		})
	}
	for _, t := range l.Trouble {
		request.Checks = append(request.Checks, trace.Check{
			By: trace.AuthorizationServer, ID: "deliberate-trouble", Rule: t, Result: trace.Fail, Reason: t,
		})
	}
	return []trace.Message{request, l.answer(n)}
}

// answer is what the line knows of it.
func (l *logLine) answer(n int) trace.Message {
	answer := trace.Message{
		Kind: trace.Response, Exchange: n, From: trace.AuthorizationServer, Status: l.Status,
		At: l.Time.Add(time.Duration(l.TookMS * float64(time.Millisecond))),
	}
	if l.Allowed != "" {
		answer.Header = append(answer.Header, trace.Field{Name: "Access-Control-Allow-Origin", Value: l.Allowed})
	}
	if l.Location != "" {
		answer.Header = append(answer.Header, trace.Field{Name: "Location", Value: strings.TrimSuffix(l.Location+"?"+l.Came, "?")})
		return answer
	}
	if came := trace.ParsePairs(l.Came); len(came) > 0 {
		members := map[string]string{}
		for _, f := range came {
			members[f.Name] = f.Value
		}
		if text, err := json.Marshal(members); err == nil { // texts can always be written
			answer.Body = text
			answer.Header = append(answer.Header, trace.Field{Name: "Content-Type", Value: "application/json"})
		}
	}
	if l.Error != "" && l.Status >= 300 && l.Status < 400 { // it went to the app, whose address the line does not have
		answer.Header = []trace.Field{{Name: "Location", Value: "https://client.invalid/?error=" + url.QueryEscape(l.Error)}}
	}
	return answer
}

// sent is what the request had, with the client where it named itself in a header alone. Lines of an
// older server have of it what their rule was about.
func (l *logLine) sent() string {
	known := l.parameters()
	if l.Sent == "" {
		return known.Encode()
	}
	has := func(f trace.Field) bool { return f.Name == "client_id" }
	if l.Client != "" && !slices.ContainsFunc(trace.ParsePairs(l.Sent), has) {
		return l.Sent + "&client_id=" + url.QueryEscape(l.Client)
	}
	return l.Sent
}

// parameters are those of the request that the line tells: the client, and the
// one that a rule was about.
func (l *logLine) parameters() url.Values {
	known := url.Values{}
	if l.Client != "" {
		known.Set("client_id", l.Client)
	}
	name := map[string]string{
		"redirect-uri-registered": "redirect_uri", "grant-type-supported": "grant_type", "grant-type-allowed": "grant_type",
		"client-known":      "client_id",
		"redirect-uri-same": "redirect_uri",
	}[l.Rule]
	if name != "" && l.Got != "" && !strings.Contains(l.Got, " ") { // words say that there was none
		known.Set(name, l.Got)
	}
	return known
}
