package mockidp_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

func tokenCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"token", rule, sentence, jsonError, status, send}
	}
	return []ruleCase{
		c("method-post", "GET", 405, func(w *world) reply { return w.get(tokenURL + "?" + redeeming("x").Encode()) }),
		c("body-is-form", "JSON", 400, func(w *world) reply {
			return w.request(http.MethodPost, tokenURL, `{"grant_type":"authorization_code"}`, "Content-Type", "application/json")
		}),
		c("parameters-encoded", "a percent sign stands alone", 400, func(w *world) reply { return w.post(tokenURL, "code=%") }),
		c("parameters-once", "two codes", 400, func(w *world) reply { return w.post(tokenURL, redeeming("x").Encode()+"&code=y") }),
		c("parameters-in-body", "the code in the URL", 400, func(w *world) reply {
			return w.post(tokenURL+"?code="+w.code(), redeeming("").Encode())
		}),
		c("client-authenticates-once", "secret in header and body", 400, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "spring-client-app", "client_secret", "spring-client-secret").Encode(),
				"Authorization", basic("spring-client-app", "spring-client-secret"))
		}),
		c("client-authenticates-once", "two different names", 400, func(w *world) reply {
			return w.post(tokenURL, redeeming("x").Encode(), "Authorization", basic("spring-client-app", "spring-client-secret"))
		}),
		c("authorization-header-basic", "a bearer token", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x").Encode(), "Authorization", "Bearer x")
		}),
		c("authorization-header-basic", "a secret with symbols that is not form-encoded", 401, func(w *world) reply {
			w, n := w.symbolic()
			return w.post(tokenURL, url.Values{"grant_type": {"client_credentials"}}.Encode(),
				"Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(n.ID+":"+n.Secret)))
		}),
		c("client-known", "nobody registered this client", 400, tokenWith("client_id", "nobody")),
		c("client-known", "no client_id", 400, tokenWith("client_id", "")),
		c("client-known", "an unknown client in the header", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("nobody", "x"))
		}),
		c("client-auth-method", "a public client sends a secret", 400, tokenWith("client_secret", "x")),
		c("client-auth-method", "a public client sends an empty secret by Basic", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("mobile-pkce-client", ""))
		}),
		c("client-auth-method", "a confidential client sends no secret", 400, tokenWith("client_id", "spring-client-app")),
		c("client-secret-matches", "a wrong secret", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("spring-client-app", "wrong"))
		}),
		c("grant-type-present", "no grant_type", 400, tokenWith("grant_type", "")),
		c("grant-type-supported", "a grant that is not there", 400, tokenWith("grant_type", "magic")),
		c("grant-type-allowed", "a client for which no grant is registered", 400,
			tokenWith("client_id", "service-client", "client_secret", "s3cret:&%")),
	}
}

func codeCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token authorization_code", rule, sentence, jsonError, 400, send}
	}
	return []ruleCase{
		c("code-present", "no code", tokenWith("code", "")),
		c("code-known", "a made-up code", tokenWith("code", "made-up")),
		c("code-issued-to-client", "another client brings it", tokenWith("client_id", "react-client")),
		c("code-unused", "the same request twice", func(w *world) reply {
			body := redeeming(w.code()).Encode()
			w.post(tokenURL, body)
			return w.post(tokenURL, body)
		}),
		c("code-unused", "again after a wrong verifier", func(w *world) reply {
			code := w.code()
			w.post(tokenURL, redeeming(code, "code_verifier", strings.Repeat("x", 43)).Encode())
			return w.post(tokenURL, redeeming(code).Encode())
		}),
		c("code-fresh", "61 seconds later", func(w *world) reply {
			code := w.code()
			w.clock.Advance(61 * time.Second)
			return w.post(tokenURL, redeeming(code).Encode())
		}),
		c("redirect-uri-same", "another registered redirect_uri", tokenWith("redirect_uri", "com.myapp:/callback")),
		c("redirect-uri-same", "no redirect_uri", tokenWith("redirect_uri", "")),
		c("code-verifier-present", "no verifier", tokenWith("code_verifier", "")),
		c("code-verifier-syntax", "a verifier of 42 characters", tokenWith("code_verifier", verifier[:42])),
		c("code-verifier-syntax", "a verifier of 129 characters", tokenWith("code_verifier", strings.Repeat("x", 129))),
		c("code-verifier-matches", "another verifier", tokenWith("code_verifier", strings.Repeat("x", 43))),
	}
}

func userInfoCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"userinfo", rule, sentence, challenged, status, send}
	}
	return []ruleCase{
		{"userinfo", "method-get-or-post", "DELETE", jsonError, 405, func(w *world) reply {
			return w.request(http.MethodDelete, oidcURL+"/userinfo", "")
		}},
		c("token-not-in-query", "the token in the URL", 400, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.get(oidcURL + "/userinfo?access_token=" + access)
		}),
		c("token-present", "no token", 401, func(w *world) reply { return w.get(oidcURL + "/userinfo") }),
		c("token-sent-once", "the token in header and body", 400, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.post(oidcURL+"/userinfo", "access_token="+access, "Authorization", "Bearer "+access)
		}),
		c("token-is-jwt", "words", 401, func(w *world) reply { return w.userInfo("pass.wo.rd") }),
		c("token-type", "the ID token", 401, func(w *world) reply {
			_, id := w.tokens("openid")
			return w.userInfo(id)
		}),
		c("token-signature", "a changed token", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			parts := strings.Split(access, ".")
			return w.userInfo(parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])))
		}),
		c("token-issuer", "a token of the issuer next door", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.request(http.MethodGet, strings.Replace(oidcURL, "/realms", "/auth/realms", 1)+"/userinfo", "",
				"Authorization", "Bearer "+access)
		}),
		c("token-audience", "a token for the mailbox only", 401, func(w *world) reply {
			access, _ := w.tokens("mail.read")
			return w.userInfo(access)
		}),
		c("token-not-expired", "300 seconds later", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			w.clock.Advance(300 * time.Second)
			return w.userInfo(access)
		}),
		c("token-not-revoked", "its code was used twice", 401, func(w *world) reply {
			code := w.code()
			res := w.post(tokenURL, redeeming(code).Encode())
			w.post(tokenURL, redeeming(code).Encode())
			return w.userInfo(accessTokenOf(w.t, res))
		}),
		c("scope-openid", "a token with email alone", 403, func(w *world) reply {
			access, _ := w.tokens("email")
			return w.userInfo(access)
		}),
	}
}
