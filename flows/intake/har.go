package intake

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// archive is HAR 1.2 as far as a login needs it. Chromium, Firefox, Safari and
// mitmproxy each leave something out; nothing is demanded but the entries.
type archive struct {
	Log struct {
		Entries []harEntry `json:"entries"`
	} `json:"log"`
}

type harEntry struct {
	Started  string   `json:"startedDateTime"`
	Time     float64  `json:"time"` // milliseconds
	Resource string   `json:"_resourceType"`
	Request  harSide  `json:"request"`
	Response *harSide `json:"response"`
}

// harSide is a request or a response; the fields that one lacks stay empty.
type harSide struct {
	Method   string     `json:"method"`
	URL      string     `json:"url"`
	Status   int        `json:"status"`
	Headers  []harField `json:"headers"`
	Cookies  []harField `json:"cookies"`
	Redirect string     `json:"redirectURL"`
	Post     *harBody   `json:"postData"`
	Content  *harBody   `json:"content"`
	Error    string     `json:"_error"` // of Chromium: why there is no answer
}

type harField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harBody struct {
	MIME     string     `json:"mimeType"`
	Text     string     `json:"text"`
	Encoding string     `json:"encoding"`
	Params   []harField `json:"params"`
}

func readHAR(text []byte) (*Brought, error) {
	var a archive
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, fmt.Errorf("the HAR file is damaged: %w", err)
	}
	b := &Brought{Kind: HAR, Trace: &trace.Trace{}, Known: diagnosis.Known{Ended: true}}
	n, hidden := 0, false
	blanks := &blanks{}
	for i := range a.Log.Entries {
		e := &a.Log.Entries[i]
		if e.isDecoration() {
			continue
		}
		if n++; n > maxEntries {
			b.Left++
			continue
		}
		for _, m := range e.messages(n) {
			hidden = blanks.unhide(&m) || hidden
			b.Trace.Messages = append(b.Trace.Messages, m)
		}
	}
	if hidden {
		b.Known.LeftOut = []diagnosis.Unknown{diagnosis.UnknownValues}
	}
	return b, nil
}

// isDecoration leaves out pictures, fonts, styles and scripts, which are most of
// what a browser loads.
func (e *harEntry) isDecoration() bool {
	switch e.Resource {
	case "image", "font", "stylesheet", "script", "media":
		return true
	}
	if e.Response == nil || e.Response.Content == nil || e.Request.Method != http.MethodGet {
		return e.Request.URL == ""
	}
	mime := e.Response.Content.MIME
	for _, kind := range []string{"image/", "font/", "text/css", "video/", "audio/", "application/javascript", "text/javascript"} {
		if strings.HasPrefix(mime, kind) {
			return true
		}
	}
	return false
}

func (e *harEntry) messages(n int) []trace.Message {
	at, err := time.Parse(time.RFC3339Nano, e.Started)
	if err != nil {
		at = time.Time{}
	}
	request := trace.Message{
		Kind: trace.Request, Exchange: n, Channel: trace.Front, From: trace.UserAgent, Method: strings.ToUpper(e.Request.Method),
		URL: e.Request.URL, At: at, Header: e.Request.fields(), Body: e.Request.Post.body(),
	}
	if e.Request.Post != nil && request.HeaderValue("Content-Type") == "" && e.Request.Post.MIME != "" {
		request.Header = append(request.Header, trace.Field{Name: "Content-Type", Value: e.Request.Post.MIME})
	}
	if request.HeaderValue("Cookie") == "" && len(e.Request.Cookies) > 0 {
		request.Header = append(request.Header, trace.Field{Name: "Cookie", Value: pairs(e.Request.Cookies)})
	}
	request.Header = append(request.Header, e.byScript(&request)...)
	if e.Response == nil || e.Response.Status <= 0 { // Playwright writes -1
		if why := e.brokenOff(); why != "" {
			return []trace.Message{request, {
				Kind: trace.Response, Exchange: n, Channel: trace.Front, To: trace.UserAgent, At: at, Body: []byte(why),
				Header: []trace.Field{{Name: "Content-Type", Value: "text/plain"}},
			}}
		}
		return []trace.Message{request}
	}
	answer := trace.Message{
		Kind: trace.Response, Exchange: n, Channel: trace.Front, To: trace.UserAgent, Status: e.Response.Status,
		At: at.Add(time.Duration(e.Time * float64(time.Millisecond))), Header: e.Response.fields(), Body: e.Response.Content.body(),
	}
	if answer.HeaderValue("Location") == "" && e.Response.Redirect != "" {
		answer.Header = append(answer.Header, trace.Field{Name: "Location", Value: e.Response.Redirect})
	}
	if c := e.Response.Content; c != nil && c.MIME != "" && answer.HeaderValue("Content-Type") == "" {
		answer.Header = append(answer.Header, trace.Field{Name: "Content-Type", Value: c.MIME})
	}
	return []trace.Message{request, answer}
}

// byScript are the headers that a browser sends with what a script asks for and that a recording lacks: those of what it
// kept back, and all that tell where a page is that came without TLS (Fetch Standard, Fetch Metadata).
func (e *harEntry) byScript(request *trace.Message) (more []trace.Field) {
	from, err := url.Parse(request.HeaderValue("Referer"))
	if e.Resource != "xhr" && e.Resource != "fetch" || err != nil || from.Host == "" {
		return nil
	}
	if request.HeaderValue("Sec-Fetch-Mode") == "" {
		more = append(more, trace.Field{Name: "Sec-Fetch-Mode", Value: "cors"})
	}
	to, wrong := url.Parse(request.URL)
	if request.HeaderValue("Origin") == "" && wrong == nil && (from.Host != to.Host || from.Scheme != to.Scheme) {
		more = append(more, trace.Field{Name: "Origin", Value: from.Scheme + "://" + from.Host})
	}
	return more
}

// brokenOff is why a browser has no answer, where that says more than that there is none.
func (e *harEntry) brokenOff() string {
	if e.Response == nil || !strings.HasPrefix(e.Response.Error, "net::ERR_") {
		return ""
	}
	switch e.Response.Error {
	case "net::ERR_FAILED", "net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT", "net::ERR_BLOCKED_BY_RESPONSE":
		return ""
	}
	return e.Response.Error
}

// fields are the headers, without those that HTTP/2 has instead of a first line.
func (s *harSide) fields() []trace.Field {
	var all []trace.Field
	for _, h := range s.Headers {
		if strings.HasPrefix(h.Name, ":") {
			continue
		}
		for value := range strings.SplitSeq(h.Value, "\n") { // several cookies in one
			all = append(all, trace.Field{Name: http.CanonicalHeaderKey(h.Name), Value: value})
		}
	}
	return all
}

func pairs(cookies []harField) string {
	all := make([]string, 0, len(cookies))
	for _, c := range cookies {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

func (b *harBody) body() []byte {
	switch {
	case b == nil:
		return nil
	case b.Text == "" && len(b.Params) > 0:
		fields := make([]trace.Field, 0, len(b.Params))
		for _, p := range b.Params {
			fields = append(fields, trace.Field(p))
		}
		return []byte(trace.EncodePairs(fields))
	case b.Encoding == "base64":
		if plain, err := base64.StdEncoding.DecodeString(b.Text); err == nil {
			return plain[:min(len(plain), maxBody)]
		}
	}
	return []byte(b.Text[:min(len(b.Text), maxBody)])
}
