package diagnosis_test

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// told is what a server of others answers to a broken client.
type told struct {
	status int
	form   string // sent to the token endpoint
	answer string // its headers before an empty line, where it has any
}

// says answers with an error of the standards.
func says(code, description string) string {
	return "Content-Type: application/json\n\n" + `{"error":"` + code + `","error_description":"` + description + `"}`
}

// refusers are token endpoints of others, in the words that they have for it.
func refusers() map[string]func(*world) {
	const code, renewal, machine = "grant_type=authorization_code&client_id=app&code=code-one",
		"grant_type=refresh_token&client_id=app&refresh_token=one",
		"grant_type=client_credentials&client_id=app"
	const assertion = machine + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=one"
	all := map[string]func(*world){}
	for id, t := range map[string]told{
		"code-expired":           {400, code, says("invalid_grant", "The authorization code has expired")},
		"code-used-twice":        {400, code, says("invalid_grant", "The code was already redeemed")},
		"code-not-redeemable":    {400, code, says("invalid_grant", "Code not valid")},
		"refresh-expired":        {400, renewal, says("invalid_grant", "Token is not active")},
		"refresh-revoked":        {400, renewal, says("invalid_grant", "Session not active")},
		"refresh-used-twice":     {400, renewal, says("invalid_grant", "refresh token reuse was detected")},
		"spa-platform":           {400, code, says("invalid_request", "AADSTS9002326: Cross-origin token redemption is not permitted")},
		"assertion-audience":     {401, assertion, says("invalid_client", "invalid audience in client assertion")},
		"assertion-expired":      {401, assertion, says("invalid_client", "the client assertion has expired")},
		"assertion-used-twice":   {401, assertion, says("invalid_client", "Token reuse detected")},
		"assertion-subject":      {401, assertion, says("invalid_client", "Issuer mismatch. The issuer should match the subject")},
		"assertion-key":          {401, assertion, says("invalid_client", "client assertion signature is wrong")},
		"assertion-type-missing": {401, machine + "&client_assertion=one", says("invalid_client", "refused")},
		"certificate-missing":    {401, machine, says("invalid_client", "no client certificate came")},
		"certificate-wrong":      {401, machine, says("invalid_client", "certificate subject is another")},
		"auth-method-other": {401, machine + "&client_secret=of-the-app", says("invalid_client",
			"this authentication method is not allowed")},
		"device-code-expired": {
			400, "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=one&client_id=tv",
			says("expired_token", "too late"),
		},
		"dpop-nonce":               {400, machine, says("use_dpop_nonce", "a nonce is required in the proof")},
		"token-endpoint-elsewhere": {404, code, "Content-Type: text/plain\n\nnot here"},
		"too-many-requests":        {429, machine, says("access_denied", "slow down")},
		"server-broken":            {502, machine, "Content-Type: text/html\n\n<h1>502 Bad Gateway</h1>"},
		"wrong-password": {400, "grant_type=password&client_id=app&username=ann&password=another", says("invalid_grant",
			"Invalid user credentials")},
		"person-not-admitted": {400, "grant_type=password&client_id=app&username=ann&password=another", says("invalid_grant",
			"Account is not fully set up")},
	} {
		all[id] = func(w *world) {
			w.send(http.MethodPost, w.stranger(trace.AuthorizationServer, t.status, t.answer)+"/oauth2/token", t.form)
		}
	}
	return all
}

// apps of others fail at their own callback, and say why in the words of their libraries.
func apps() map[string]func(*world) {
	all := map[string]func(*world){}
	for id, words := range map[string]string{
		"session-lost":           "OIDC callback state not found in session",
		"nonce-mismatch":         "nonce does not match",
		"id-token-issuer":        "id token issued by a different provider",
		"id-token-audience":      "oidc: expected audience app got other",
		"clock-skew":             "JWT was issued in the future",
		"id-token-algorithm":     "id token signed with unsupported algorithm",
		"id-token-signature":     "failed to verify id token signature",
		"account-missing":        "sign up is disabled",
		"claim-missing":          "the email of the person is not verified",
		"answer-of-other-issuer": "iss mismatch",
		"answer-issuer-missing":  "iss missing from the response",
		"no-answer":              "net::ERR_CONNECTION_REFUSED",
		"tls-on-one-side":        "http: server gave HTTP response to HTTPS client",
		"jwks-missing":           "failed to fetch JWKS",
		"discovery-path":         "the discovery document could not be fetched",
		"headers-too-large":      "upstream sent too big header while reading the response",
		"registration-refused":   "the server does not support dynamic client registration",
		"resource-differs":       "protected resource https://a.example/mcp does not match https://a.example",
		"answer-not-json":        "cannot parse json: invalid character '<'",
		"third-party-cookie":     "silent renew: iframe timed out",
		"popup-closed":           "user_cancelled: User cancelled the flow.",
	} {
		all[id] = func(w *world) {
			code := w.begin(w.app())
			app := w.stranger(trace.Client, http.StatusInternalServerError, "Content-Type: text/plain\n\n"+words)
			w.send(http.MethodGet, app+"/callback?state=state-of-this-login&code="+code, "")
		}
	}
	return all
}

