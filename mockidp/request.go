package mockidp

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	maxBody      = 64 << 10
	maxURL       = 16 << 10
	maxParameter = 4 << 10
)

// request is an HTTP request, read once and within limits.
type request struct {
	*http.Request
	now       time.Time
	hosts     []string
	query     params
	form      params
	isForm    bool   // the body says that it is a form
	mediaType string // of the body, as sent
	bodySize  int    // at most maxBody+1
	body      []byte // of media types other than a form's

	tenant   *tenant // that is asked, once it is known
	endpoint *endpoint
}

func newRequest(r *http.Request, now time.Time, hosts []string) *request {
	req := &request{Request: r, now: now, hosts: hosts}
	if len(r.URL.RawQuery) <= maxURL {
		req.query = parseParams(r.URL.RawQuery)
	}
	if r.Method != http.MethodPost && r.Method != http.MethodPut || r.Body == nil {
		return req
	}
	req.mediaType = r.Header.Get("Content-Type")
	req.isForm = isForm(req.mediaType)
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	req.bodySize = len(body)
	switch {
	case len(body) > maxBody:
	case req.isForm:
		req.form = parseParams(string(body))
	default:
		req.body = body
	}
	if err != nil {
		req.form = params{malformed: "a body that broke off"}
	}
	return req
}

// isForm reads a Content-Type. Nearly every client sends the same, for which
// nothing needs to be parsed.
func isForm(contentType string) bool {
	const form = "application/x-www-form-urlencoded"
	if contentType == form {
		return true
	}
	media, attributes, err := mime.ParseMediaType(contentType)
	charset := attributes["charset"]
	return err == nil && media == form && (charset == "" || strings.EqualFold(charset, "utf-8"))
}

// method returns the method, with HEAD taken for the GET that it stands for.
func (r *request) method() string {
	if r.Method == http.MethodHead {
		return http.MethodGet
	}
	return r.Method
}

// params are form-encoded parameters in the order in which they were sent.
type params struct {
	list      []trace.Field
	malformed string // what is wrong with the encoding; empty when nothing is
}

// parseParams reads application/x-www-form-urlencoded (RFC 6749 appendix B).
// A parameter without a value counts as omitted (RFC 6749 section 3.1).
func parseParams(encoded string) params {
	var p params
	for part := range strings.SplitSeq(encoded, "&") {
		if part == "" {
			continue
		}
		rawName, rawValue, _ := strings.Cut(part, "=")
		name, err1 := url.QueryUnescape(rawName)
		value, err2 := url.QueryUnescape(rawValue)
		switch {
		case err1 != nil || err2 != nil:
			p.malformed = "a percent sign that is not followed by two hexadecimal digits"
		case !utf8.ValidString(name) || !utf8.ValidString(value):
			p.malformed = "bytes that are not UTF-8"
		case strings.ContainsRune(name, 0) || strings.ContainsRune(value, 0):
			p.malformed = "a zero byte"
		case value != "":
			// A copy, because what is remembered of a request must not keep
			// all of it alive.
			p.list = append(p.list, trace.Field{Name: name, Value: strings.Clone(value)})
		}
	}
	return p
}

// join returns the parameters of p followed by those of q.
func (p params) join(q params) params {
	joined := params{list: slices.Concat(p.list, q.list), malformed: p.malformed}
	if joined.malformed == "" {
		joined.malformed = q.malformed
	}
	return joined
}

