package configfile

import (
	"maps"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// loosensNothing are the keys that no refusal needs to name, and why.
func loosensNothing() map[string]string {
	const (
		name   = "says what something is called or who somebody is"
		choice = "chooses between forms that are all accepted"
		strict = "demands more, never less"
		held   = "holds other keys"
		shown  = "is shown to people"
		told   = "says where the provider reports to"
		tests  = "is trouble on purpose"
	)
	return map[string]string{
		"back_channel_url": name, "signing_seed": "gives keys that stay", "relaxed": held, "realm": name,
		"realm.name": name, "realm.access_token_type": choice, "realm.signing_alg": choice, "realm.signing_algorithms": strict,
		"realm.signing_keys_file": "gives keys that stay", "realm.lifetimes": held, "realm.person": name, "realm.fault": tests,
		"realm.lifetimes.id_token": "an ID token that has expired is still taken as a hint",
		"realm.scope.name":         name, "realm.scope.description": shown, "realm.scope.claims": choice, "realm.scope.id_token_claims": choice,
		"realm.client.client_id": name, "realm.client.client_name": shown, "realm.client.client_uri": shown, "realm.client.logo_uri": shown,
		"realm.client.policy_uri": shown, "realm.client.tos_uri": shown, "realm.client.lifetimes": held, "realm.client.claims": choice,
		"realm.client.origins":         "lets pages read answers; browsers, not the provider, refuse them without a word",
		"realm.client.only_origins":    strict,
		"realm.client.id_token_claims": choice, "realm.client.access_token_claims": choice, "realm.client.access_token_format": choice,
		"realm.client.access_token_type": choice, "realm.client.id_token_sid": choice, "realm.client.profile": strict,
		"realm.client.backchannel_logout_uri": told, "realm.client.backchannel_logout_session_required": told,
		"realm.client.frontchannel_logout_uri": told, "realm.client.frontchannel_logout_session_required": told,
		"realm.client.id_token_signed_response_alg": choice, "realm.client.userinfo_signed_response_alg": choice,
		"realm.client.access_token_signed_response_alg": choice, "realm.client.authorization_signed_response_alg": choice,
		"realm.client.introspection_signed_response_alg": choice, "realm.client.default_max_age": strict,
		"realm.client.default_acr_values": strict, "realm.client.require_auth_time": strict,
		"realm.registration.symbols_in_secrets": strict,
		"realm.client.subject_type":             choice, "realm.client.sector_identifier_uri": choice,
	}
}

// strangers are tables of which no key loosens anything by itself.
func strangers() map[string]string {
	return map[string]string{
		"[[realm.person]]": "who can sign in", "[[realm.fault]]": "trouble on purpose",
		"[[realm.authorization_details_type]]": "what a type is", "[[realm.authorization_details_type.field]]": "what a field is",
	}
}

// keyPaths are all keys of a file, with the headers of the tables that hold them.
func keyPaths() map[string]string {
	paths := map[string]string{}
	for _, table := range tables() {
		within := strings.Trim(table.header, "[]") + "."
		for _, k := range table.keys {
			paths[strings.TrimPrefix(within+k.name, ".")] = table.header
		}
	}
	return paths
}

// A key that loosens something is named by the refusal that it would change.
func TestEachKeyThatLoosensIsNamedByARule(t *testing.T) {
	named := map[string]bool{}
	for _, r := range mockidp.Rules() {
		for _, key := range r.Keys {
			named[key] = true
		}
	}
	for path, header := range keyPaths() {
		_, held := strangers()[header]
		why := loosensNothing()[path]
		if why == "" && !held && !named[path] {
			t.Errorf("%s is named by no rule and has no reason to loosen nothing", path)
		}
		if why != "" && named[path] {
			t.Errorf("%s is named by a rule, and listed as one that loosens nothing", path)
		}
	}
	maps.Copy(named, setOf(loosensNothing()))
	for path := range named {
		if _, ok := keyPaths()[path]; !ok {
			t.Errorf("%s is named and no key", path)
		}
	}
}

func setOf(reasons map[string]string) map[string]bool {
	set := map[string]bool{}
	for path := range reasons {
		set[path] = true
	}
	return set
}
