package diagnosis

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// sentRows are about a request that does not come as parameters of the address.
func sentRows() []Row {
	return []Row{
		{"request-uri-used-twice", "request_uri was used before; it is good for one login", rfc("9126", "4"), either(
			byRule("request-uri-unused"), requestURITwice,
			bySaying("request_uri has already been used", "request uri already used"),
		)},
		{"request-uri-expired", "request_uri expired before the browser brought it", rfc("9126", "4"), either(
			byRule("request-uri-fresh"), bySaying("request_uri has expired", "par not found", "request_uri is invalid or expired",
				"invalid or expired request_uri"),
		)},
		{"request-uri-unknown", "request_uri is not one that this provider gave to this client", rfc("9126", "2.2"), either(
			byRule("request-uri-known", "request-uri-client", "request-uri-registered", "request-uri-fetched", "request-uri-absent"),
			byCode(logins.Authorization, "invalid_request_uri"),
		)},
		{"par-required", "the client has to push its requests, and did not", rfc("9126", "6"), either(
			byRule("request-pushed"), bySaying("pushed authorization request is only allowed", "pushed authorization request required",
				"par is required", "must push its request", "must be pushed",
				"pushed authorization requests are required"),
		)},
		{"request-object-broken", "the request object was refused", rfc("9101", "6.2"), either(
			byRule("request-object-readable", "request-object-alg", "request-object-kind", "request-object-key", "request-object-signature",
				"request-object-client",
				"request-object-issuer", "request-object-audience", "request-object-subject", "request-object-time", "request-object-window",
				"request-object-alone",
				"request-object-complete", "request-object-required", "request-object-supported", "request-or-request-uri"),
			byCode(logins.Authorization, "invalid_request_object"), byCode(logins.Pushed, "invalid_request_object"),
		)},
	}
}

// requestRows are about what is in an authorization request.
func requestRows() []Row {
	types := rfc("6749", "3.1.1")
	return []Row{
		{"response-type-off", "response_type is missing, or not one that this client may use", types, either(
			when(func(c *Case) bool { return c.refused(redeemedAtLogin) == nil }, byRule("response-type-present")),
			byRule("response-type-supported", "response-type-allowed"),
			lacks("response_type", Likely), has("response_type", unknownType),
			byCode(logins.Authorization, "unsupported_response_type"), byCode(logins.Callback, "unsupported_response_type"),
			general(byCode(logins.Authorization, "unauthorized_client")), general(byCode(logins.Callback, "unauthorized_client")),
			when(func(c *Case) bool { return c.refused(redeemedAtLogin) == nil }, unless(bySaying("content type"), bySaying("response type"))),
		)},
		{"response-mode-off", "response_mode is unknown, or cannot carry what was asked for", types, either(
			byRule("response-mode-known", "response-mode-fits", "response-mode-allowed"), bySaying("response_mode"),
		)},
		{"scope-syntax", "scope is not words with one space between them", rfc("6749", "3.3"), either(
			byRule("scope-syntax", "scope-present"), scopeSeparated, byMissing("scope"), has("scope", separatedWrongly),
		)},
		{"scope-unknown", "a scope is unknown, or not one that this client may ask for", rfc("6749", "3.3"), unless(either(scopeSeparated,
			scopeWidened), either(
			byRule("scope-allowed", "scope-without-person", "scope-without-consent"),
			bySaying("invalid scope", "scope is not"),
			byCode(logins.Authorization, "invalid_scope"), byCode(logins.Callback, "invalid_scope"), byCode(logins.Token, "invalid_scope"),
			tells([]string{"scope", "scopes"}, slices.Concat(mismatch(), forbiddenWords(), []string{"not exist", "n't exist", "not found"})),
		))},
		{"openid-missing", "scope lacks openid, so there is no ID token and no UserInfo", oidc("3.1.2.1"), either(
			byRule("id-token-needs-openid", "scope-openid"), openIDMissing, bySaying("tokenvalidator was found for: ''",
				"validator was found for: ''"),
			unless(bySaying("nonce", "audience", "expired", "signature", "verification"), tells([]string{"id token", "idtoken", "id-token"},
				missing())),
		)},
		{"resource-unknown", "the API that the token is to be for is unknown, or goes with none of the scopes", rfc("8707", "2"), either(
			byRule("resource-absolute", "resource-granted", "target-known", "target-has-scope", "scope-fits-target"),
			byCode(logins.Authorization, "invalid_target"), byCode(logins.Callback, "invalid_target"), byCode(logins.Token, "invalid_target"),
			bySaying("service not found"), tells([]string{"resource", "requested resource", "resource parameter"}, []string{
				"forbidden to access", "not allowed to access", "not correspond", "not registered", "no registered", "find a registered",
			}),
		)},
		{"authorization-details-off", "authorization_details are not what their type defines", rfc("9396", "5"), either(
			byRule("authorization-details-readable", "authorization-details-type-known", "authorization-details-type-allowed",
				"authorization-details-conform",
				"authorization-details-grant"),
			byCode(logins.Authorization, "invalid_authorization_details"), byCode(logins.Token, "invalid_authorization_details"),
		)},
	}
}

