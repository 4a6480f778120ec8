package export

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

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

// isRegistration reports whether an answer says how a client is registered (RFC 7591 section 3.2.1, RFC 7592 section 3):
// another provider gives it another name, and the later requests have that of the run.
func isRegistration(m *trace.Message) bool {
	return m.Kind == trace.Response && m.From == trace.AuthorizationServer && trace.JSONMember(m.Body, "registration_client_uri") != ""
}

// formDecoded is a part of Basic credentials as it was before it was encoded for them (RFC 6749 section 2.3.1).
func formDecoded(part string) string {
	if decoded, err := url.QueryUnescape(part); err == nil {
		return decoded
	}
	return part
}

// Where an answer holds a value, by the names of the script's functions.
const (
	fromLocation = "from_location"
	fromJSON     = "from_json"
	fromForm     = "from_form"
)

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
			add(fromLocation, f)
		}
	}
	switch {
	case m.IsJSON():
		for _, f := range membersOf(m) {
			add(fromJSON, f)
		}
	case m.IsHTML():
		for _, f := range hiddenFields(m.Body) {
			add(fromForm, f)
		}
	}
	return found
}

// membersOf are the members of an answer in JSON that a script can find: what is
// secret, and what a client that registered has to name.
func membersOf(m *trace.Message) []trace.Field {
	var found []trace.Field
	for _, s := range secret.InJSON(m.Body) {
		if !strings.ContainsAny(s.Value, `"\`) {
			found = append(found, trace.Field{Name: s.Name, Value: s.Value})
		}
	}
	if isRegistration(m) {
		for _, name := range []string{"client_id", "registration_client_uri"} {
			found = append(found, trace.Field{Name: name, Value: trace.JSONMember(m.Body, name)})
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
