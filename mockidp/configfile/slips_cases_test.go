package configfile

import (
	"slices"
	"strings"
)

// slips are config files with one slip each; the line that says "here" is the
// one that has to be named.
func slips() []string {
	return slices.Concat(slipsOfForm(), slipsOfTheTop(), slipsOfARealm(), slipsOfPeople(), slipsOfAClient(), slipsOfSigning(),
		slipsOfAProfile(), slipsOfFaults())
}

// What many of them begin with.
const (
	aRealm  = "[[realm]]\nname = 'a'\n"
	aClient = aRealm + "[[realm.client]]\nclient_id = 'x'\n"
	aWebApp = aClient + "redirect_uris = ['http://127.0.0.1/']\n"
	keysOf  = "jwks_uri = 'https://app.example/jwks'\n"
	aFAPI   = aClient + "profile = 'fapi2'\n" + keysOf + "token_endpoint_auth_method = 'private_key_jwt'\ndpop_bound_access_tokens = true\n"
	aFault  = aRealm + "[[realm.fault]]\n"
	aType   = aRealm + "[[realm.authorization_details_type]]\n"
	aField  = aType + "type = 't'\n[[realm.authorization_details_type.field]]\n"
)

func each(begin string, lines ...string) []string {
	var all []string
	for _, line := range lines {
		all = append(all, begin+line+here)
	}
	return all
}

// slipsOfForm are found by the reader, before anybody asks what is meant.
func slipsOfForm() []string {
	const pair = "username = 'a'\npassword = 'a'\n"
	return slices.Concat(
		each("", "issuer = 'https://a.example/realms/a'", "port = 8180", "tls = true", "[[user]]", "x = ", "realms = 1", "client = []", "zzz = 1", "[realm]", "hosts = 'a'", "hosts = [7]", "base_url = 1", "relaxed = 1", "[[realm]]",
			"[relaxed]\nplain_pkce = 1", "[relaxed]\nbase_url = 'x'", "name = 'a';", "name: 'a'", "{", "name = 'a", "name = “a”", "[[realm]", "base_url = 'https://a.example'\nbase_url = 'https://b.example'"),
		each(aRealm, "failed_sign_ins_per_address = 'x'", "[realm.lifetimes]\ncode = 'soon'", "[realm.lifetimes]\ncode = '-1s'",
			"[realm.lifetimes]\ncode = -1", "[realm.lifetimes]\ncode = 0", "[realm.lifetimes]\ncode = '60'", "[realm.lifetimes]\nsession = '30d'",
			"[realm.lifetimes]\nsession = '8 hours'", "[realm.lifetimes]\nsession = 1.5", "[realm.lifetimes]\nsession = '99999999h'",
			"[realm.lifetimes]\nsession = '99999999d'", "[realm.lifetimes]\nsession = '9999999999999999999'", "access_token_lifetime = '5m'",
			"default_scope = ''", "[[realm.users]]", "[[realm.person]]\n"+pair+"groups = ['x']", "[[realm.person]]\n"+pair+"email = 'a@example.com'", "[[realm.person]]\n"+pair+"phone = 'x'", "[realm.lifetimes]\ncode = true", "[[realm.client]]", "[[realm.person]]\n"+pair+"claims = 1",
			"[[realm.person]]\n"+pair+"claims = { a = nan }"),
		each(aClient, "public = true", "pkce = false", "consent = false", "secret = 'x'", "id = 'x'", "name = 'x'", "client_secret = ''", "scope = ''", "jwks = '{}'", "jwks = 1", "jwks = { keys = [{ kty = 'oct' }] }"),
	)
}

func slipsOfTheTop() []string {
	return each("",
		"base_url = ''", "base_url = 'https://%'", "base_url = 'idp.example'", "base_url = 'http://idp.example'", "base_url = 'https://a?b'",
		"base_url = 'https://a/'", "base_url = 'https://a/b c'", "back_channel_url = 'http://idp:8180'", "trusted_proxies = ['me']",
		"base_url = ' https://a.example'", "base_url = 'https://a.example:port'", "base_url = 'https://A.example'", "base_url = 'https://a.example/realms/a'",
		"base_url = 'https://a.example/idp/realms'", "hosts = ['http://a.example']", "hosts = ['a.example:99999']", "hosts = ['a.example/b']", "hosts = ['']",
		"hosts = ['a b']",
		"signing_seed = 'short'")
}

