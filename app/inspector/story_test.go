package inspector_test

import (
	"encoding/base64"
	"time"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	code      = "SplxlOBeZQQYbYS6WxSbIA-q7Yv2"
	form      = "application/x-www-form-urlencoded"
	jsonType  = "application/json"
)

// now is the stage's clock in every story of these tests.
func now() time.Time { return time.Date(2026, 1, 15, 9, 30, 12, 0, time.UTC) }

func jwt(header, payload string) string {
	enc := base64.RawURLEncoding
	sig := make([]byte, 256)
	for i := range sig {
		sig[i] = byte(i*37 + 11)
	}
	return enc.EncodeToString([]byte(header)) + "." + enc.EncodeToString([]byte(payload)) + "." + enc.EncodeToString(sig)
}

func idToken() string {
	return jwt(`{"alg":"RS256","kid":"2026-01","typ":"JWT"}`,
		`{"iss":"https://idp.example/realms/demo","sub":"f3b0c442-98fc-4c14-9afb-f4c8996fb924","aud":"mobile-pkce-client",`+
			`"exp":1768469710,"iat":1768469410,"auth_time":1768469398,"nonce":"n-0S6_WzA2Mj",`+
			`"name":"Jane Doe","email_verified":true,"amr":["pwd"]}`)
}

func accessToken() string {
	return jwt(`{"alg":"RS256","kid":"2026-01","typ":"at+jwt"}`,
		`{"iss":"https://idp.example/realms/demo","sub":"f3b0c442-98fc-4c14-9afb-f4c8996fb924","aud":"https://mailbox.example",`+
			`"scope":"openid mail.read","client_id":"mobile-pkce-client","exp":1768469710,"iat":1768469410,"jti":"Zk3r"}`)
}

func tokenRequest() *trace.Message {
	return &trace.Message{
		Step: "token", Chapter: "tokens", Kind: trace.Request, From: trace.Client, To: trace.AuthorizationServer, Channel: trace.Back,
		Exchange: 8, Depth: 1,
		Method: "POST", URL: "https://idp.example/realms/demo/protocol/openid-connect/token", At: now(),
		Header: []trace.Field{{Name: "Accept", Value: jsonType}, {Name: "Content-Type", Value: form}},
		Body: []byte("grant_type=authorization_code&code=" + code + "&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback" +
			"&client_id=mobile-pkce-client&code_verifier=" + verifier),
		Checks: tokenChecks(),
	}
}

func tokenChecks() []trace.Check {
	return []trace.Check{
		{
			By: trace.AuthorizationServer, ID: "client-known", Rule: "client_id names a registered client",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "3.2.1"}, Expected: "a registered client", Got: "mobile-pkce-client",
			Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "client-authentication", Rule: "a confidential client authenticates",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "3.2.1"}, Result: trace.Skip,
			Reason: "mobile-pkce-client is a public client: it has no secret",
		},
		{
			By: trace.AuthorizationServer, ID: "grant-allowed", Rule: "the client may use authorization_code",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "5.2"}, Expected: "authorization_code", Got: "authorization_code",
			Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "code-issued", Rule: "the code exists and was issued to this client",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "4.1.3"}, Expected: "mobile-pkce-client", Got: "mobile-pkce-client",
			Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "code-fresh", Rule: "the code is unused and not older than 60 s",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "4.1.2"}, Expected: "at most 60 s", Got: "3 s", Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "redirect-same", Rule: "redirect_uri is the same as in the authorization request",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "4.1.3"}, Expected: "https://travel.example/callback",
			Got: "https://travel.example/callback", Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "pkce", Rule: "PKCE: SHA-256(code_verifier) is the code_challenge",
			Spec: trace.Spec{Doc: "RFC 7636", Section: "4.6"}, Expected: challenge, Got: challenge, Result: trace.Pass,
		},
	}
}

func failingTokenRequest() *trace.Message {
	m := tokenRequest()
	m.Body = []byte("grant_type=authorization_code&code=" + code + "&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback" +
		"&client_id=mobile-pkce-client&code_verifier=stolen-by-somebody-who-never-saw-the-verifier")
	m.Edited = []trace.EditMark{{What: "parameter code_verifier", Before: verifier, After: "stolen-by-somebody-who-never-saw-the-verifier"}}
	last := &m.Checks[len(m.Checks)-1]
	last.Got = "2XsXkKFx0zGPDMzFvSVdK4c4uC9bAYyU1fJ3aEvNl0w"
	last.Result, last.Error = trace.Fail, "invalid_grant"
	last.Reason = "The hash of this code_verifier is not the code_challenge that came with the authorization request."
	return m
}

func tokenResponse() *trace.Message {
	return &trace.Message{
		Step: "token-response", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client,
		Channel: trace.Back, Exchange: 8, Depth: 1,
		Status: 200, At: now(), Took: 4100 * time.Microsecond,
		Header: []trace.Field{
			{Name: "Cache-Control", Value: "no-store"},
			{Name: "Content-Type", Value: jsonType},
			{Name: "Pragma", Value: "no-cache"},
		},
		Body: []byte(`{"access_token":"` + accessToken() + `","id_token":"` + idToken() +
			`","token_type":"Bearer","expires_in":300,"scope":"openid mail.read"}`),
	}
}

