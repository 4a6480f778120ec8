// Package names says which names of the standards stand for a secret. It is all
// that there is to know of secrets for whoever shows a single value; it reads no
// message, and needs nobody for that.
package names

import "strings"

// Kind says what kind of secret goes by a name, or "" for none: whoever
// has the value can do something with it that its owner alone should. Names
// are those of RFC 6749, OpenID Connect Core 1.0 and their extensions.
func Kind(name string) string {
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