func slipsOfARealm() []string {
	return slices.Concat(
		each("", "[[realm]]\nname = 'a b'"),
		each(aRealm, "[[realm]]\nname = 'a'", "dpop_nonce = 'x'", "failed_sign_ins_per_address = -5", "default_scope = 'gold'",
			"access_token_type = 'x'", "auto_sign_in = 'nobody'",
			"pairwise_salt = 'short'", "signing_keys_file = 'nowhere.pem'", "signing_algorithms = ['RS1']", "signing_algorithms = []", "[realm.registration]\ngrant_types = ['code']", "signing_algorithms = ['RS256', 'RS256']",
			"signing_alg = 'RS1'", "[[realm.scope]]\nname = ''", "[[realm.scope]]\nname = 'a b'",
			"[[realm.scope]]\nname = 'a'\n[[realm.scope]]\nname = 'a'",
			"[[realm.scope]]\nname = 'a'\nid_token_claims = ['sub']", "[[realm.scope]]\nname = 'a'\naccess_token_claims = ['roles']"),
		each(aRealm+"[realm.lifetimes]\n", "code = '20m'", "access_token = '0.5s'", "device_code = '2h'", "refresh_token = '1h'\nrefresh_idle = '2h'"),
		each(aType, "type = ''", "type = 'a b'", "type = 'a'\n[[realm.authorization_details_type]]\ntype = 'a'"),
		each(aField, "kind = 'string'\nname = 'type'", "name = 'n'\nkind = 'x'", "name = 'n'\nkind = 'number'\nvalues = ['1']"),
		[]string{
			aType + "type = 't'\n[[realm.authorization_details_type.field]]" + here + "\nname = 'n'\nkind = 'object'",
			aField + "name = 'a'\nkind = 'object'\nfield = [{ name = 'b', kind = 'object', field = [{ name = 'c', kind = 'object', " +
				"field = [{ name = 'd', kind = 'object', field = [{ name = 'e', kind = 'string' }] }] }] }]" + here,
		},
	)
}

func slipsOfPeople() []string {
	const ann = aRealm + "[[realm.person]]\nusername = 'ann'\npassword = 'ann'\n"
	return slices.Concat(
		each(aRealm, "[[realm.person]]\npassword = 'a'\nusername = ''", "[[realm.person]]\nusername = 'a'\npassword = ''"),
		each(ann, "subject = 'ü'", "claims = { sub = 'a' }", "[[realm.person]]\npassword = 'b'\nusername = 'ann'",
			"[[realm.person]]\nusername = 'bob'\npassword = 'b'\nsubject = 'ann'"),
	)
}

func slipsOfAClient() []string {
	return slices.Concat(
		each(aRealm, "[[realm.client]]\nclient_id = ''", "[[realm.client]]\nclient_id = 'ü'"),
		[]string{aRealm + "[[realm.client]]" + here + "\nclient_id = 'x'"},
		each(aWebApp, "[[realm.client]]\nredirect_uris = []\nclient_id = 'x'",
			"grant_types = ['magic']", "scope = 'gold'", "default_scope = 'gold'", "scope = 'openid'\ndefault_scope = 'email'",
			"scope = 'openid offline_access'", "response_types = ['x']", "response_types = ['token']", "grant_types = ['implicit']",
			"pkce_optional = true", "origins = ['https://a/b']", "client_uri = 'ftp://a'", "post_logout_redirect_uris = ['/a']",
			"access_token_format = 'x'", "access_token_type = 'x'", "id_token_claims = ['iss']", "claims = { exp = 1 }", "default_max_age = '-1s'",
			"default_acr_values = ['x']", "response_modes = ['x']", "exchange_scope = 'gold'", "may_act = 'ü'", "audiences = ['']",
			"authorization_details_types = ['x']", "subject_type = 'x'", "subject_type = 'pairwise'", "sector_identifier_uri = '/a'",
			"sector_identifier_uri = 'http://a.example/'", "lifetimes = { code = '20m' }",
			"backchannel_logout_uri = '/a'", "backchannel_logout_uri = 'https://a.example/#b'", "backchannel_logout_uri = 'http://a.example/'",
			"frontchannel_logout_uri = 'https://a.example/'", "client_secret = 'x'\nbackchannel_logout_uri = 'http://a.example/'",
			"dpop_bound_access_tokens = true\ngrant_types = ['implicit']\nresponse_types = ['token']"),
		each(aRealm+"[[realm.client]]\nclient_id = 'x'\nsubject_type = 'pairwise'\nredirect_uris = ['http://127.0.0.1/', 'com.app:/a']\n"),
		each(aClient, "redirect_uris = ['https://%']", "redirect_uris = ['/a']", "redirect_uris = ['https://a/#b']", "redirect_uris = ['https://*/']",
			"redirect_uris = ['https://u@a/']", "redirect_uris = ['http://a.example/']", "redirect_uris = ['https:///a']", "redirect_uris = ['app:/a']"),
		[]string{
			aRealm + "pairwise_salt = '0123456789abcdef'\n[[realm.client]]\nclient_id = 'x'\nsubject_type = 'pairwise'" + here +
				"\nredirect_uris = ['https://a.example/', 'https://b.example/']",
			aRealm + "[[realm.person]]\nusername = 'x'\npassword = 'x'\n[[realm.client]]\nclient_id = 'x'" + here +
				"\ngrant_types = ['client_credentials']\nclient_secret = 'x'",
		},
	)
}

