package mockidp

import (
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/spelling"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// nameShown is the name of a parameter as a log may have it: whole where it is one
// that everybody knows, or that with a slip of the pen. Of any other the beginning
// is left, because it may be a secret, or have one in it: a password with & and =
// that nobody encoded goes on as the name of the next parameter, and whoever sends
// JSON as a form has all of it for a name.
func nameShown(name string) string {
	if usual := usualNames(); usual[name] || usual[plainName(name)] || misspelt(name) {
		return name
	}
	return wire.Printable(name[:min(2, len(name))], 2) + "..."
}

// longestName bounds what is compared letter by letter.
const longestName = 40

// misspelt reports whether a name is a usual one with one letter in six wrong, at most two.
func misspelt(name string) bool {
	plain := plainName(name)
	most := min(2, len(plain)/6)
	if most == 0 || len(name) > longestName || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return false
	}
	for usual := range usualNames() {
		if max(len(usual), len(plain))-min(len(usual), len(plain)) <= most && spelling.Slips(plain, usual) <= most {
			return true
		}
	}
	return false
}

// plainName is a name without what the styles of writing names differ in.
func plainName(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, "_", ""), "-", ""))
}

// usualNames are the parameters of the standards (IANA, OAuth Parameters) and of this
// provider's forms, and what libraries send to other providers, as they are and as plain names.
//
//nolint:gochecknoglobals // never changes, and is asked for each parameter
var usualNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(strings.Join(harmless(), " ") + `
		access_token actor_token assertion auth_req_id authorization_details binding_message claims claims_locales client_assertion
		client_notification_token client_secret code code_verifier csrf_token device_code error error_description error_uri expires_in
		form iss id_token id_token_hint login_hint_token logout_hint logout_token nonce password refresh_token registration request
		request_uri requested_expiry search session_state sid state subject_token token token_type user_code choice
		access_type app_id approval_prompt client_info connection domain domain_hint federated hd include_granted_scopes kc_action
		kc_idp_hint kc_locale logout_uri mkt organization p realm return_to returnUrl screen_hint strategy target_link_uri tenant
		x-client-SKU x-client-Ver x-client-OS client-request-id`) {
		all[name], all[plainName(name)] = true, true
	}
	return all
})