// sentAway are logins that come back with an error of the provider, and callbacks that take nothing.
func sentAway() map[string]func(*world) {
	all := map[string]func(*world){
		"callback-not-found": func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.Client, 404,
				"Content-Type: text/plain\n\nCannot GET")+"/callback?code=code-one&state=state-one", "")
		},
		"callback-post": func(w *world) {
			w.send(http.MethodPost, w.stranger(trace.Client, 405, "Content-Type: text/plain\n\nno")+"/callback", "code=code-one&state=state-one")
		},
		"issuer-host": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, 200, "Content-Type: application/json\n\n"+`{"issuer":"https://sso.example/realms/demo"}`)
			w.send(http.MethodGet, idp+"/realms/demo/.well-known/openid-configuration", "")
		},
	}
	for id, sent := range map[string]string{
		"login-required":         "error=login_required",
		"consent-required":       "error=consent_required",
		"admin-consent-required": "error=access_denied&error_description=admin+consent+is+needed",
		"person-refused":         "error=access_denied",
		"password-forgotten":     "error=access_denied&error_description=AADB2C90118:+The+user+has+forgotten+their+password",
		"acr-unattainable":       "error=unmet_authentication_requirements",
	} {
		all[id] = func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.Client, 400, "Content-Type: text/plain\n\nno")+"/callback?state=state-one&"+sent, "")
		}
	}
	for id, set := range map[string]string{
		"cookie-same-site":           "sid=1; Path=/; SameSite=Strict",
		"cookie-none-without-secure": "sid=1; Path=/; SameSite=None",
		"cookie-secure-on-http":      "sid=1; Path=/; Secure; SameSite=Lax",
		"cookie-path":                "sid=1; Path=/login; SameSite=Lax",
		"cookie-missing":             "sid=1; Path=/; SameSite=Lax",
	} {
		all[id] = func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.Client, http.StatusFound, "Location: /away\nSet-Cookie: "+set+"\n\n")+"/login", "")
			code := w.begin(w.app())
			w.send(http.MethodGet, w.stranger(trace.Client, 400,
				"Content-Type: text/plain\n\nno")+"/callback?state=state-of-this-login&code="+code, "")
		}
	}
	return all
}

// apis of others do not take what they are brought.
func apis() map[string]func(*world) {
	const challenge = `WWW-Authenticate: Bearer error="invalid_token", error_description="`
	token := func(header, claims string) string {
		return "Authorization: Bearer " + jwt(`{"alg":"RS256"`+header+`}`, claims)
	}
	const good = `{"iss":"https://idp.example","aud":"api","exp":4000000000,"scope":"read"}`
	all := map[string]func(*world){}
	for id, t := range map[string]struct {
		status int
		header string
		answer string
	}{
		"token-expired":         {401, token("", `{"aud":"api","exp":1700000000}`), challenge + `jwt expired"`},
		"token-from-the-future": {401, token("", `{"aud":"api","exp":4000000000,"nbf":3999999999}`), challenge + `jwt not active"`},
		"api-issuer-differs":    {401, token("", good), challenge + `The issuer is invalid"`},
		"token-audience-is-client": {
			401, token("", `{"aud":"app","azp":"app","scope":"read","exp":4000000000}`),
			challenge + `The aud claim is not valid"`,
		},
		"token-audience-other": {
			401, token("", `{"aud":"other","azp":"app","scope":"read","exp":4000000000}`),
			challenge + `jwt audience invalid"`,
		},
		"at-jwt-refused":       {401, token(`,"typ":"at+jwt"`, good), challenge + `unexpected JWT typ"`},
		"token-signature":      {401, token("", good), challenge + `Invalid signature"`},
		"kid-unknown":          {401, token(`,"kid":"new"`, good), challenge + `no key with kid new"`},
		"token-refused":        {401, token("", good), "WWW-Authenticate: Bearer"},
		"scope-missing-at-api": {403, token("", good), `WWW-Authenticate: Bearer error="insufficient_scope", scope="write"`},
		"permission-missing":   {403, token("", good), "Content-Type: text/plain"},
		"token-opaque":         {401, "Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA", challenge + `Invalid Compact JWS"`},
		"dpop-scheme":          {401, token("", `{"aud":"api","exp":4000000000,"cnf":{"jkt":"one"}}`), "WWW-Authenticate: DPoP"},
	} {
		all[id] = func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.ResourceServer, t.status, t.answer+"\n\n")+"/v1/invoices", "", t.header)
		}
	}
	all["token-sent-twice"] = func(w *world) {
		api := w.stranger(trace.ResourceServer, 400, "Content-Type: text/plain\n\n")
		w.send(http.MethodGet, api+"/v1/invoices?access_token=2YotnFZFEjr1zCsicMWpAA", "", strings.TrimSpace(token("", good)))
	}
	all["api-preflight-refused"] = func(w *world) {
		api := w.stranger(trace.ResourceServer, 401, "Content-Type: text/plain\n\n")
		w.send(http.MethodOptions, api+"/v1/invoices", "", "Origin: https://app.example", "Access-Control-Request-Method: GET",
			"Access-Control-Request-Headers: authorization")
	}
	return all
}
