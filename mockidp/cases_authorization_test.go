package mockidp_test

import (
	"net/http"
	"strings"
	"time"
)

func doorCases() []ruleCase {
	return []ruleCase{
		{"every", "forwarded-once", "a proxy passes on what somebody else wrote", page, 400, func(w *world) reply {
			return w.request(http.MethodGet, authURL, "", "X-Forwarded-For", "192.0.2.7", "Forwarded", "for=198.51.100.7")
		}},
		{"every", "host-known", "the provider is asked under somebody else's name", page, 421, func(w *world) reply {
			return w.get(strings.Replace(authURL, "idp.example", "evil.example", 1))
		}},
		{"every", "url-short", "a URL of 17 KiB", page, 414, authorizeWith("state", strings.Repeat("a", 17<<10))},
		{"every", "body-short", "a body of 65 KiB", page, 413, func(w *world) reply {
			return w.post(authURL, "a="+strings.Repeat("a", 65<<10))
		}},
		{"cookie-check", "method-get", "the page of the adapter is posted to", jsonError, 405, func(w *world) reply {
			return w.post(oidcURL+"/3p-cookies/step1.html", "")
		}},
		{"certs", "method-get", "the keys are asked for by POST", jsonError, 405, func(w *world) reply {
			return w.post(oidcURL+"/certs", "")
		}},
		{"discovery", "method-get", "the metadata is deleted", jsonError, 405, func(w *world) reply {
			return w.request(http.MethodDelete, realmURL+"/.well-known/openid-configuration", "")
		}},
	}
}

func trustCases() []ruleCase {
	return []ruleCase{
		{"authorization", "method-get-or-post", "PUT", page, 405, func(w *world) reply {
			return w.request(http.MethodPut, authURL+"?"+with().Encode(), "")
		}},
		{"authorization", "body-is-form", "the parameters come as JSON", page, 415, func(w *world) reply {
			return w.request(http.MethodPost, authURL, `{"client_id":"mobile-pkce-client"}`, "Content-Type", "application/json")
		}},
		{"authorization", "parameters-encoded", "a percent sign stands alone", page, 400, func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&x=%zz")
		}},
		{"authorization", "client-and-redirect-once", "two redirect_uri", page, 400, func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&redirect_uri=https://evil.example/")
		}},
		{"authorization", "client-known", "nobody registered this client", page, 400, authorizeWith("client_id", "nobody")},
		{"authorization", "client-known", "no client_id", page, 400, authorizeWith("client_id", "")},
		{"authorization", "redirect-uri-present", "OpenID Connect without redirect_uri", page, 400, authorizeWith("redirect_uri", "")},
		{"authorization", "redirect-uri-present", "several to choose from", page, 400, authorizeWith("redirect_uri", "", "scope", "mail.read")},
		{"authorization", "redirect-uri-registered", "one character more", page, 400, authorizeWith("redirect_uri", callback+"/")},
	}
}

func requestCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, send}
	}
	return []ruleCase{
		c("parameters-once", "two nonces", func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&nonce=another")
		}),
		c("parameters-short", "a state of 5 KiB", authorizeWith("state", strings.Repeat("a", 5<<10))),
		c("request-short", "five parameters of 4 KiB", func(w *world) reply {
			long := strings.Repeat("x", 4000)
			return w.post(authURL, with("login_hint", long, "a", long, "b", long, "c", long, "d", long).Encode())
		}),
		c("state-printable", "a line break in state", authorizeWith("state", "a\r\nb")),
		c("request-uri-supported", "a request that is to be fetched", authorizeWith("request_uri", "https://travel.example/r")),
		c("registration-absent", "a registration", authorizeWith("registration", "{}")),
		c("response-type-present", "no response_type", authorizeWith("response_type", "")),
		c("response-type-supported", "a type that nobody knows", authorizeWith("response_type", "code password")),
		c("response-type-supported", "code twice", authorizeWith("response_type", "code code")),
		c("response-type-allowed", "a client for which no response type is registered", authorizeWith("client_id", "service-client")),
		c("scope-present", "no scope", authorizeWith("scope", "")),
		c("scope-syntax", "quotes in scope", authorizeWith("scope", `openid "mail"`)),
		c("scope-syntax", "two spaces in scope", authorizeWith("scope", "openid  mail.read")),
		c("scope-allowed", "a scope that nobody knows", authorizeWith("scope", "openid mail.delete")),
		c("code-challenge-present", "no PKCE", authorizeWith("code_challenge", "", "code_challenge_method", "")),
		c("code-challenge-method", "plain", authorizeWith("code_challenge_method", "plain")),
		c("code-challenge-method", "no method, which means plain", authorizeWith("code_challenge_method", "")),
		c("code-challenge-syntax", "a challenge of 44 characters", authorizeWith("code_challenge", challenge+"a")),
		c("code-challenge-syntax", "a challenge with padding", authorizeWith("code_challenge", challenge[:42]+"=")),
		c("prompt-known", "an unknown prompt", authorizeWith("prompt", "shout")),
		c("prompt-none-alone", "prompt none and login", authorizeWith("prompt", "none login")),
		c("max-age-number", "a negative max_age", authorizeWith("max_age", "-1")),
		c("id-token-hint-genuine", "a hint that is no token", authorizeWith("id_token_hint", "jane")),
		c("id-token-hint-genuine", "an access token as hint", func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.authorize("id_token_hint", access)
		}),
		c("silent-sign-in", "prompt=none and nobody signed in", authorizeWith("prompt", "none")),
		c("silent-sign-in", "prompt=none and signed in too long ago", func(w *world) reply {
			w.code()
			w.clock.Advance(time.Minute)
			return w.authorize("prompt", "none", "max_age", "30")
		}),
		c("silent-consent", "prompt=none and a new scope", func(w *world) reply {
			w.code()
			return w.authorize("prompt", "none", "scope", "openid mail.read email")
		}),
	}
}
