package mockidp

import (
	"maps"
	"slices"
	"sync"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// wayOut says which keys of a config would let pass what breaks a rule: for
// whoever reads the refusal and means what was sent.
type wayOut struct {
	keys []string // with the tables that hold them: "realm.client.redirect_uris"
	// words follow the reason and name each key; empty where the reason itself
	// does, because it depends on what was sent.
	words string
}

// WaysOut returns the keys of a config file, with their tables, that can make
// the provider take what breaks a rule; none where nothing can.
func WaysOut(ruleID string) []string { return slices.Clone(waysOut()[ruleID].keys) }

// hinted has the rows of a table name the keys when they are broken.
func hinted[T any](rows []rule.Row[T]) []rule.Row[T] {
	rows = slices.Clone(rows)
	for i := range rows {
		id, check := rows[i].ID, rows[i].Check
		rows[i].Check = func(in *T) rule.Finding {
			f := check(in)
			if f.Result != trace.Fail {
				return f
			}
			if words := waysOut()[id].words; words != "" {
				f.Reason = wire.Beginning(f.Reason, wire.MaxDescription-len("; ")-len(words)) + "; " + words
			}
			return f
		}
	}
	return rows
}

// waysOut is by the ids of rules. It is put together for the first refusal: a
// server that starts has refused nobody yet.
var waysOut = sync.OnceValue(func() map[string]wayOut { //nolint:gochecknoglobals // never changes
	all := waysOutOfAuthorization()
	for _, more := range []map[string]wayOut{waysOutOfClients(), waysOutOfTokens(), waysOutOfTime()} {
		maps.Copy(all, more)
	}
	return all
})

const ofClient = "realm.client."

// byClient is a way out by one key of the client.
func byClient(key, words string) wayOut {
	return wayOut{[]string{ofClient + key}, key + " in [[realm.client]] " + words}
}

func waysOutOfAuthorization() map[string]wayOut {
	return map[string]wayOut{
		"host-known": {
			[]string{"hosts", "base_url", "trusted_proxies"}, "",
		},
		"redirect-uri-registered":    byClient("redirect_uris", "lists those that are taken"),
		"post-logout-uri-registered": byClient("post_logout_redirect_uris", "lists those that are taken"),
		"request-uri-registered":     byClient("request_uris", "lists those that are taken"),
		"request-uri-supported": {
			[]string{"realm.request_uri_parameter_supported"}, "request_uri_parameter_supported = true in [[realm]] lets clients send others",
		},
		"request-uri-fetched": {
			[]string{"relaxed.remote_fetch"}, "remote_fetch = true in [relaxed] fetches from other machines too",
		},
		"request-pushed": byClient("require_pushed_authorization_requests", "demands it"),
		"request-object-supported": {
			[]string{ofClient + "jwks", ofClient + "jwks_uri"}, "jwks or jwks_uri in [[realm.client]] registers keys",
		},
		"request-object-alg": byClient("request_object_signing_alg", "says which is taken"),
		"request-object-key": {
			[]string{ofClient + "jwks", ofClient + "jwks_uri"}, "jwks or jwks_uri in [[realm.client]] says where the keys are",
		},
		"request-object-window":   byClient("require_request_object_times", "or the profile fapi2 demands them"),
		"request-object-required": byClient("require_signed_request_object", "demands it"),
		"response-type-allowed": {
			[]string{ofClient + "response_types", ofClient + "grant_types"}, "response_types and grant_types in [[realm.client]] list what is taken",
		},
		"response-mode-allowed": byClient("response_modes", "lists those that are taken"),
		"scope-present": {
			[]string{"realm.default_scope", ofClient + "default_scope"}, "send one, or set default_scope in [[realm.client]] or [[realm]]",
		},
		"scope-allowed": {
			[]string{ofClient + "scope", "realm.scope"}, "scope in [[realm.client]] says what it may ask for, [[realm.scope]] what there is",
		},
		"authorization-details-type-known": {
			[]string{"realm.authorization_details_type"}, "each [[realm.authorization_details_type]] adds one",
		},
		"authorization-details-conform": {
			[]string{"realm.authorization_details_type.field"}, "each field in [[realm.authorization_details_type]] adds one",
		},
		"authorization-details-type-allowed": byClient("authorization_details_types", "lists those that it may use"),
		"resource-granted":                   {[]string{"realm.scope.audience"}, "audience in [[realm.scope]] says whom a scope is for"},
		"code-challenge-present": {
			[]string{ofClient + "pkce_optional", "realm.registration.pkce_optional"},
			"pkce_optional = true spares those with a secret",
		},
		"code-challenge-method": {[]string{"relaxed.plain_pkce"}, "plain_pkce = true in [relaxed] takes plain"},
		"silent-sign-in": {
			[]string{"realm.auto_sign_in", "realm.auto_sign_in_by_hint", "realm.lifetimes.session"},
			"session in [realm.lifetimes] says for how long; " +
				"for tests, auto_sign_in or auto_sign_in_by_hint in [[realm]] begins one without a page, where prompt is not none",
		},
		"silent-consent": byClient("trusted", "= true needs no consent"),
		"attempts-left":  {[]string{"realm.failed_sign_ins_per_address"}, ""},
	}
}

func waysOutOfClients() map[string]wayOut {
	return map[string]wayOut{
		"client-known": {
			[]string{"realm.client", "realm.registration"}, "each [[realm.client]] adds one, [realm.registration] lets them register",
		},
		"client-auth-method": byClient("token_endpoint_auth_method", "says which is taken"),
		"client-secret-matches": {
			[]string{ofClient + "client_secret", ofClient + "further_secrets"},
			"client_secret and further_secrets in [[realm.client]] are those that are taken",
		},
		"client-confidential":  byClient("client_secret", "gives it one"),
		"client-assertion-alg": byClient("token_endpoint_auth_signing_alg", "says which is taken"),
		"client-assertion-key": {
			[]string{ofClient + "jwks", ofClient + "jwks_uri"}, "jwks or jwks_uri in [[realm.client]] says where the keys are",
		},
		"client-certificate-subject": {
			[]string{ofClient + "tls_client_auth_subject_dn", ofClient + "tls_client_auth_san_dns"},
			"tls_client_auth_subject_dn or tls_client_auth_san_dns in [[realm.client]] says whose it is",
		},
		"dpop-sent":        byClient("dpop_bound_access_tokens", "or the profile fapi2 demands it"),
		"certificate-sent": byClient("tls_client_certificate_bound_access_tokens", "or the profile fapi2 demands it"),
		"dpop-nonce":       {[]string{"realm.dpop_nonce"}, "dpop_nonce in [[realm]] says who needs one"},
		"initial-access-token-sent": {
			[]string{"realm.registration.initial_access_token"}, "initial_access_token in [realm.registration] says which, or that none is needed",
		},
		"initial-access-token-matches": {
			[]string{"realm.registration.initial_access_token"}, "initial_access_token in [realm.registration] says which, or that none is needed",
		},
		"grant-types-open":    {[]string{"realm.registration.grant_types"}, "grant_types in [realm.registration] says which are open"},
		"metadata-supported":  {[]string{"realm.pairwise_salt"}, ""},
		"redirect-uris-valid": {[]string{"relaxed.plain_http"}, ""},
	}
}

func waysOutOfTokens() map[string]wayOut {
	return map[string]wayOut{
		"grant-type-allowed": byClient("grant_types", "lists those that it may use"),
		"token-audience": {
			[]string{"realm.scope.audience"}, "a scope without audience in [[realm.scope]], such as openid, is for the provider itself",
		},
		"scope-without-person": {
			[]string{"realm.scope.access_token_claims"},
			"access_token_claims in [[realm.scope]] has a scope serve services too",
		},
		"subject-token-for-client": {
			[]string{ofClient + "audiences", ofClient + "may_act"},
			"audiences in [[realm.client]] says which services it is, may_act whom others let act for them",
		},
		"impersonation-allowed": byClient("exchange_impersonation", "= true lets it"),
		"may-act-honoured":      byClient("may_act", "says who may act"),
		"target-known":          {[]string{"realm.scope.audience"}, "audience in [[realm.scope]] names them"},
		"target-has-scope": {
			[]string{ofClient + "scope", ofClient + "exchange_scope"}, "scope and exchange_scope in [[realm.client]] say what it may have",
		},
		"scope-exchangeable":    byClient("exchange_scope", "adds what it may have besides"),
		"token-known-to-client": byClient("audiences", "says which services it is"),
	}
}

// waysOutOfTime are about what was good once.
func waysOutOfTime() map[string]wayOut {
	lifetime := func(key, words string) wayOut {
		return wayOut{[]string{"realm.lifetimes." + key}, key + " in [realm.lifetimes] " + words}
	}
	return map[string]wayOut{
		"request-uri-fresh":      lifetime("pushed_request", "says for how long"),
		"code-fresh":             lifetime("code", "says for how long"),
		"device-code-fresh":      lifetime("device_code", "says for how long"),
		"token-not-expired":      lifetime("access_token", "says for how long"),
		"refresh-token-unused":   lifetime("refresh_token_grace", "lets a client ask twice that lost an answer"),
		"refresh-token-not-idle": lifetime("refresh_idle", "says for how long"),
		"refresh-token-fresh":    lifetime("refresh_token", "says for how long"),
	}
}