// otherRequestRows are about the rest of it, and the form that it has.
func otherRequestRows() []Row {
	return []Row{
		{"nonce-not-sent", "nonce is not sent, although the answer brings an ID token through the browser", oidc("3.2.2.1"), either(
			byRule("nonce-present"), nonceForgotten, unless(bySaying("use_dpop_nonce", "dpop"), byMissing("nonce")), bySaying("aadsts50147"),
		)},
		{"parameter-twice", "a parameter is sent twice", rfc("6749", "3.1"), either(
			byRule("parameters-once", "client-and-redirect-once"), bySaying("duplicated parameter", "duplicate parameter",
				"parameter is repeated", "included more than once", "sent more than once"), sentAgain,
		)},
		{"request-too-long", "the request is longer than the provider reads", rfc("9110", "15.5.15"), either(
			byRule("url-short", "body-short", "parameters-short", "request-short", "pushed-request-short"), tooLong,
		)},
		{
			"authorization-endpoint-elsewhere", "the browser was sent where no authorization endpoint is", rfc("8414", "2"), authorizeElsewhere,
		},
		{
			"authorize-by-fetch", "the authorization endpoint was called by a script instead of being opened", rfc("6749", "4.1.1"),
			either(authorizeByFetch, keptBackAsTold(logins.Authorization, Likely)),
		},
		{
			"method-off", "the authorization endpoint was asked with another method than GET or POST", rfc("6749", "3.1"),
			unlessOptions(byRuleAt(logins.Authorization, "method-get-or-post", "body-is-form", "parameters-encoded")),
		},
		{"request-other", "the authorization request has a parameter that the provider cannot read", rfc("6749", "4.1.2.1"), either(
			byRule("display-known", "prompt-known", "max-age-number", "claims-readable", "claims-reachable", "state-printable",
				"registration-absent", "request-uri-supported",
				"dpop-jkt-syntax"),
			unless(bySaying("state"), bySaying("does not have enough characters", "considered too weak")),
			byCode(logins.Callback, "request_not_supported",
				"request_uri_not_supported", "registration_not_supported"),
		)},
	}
}

// sentAgain sees a parameter twice in a request that was refused as malformed.
func sentAgain(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Error() == "invalid_request" && e.Broken() == nil && e.Endpoint.Provides()
	})
	if e == nil {
		return nil
	}
	for _, name := range []string{
		"client_id", "redirect_uri", "scope", "state", "response_type", "grant_type", "code", "code_challenge", "code_verifier", "nonce",
		"prompt",
		"client_secret", "refresh_token",
	} {
		if n := e.Times(name); n > 1 {
			return likely(e, append([]Evidence{quote(e, "times "+name+" is sent", strconv.Itoa(n))}, refusal(e)...)...)
		}
	}
	return nil
}

// requestURITwice sees an earlier request that was answered with a code.
func requestURITwice(c *Case) *sighting {
	e := c.refusedAt(logins.Authorization)
	if e == nil || e.Param("request_uri") == "" || e.Broken() != nil {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Endpoint == logins.Authorization && o.Param("request_uri") == e.Param("request_uri") {
			return likely(e, append([]Evidence{
				quote(o, "request_uri", o.Param("request_uri")), again(e, "request_uri", ""),
			}, refusal(e)...)...)
		}
	}
	return nil
}

// scopeSeparated sees scopes with commas, or with plus signs that were encoded.
func scopeSeparated(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Error() == "invalid_scope" && (e.Broken() == nil || e.Broken().ID == "scope-allowed")
	})
	if e == nil {
		return nil
	}
	scope := e.Param("scope")
	if scope == "" {
		scope = c.Login.Asked("scope")
	}
	if !strings.ContainsAny(scope, ",+") && !strings.Contains(scope, "%20") && !strings.Contains(scope, "  ") {
		return nil
	}
	s := likely(e, append([]Evidence{quote(e, "scope", scope)}, refusal(e)...)...)
	if e.Broken() != nil { // a list of scopes is known, and none has such a name
		s.sure = Certain
	}
	return s
}

