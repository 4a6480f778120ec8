package export

import (
	"bufio"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// The types are those of the HTTP Archive format 1.2. A member that begins
// with an underscore is one of ours, as the format allows.
type (
	harCreator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	harPage struct {
		Started string   `json:"startedDateTime"`
		ID      string   `json:"id"`
		Title   string   `json:"title"`
		Timings struct{} `json:"pageTimings"`
	}
	harEntry struct {
		Page     string      `json:"pageref"`
		Started  string      `json:"startedDateTime"`
		Time     float64     `json:"time"`
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
		Cache    struct{}    `json:"cache"`
		Timings  harTimings  `json:"timings"`
		Comment  string      `json:"comment,omitempty"`
		Step     string      `json:"_step"`
		From     trace.Role  `json:"_from"`
		To       trace.Role  `json:"_to"`
	}
	harRequest struct {
		Method      string      `json:"method"`
		URL         string      `json:"url"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harField  `json:"headers"`
		Query       []harField  `json:"queryString"`
		Post        *harPost    `json:"postData,omitempty"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`
	}
	harPost struct {
		MIME     string     `json:"mimeType"`
		Params   []harField `json:"params,omitempty"` // of a form; params and text exclude each other
		Text     string     `json:"text,omitempty"`
		Encoding string     `json:"_encoding,omitempty"`
		Comment  string     `json:"comment,omitempty"`
	}
	harResponse struct {
		Status      int         `json:"status"`
		StatusText  string      `json:"statusText"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harField  `json:"headers"`
		Content     harContent  `json:"content"`
		RedirectURL string      `json:"redirectURL"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`
	}
	harContent struct {
		Size     int    `json:"size"`
		MIME     string `json:"mimeType"`
		Text     string `json:"text,omitempty"`
		Encoding string `json:"encoding,omitempty"`
		Comment  string `json:"comment,omitempty"`
	}
	harField struct {
		Name    string `json:"name"`
		Value   string `json:"value"`
		Comment string `json:"comment,omitempty"` // "secret" for a value that is one
	}
	harCookie struct {
		Name     string `json:"name"`
		Value    string `json:"value"`
		Path     string `json:"path,omitempty"`
		Domain   string `json:"domain,omitempty"`
		Expires  string `json:"expires,omitempty"`
		HTTPOnly bool   `json:"httpOnly,omitempty"`
		Secure   bool   `json:"secure,omitempty"`
		Comment  string `json:"comment,omitempty"`
	}
	harTimings struct {
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
)

// HAR writes the exchanges of the run as an HTTP Archive 1.2, which browsers
// and API clients can open. A page is what a browser would call one: a
// navigation with its redirects. Gestures and notes are no HTTP and are left out;
// version is that of this program.
func HAR(w io.Writer, t *trace.Trace, version string) error {
	pages, pageOf := harPages(t)
	j := jsonWriter{out: bufio.NewWriter(w)}
	j.raw("{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": ")
	j.value("    ", harCreator{"Grantwalk", version})
	j.raw(",\n    \"pages\": ")
	j.value("    ", pages)
	j.raw(",\n    \"entries\": [")
	n := 0
	for i := range t.Messages {
		if t.Messages[i].Kind != trace.Request {
			continue
		}
		var answer *trace.Message
		if k := t.Response(i); k >= 0 {
			answer = &t.Messages[k]
		}
		j.item(n, "      ", entryOf(&t.Messages[i], answer, pages[pageOf[i]].ID))
		n++
	}
	j.end(n, "    ")
	if t.Flow != "" {
		j.raw(",\n    \"comment\": ")
		j.value("    ", t.Flow)
	}
	j.raw("\n  }\n}\n")
	return j.flush()
}

// harPages finds the pages, and the index of the one that each request belongs to.
func harPages(t *trace.Trace) (pages []harPage, pageOf map[int]int) {
	pages, pageOf = []harPage{}, map[int]int{}
	navigates := true // the next request of the browser begins a page
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Kind != trace.Request {
			continue
		}
		if len(pages) == 0 || navigates && m.Channel == trace.Front {
			pages = append(pages, harPage{
				Started: m.At.Format(time.RFC3339Nano), ID: "page_" + strconv.Itoa(len(pages)+1), Title: m.URL,
			})
			navigates = false
		}
		pageOf[i] = len(pages) - 1
		if m.Channel != trace.Front {
			continue
		}
		if k := t.Response(i); k >= 0 && arrives(&t.Messages[k]) {
			navigates = true
			page := &pages[len(pages)-1]
			page.Title = cmp.Or(telling.PageTitle(&t.Messages[k]), page.Title)
		}
	}
	return pages, pageOf
}

// arrives reports whether an answer ends a navigation: the browser shows it.
func arrives(answer *trace.Message) bool {
	return answer != nil && answer.HeaderValue("Location") == ""
}

func entryOf(m, answer *trace.Message, page string) harEntry {
	e := harEntry{
		Page: page, Started: m.At.Format(time.RFC3339Nano), Step: m.Step, From: m.From, To: m.To,
		Request: harRequest{
			Method: m.Method, URL: harURL(m.URL), HTTPVersion: "HTTP/1.1", Cookies: sentCookies(m), Headers: harFields("header", m.Header),
			Query: harFields("query", m.Query()), Post: postOf(m), HeadersSize: -1, BodySize: len(m.Body),
		},
	}
	if answer == nil { // the format asks for a response; browsers write status 0 for none
		e.Comment = "no answer"
		e.Response = responseOf(&trace.Message{})
		e.Response.StatusText, e.Response.BodySize = "", -1
		return e
	}
	e.Response = responseOf(answer)
	e.Timings.Wait = float64(answer.Took) / float64(time.Millisecond)
	e.Time = e.Timings.Wait
	return e
}

// harURL makes a URI of an address that is none (RFC 3986 section 2): the
// format asks for one, and a hostile request may hold anything.
func harURL(raw string) string {
	start := 0 // of the path; a host in brackets stays as it is
	if i := strings.Index(raw, "://"); i >= 0 {
		start = i + 3 + strings.IndexAny(raw[i+3:]+"/", "/?#")
	}
	var b strings.Builder
	fragment := false
	for i := range len(raw) {
		c := raw[i]
		allowed := c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>\\^`{|}", rune(c))
		switch c {
		case '#':
			allowed = !fragment
			fragment = true
		case '%':
			_, err := hex.DecodeString(raw[i+1 : min(i+3, len(raw))])
			allowed = err == nil && i+2 < len(raw)
		case '[', ']':
			allowed = i < start
		}
		if allowed {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// secretWord marks a value that is a secret, in a comment.
const secretWord = "secret"

// harFields marks the fields that hold a secret.
func harFields(section string, fields []trace.Field) []harField {
	out := make([]harField, len(fields))
	for i, f := range fields {
		out[i] = harField{Name: f.Name, Value: f.Value}
		if secret.Marked(section, f) {
			out[i].Comment = secretWord
		}
	}
	return out
}

// harSecrets names the secrets that stand in a body.
func harSecrets(m *trace.Message) string {
	names := secret.InBody(m)
	if len(names) == 0 {
		return ""
	}
	return secretWord + ": " + strings.Join(names, ", ")
}

func postOf(m *trace.Message) *harPost {
	if len(m.Body) == 0 {
		return nil
	}
	p := harPost{MIME: m.HeaderValue("Content-Type"), Comment: harSecrets(m)}
	switch form := m.Form(); {
	case !utf8.Valid(m.Body):
		p.Text, p.Encoding = base64.StdEncoding.EncodeToString(m.Body), "base64"
	case len(form) > 0 && trace.EncodePairs(form) == string(m.Body):
		p.Params = harFields("form", form)
	default: // also a form that would not come back the same
		p.Text = string(m.Body)
	}
	return &p
}

func responseOf(m *trace.Message) harResponse {
	r := harResponse{
		Status: m.Status, StatusText: http.StatusText(m.Status), HTTPVersion: "HTTP/1.1", Cookies: []harCookie{},
		Headers: harFields("header", m.Header), RedirectURL: m.HeaderValue("Location"), HeadersSize: -1, BodySize: len(m.Body),
		Content: harContent{Size: len(m.Body), MIME: m.HeaderValue("Content-Type"), Comment: harSecrets(m)},
	}
	if utf8.Valid(m.Body) {
		r.Content.Text = string(m.Body)
	} else {
		r.Content.Text, r.Content.Encoding = base64.StdEncoding.EncodeToString(m.Body), "base64"
	}
	for _, f := range m.Header {
		if !strings.EqualFold(f.Name, "Set-Cookie") {
			continue
		}
		c, err := http.ParseSetCookie(f.Value)
		if err != nil {
			continue
		}
		cookie := harCookie{
			Name: c.Name, Value: c.Value, Path: c.Path, Domain: c.Domain, HTTPOnly: c.HttpOnly, Secure: c.Secure, Comment: secretWord,
		}
		if !c.Expires.IsZero() {
			cookie.Expires = c.Expires.UTC().Format(time.RFC3339)
		}
		r.Cookies = append(r.Cookies, cookie)
	}
	return r
}

func sentCookies(m *trace.Message) []harCookie {
	out := []harCookie{}
	for _, f := range m.Header {
		if !strings.EqualFold(f.Name, "Cookie") {
			continue
		}
		cookies, err := http.ParseCookie(f.Value)
		if err != nil {
			continue
		}
		for _, c := range cookies {
			out = append(out, harCookie{Name: c.Name, Value: c.Value, Comment: secretWord})
		}
	}
	return out
}
