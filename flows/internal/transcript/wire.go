package transcript

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// section is one group of named values of a message.
type section struct {
	name   string
	fields []trace.Field
}

// sections are what a message carries by name, in the order of the wire. The
// parameters of a redirect are listed apart from its Location.
func sections(m *trace.Message) []section {
	out := []section{{"query", m.Query()}, {"fragment", fragment(m.URL)}, {"header", headers(m)}}
	if location := m.HeaderValue("Location"); location != "" {
		to := trace.Message{URL: location}
		out = append(out, section{"redirect", to.Query()}, section{"fragment", fragment(location)})
	}
	return append(out, section{"form", m.Form()})
}

func fragment(address string) []trace.Field {
	_, behind, found := strings.Cut(address, "#")
	if !found || !strings.Contains(behind, "=") {
		return nil
	}
	return trace.ParsePairs(behind)
}

// token is a token that a message carries, decoded and not verified.
type token struct {
	name string
	raw  string
	jwt  trace.JWT
}

// tokens finds the tokens that a message carries by name, each once.
func tokens(m *trace.Message, carried []section) []token {
	var out []token
	seen := map[string]bool{}
	add := func(name, raw string) {
		if strings.Count(raw, ".") != 2 || seen[raw] {
			return
		}
		if jwt, err := trace.DecodeJWT(raw); err == nil {
			seen[raw] = true
			out = append(out, token{name, raw, jwt})
		}
	}
	for _, s := range carried {
		for _, f := range s.fields {
			if strings.EqualFold(f.Name, "Authorization") {
				_, f.Value, _ = strings.Cut(f.Value, " ") // behind the scheme (RFC 9110 section 11.4)
			}
			add(f.Name, f.Value)
		}
	}
	if !m.IsJSON() {
		return out
	}
	members, err := trace.Members(m.Body)
	if err != nil { // written down as it is, among the lines of the body
		return out
	}
	for _, f := range members {
		add(f.Name, trace.Unquote(f.Value))
	}
	return out
}
