package intake

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
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
}

func looksLikeLog(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	var line logLine
	return json.Unmarshal(first, &line) == nil && line.Event != ""
}

// readLog reads the lines that are requests; others, and such that are no JSON,
// may be among them.
func readLog(text []byte) *Brought {
	b := &Brought{Kind: Log, Trace: &trace.Trace{}, Known: diagnosis.Known{Ended: true}}
	hosts := map[string]string{} // of the issuers, by realm
	n := 0
	for text := range bytes.Lines(text) {
		var line logLine
		if json.Unmarshal(text, &line) != nil {
			continue
		}
		switch line.Event {
		case "serving":
			if u, err := url.Parse(line.Issuer); err == nil && u.Host != "" {
				hosts[line.Realm] = u.Scheme + "://" + u.Host
			}
		case "request":
			if n++; n > maxEntries {
				b.Left++
				continue
			}
			b.Trace.Messages = append(b.Trace.Messages, line.messages(n, hosts[line.Realm])...)
		}
	}
	return b
}

// messages are what the line knows of an exchange: the client, what a rule
// compared, and no header.
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
	if known := l.parameters(); len(known) > 0 && l.Method == http.MethodPost {
		request.Header = []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
		request.Body = []byte(known.Encode())
	} else if len(known) > 0 {
		request.URL += "?" + known.Encode()
	}
	if l.Rule == "bearer-present" && l.Got != "" && !strings.HasPrefix(l.Got, "no") {
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
	answer := trace.Message{
		Kind: trace.Response, Exchange: n, From: trace.AuthorizationServer, Status: l.Status,
		At: l.Time.Add(time.Duration(l.TookMS * float64(time.Millisecond))),
	}
	if l.Error != "" && l.Status >= 300 && l.Status < 400 { // it went to the app, whose address the line does not have
		answer.Header = []trace.Field{{Name: "Location", Value: "https://client.invalid/?error=" + url.QueryEscape(l.Error)}}
	}
	return []trace.Message{request, answer}
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
