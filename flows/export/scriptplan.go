package export

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// plan finds the variables: the secrets of the requests that no answer of the
// authorization server has brought before.
func (p *scripter) plan() {
	if p.mask {
		p.masked = secret.MaskerOf(p.trace)
	}
	for i := range p.trace.Messages {
		if m := &p.trace.Messages[i]; m.Kind == trace.Request && m.To == trace.AuthorizationServer && p.origin == "" {
			p.origin = originOf(m.URL)
		}
	}
	brought := map[string]bool{}
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if m.Kind == trace.Request {
			for _, f := range append(sentSecrets(m), append(m.Query(), m.Form()...)...) {
				p.used[f.Value] = i
			}
		}
		if p.served(m) {
			p.planRequest(i, brought)
		}
	}
}

// planRequest names the secrets of a request that are new, and notes what its answer brings.
func (p *scripter) planRequest(i int, brought map[string]bool) {
	for _, f := range sentSecrets(&p.trace.Messages[i]) {
		if f.Value != "" && !brought[f.Value] && p.names[f.Value] == "" {
			p.given = append(p.given, given{p.variable(f.Name, f.Value), f.Name, f.Value})
		}
	}
	if j := p.trace.Response(i); j >= 0 {
		for _, b := range broughtBy(&p.trace.Messages[j]) {
			brought[b.Value] = true
		}
	}
}

// variable gives a value a name of its own.
func (p *scripter) variable(name, value string) string {
	v := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
	if v == "" || v[0] >= '0' && v[0] <= '9' {
		v = "v_" + v
	}
	if slices.Contains([]string{"provider", "work", "step", "expected", "status", "jar", "path", "ifs", "home", "realm"}, v) {
		v += "_value"
	}
	p.taken[v]++
	if n := p.taken[v]; n > 1 {
		v += "_" + strconv.Itoa(n)
	}
	p.names[value] = v
	return v
}

// sentSecrets are the secrets that a request carries by name. Cookies are left to the cookie jar.
func sentSecrets(m *trace.Message) []trace.Field {
	fields := slices.DeleteFunc(append(m.Query(), m.Form()...), func(f trace.Field) bool { return !secret.Holds(f) })
	for _, h := range m.Header {
		if !strings.EqualFold(h.Name, "Authorization") {
			continue
		}
		if _, password, ok := basicPair(h.Value); ok {
			fields = append(fields, trace.Field{Name: "client_secret", Value: password})
		} else if scheme, value, found := strings.Cut(h.Value, " "); found && strings.EqualFold(scheme, "Bearer") {
			fields = append(fields, trace.Field{Name: "access_token", Value: value})
		}
	}
	return fields
}

// basicPair reads Basic credentials as they are sent, each part still form-encoded (RFC 6749 section 2.3.1).
func basicPair(header string) (id, password string, ok bool) {
	scheme, value, _ := strings.Cut(header, " ")
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil || !strings.EqualFold(scheme, "Basic") || harmless.Needed(string(raw), "") {
		return "", "", false
	}
	return strings.Cut(string(raw), ":")
}

// brought is a value that an answer holds, and the function of the script that finds it there.
type brought struct {
	trace.Field
	by string
}

// broughtBy lists what an answer brings that a later request may need.
func broughtBy(m *trace.Message) []brought {
	var found []brought
	add := func(by string, f trace.Field) {
		if f.Value != "" && isWord(f.Name) {
			found = append(found, brought{f, by})
		}
	}
	location := m.HeaderValue("Location")
	for _, f := range append(trace.QueryOf(location), trace.FragmentOf(location)...) {
		if secret.Holds(f) {
			add("from_location", f)
		}
	}
	switch {
	case m.IsJSON():
		for _, s := range secret.InJSON(m.Body) {
			if !strings.ContainsAny(s.Value, `"\`) {
				add("from_json", trace.Field{Name: s.Name, Value: s.Value})
			}
		}
	case m.IsHTML():
		for _, f := range hiddenFields(m.Body) {
			add("from_form", f)
		}
	}
	return found
}

// hiddenFields are the fields that a page sends along by itself.
func hiddenFields(page []byte) []trace.Field {
	var found []trace.Field
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		at := map[string]string{}
		for _, a := range token.Attr {
			at[a.Key] = a.Val
		}
		if token.Data == "input" && at["type"] == "hidden" && at["name"] != "" {
			found = append(found, trace.Field{Name: at["name"], Value: at["value"]})
		}
	}
	return found
}

// isWord reports whether a name can stand in a pattern of sed and in a shell as it is.
func isWord(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
