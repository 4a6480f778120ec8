package mockidp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const maxLogged = 40 // parameters of one request

// masked lists the parameters of a request as a log may hold them.
func masked(r *request) []trace.Field {
	sent := r.Query.Join(r.Form).List
	if len(sent) == 0 {
		return nil
	}
	fields := make([]trace.Field, 0, min(len(sent), maxLogged))
	for _, f := range sent[:min(len(sent), maxLogged)] {
		value := mask(f.Value)
		if slices.Contains(harmless(), f.Name) {
			value = wire.Printable(f.Value, 200)
		}
		fields = append(fields, trace.Field{Name: strings.Clone(nameShown(f.Name)), Value: strings.Clone(value)})
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

// redact takes out of the checks what the request brought that could be a
// secret. Rules show no more than the learner's party holds, but a log is read
// by others.
func redact(checks []trace.Check, r *request) {
	var swap []string
	for _, secret := range secretsIn(r) {
		if len(secret) > shortest && slices.ContainsFunc(checks, func(c trace.Check) bool {
			return strings.Contains(c.Expected+"\n"+c.Got+"\n"+c.Reason, secret)
		}) {
			swap = append(swap, secret, mask(secret))
		}
	}
	if len(swap) == 0 {
		return
	}
	masked := strings.NewReplacer(swap...)
	for i := range checks {
		c := &checks[i]
		c.Expected, c.Got, c.Reason = masked.Replace(c.Expected), masked.Replace(c.Got), masked.Replace(c.Reason)
	}
}

// shortest is the length up to which a value is rather a word, which would make
// holes in sentences.
const shortest = 8

// secretsIn lists what could be a secret in a request, cut to what a check
// would quote at most.
func secretsIn(r *request) []string {
	var found []string
	sent := r.Query.Join(r.Form).List
	for _, f := range sent[:min(len(sent), 5*maxLogged)] {
		if !slices.Contains(harmless(), f.Name) {
			found = append(found, f.Value[:min(len(f.Value), 200)])
		}
		if nameShown(f.Name) != f.Name {
			found = append(found, wire.Printable(f.Name, wire.MaxName))
		}
	}
	for _, name := range []string{"Authorization", keys.HeaderDPoP} {
		for _, v := range r.Header.Values(name) {
			v = v[strings.LastIndexByte(v, ' ')+1:]
			found = append(found, v[:min(len(v), 200)])
		}
	}
	for _, c := range r.Cookies() {
		found = append(found, c.Value)
	}
	return found
}

// mask leaves of a value what tells two of them apart: its beginning, where
// that is not most of it, and its length.
func mask(value string) string {
	shown := min(6, len(value)/6)
	return fmt.Sprintf("%s... (%d characters)", wire.Printable(value[:shown], shown), len(value))
}
