package export

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// secretKind says what kind of secret goes by a name, or "" for none: whoever
// has the value can do something with it that its owner alone should. Names
// are those of RFC 6749, OpenID Connect Core 1.0 and their extensions.
func secretKind(name string) string {
	name = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "random bytes for "))
	switch name {
	case "password", "client_secret", "code", "code_verifier", "device_code", "user_code", "state",
		"access_token", "refresh_token", "id_token", "csrf_token", "initial_access_token", "registration_access_token",
		"assertion", "client_assertion", "subject_token", "actor_token", "auth_req_id":
		return strings.ReplaceAll(name, "_", "-")
	case "id_token_hint":
		return "id-token"
	case "token", "logout_token":
		return "token"
	case "request", "response": // a request object carries the state, an answer as a JWT the code: RFC 9101, JARM
		return name + "-object"
	case "request_uri": // as good as the request itself for whoever finds it: RFC 9126 section 7.1
		return "request-uri"
	case "dpop":
		return "proof"
	}
	return ""
}

// jsonSecretKind is secretKind for the members of JSON: there, "state" is
// whatever an API calls so, and the parameters of a request are none.
func jsonSecretKind(name string) string {
	switch name {
	case "state", "request", "response":
		return ""
	}
	return secretKind(name)
}

// headerSecret says which part of a header's value is a secret: its kind, and
// what stands around it.
func headerSecret(f trace.Field) (kind, before, secret, after string) {
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
	if kind = secretKind(f.Name); kind != "" && strings.EqualFold(f.Name, "DPoP") {
		return kind, "", f.Value, ""
	}
	return "", f.Value, "", ""
}

// isSecretHeader reports whether a header holds a secret, be it in the address that it names.
func isSecretHeader(f trace.Field) bool {
	switch strings.ToLower(f.Name) {
	case "cookie":
		return f.Value != ""
	case "location", "referer", "content-location":
		return len(secretsOfURL(f.Value)) > 0
	}
	_, _, secret, _ := headerSecret(f)
	return secret != ""
}

func secretsOfURL(raw string) []string {
	m := trace.Message{URL: raw}
	return secretsOf(append(m.Query(), fragment(raw)...), secretKind)
}

// secretsOf lists the names of the fields that hold a secret, each once.
func secretsOf(fields []trace.Field, kindOf func(string) string) []string {
	var names []string
	for _, f := range fields {
		if f.Value != "" && kindOf(f.Name) != "" && !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// bodySecrets lists the names of the secrets in a body.
func bodySecrets(m *trace.Message) []string {
	var names []string
	add := func(more ...string) {
		for _, n := range more {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	add(secretsOf(m.Form(), secretKind)...)
	switch {
	case m.IsJSON():
		for _, s := range jsonSecrets(m.Body) {
			add(s.name)
		}
	case m.IsHTML():
		for _, f := range htmlSecrets(m.Body) {
			add(f.Name)
		}
	}
	return names
}

// secretNames lists the names of all secrets that a message holds, in the order in which they stand.
func secretNames(m *trace.Message) []string {
	names := secretsOfURL(m.URL)
	add := func(more ...string) {
		for _, n := range more {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	for _, f := range m.Header {
		if isSecretHeader(f) {
			add(f.Name)
		}
	}
	add(bodySecrets(m)...)
	if m.Act != nil {
		add(secretsOf(m.Act.Fields, secretKind)...)
	}
	if m.Calc != nil {
		add(secretsOf(m.Calc.Inputs, secretKind)...)
		add(secretsOf(m.Calc.Outputs, secretKind)...)
	}
	return names
}

// isSecretField reports whether a value that is shown in a section is to be marked.
func isSecretField(section string, f trace.Field) bool {
	switch {
	case f.Value == "":
		return false
	case section == "header":
		return isSecretHeader(f)
	}
	return secretKind(f.Name) != ""
}

// secretWord marks a value in running text.
const secretWord = "secret"
