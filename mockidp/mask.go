package mockidp

import (
	"fmt"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

const maxLogged = 40 // parameters of one request

// masked lists the parameters of a request as a log may hold them.
func masked(r *request) []trace.Field {
	sent := r.query.join(r.form).list
	if len(sent) == 0 {
		return nil
	}
	fields := make([]trace.Field, 0, min(len(sent), maxLogged))
	for _, f := range sent[:min(len(sent), maxLogged)] {
		value := mask(f.Value)
		if slices.Contains(harmless(), f.Name) {
			value = printable(f.Value, 200)
		}
		fields = append(fields, trace.Field{Name: printable(f.Name, 64), Value: value})
	}
	return fields
}

// harmless lists the parameters that are no secret. All others are taken for
// one: a name with a slip of the pen must not bring a password into a log.
func harmless() []string {
	return []string{
		"acr_values", "action", "audience", "client_assertion_type", "client_id", "code_challenge", "code_challenge_method",
		"decision", "display", "dpop_jkt", "fill", "grant_type", "issued_token_type", "login_hint", "max_age",
		"post_logout_redirect_uri", "prompt", "redirect_uri", "requested_token_type", "resource", "response_mode",
		"response_type", "scope", "subject_token_type", "actor_token_type", "token_type_hint", "ui_locales", "username",
	}
}

// mask leaves of a value what tells two of them apart: its beginning, where
// that is not most of it, and its length.
func mask(value string) string {
	shown := min(6, len(value)/6)
	return fmt.Sprintf("%s... (%d characters)", printable(value[:shown], shown), len(value))
}
