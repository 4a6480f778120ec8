//go:build !race

package mockidp_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func fapiModules() []fapiModule {
	return slices.Concat(fapiRequestModules(), fapiPushModules(), fapiTokenModules(), fapiAssertionModules(), fapiProofModules())
}

// fapiRequestModules are about what is asked for, and what comes back.
func fapiRequestModules() []fapiModule {
	taken := func(name string, change ...string) fapiModule {
		return fapiModule{name: name, run: func(f *fapiRun) { f.login(change...) }}
	}
	refused := func(name, rule, code string, change ...string) fapiModule {
		return fapiModule{name: name, run: func(f *fapiRun) {
			f.refused(f.post(firstFAPI, pushURL, with(append([]string{"client_id", ""}, change...)...)), rule, code)
		}}
	}
	long := strings.Repeat("n", 384)
	return []fapiModule{
		taken("happy-flow"),
		taken("ensure-authorization-request-without-state-success", "state", ""),
		taken("ensure-authorization-request-without-nonce-success", "nonce", ""),
		taken("ensure-authorization-request-with-64-char-nonce-success", "nonce", strings.Repeat("n", 64)),
		taken("ensure-other-scope-order-succeeds", "scope", "mail.read openid"),
		{name: "user-rejects-authentication", run: func(f *fapiRun) {
			if q := f.answerTo(firstFAPI, f.pushed(firstFAPI), "refuse"); q.Get("error") != "access_denied" || q.Get("state") != "af0ifjsldkj" {
				f.t.Errorf("%v", q)
			}
		}},
		{name: "test-claims-parameter-identity-claims", run: func(f *fapiRun) {
			if _, info := f.login("claims", `{"userinfo":{"given_name":{"essential":true}}}`); info["given_name"] != "Jane" {
				f.t.Errorf("%v", info)
			}
		}},
		{name: "ensure-authorization-request-with-long-nonce", run: func(f *fapiRun) {
			if set, _ := f.login("nonce", long); said(f.t, set.ID)["nonce"] != long {
				f.t.Error("the nonce is another")
			}
		}},
		{name: "ensure-authorization-request-with-long-state", run: func(f *fapiRun) {
			if q := f.answerTo(firstFAPI, f.pushed(firstFAPI, "state", long), "approve"); q.Get("state") != long || q.Get("code") == "" {
				f.t.Errorf("%v", q)
			}
		}},
		refused("plain-fapi-tolerate-unregistered-redirect-uri", "redirect-uri-registered", "invalid_request", "redirect_uri", callback+"/other"),
		refused("ensure-redirect-uri-in-authorization-request", "redirect-uri-present", "invalid_request", "redirect_uri", ""),
		refused("ensure-response-type-code-idtoken-fails", "response-type-allowed", "unauthorized_client", "response_type", "code id_token"),
		refused("ensure-response-type-token-fails", "response-type-allowed", "unauthorized_client", "response_type", "token"),
		{name: "ensure-unsigned-authorization-request-without-using-par-fails", run: func(f *fapiRun) {
			if res := f.authorize("client_id", firstFAPI); res.check == nil || res.check.ID != "request-pushed" {
				f.t.Errorf("%d %+v", res.StatusCode, res.check)
			}
		}},
		refused("par-ensure-pkce-required", "code-challenge-present", "invalid_request", "code_challenge", "", "code_challenge_method", ""),
		refused("par-plain-pkce-rejected", "code-challenge-method", "invalid_request", "code_challenge", verifier, "code_challenge_method", "plain"),
		refused("par-authorization-request-containing-request_uri-form-param", "request-uri-absent", "invalid_request", "request_uri",
			"urn:ietf:params:oauth:request_uri:random"),
	}
}

