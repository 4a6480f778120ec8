package diagnosis

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/spelling"
)

// tokenRequestRows are about the form of a token request.
func tokenRequestRows() []Row {
	request := rfc("6749", "4.1.3")
	grant := rfc("6749", "5.2")
	return []Row{
		{"token-json", "the token request is JSON; it has to be a form", request, either(tokenJSON, byRule("body-is-form"),
			bySaying("consume content type", "unsupported media type"), tells([]string{"content type", "content-type", "media type"},
				append(forbiddenWords(), "must be", "invalid", "wrong")))},
		{
			"token-redirected", "the token endpoint redirected the POST, and the program came back with GET and without its parameters",
			rfc("9110", "15.4"), tokenRedirected,
		},
		{"token-get", "the token endpoint was asked with GET; it wants POST", rfc("6749", "3.2"), either(byRuleAt(logins.Token,
			"method-post"), tokenGet, bySaying("aadsts900561", "only accepts post", "get not supported", "get is not supported"))},
		{"token-request-in-url", "the parameters of the token request stand in the address instead of the body", rfc("6749", "2.3.1"), either(
			byRule("parameters-in-body"), tokenInURL,
		)},
		{"grant-type-missing", "grant_type was not sent", grant, either(
			byRule("grant-type-present"), byMissing("grant_type"), grantTypeAbsent,
		)},
		{"grant-type-mistyped", "grant_type is not one that exists", grant, either(grantTypeMistyped, grantTypeMistypedTold)},
		{"grant-type-not-allowed", "the client may not use this grant", grant, unless(either(spaPlatform, webPlatform), either(
			byRule("grant-type-allowed", "client-confidential"), unlessUnsent("grant_type", byRule("grant-type-supported")),
			bySaying("grant type not allowed", "grant type '", "is not allowed for the client", "not authorized to use the requested grant type",
				"aadsts90023", "bearer-only", "flow is disabled", "is not allowed to initiate browser login"),
			tells([]string{"grant type", "granttype", "flow", "grant types"}, append(forbiddenWords(), "invalid", "unknown", "not available")),
			tells([]string{"client", "application"}, []string{"not authorized", "not allowed", "not permitted"}), bySaying("aadsts9001023"),
			byCode(logins.Token, "unauthorized_client", "unsupported_grant_type"), byCode(logins.DeviceAuthorization, "unauthorized_client"),
		))},
		{"token-endpoint-elsewhere", "the token request went where no token endpoint is", rfc("8414", "2"), either(
			tokenElsewhere, bySayingBoth([]string{"cannot fetch token", "/token", "token endpoint"}, []string{
				"404 not found", "404 (not found)", "status code 404", "status code: 404", "405 method not allowed",
			}))},
		{"parameters-not-encoded", "the parameters are not encoded as a form", rfc("6749", "B"), byRule("parameters-encoded")},
	}
}

func tokenJSON(c *Case) *sighting {
	e := c.refusedOrSilent(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Request.Method == http.MethodPost && !e.Request.IsForm() &&
			(len(e.Request.Body) > 0 || e.Request.IsJSON()) // or nobody brought the body
	})
	if e == nil {
		return jsonAsForm(c)
	}
	kind := e.Request.HeaderValue("Content-Type")
	if e.Broken() != nil && e.Broken().ID != "body-is-form" {
		return nil
	}
	if kind == "" {
		kind = "is not in the request"
	}
	shown := append([]Evidence{quote(e, "Content-Type", kind)}, refusal(e)...)
	switch {
	case e.Broken() == nil && c.readAllTheSame(e):
		return nil
	case e.Status() == 0:
		return likely(e, shown...)
	case e.Broken() == nil && e.Error() == "invalid_client": // which some say who read it very well
		return possible(e, shown...)
	case e.Broken() != nil || e.Request.IsJSON():
		return certain(e, shown...)
	}
	return likely(e, shown...)
}