// openIDMissing sees an app that missed the ID token: UserInfo refused it, or
// its callback failed although tokens came.
func openIDMissing(c *Case) *sighting {
	scope, asked := c.askedScope()
	if !asked || hasWord(scope, "openid") {
		return nil
	}
	e := c.refusedAt(logins.UserInfo)
	if e == nil {
		e = c.refused(func(e *logins.Exchange) bool {
			return e.Endpoint == logins.Callback && e.Error() == "" && len(c.tokensWithout("id_token")) > 0
		})
	}
	if check := c.noIDToken(); check != nil {
		return certain(check, quote(c.Login.Exchanges[0], "scope", scope), answered(check, "id_token", "did not come"))
	}
	if e == nil || e.Broken() != nil && e.Broken().ID != "scope-openid" {
		return nil
	}
	return likely(e, append([]Evidence{quote(c.Login.Exchanges[0], "scope", scope)}, refusal(e)...)...)
}

// noIDToken is where an app of the stage looked for an ID token and found none.
func (c *Case) noIDToken() *logins.Exchange {
	e, _ := c.broke("id-token-is-jwt")
	if e == nil || len(c.tokensWithout("id_token")) == 0 {
		return nil
	}
	return e
}

func (c *Case) askedScope() (string, bool) {
	for _, e := range c.Login.At(logins.Pushed, logins.Authorization) {
		if scope, sent := e.Sent("scope"); sent {
			return scope, true
		}
		if e.Param("client_id") != "" && e.Param("request_uri") == "" && e.Param("request") == "" {
			return "", true
		}
	}
	return "", false
}

// tokensWithout lists the token answers that lack a member.
func (c *Case) tokensWithout(member string) []*logins.Exchange {
	var found []*logins.Exchange
	for _, e := range c.Login.At(logins.Token) {
		if e.Came("access_token") != "" && e.Came(member) == "" {
			found = append(found, e)
		}
	}
	return found
}

func hasWord(text, word string) bool {
	for w := range strings.FieldsSeq(text) {
		if w == word {
			return true
		}
	}
	return false
}

func tooLong(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Status() == 414 || e.Status() == 413 })
	if e == nil {
		return nil
	}
	return likely(e, refusal(e)...)
}

// authorizeByFetch sees a script by what the browser says of it (Fetch Metadata).
func authorizeByFetch(c *Case) *sighting {
	done := c.Login.State() == logins.Done
	for _, e := range c.Login.Exchanges {
		if e.Endpoint != logins.Authorization || done && e.Status() >= 200 && e.Status() < 400 {
			continue
		}
		mode, dest := e.Request.HeaderValue("Sec-Fetch-Mode"), e.Request.HeaderValue("Sec-Fetch-Dest")
		switch {
		case e.Preflight:
			return certain(e, quote(e, "method", "OPTIONS, which only scripts send"))
		case mode == "cors" || mode == "same-origin" && dest == "empty":
			return certain(e, quote(e, "Sec-Fetch-Mode", mode))
		case strings.EqualFold(e.Request.HeaderValue("X-Requested-With"), "XMLHttpRequest"):
			return certain(e, quote(e, "X-Requested-With", "XMLHttpRequest"))
		}
	}
	return nil
}

// unlessOptions makes a look no surer than likely where a browser asks whether a page may: that is no method which
// anybody chose.
func unlessOptions(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && s.sure == Certain && s.at.Request.Method == http.MethodOptions {
			s.sure = Likely
		}
		return s
	}
}

// nonceForgotten sees a request for an ID token through the browser that has no nonce, and a refusal that says so.
func nonceForgotten(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Authorization && strings.Contains(e.Param("response_type"), "id_token") && e.Broken() == nil &&
			e.Param("nonce") == "" && e.Param("request") == "" && e.Param("request_uri") == "" && e.Came("error") != "" &&
			c.said(e).lacks("nonce")
	})
	if e == nil || c.Known.AnswerOnly {
		return nil
	}
	return certain(e, append([]Evidence{quote(e, "response_type", e.Param("response_type")), unsent(e, "nonce")}, saying(e, "nonce")...)...)
}