// fapiPushModules are about request_uri.
func fapiPushModules() []fapiModule {
	page := func(f *fapiRun, rule string, res reply) {
		if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || res.check == nil || res.check.ID != rule {
			f.t.Errorf("%d by %+v, want %s", res.StatusCode, res.check, rule)
		}
	}
	return []fapiModule{
		{name: "discovery-end-point-verification", run: func(f *fapiRun) {
			meta := said(f.t, f.get(realmURL+"/.well-known/openid-configuration").body)
			_, isBool := meta["require_pushed_authorization_requests"].(bool)
			if meta["pushed_authorization_request_endpoint"] != pushURL || meta["authorization_response_iss_parameter_supported"] != true ||
				meta["tls_client_certificate_bound_access_tokens"] != true || !isBool {
				f.t.Errorf("%v", meta)
			}
			for name, want := range map[string]string{
				"response_types_supported": "code", "response_modes_supported": "jwt", "dpop_signing_alg_values_supported": "ES256",
				"token_endpoint_auth_methods_supported": f.method(), "request_object_signing_alg_values_supported": "PS256",
			} {
				if list, _ := meta[name].([]any); !slices.Contains(list, any(want)) {
					f.t.Errorf("%s lacks %s: %v", name, want, list)
				}
			}
		}},
		{name: "par-without-duplicate-parameters", run: func(f *fapiRun) { f.codeFor() }},
		{name: "par-attempt-invalid-http-method", run: func(f *fapiRun) {
			if res := f.request(http.MethodPut, pushURL, ""); res.StatusCode != http.StatusMethodNotAllowed {
				f.t.Errorf("%d", res.StatusCode)
			}
		}},
		{name: "par-ensure-reused-request-uri-prior-to-auth-completion-succeeds", run: func(f *fapiRun) {
			uri := f.pushed(firstFAPI)
			f.openPushed(uri, "client_id", firstFAPI)
			if q := f.answerTo(firstFAPI, uri, "approve"); q.Get("code") == "" {
				f.t.Errorf("%v", q)
			}
		}},
		{name: "par-attempt-reuse-request_uri", run: func(f *fapiRun) {
			uri := f.pushed(firstFAPI)
			f.answerTo(firstFAPI, uri, "approve")
			page(f, "request-uri-unused", f.openPushed(uri, "client_id", firstFAPI))
		}},
		{name: "par-attempt-to-use-expired-request_uri", run: func(f *fapiRun) {
			uri := f.pushed(firstFAPI)
			f.clock.Advance(61 * time.Second)
			page(f, "request-uri-fresh", f.openPushed(uri, "client_id", firstFAPI))
		}},
		{name: "par-attempt-to-use-request_uri-for-different-client", run: func(f *fapiRun) {
			page(f, "request-uri-client", f.openPushed(f.pushed(firstFAPI), "client_id", secondFAPI))
		}},
	}
}

