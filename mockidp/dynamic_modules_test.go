//go:build !race

package mockidp_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// dynamic is one run of one module of the certification suite's plans in which
// clients register themselves: Dynamic, and third-party-initiated login. As in
// the suite they prove by private_key_jwt who they are.
type dynamic struct{ *world }

func newDynamic(t *testing.T) *dynamic {
	t.Helper()
	r := rulesRealm()
	r.Registration = &mockidp.Registration{PKCEOptional: true}
	r.RequestURIParameterSupported, r.PairwiseSalt = true, pairwiseSalt
	r.SigningAlgorithms = []string{"RS256", "ES256"}
	return &dynamic{newWorldOf(t, r)}
}

// joined is a client that registered itself, with the metadata changed.
func (d *dynamic) joined(change ...any) newcomer {
	d.t.Helper()
	return readNewcomer(d.t, d.register(d.metadata(change...)), http.StatusCreated)
}

func (d *dynamic) metadata(change ...any) string {
	return submission(append([]any{
		"token_endpoint_auth_method", "private_key_jwt", "grant_types",
		[]string{"authorization_code", "refresh_token"},
		"jwks", &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}},
	}, change...)...)
}

// refused asserts that the registration endpoint refuses metadata.
func (d *dynamic) refused(code string, change ...any) {
	d.t.Helper()
	res := d.register(d.metadata(change...))
	if res.StatusCode != http.StatusBadRequest || said(d.t, res.body)["error"] != code {
		d.t.Errorf("%d %s, want %s", res.StatusCode, res.body, code)
	}
}

// login walks the client to tokens, with its request changed.
func (d *dynamic) login(n newcomer, change ...string) tokenSet {
	d.t.Helper()
	code := d.code(d.ask(n, change...)...)
	return tokensIn(d.t, d.redeem(n, clientKeys()[0], code, change...))
}

func (d *dynamic) ask(n newcomer, change ...string) []string {
	return append([]string{"client_id", n.ID, "scope", "openid", "code_challenge", "", "code_challenge_method", ""}, change...)
}

// redeem exchanges a code; of the changes only redirect_uri is for it.
func (d *dynamic) redeem(n newcomer, k clientKey, code string, change ...string) reply {
	form := redeeming(code, "client_id", "", "code_verifier", "")
	if i := slices.Index(change, "redirect_uri"); i >= 0 {
		form.Set("redirect_uri", change[i+1])
	}
	a := d.assertionOf(n.ID)
	a.header, a.key = map[string]any{"alg": string(k.alg), "kid": k.kid}, k.private
	return d.post(tokenURL, asserting(form, a.sign(d.t)).Encode())
}

// shown asserts that a request ends on a page, and nowhere else.
func (d *dynamic) shown(rule string, res reply) {
	d.t.Helper()
	if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || res.check == nil || res.check.ID != rule {
		d.t.Errorf("%d to %q by %+v, want a page by %s", res.StatusCode, res.Header.Get("Location"), res.check, rule)
	}
}

func (d *dynamic) discovered() map[string]any {
	return said(d.t, d.get(realmURL+"/.well-known/openid-configuration").body)
}

func TestModulesOfTheDynamicPlans(t *testing.T) {
	t.Parallel()
	all := dynamicModules()
	for _, more := range []map[string]func(*dynamic){redirectModules(), keyModules(), referenceModules(), thirdPartyModules()} {
		maps.Copy(all, more)
	}
	for name, run := range all {
		t.Run("oidcc-"+name, func(t *testing.T) { run(newDynamic(t)) })
	}
}

func dynamicModules() map[string]func(*dynamic) {
	shows := func(name, uri string) func(*dynamic) {
		return func(d *dynamic) {
			n := d.joined(name, uri)
			page := d.authorize(d.ask(n)...)
			if n.said[name] != uri || !strings.Contains(page.body, `name="password"`) || !strings.Contains(page.body, `="`+uri+`"`) {
				d.t.Errorf("%s is %v; the sign-in page: %s", name, n.said[name], page.body)
			}
		}
	}
	return map[string]func(*dynamic){
		"server":                          func(d *dynamic) { d.login(d.joined()) },
		"discovery-endpoint-verification": verifiesDiscovery,
		"registration-logo-uri":           shows("logo_uri", "https://travel.example/logo.png"),
		"registration-policy-uri":         shows("policy_uri", "https://travel.example/policy"),
		"registration-tos-uri":            shows("tos_uri", "https://travel.example/terms"),
		"idtoken-rs256": func(d *dynamic) {
			set := d.login(d.joined("id_token_signed_response_alg", "RS256"))
			if header, _ := d.opened(set.ID); header["alg"] != "RS256" || header["kid"] == nil {
				d.t.Errorf("header %v", header)
			}
		},
		"idtoken-unsigned": func(d *dynamic) { // left out by the suite where none is not promised
			d.refused("invalid_client_metadata", "id_token_signed_response_alg", "none")
		},
		"userinfo-rs256": func(d *dynamic) {
			n := d.joined("userinfo_signed_response_alg", "RS256")
			res := d.userInfo(d.login(n).Access)
			header, claims := d.opened(res.body)
			if res.Header.Get("Content-Type") != "application/jwt" || header["alg"] != "RS256" || claims["iss"] != realmURL || claims["aud"] != n.ID {
				d.t.Errorf("%v %v", header, claims)
			}
		},
		"registration-sector-uri": func(d *dynamic) {
			l := newKeyServer(d.t)
			l.answer.Store(`["` + callback + `","https://other.example/cb"]`)
			d.joined("subject_type", "pairwise", "sector_identifier_uri", l.URL, "redirect_uris", []string{callback, "https://other.example/cb"})
		},
		"registration-sector-bad": func(d *dynamic) {
			l := newKeyServer(d.t)
			l.answer.Store(`["https://other.example/cb"]`)
			d.refused("invalid_client_metadata", "subject_type", "pairwise", "sector_identifier_uri", l.URL)
		},
		"refresh-token": renews,
		"ensure-client-assertion-with-iss-aud-succeeds": func(d *dynamic) {
			if aud := d.assertionOf("x").claims["aud"]; aud != realmURL {
				d.t.Fatalf("aud %v", aud)
			}
			d.login(d.joined())
		},
	}
}