// jsonAsForm sees a body of JSON under a header that says form: no provider finds a parameter in it.
func jsonAsForm(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		text := strings.TrimSpace(string(e.Request.Body[:min(len(e.Request.Body), longestWord)]))
		return e.Endpoint == logins.Token && e.Request.IsForm() && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "%7B%22"))
	})
	if e == nil {
		return nil
	}
	return certain(e, append([]Evidence{
		quote(e, "Content-Type", e.Request.HeaderValue("Content-Type")), quote(e, "body", "begins with {, as JSON does"),
	}, refusal(e)...)...)
}

// readAllTheSame reports whether a provider that takes JSON too, as some do, has
// understood the request: it says of it what only its parameters can have told.
func (c *Case) readAllTheSame(e *logins.Exchange) bool {
	unread := slices.Contains([]string{"", "invalid_request", "unsupported_grant_type", "invalid_client"}, e.Error()) ||
		strings.Contains(e.Error(), " ")
	return !unread || e.Description() != "" && !saysAny(c.said(e).words, "grant_type", "client_id", "content", "json", "form", "media type") &&
		e.Error() != "invalid_client"
}

func tokenGet(c *Case) *sighting {
	e := c.refusedOrSilent(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Request.Method == http.MethodGet && e.Broken() == nil && tokenRedirected(c) == nil
	})
	if e == nil || c.readAllTheSame(e) || saysAny(c.said(e).words, "oauthexception") { // Facebook's takes GET
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "method", http.MethodGet)}, refusal(e)...)...)
}

// tokenRedirected sees a POST that a redirect turned into a GET: programs do that after 301 and 302, and have to after
// 303 (RFC 9110 section 15.4).
func tokenRedirected(c *Case) *sighting {
	for _, e := range c.Login.At(logins.Token) {
		if next := becameGet(c, e); next != nil && slices.Contains(c.refusals, next) {
			return certain(next, append([]Evidence{
				quote(e, "method", http.MethodPost), answered(e, "Location", withoutQuery(e.Answer.HeaderValue("Location"))),
				quote(next, "method", http.MethodGet),
			}, refusal(next)...)...)
		}
	}
	return nil
}

// becameGet is the GET by which a program followed the redirect that answered its POST, or nil.
func becameGet(c *Case, e *logins.Exchange) *logins.Exchange {
	if e.Request.Method != http.MethodPost || !slices.Contains([]int{301, 302, 303}, e.Status()) {
		return nil
	}
	for _, next := range c.later(e) {
		if next.Request.Method == http.MethodGet && ledTo(e, next) {
			return next
		}
	}
	return nil
}

func tokenInURL(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Request.Method == http.MethodPost && e.Broken() == nil && inAddress(e) != ""
	})
	if e == nil {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "in the address", inAddress(e))}, refusal(e)...)...)
}

// inAddress names a parameter that belongs into the body and stands in the address.
func inAddress(e *logins.Exchange) string {
	for _, name := range []string{"grant_type", "code", "client_secret", "password", "refresh_token"} {
		if _, found := e.InQuery(name); found {
			return name
		}
	}
	return ""
}

func grantTypeAbsent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		_, sent := e.Sent("grant_type")
		return e.Endpoint == logins.Token && e.Request.IsForm() && !sent && e.Broken() == nil &&
			(e.Error() == "invalid_request" || e.Error() == "unsupported_grant_type")
	})
	if e == nil {
		return nil
	}
	return likely(e, append([]Evidence{unsent(e, "grant_type")}, refusal(e)...)...)
}

// grants lists the grant types that standards define.
func grants() []string {
	return []string{
		"authorization_code", "client_credentials", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code",
		"urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer",
		"urn:ietf:params:oauth:grant-type:saml2-bearer", "urn:openid:params:grant-type:ciba",
	}
}