// get returns the value that was sent first under name, or "".
func (p params) get(name string) string {
	for _, f := range p.list {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func (p params) has(name string) bool { return p.get(name) != "" }

// all returns the values under name, in order.
func (p params) all(name string) []string {
	var values []string
	for _, f := range p.list {
		if f.Name == name {
			values = append(values, f.Value)
		}
	}
	return values
}

// repeated returns the first parameter that was sent more than once though it
// is no exception, or "".
func (p params) repeated(except ...string) string {
	seen := make(map[string]bool, len(p.list))
	for _, f := range p.list {
		if seen[f.Name] && !slices.Contains(except, f.Name) {
			return f.Name
		}
		seen[f.Name] = true
	}
	return ""
}

// count returns how often name was sent with a value.
func (p params) count(name string) int {
	n := 0
	for _, f := range p.list {
		if f.Name == name {
			n++
		}
	}
	return n
}

// longest returns the name and length of the longest value.
func (p params) longest() (string, int) {
	name, size := "", 0
	for _, f := range p.list {
		if len(f.Value)+len(f.Name) > size {
			name, size = f.Name, len(f.Value)+len(f.Name)
		}
	}
	return name, size
}

// doorRows are the rules of plain HTTP that every request must keep before
// anybody looks at what it asks for.
func doorRows() []rule.Row[request] {
	return []rule.Row[request]{
		{
			ID: "host-known", Rule: "the Host header names this provider",
			Spec: rule.RFC("9110", "7.4"), Status: http.StatusMisdirectedRequest,
			Check: func(r *request) rule.Finding {
				if len(r.hosts) == 0 {
					return rule.Skip("Config.Hosts is empty, so every host is answered")
				}
				return rule.Verdict(slices.Contains(r.hosts, r.Host), strings.Join(r.hosts, " or "), shown(r.Host),
					"the request was sent to a host name that is not this provider's; a page of somebody else may have pointed its name at this machine (DNS rebinding)")
			},
		},
		{
			ID: "url-short", Rule: "the URL is at most 16 KiB long",
			Spec: rule.RFC("9110", "15.5.15"), Status: http.StatusRequestURITooLong,
			Check: func(r *request) rule.Finding {
				size := len(r.URL.Path) + len(r.URL.RawQuery)
				return rule.Verdict(size <= maxURL, "at most "+strconv.Itoa(maxURL)+" bytes", strconv.Itoa(size)+" bytes",
					"the URL is too long; send the parameters by POST")
			},
		},
		{
			ID: "body-short", Rule: "the body is at most 64 KiB long",
			Spec: rule.RFC("9110", "15.5.14"), Status: http.StatusRequestEntityTooLarge,
			Check: func(r *request) rule.Finding {
				return rule.Verdict(r.bodySize <= maxBody, "at most "+strconv.Itoa(maxBody)+" bytes", "more",
					"the body is too long")
			},
		},
	}
}

// checkMethod is the rule that an endpoint takes only these methods.
func checkMethod(r *request, allowed ...string) rule.Finding {
	return rule.Verdict(slices.Contains(allowed, r.method()), strings.Join(allowed, " or "), shown(r.Method),
		"this endpoint does not answer "+printable(r.Method, 16))
}

func checkEncoding(p params) rule.Finding {
	return rule.Verdict(p.malformed == "", "form-encoded UTF-8", cmp.Or(p.malformed, "form-encoded UTF-8"),
		"the parameters hold "+p.malformed)
}

func checkOnce(p params, except ...string) rule.Finding {
	name := printable(p.repeated(except...), 64)
	return rule.Verdict(name == "", "each parameter at most once", cmp.Or(prefixed(name, " is sent more than once"), "no parameter twice"),
		"the parameter "+name+" is sent more than once")
}

func checkFormBody(r *request) rule.Finding {
	return rule.Verdict(r.isForm, "application/x-www-form-urlencoded", cmp.Or(shown(r.mediaType), "no Content-Type"),
		"the body is not a form")
}

// shown returns a value as a check or a page may show it: in full when it is
// short, and with what cannot be printed replaced.
func shown(s string) string { return printable(s, 300) }

// printable replaces everything outside printable ASCII, so that the result
// can neither forge a log line nor break a header, and shortens it to limit.
func printable(s string, limit int) string {
	cut := len(s) > limit
	if cut {
		s = s[:limit]
	}
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return '?'
		}
		return r
	}, s)
	if cut {
		s += "..."
	}
	return s
}

// prefixed returns name+rest, or "" when there is no name.
func prefixed(name, rest string) string {
	if name == "" {
		return ""
	}
	return name + rest
}
