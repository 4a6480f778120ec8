package export

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// request is one request, with variables where the run had values that another run has not.
func (p *poster) request(m *trace.Message) postmanRequest {
	r := postmanRequest{Method: m.Method, Header: []postmanKey{}, URL: p.url(m.URL)}
	for _, f := range m.Header {
		p.header(&r, f, m.IsForm())
	}
	if r.Auth == nil {
		r.Auth = &postmanAuth{Type: "noauth"}
	}
	switch form := m.Form(); {
	case len(m.Body) == 0:
	case m.IsForm() && trace.EncodePairs(form) == string(m.Body):
		r.Body = &postmanBody{Mode: "urlencoded"}
		for _, f := range form {
			r.Body.Form = append(r.Body.Form, postmanKey{f.Name, p.value(f), "text"})
		}
	default:
		r.Body = &postmanBody{Mode: "raw", Raw: p.woven(string(m.Body), p.registered(m))}
		if m.IsForm() { // a form that would not come back the same from its parameters
			r.Header = append(r.Header, postmanKey{Key: "Content-Type", Value: m.HeaderValue("Content-Type")})
		}
	}
	return r
}

// header writes a header, but those that Postman writes by itself, and a proof of who asks.
func (p *poster) header(r *postmanRequest, f trace.Field, form bool) {
	switch strings.ToLower(f.Name) {
	case "host", "content-length", "cookie", "user-agent":
		return
	case "content-type":
		if form {
			return
		}
	case "authorization":
		if id, password, ok := basicPair(f.Value); ok && p.basicPassword(password) != "" {
			r.Auth = &postmanAuth{Type: "basic", Basic: []postmanKey{
				{"username", p.woven(id, nil), "string"}, {"password", "{{" + p.basicPassword(password) + "}}", "string"},
			}}
			return
		}
		if scheme, value, found := strings.Cut(f.Value, " "); found && strings.EqualFold(scheme, "Bearer") && p.names[value] != "" {
			r.Auth = &postmanAuth{Type: "bearer", Bearer: []postmanKey{{"token", "{{" + p.names[value] + "}}", "string"}}}
			return
		}
	}
	value := f.Value
	if p.masked != nil {
		value = p.masked.Header(f)
	}
	r.Header = append(r.Header, postmanKey{Key: f.Name, Value: value})
}

// basicPassword is the variable with a secret as it stood in Basic credentials, or "".
func (p *poster) basicPassword(password string) string {
	if v := p.names[password]; v != "" {
		return v
	}
	if v := p.names[formDecoded(password)]; v != "" {
		return encodedOf(v)
	}
	return ""
}

// value is what a parameter is sent with.
func (p *poster) value(f trace.Field) string {
	if v := p.variableOf(f); v != "" && !harmless.Needed(f.Value, "") {
		return "{{" + v + "}}"
	}
	if v := p.verifierOf(f.Value); p.mask && f.Name == "code_challenge" && v != "" {
		return "{{" + challengeOf(v) + "}}"
	}
	return p.hide(f.Value)
}

// url takes an address apart. Postman sends a query as it stands, so that a
// value is encoded here, and a variable holds none that would have to be.
func (p *poster) url(raw string) postmanURL {
	target, query, hasQuery := strings.Cut(strings.SplitN(raw, "#", 2)[0], "?")
	if v := p.told[target]; v != "" {
		return postmanURL{Raw: "{{" + v + "}}", Host: []string{"{{" + v + "}}"}}
	}
	u := postmanURL{Host: []string{"{{provider}}"}}
	rest := p.hide(strings.TrimPrefix(target, p.origin))
	u.Path = strings.Split(strings.TrimPrefix(rest, "/"), "/")
	u.Raw = "{{provider}}" + rest
	if !hasQuery {
		return u
	}
	var pairs []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		pair := postmanKey{Key: name, Value: p.hide(value)}
		if parsed := trace.ParsePairs(part); len(parsed) == 1 && url.QueryEscape(parsed[0].Value) == parsed[0].Value {
			pair.Value = p.value(parsed[0])
		}
		u.Query = append(u.Query, pair)
		pairs = append(pairs, pair.Key+"="+pair.Value)
	}
	u.Raw += "?" + strings.Join(pairs, "&")
	return u
}

// statusWords are a status with its name.
func statusWords(status int) string { return strings.TrimSpace(http.StatusText(status)) }