func tokensOf(m *trace.Message) []inspector.Token {
	checks := []trace.Check{
		{
			By: trace.Client, ID: "id-token-signature", Rule: "the signature verifies with the issuer's key",
			Spec:     trace.Spec{Doc: "OpenID Connect Core 1.0", Section: "3.1.3.7"},
			Expected: "a valid RS256 signature by key 2026-01", Got: "valid", Result: trace.Pass,
		},
		{
			By: trace.Client, ID: "id-token-audience", Rule: "aud names this client",
			Spec: trace.Spec{Doc: "OpenID Connect Core 1.0", Section: "3.1.3.7"}, Expected: "mobile-pkce-client",
			Got: "mobile-pkce-client", Result: trace.Pass,
		},
		{
			By: trace.Client, ID: "id-token-azp", Rule: "azp is this client",
			Spec: trace.Spec{Doc: "OpenID Connect Core 1.0", Section: "3.1.3.7"}, Result: trace.Skip,
			Reason: "there is one audience and no azp",
		},
	}
	_ = m
	out := make([]inspector.Token, 0, 2)
	for _, t := range []struct{ name, artefact, raw string }{
		{"ID token", "id-token", idToken()}, {"Access token", "access-token", accessToken()},
	} {
		j, err := trace.DecodeJWT(t.raw)
		if err != nil {
			continue
		}
		token := inspector.Token{Name: t.name, Artefact: t.artefact, Raw: t.raw, Header: j.Header, Payload: j.Payload, Signature: j.Signature}
		if t.artefact == "id-token" {
			token.Checks = checks
		}
		out = append(out, token)
	}
	return out
}

func authorizeRequest() *trace.Message {
	return &trace.Message{
		Step: "authorize", Chapter: "ask", Kind: trace.Request, From: trace.UserAgent, To: trace.AuthorizationServer,
		Channel: trace.Front, Exchange: 2, Method: "GET", At: now(),
		URL: "https://idp.example/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=mobile-pkce-client" +
			"&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback&scope=openid+mail.read&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj" +
			"&code_challenge=" + challenge + "&code_challenge_method=S256",
		Header: []trace.Field{{Name: "Accept", Value: "text/html"}, {Name: "Referer", Value: "https://travel.example/"}},
	}
}

func loginRedirect() *trace.Message {
	return &trace.Message{
		Step: "login-redirect", Kind: trace.Response, From: trace.Client, To: trace.UserAgent, Channel: trace.Front, Exchange: 1,
		Status: 302, At: now(),
		Header: []trace.Field{
			{Name: "Location", Value: authorizeRequest().URL},
			{Name: "Set-Cookie", Value: "session=mYDbW3xkS0m0; Path=/; HttpOnly; Secure; SameSite=Lax"},
		},
	}
}

func jwksResponse() *trace.Message {
	return &trace.Message{
		Step: "jwks-response", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client, Channel: trace.Back,
		Exchange: 9, Status: 200, At: now(),
		Header: []trace.Field{{Name: "Content-Type", Value: "application/jwk-set+json"}},
		Body:   []byte(`{"keys":[{"kty":"RSA","kid":"2026-01","use":"sig","alg":"RS256","n":"` + idToken()[300:640] + `","e":"AQAB"}]}`),
	}
}

func pkceNote() *trace.Message {
	return &trace.Message{
		Step: "create-pkce", Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local, At: now(),
		Calc: &trace.Calc{
			Inputs: []trace.Field{{Name: "code_verifier", Value: verifier}},
			Steps: []trace.CalcStep{
				{Does: "SHA-256(code_verifier)", Result: "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"},
				{Does: "base64url of the hash, without padding", Result: challenge},
			},
			Outputs: []trace.Field{{Name: "code_challenge", Value: challenge}, {Name: "code_challenge_method", Value: "S256"}},
			Command: "printf %s '" + verifier + "' | openssl dgst -sha256 -binary | basenc --base64url | tr -d '='",
		},
	}
}

func clickGesture() *trace.Message {
	return &trace.Message{
		Step: "click-login", Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
		At: now(), Act: &trace.Act{Verb: "clicks", Object: "Log in with Demo"},
	}
}

func signInPage() *trace.Message {
	return &trace.Message{
		Step: "sign-in-page", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.UserAgent, Channel: trace.Front,
		Exchange: 2, Status: 200, At: now(),
		Header: []trace.Field{
			{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"},
			{Name: "Content-Type", Value: "text/html; charset=utf-8"},
		},
		Body: []byte("<!doctype html>\n<html lang=\"en\">\n<head><title>Sign in</title></head>\n<body>\n<form method=\"post\" " +
			"action=\"/realms/demo/sign-in\">\n<input name=\"username\">\n</form>\n</body>\n</html>\n"),
	}
}