// renews refreshes the tokens of a client, which a second one cannot.
func renews(d *dynamic) {
	n := d.joined()
	set := d.login(n)
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}
	again := tokensIn(d.t, d.post(tokenURL, asserting(form, d.assertionOf(n.ID).sign(d.t)).Encode()))
	before, after := said(d.t, set.ID), said(d.t, again.ID)
	for _, name := range []string{"iss", "sub", "aud", "auth_time"} {
		if before[name] != after[name] {
			d.t.Errorf("%s was %v and is %v", name, before[name], after[name])
		}
	}
	stranger := asserting(form, d.assertionOf(d.joined().ID).sign(d.t)).Encode()
	if res := d.post(tokenURL, stranger); said(d.t, res.body)["error"] != "invalid_grant" {
		d.t.Errorf("a second client: %d %s", res.StatusCode, res.body)
	}
}

// verifiesDiscovery holds the metadata to what the suite reads in them.
func verifiesDiscovery(d *dynamic) {
	meta := d.discovered()
	for name, value := range meta {
		if address, ok := value.(string); ok && strings.HasSuffix(name, "_endpoint") && !strings.HasPrefix(address, "https://") {
			d.t.Errorf("%s is %s", name, address)
		}
	}
	for name, wanted := range map[string][]string{
		"response_types_supported": {"code"}, "grant_types_supported": {"authorization_code"}, "subject_types_supported": {"public", "pairwise"},
		"id_token_signing_alg_values_supported": {"RS256"}, "userinfo_signing_alg_values_supported": {"RS256"},
		"request_object_signing_alg_values_supported": {"RS256"}, "scopes_supported": {"openid"}, "claims_supported": {"sub"},
		"code_challenge_methods_supported": {"S256"},
	} {
		list, _ := meta[name].([]any)
		for _, one := range wanted {
			if !slices.Contains(list, any(one)) {
				d.t.Errorf("%s lacks %s: %v", name, one, list)
			}
		}
	}
	for _, name := range []string{"request_parameter_supported", "request_uri_parameter_supported", "claims_parameter_supported"} {
		if meta[name] != true {
			d.t.Errorf("%s is %v", name, meta[name])
		}
	}
	if meta["issuer"] != realmURL || meta["registration_endpoint"] != registerURL {
		d.t.Errorf("issuer %v, registration_endpoint %v", meta["issuer"], meta["registration_endpoint"])
	}
}

func redirectModules() map[string]func(*dynamic) {
	const query = callback + "?foo=bar"
	return map[string]func(*dynamic){
		"ensure-redirect-uri-in-authorization-request": func(d *dynamic) {
			n := d.joined("redirect_uris", []string{callback, "https://travel.example/second"})
			d.shown("redirect-uri-present", d.authorize(d.ask(n, "redirect_uri", "")...))
		},
		"redirect-uri-query-OK": func(d *dynamic) {
			n := d.joined("redirect_uris", []string{query})
			if res := d.walk(d.ask(n, "redirect_uri", query)...); !strings.HasPrefix(res.Header.Get("Location"), query+"&code=") {
				d.t.Errorf("to %s", res.Header.Get("Location"))
			}
			d.login(n, "redirect_uri", query)
		},
		"redirect-uri-query-mismatch": func(d *dynamic) {
			n := d.joined("redirect_uris", []string{query})
			d.shown("redirect-uri-registered", d.authorize(d.ask(n, "redirect_uri", callback+"?foo=other")...))
		},
		"redirect-uri-query-added": func(d *dynamic) {
			d.shown("redirect-uri-registered", d.authorize(d.ask(d.joined(), "redirect_uri", query)...))
		},
		"redirect-uri-regfrag": func(d *dynamic) { d.refused("invalid_redirect_uri", "redirect_uris", []string{callback + "#foobar"}) },
	}
}

func thirdPartyModules() map[string]func(*dynamic) {
	const at = "https://travel.example/login/third-party"
	return map[string]func(*dynamic){
		"3rd_party-init-login": func(d *dynamic) {
			n := d.joined("initiate_login_uri", at)
			read := readNewcomer(d.t, d.manage(n, http.MethodGet, ""), http.StatusOK)
			if n.said["initiate_login_uri"] != at || read.said["initiate_login_uri"] != at {
				d.t.Errorf("%v, then %v", n.said, read.said)
			}
		},
		"3rd_party-init-login-nohttps": func(d *dynamic) {
			d.refused("invalid_client_metadata", "initiate_login_uri", "http://travel.example/login/third-party")
		},
	}
}
