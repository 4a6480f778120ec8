package export

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

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
	form := m.Form()
	switch {
	case !utf8.Valid(m.Body):
		p.Text, p.Encoding = base64.StdEncoding.EncodeToString(m.Body), "base64"
	default:
		p.Text = string(m.Body)
		if trace.EncodePairs(form) == p.Text { // a form that would not come back the same has no parameters to name
			p.Params = harFields("form", form)
		}
	}
	return &p
}

// harJar remembers what was said of each cookie when it was set, by its host
// and name: a request says only what it is worth.
type harJar map[string]harCookie

// response writes an answer to m.
func (j harJar) response(m, answer *trace.Message) harResponse {
	r := harResponse{
		Status: answer.Status, StatusText: http.StatusText(answer.Status), HTTPVersion: httpVersion, Cookies: []harCookie{},
		Headers: harFields("header", answer.Header), RedirectURL: answer.HeaderValue("Location"), HeadersSize: len(headOf(answer)),
		BodySize: len(answer.Body), Content: harContent{
			Size: len(answer.Body), MIME: cmp.Or(answer.HeaderValue("Content-Type"), "x-unknown"), Comment: harSecrets(answer),
		},
	}
	r.Transferred = r.HeadersSize + r.BodySize
	if utf8.Valid(answer.Body) {
		r.Content.Text = string(answer.Body)
	} else {
		r.Content.Text, r.Content.Encoding = base64.StdEncoding.EncodeToString(answer.Body), "base64"
	}
	for _, f := range answer.Header {
		if !strings.EqualFold(f.Name, "Set-Cookie") {
			continue
		}
		if c, err := http.ParseSetCookie(f.Value); err == nil {
			r.Cookies = append(r.Cookies, j.set(m, c))
		}
	}
	return r
}

// set remembers a cookie that the host of m sets.
func (j harJar) set(m *trace.Message, c *http.Cookie) harCookie {
	cookie := harCookie{
		Name: c.Name, Value: c.Value, Path: c.Path, Domain: cmp.Or(c.Domain, hostOfURL(m.URL)), HTTPOnly: c.HttpOnly, Secure: c.Secure,
		SameSite: map[http.SameSite]string{
			http.SameSiteLaxMode: "Lax", http.SameSiteStrictMode: "Strict", http.SameSiteNoneMode: "None",
		}[c.SameSite],
		Comment: secretWord,
	}
	if !c.Expires.IsZero() {
		cookie.Expires = c.Expires.UTC().Format(harTime)
	}
	j[hostOfURL(m.URL)+" "+c.Name] = cookie
	return cookie
}

// sent lists the cookies of a request.
func (j harJar) sent(m *trace.Message) []harCookie {
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
			cookie := j[hostOfURL(m.URL)+" "+c.Name]
			cookie.Name, cookie.Value, cookie.Comment = c.Name, c.Value, secretWord
			out = append(out, cookie)
		}
	}
	return out
}

// hostOfURL is the name that a cookie of that address belongs to.
func hostOfURL(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		return u.Hostname()
	}
	return ""
}