// slipsOfSigning are about how clients prove who they are, and what is signed.
func slipsOfSigning() []string {
	const method, secret = "token_endpoint_auth_method = ", "'{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}'"
	const ec = `{"kty":"EC","crv":"P-256","kid":"k","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}`
	private := strings.TrimSuffix(ec, "}") + `,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`
	const small = `{"kty":"RSA","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs"}`
	return slices.Concat(
		each(aWebApp, method+"'x'", method+"'client_secret_post'", method+"'private_key_jwt'", method+"'self_signed_tls_client_auth'",
			"client_secret = 'x'\n"+method+"'none'", "further_secrets = ['x']", "client_secret = 'x'\nfurther_secrets = ['']",
			"token_endpoint_auth_signing_alg = 'ES256'", keysOf+method+"'private_key_jwt'\ntoken_endpoint_auth_signing_alg = 'HS256'",
			method+"'client_secret_jwt'\nclient_secret = 'short'", "jwks = '{\"keys\":["+ec+"]}'\n"+keysOf[:len(keysOf)-1],
			"jwks = '{\"keys\":[]}'", "jwks = "+secret, "jwks = '{\"keys\":["+private+"]}'", "jwks = '{\"keys\":["+ec+","+ec+"]}'", "jwks = '{\"keys\":["+small+"]}'",
			"jwks_uri = 'x'", "jwks_uri = 'http://a.example/'", "id_token_signed_response_alg = 'x'", "require_signed_request_object = true",
			"request_object_signing_alg = 'x'", "request_uris = ['https://a.example/']", keysOf+"request_uris = ['x']",
			keysOf+"request_uris = ['https://a.example/"+strings.Repeat("a", 600)+"']", keysOf+"request_uris = ['http://a.example/']",
			keysOf+"request_uris = ['https://a.example/']", "tls_client_certificate_bound_access_tokens = true",
			"tls_client_auth_subject_dn = 'CN=a'", "tls_client_auth_san_dns = 'a'"),
		each("# with --tls\n"+aWebApp, method+"'self_signed_tls_client_auth'", method+"'tls_client_auth'",
			method+"'tls_client_auth'\ntls_client_auth_subject_dn = 'web'"),
	)
}

func slipsOfAProfile() []string {
	return slices.Concat(
		each(aWebApp, "profile = 'x'"),
		each(aWebApp+"profile = 'fapi2'\n", "token_endpoint_auth_method = 'none'"),
		each(aFAPI, "redirect_uris = ['https://a.example/']\ngrant_types = ['password', 'authorization_code']",
			"redirect_uris = ['http://localhost/']", "redirect_uris = ['https://a.example/']\nlifetimes = { code = '5m' }",
			"redirect_uris = ['https://a.example/']\nlifetimes = { pushed_request = '10m' }",
			"redirect_uris = ['https://a.example/']\npkce_optional = true",
			"redirect_uris = ['https://a.example/']\nid_token_signed_response_alg = 'RS256'",
			"redirect_uris = ['https://a.example/']\nrequest_uris = ['https://a.example/']",
			"redirect_uris = ['https://a.example/']\ngrant_types = ['authorization_code', 'implicit']\nresponse_types = ['code id_token']"),
		[]string{
			aClient + "profile = 'fapi2'\nredirect_uris = ['https://a.example/']\ntoken_endpoint_auth_method = 'private_key_jwt'\n" +
				"dpop_bound_access_tokens = false" + here + "\n" + keysOf,
		},
	)
}

func slipsOfFaults() []string {
	return slices.Concat(each(aRealm+"fault = [", strings.Repeat("{ kind = 'drop' }, ", 65)+"]"), each(aFault, "kind = 'x'", "kind = 'drop'\nendpoint = 'x'",
		"kind = 'forget-all-sessions'\none_login = true", "kind = 'drop'\nendpoint = 'certs'\none_login = true",
		"kind = 'drop'\nvalue = 'x'", "kind = 'drop'\nclient = 'nobody'", "kind = 'drop'\ntimes = -1",
		"kind = 'drop'\nerror = 'x'", "kind = 'error'\nendpoint = 'certs'\nerror = 'x'", "kind = 'error'\nendpoint = 'token'\nerror = 'x'",
		"kind = 'drop'\ntoken = 'id_token'", "kind = 'tampered-token'\ntoken = 'x'", "kind = 'wrong-nonce'\ntoken = 'access_token'",
		"kind = 'tampered-token'\nendpoint = 'userinfo'", "kind = 'drop'\nby = '1s'", "kind = 'delay'\nby = '1h'"),
		[]string{aRealm + "[[realm.fault]]" + here + "\nkind = 'error'", aRealm + "[[realm.fault]]" + here + "\nkind = 'replayed-code'"})
}