func grantTypeMistyped(c *Case) *sighting {
	e := c.refusedOrSilent(func(e *logins.Exchange) bool {
		grant, sent := e.Sent("grant_type")
		own := strings.Contains(grant, ":") && nearestWord(grant, grants()) == "" // of one provider alone, RFC 6749 section 4.5
		return e.Endpoint == logins.Token && sent && !own && !slices.Contains(grants(), grant)
	})
	if e == nil || e.Broken() != nil && e.Broken().ID != "grant-type-supported" {
		return nil
	}
	shown := []Evidence{quote(e, "grant_type", e.Param("grant_type"))}
	if near := nearestWord(e.Param("grant_type"), grants()); near != "" {
		shown = append(shown, quote(e, "it is called", near))
	}
	shown = append(shown, refusal(e)...)
	if e.Broken() != nil || e.Error() == "unsupported_grant_type" {
		return certain(e, shown...)
	}
	return likely(e, shown...)
}

// grantTypeMistypedTold sees it in the words of a refusal that names what was sent.
func grantTypeMistypedTold(c *Case) *sighting {
	sent, meant := "", ""
	e := c.refused(func(e *logins.Exchange) bool {
		for _, m := range patterns().grantType.FindAllStringSubmatch(c.said(e).unquoted, 4) {
			sent = strings.TrimRight(m[1], ".:")
			if meant = nearestWord(sent, grants()); meant != "" && sent != meant && spelling.Edits(sent, meant)*3 <= len(sent) {
				return e.Broken() == nil
			}
		}
		return false
	})
	if e == nil {
		return nil
	}
	return likely(e, append(refusal(e), answered(e, "grant_type", sent), answered(e, "it is called", meant))...)
}

// longestWord is how long a word may be that was meant to be one of ours, in bytes.
const longestWord = 64

// nearestWord finds the word that was probably meant.
func nearestWord(said string, words []string) string {
	letters := func(s string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "", ".", "").Replace(s[strings.LastIndexByte(s, ':')+1:]))
	}
	plain := letters(said)
	if len(plain) > longestWord {
		return ""
	}
	best, near := 4, ""
	for _, w := range words {
		if d := spelling.Edits(plain, letters(w)); d < best {
			best, near = d, w
		}
	}
	return near
}

// redeemedAtLogin reports whether a token request went where people sign in.
func redeemedAtLogin(e *logins.Exchange) bool {
	path := strings.TrimRight(e.Path(), "/")
	return e.Param("grant_type") != "" && (strings.HasSuffix(path, "/auth") || strings.HasSuffix(path, "/authorize")) &&
		(e.Broken() == nil || e.Broken().ID == "response-type-present")
}

// tokenElsewhere sees an answer that no token endpoint gives.
func tokenElsewhere(c *Case) *sighting {
	if e := c.refused(redeemedAtLogin); e != nil {
		return likely(e, append([]Evidence{quote(e, "address", e.Address()), quote(e, "grant_type", e.Param("grant_type"))}, refusal(e)...)...)
	}
	e := c.refused(func(e *logins.Exchange) bool {
		wrong := e.Status() == http.StatusNotFound || e.Status() == http.StatusMethodNotAllowed && e.Request.Method == http.MethodPost
		return e.Endpoint == logins.Token && wrong && (e.Error() == "" || strings.Contains(e.Error(), " ") || saysNotFound(e)) // no code has one
	})
	if e == nil {
		return nil
	}
	shown := []Evidence{quote(e, "address", e.Address()), answered(e, "status", http.StatusText(e.Status()))}
	if e.Description() != "" {
		shown = append(shown, answered(e, "error_description", e.Description()))
	}
	for _, o := range c.Log.Exchanges {
		if named := o.Came("token_endpoint"); o.Endpoint == logins.Discovery && named != "" && named != e.Address() {
			if o.Host() != e.Host() { // it may be the metadata of another provider
				return likely(e, append(shown, answered(o, "token_endpoint", named))...)
			}
			return certain(e, append(shown, answered(o, "token_endpoint", named))...)
		}
	}
	if saysNotFound(e) {
		return certain(e, shown...)
	}
	return likely(e, shown...)
}

// saysNotFound reports whether whoever answered says in JSON that there is nothing, which no code of OAuth does.
func saysNotFound(e *logins.Exchange) bool { return strings.EqualFold(e.Error(), "not_found") }
