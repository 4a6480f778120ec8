// Package secret says what in a message is a secret, by the names that the
// standards give to such values, and takes the secrets out of a run: [Mask].
//
// It guesses nothing from what a value looks like, and knows no format in which
// a run is written down.
package secret

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/secret/names"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Kind says what kind of secret goes by a name, or "" for none, see [names.Kind].
func Kind(name string) string { return names.Kind(name) }

// Holds reports whether a parameter is a secret.
func Holds(f trace.Field) bool { return f.Value != "" && Kind(f.Name) != "" }

// memberKind is Kind for the members of JSON: there, "state" is
// whatever an API calls so, and the parameters of a request are none.
func memberKind(name string) string {
	switch name {
	case "state", "request", "response":
		return ""
	}
	return Kind(name)
}

// ofHeader says which part of a header's value is a secret: its kind, and
// what stands around it.
func ofHeader(f trace.Field) (kind, before, secret, after string) {
	switch strings.ToLower(f.Name) {
	case "authorization", "proxy-authorization":
		if scheme, value, found := strings.Cut(f.Value, " "); found {
			if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "DPoP") {
				return "access-token", scheme + " ", value, ""
			}
			return "credentials", scheme + " ", value, ""
		}
		return "credentials", "", f.Value, ""
	case "set-cookie":
		pair, attributes, found := strings.Cut(f.Value, ";")
		if found {
			attributes = ";" + attributes
		}
		name, value, _ := strings.Cut(pair, "=")
		return "cookie", name + "=", value, attributes
	}
	if kind = Kind(f.Name); kind != "" && strings.EqualFold(f.Name, "DPoP") {
		return kind, "", f.Value, ""
	}
	return "", f.Value, "", ""
}

// isHeader reports whether a header holds a secret, be it in the address that it names.
func isHeader(f trace.Field) bool {
	switch strings.ToLower(f.Name) {
	case "cookie":
		return f.Value != ""
	case "location", "referer", "content-location":
		return len(namesInURL(f.Value)) > 0
	}
	_, _, secret, _ := ofHeader(f)
	return secret != ""
}

func namesInURL(raw string) []string {
	return namesIn(append(trace.QueryOf(raw), trace.FragmentOf(raw)...), Kind)
}

// namesIn lists the names of the fields that hold a secret, each once.
func namesIn(fields []trace.Field, kindOf func(string) string) []string {
	var names []string
	for _, f := range fields {
		if f.Value != "" && kindOf(f.Name) != "" && !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// InBody lists the names of the secrets in a body.
func InBody(m *trace.Message) []string {
	var names []string
	add := func(more ...string) {
		for _, n := range more {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	add(namesIn(m.Form(), Kind)...)
	switch {
	case m.IsJSON():
		for _, s := range InJSON(m.Body) {
			add(s.Name)
		}
	case m.IsHTML():
		for _, f := range InPage(m.Body) {
			add(f.Name)
		}
	}
	return names
}

// Names lists the names of all secrets that a message holds, in the order in which they stand.
func Names(m *trace.Message) []string {
	names := namesInURL(m.URL)
	add := func(more ...string) {
		for _, n := range more {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	for _, f := range m.Header {
		if isHeader(f) {
			add(f.Name)
		}
	}
	add(InBody(m)...)
	if m.Act != nil {
		add(namesIn(m.Act.Fields, Kind)...)
	}
	if m.Calc != nil {
		add(namesIn(m.Calc.Inputs, Kind)...)
		add(namesIn(m.Calc.Outputs, Kind)...)
	}
	return names
}

// Marked reports whether a value that is shown in a section of a message is a
// secret: "header" for its headers, any other name for parameters.
func Marked(section string, f trace.Field) bool {
	switch {
	case f.Value == "":
		return false
	case section == "header":
		return isHeader(f)
	}
	return Kind(f.Name) != ""
}