// fapiTokenModules are about the token endpoint, and the use of what it gives.
func fapiTokenModules() []fapiModule {
	refused := func(name, rule, code string, form func(*fapiRun) url.Values, change ...func(*sending)) fapiModule {
		return fapiModule{name: name, run: func(f *fapiRun) { f.refused(f.post(firstFAPI, tokenURL, form(f), change...), rule, code) }}
	}
	code := func(change ...string) func(*fapiRun) url.Values {
		return func(f *fapiRun) url.Values {
			return redeeming(f.codeFor(), append([]string{"client_id", ""}, change...)...)
		}
	}
	return []fapiModule{
		refused("ensure-pkce-code-verifier-required", "code-verifier-present", "invalid_grant", code("code_verifier", "")),
		refused("incorrect-pkce-code-verifier-rejected", "code-verifier-matches", "invalid_grant", code("code_verifier", strings.Repeat("a", 43))),
		{name: "ensure-authorization-code-is-bound-to-client", run: func(f *fapiRun) {
			f.refused(f.post(secondFAPI, tokenURL, code()(f)), "code-issued-to-client", "invalid_grant")
		}},
		{name: "attempt-reuse-authorization-code-after-one-second", run: func(f *fapiRun) {
			code := f.codeFor()
			f.redeem(code)
			f.clock.Advance(time.Second)
			f.refused(f.redeem(code), "code-unused", "invalid_grant")
		}},
		{name: "ensure-token-endpoint-fails-with-expired-auth-code", run: func(f *fapiRun) {
			code := f.codeFor()
			f.clock.Advance(61 * time.Second)
			f.refused(f.redeem(code), "code-fresh", "invalid_grant")
		}},
		{name: "ensure-holder-of-key-required", run: func(f *fapiRun) {
			res := f.redeem(f.codeFor(), func(s *sending) { s.noProof, s.certificate = true, nil })
			if res.StatusCode/100 != 4 || res.check == nil || !slices.Contains([]string{"dpop-sent", "certificate-sent", "client-auth-method"}, res.check.ID) {
				f.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}},
		{name: "ensure-client-id-in-token-endpoint", run: func(f *fapiRun) {
			res := f.redeem(f.codeFor(), func(s *sending) { s.form.Set("client_id", secondFAPI) })
			if got := said(f.t, res.body)["error"]; got != "invalid_client" && got != "invalid_request" && got != "invalid_grant" {
				f.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}},
		{name: "access-token-type-header-case-sensitivity", run: func(f *fapiRun) {
			set := tokensIn(f.t, f.redeem(f.codeFor()))
			scheme := map[bool]string{false: "dPoP", true: "bEARER"}[f.boundToCertificate]
			if res := f.use(set.Access, scheme); res.StatusCode != http.StatusOK {
				f.t.Errorf("%s: %d %s", scheme, res.StatusCode, res.body)
			}
		}},
		{name: "refresh-token", run: func(f *fapiRun) {
			set := tokensIn(f.t, f.redeem(f.codeFor()))
			form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}
			if res := f.post(firstFAPI, tokenURL, form); res.StatusCode != http.StatusOK || said(f.t, res.body)["access_token"] == nil {
				f.t.Errorf("%d %s", res.StatusCode, res.body)
			}
			f.refused(f.post(secondFAPI, tokenURL, form), "refresh-token-issued-to-client", "invalid_grant")
		}},
	}
}

// fapiAssertionModules are about clients that sign who they are.
func fapiAssertionModules() []fapiModule {
	var all []fapiModule
	at := func(name, address, rule string, change func(*fapiRun, *assertion)) {
		all = append(all, fapiModule{name, onlyAssertions, func(f *fapiRun) {
			form := with("client_id", "")
			if address == tokenURL {
				form = redeeming(f.codeFor(), "client_id", "")
			}
			res := f.post(firstFAPI, address, form, func(s *sending) { change(f, s.assertion) })
			if rule != "" {
				f.refused(res, rule, "invalid_client", "invalid_request")
			} else if res.StatusCode/100 != 2 {
				f.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}})
	}
	claim := func(name string, value any) func(*fapiRun, *assertion) {
		return func(_ *fapiRun, a *assertion) {
			if a.claims[name] = value; value == nil {
				delete(a.claims, name)
			}
		}
	}
	ahead := func(d time.Duration) func(*fapiRun, *assertion) {
		return func(f *fapiRun, a *assertion) {
			at := f.clock.Now().Add(d).Unix()
			a.claims["iat"], a.claims["nbf"] = at, at
		}
	}
	at("ensure-signed-client-assertion-with-RS256-fails", tokenURL, "client-assertion-alg", func(f *fapiRun, a *assertion) {
		a.header, a.key = map[string]any{"alg": string(jose.RS256), "kid": "ec"}, holders(f.world)[4].key
	})
	at("ensure-client-assertion-with-exp-is-5-minutes-in-past-fails", tokenURL, "client-assertion-expiry", func(f *fapiRun, a *assertion) {
		a.claims["exp"] = f.clock.Now().Add(-5 * time.Minute).Unix()
	})
	at("ensure-client-assertion-with-wrong-aud-fails", tokenURL, "client-assertion-audience", claim("aud", "https://other1.example.com"))
	at("ensure-client-assertion-with-no-sub-fails", tokenURL, "client-known", claim("sub", nil))
	at("par-test-array-as-audience-fails", pushURL, "client-assertion-audience", claim("aud", []string{realmURL, "https://other1.example.com"}))
	at("par-test-par-endpoint-url-as-audience-fails", pushURL, "client-assertion-audience", claim("aud", pushURL))
	at("par-test-token-endpoint-url-as-audience-fails", pushURL, "client-assertion-audience", claim("aud", tokenURL))
	at("par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted", pushURL, "", ahead(8*time.Second))
	at("par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails", pushURL, "client-assertion-time", ahead(70*time.Second))
	return append(all, fapiModule{"ensure-client-assertion-in-token-endpoint", onlyAssertions, func(f *fapiRun) {
		res := f.redeem(f.codeFor(), func(s *sending) {
			s.assertion = nil
			s.form.Set("client_id", firstFAPI)
		})
		f.refused(res, "client-auth-method", "invalid_client")
	}})
}

// fapiProofModules are about DPoP.
func fapiProofModules() []fapiModule {
	proof := func(name, rule string, change func(*fapiRun) []any) fapiModule {
		return fapiModule{name, onlyDPoP, func(f *fapiRun) {
			res := f.redeem(f.codeFor(), func(s *sending) { s.proof = change(f) })
			if rule != "" {
				f.refused(res, rule, "invalid_dpop_proof")
			} else if res.StatusCode != http.StatusOK {
				f.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}}
	}
	claim := func(change ...any) func(*fapiRun) []any { return func(*fapiRun) []any { return change } }
	iat := func(d time.Duration) func(*fapiRun) []any {
		return func(f *fapiRun) []any { return []any{"iat", f.clock.Now().Add(d).Unix()} }
	}
	all := []fapiModule{
		proof("check-dpop-proof-nbf-exp", "", func(f *fapiRun) []any {
			return []any{"nbf", f.clock.Now().Unix(), "exp", f.clock.Now().Add(5 * time.Minute).Unix()}
		}),
		proof("ensure-dpopproof-with-iat-10seconds-before-succeeds", "", iat(-10*time.Second)),
		proof("ensure-dpopproof-with-iat-10seconds-after-succeeds", "", iat(10*time.Second)),
		{"ensure-dpop-auth-code-binding-success", onlyDPoP, func(f *fapiRun) { f.login("dpop_jkt", f.holder.thumbprint()) }},
		{"ensure-dpopproof-at-par-endpoint-binding-success", onlyDPoP, func(f *fapiRun) { f.login() }},
		{"ensure-mismatched-dpop-jkt-fails", onlyDPoP, func(f *fapiRun) {
			res := f.post(firstFAPI, pushURL, with("client_id", "", "dpop_jkt", newHolder(f.world).thumbprint()))
			f.refused(res, "dpop-jkt-same", "invalid_dpop_proof", "invalid_request")
		}},
		{"ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt", onlyDPoP, func(f *fapiRun) {
			code := f.codeFor()
			f.holder = newHolder(f.world)
			f.refused(f.redeem(code), "code-key", "invalid_grant", "invalid_dpop_proof")
		}},
		{"ensure-token-endpoint-fails-with-mismatched-dpop-jkt", onlyDPoP, func(f *fapiRun) {
			code := f.codeFor("dpop_jkt", f.holder.thumbprint())
			f.holder = newHolder(f.world)
			f.refused(f.redeem(code), "code-key", "invalid_grant", "invalid_dpop_proof")
		}},
	}
	for i, negative := range []struct {
		rule   string
		change []any
	}{
		{"dpop-typ", []any{"header.typ", "JWT"}},
		{"dpop-method", []any{"htm", "GET"}},
		{"dpop-uri", []any{"htu", realmURL}},
		{"dpop-claims", []any{"jti", nil}},
		{"dpop-claims", []any{"iat", nil}},
		{"dpop-key-usable", []any{"header.jwk", nil}},
		{"dpop-alg", []any{"header.alg", "none"}},
	} {
		all = append(all, proof(fmt.Sprintf("dpop-negative-tests, %d", i+1), negative.rule, claim(negative.change...)))
	}
	return all
}
