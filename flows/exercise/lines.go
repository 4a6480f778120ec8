package exercise

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Names of lines that are no field of the request.
const (
	LineAddress = "address" // the first line: method and address
	LineMissing = "missing" // something that is not there
	// LineCertificate is what was shown in the TLS handshake, by its thumbprint.
	LineCertificate = "certificate"
)

// Line is one of a request, at which one can point.
type Line struct {
	Name  string // of the parameter, the header or the member, or [LineAddress]
	Value string // as it is sent; of the address the path
	Wire  string // the line as it stands on the wire, as far as one is to read it: "code=3kQ9"
	Basic bool   // the value is a client and its secret (RFC 6749 section 2.3.1), taken apart
	// Address is set where it is part of the address of a request with a body.
	Address bool
	// Inside is what stands in the value where it is a token that can be read; nobody verified it.
	Inside []trace.Field
}

// Lines are those of the request that waits.
func (r *Request) Lines() []Line { return Lines(&r.sent) }

// Lines are those of a request that somebody has to look at: its address,
// the headers that say who asks, and everything that it brings.
func Lines(m *trace.Message) []Line {
	lines := append(handshake(m), first(m))
	for _, h := range m.Header {
		if decides(h.Name, m) {
			lines = append(lines, header(h))
		}
	}
	for _, f := range m.Query() {
		l := Line{Name: f.Name, Value: f.Value, Wire: f.Name + "=" + f.Value, Inside: inside(f.Value)}
		if m.Method == http.MethodPost {
			l.Address, l.Wire = true, "?"+l.Wire
		}
		lines = append(lines, l)
	}
	for _, f := range m.Form() {
		lines = append(lines, Line{Name: f.Name, Value: f.Value, Wire: f.Name + "=" + f.Value, Inside: inside(f.Value)})
	}
	if m.IsForm() {
		return lines
	}
	members, err := trace.Members(m.Body)
	if err != nil && len(m.Body) > 0 {
		lines = append(lines, Line{Name: "body", Value: string(m.Body), Wire: string(m.Body)})
	}
	for _, f := range members {
		lines = append(lines, Line{Name: f.Name, Value: trace.Unquote(f.Value), Wire: `"` + f.Name + `": ` + f.Value})
	}
	return lines
}

// handshake is what came before the request, where the sender showed a certificate.
func handshake(m *trace.Message) []Line {
	var wire []string
	thumbprint := ""
	for _, f := range telling.Presented(m) {
		if f.Name != "notAfter" {
			wire, thumbprint = append(wire, f.Name+"="+f.Value), f.Value
		}
	}
	if thumbprint == "" {
		return nil
	}
	return []Line{{Name: LineCertificate, Value: thumbprint, Wire: "TLS " + strings.Join(wire, ", ")}}
}

func first(m *trace.Message) Line {
	path := m.URL
	if u, err := url.Parse(m.URL); err == nil {
		path = u.Path
	}
	return Line{Name: LineAddress, Value: path, Wire: m.Method + " " + path}
}

// decides reports whether a header is one that the provider decides by.
func decides(name string, m *trace.Message) bool {
	switch name {
	case "Authorization", "Dpop", "Origin":
		return true
	case "Content-Type":
		return !m.IsForm() && !m.IsJSON()
	}
	return false
}

func header(h trace.Field) Line {
	line := Line{Name: h.Name, Value: h.Value, Wire: h.Name + ": " + h.Value}
	m := trace.Message{Header: []trace.Field{h}}
	places := m.Places()
	if scheme, _, _ := strings.Cut(h.Value, " "); strings.EqualFold(scheme, "Basic") && len(places) == 2 {
		line.Value, line.Basic = places[0].Value+":"+places[1].Value, true
	}
	if token, ok := strings.CutPrefix(h.Value, "Bearer "); ok {
		line.Inside = inside(token)
	}
	return line
}

// inside is what tells tokens apart: of what kind it is, who made it for whom, and what for.
func inside(value string) []trace.Field {
	jwt, err := trace.DecodeJWT(value)
	if err != nil {
		return nil
	}
	var all []trace.Field
	for _, f := range slices.Concat(jwt.Header, jwt.Payload) {
		if slices.Contains([]string{"typ", "iss", "sub", "aud", "scope"}, f.Name) {
			all = append(all, trace.Field{Name: f.Name, Value: trace.Unquote(f.Value)})
		}
	}
	return all
}

// Points are the names of the lines that are wrong if the provider refuses.
func (r *Request) Points() []string {
	if len(r.about.Points) > 0 {
		return r.about.Points
	}
	var names []string
	for _, c := range r.about.Changes {
		switch name := c.Name(); {
		case c.Method != "":
			names = append(names, LineAddress)
		case name == "":
		case slices.ContainsFunc(r.Lines(), func(l Line) bool { return l.Name == name }):
			names = append(names, name)
		default:
			names = append(names, LineMissing)
		}
	}
	return names
}
