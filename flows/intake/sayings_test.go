package intake_test

import "testing"

// What was reported and is about a server on the way, an administrator, or a promise of the provider.
func TestWhatStandsBetweenAppAndProviderIsKnownByItsWords(t *testing.T) {
	firstOfEach(t, map[string]string{
		"Protected resource https://a.example/mcp does not match expected https://a.example (or origin)":             "resource-differs likely",
		"Protected Resource Metadata resource \"https://a.example/mcp\" does not match MCP server resolved resource": "resource-differs likely",
		"HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata=\"https://a.example/x\"":              "token-missing possible",
		"WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"jwt expired\"":                        "token-expired likely",
		"upstream sent too big header while reading response header from upstream":                                   "headers-too-large likely",
		"400 Bad Request\nRequest Header Or Cookie Too Large\nnginx":                                                 "headers-too-large likely",
		"oauth2: cannot fetch token: 404 Not Found":                                                                  "token-endpoint-elsewhere likely",
		"POST https://a.example/oauth/token 404 (Not Found)":                                                         "token-endpoint-elsewhere likely",
		"RPError: iss missing from the response":                                                                     "answer-issuer-missing likely",
		"response parameter \"iss\" (issuer) missing":                                                                "answer-issuer-missing likely",
		"AADSTS90094: The grant requires admin permission.":                                                          "admin-consent-required likely",
		"AADSTS65001: The user or administrator has not consented to use the application":                            "consent-required likely",
		"AADSTS50105: The signed in user is not assigned to a role for the application":                              "person-not-admitted likely",
		"Error 403: org_internal": "person-not-admitted likely",
		"IDX10501: Signature validation failed. Unable to match key: kid":                                           "kid-unknown likely",
		"IDX10503: Signature validation failed. Token does not have a kid.":                                         "kid-unknown likely",
		"AADSTS501481: The Code_Verifier does not match":                                                            "verifier-lost likely",
		"AADSTS700082: The refresh token has expired due to inactivity (invalid_grant)":                             "refresh-expired likely",
		`{"error":"invalid_grant","error_description":"Refresh token is not active"}`:                               "refresh-expired likely",
		`{"error":"invalid_grant","error_description":"Token is not active"}`:                                       "refresh-expired likely",
		`type="LOGIN_ERROR", error="invalid_user_credentials", response_type=code, redirect_uri=https://a.example/`: "wrong-password likely",
		"JsonWebTokenError: jwt malformed":                                                                          "token-opaque possible",
		"AADSTS650053: The application asked for scope that doesn't exist on the resource.":                         "scope-unknown likely",
		"FetchError: request failed, reason: getaddrinfo EAI_AGAIN login.example":                                   "no-answer-to-server likely",
		"Unable to find a valid CSRF token. Please try again.":                                                      "session-lost likely",
		"IDX10511: Signature validation failed. Keys tried":                                                         "token-signature likely",
		"invalid_grant: Token has been expired or revoked.":                                                         "refresh-revoked likely",
	})
}

// Providers say in many ways that a parameter did not come, and all of them name it.
func TestAMissingParameterIsKnownInTheWordsOfEveryProvider(t *testing.T) {
	firstOfEach(t, map[string]string{
		"invalid_request: Missing required parameter: grant_type":                                                  "grant-type-missing likely",
		"AADSTS900144: The request body must contain the following parameter: 'grant_type'.":                       "grant-type-missing likely",
		"AADSTS900144: The request body must contain the following parameter: 'client_id'.":                        "client-id-missing likely",
		"invalid_request: The 'redirect_uri' parameter is required.":                                               "redirect-uri-missing likely",
		"invalid_request: missing redirect_uri":                                                                    "redirect-uri-missing likely",
		"invalid_request: Required parameter \"code\" must be provided, and the required parameter: code is empty": "code-missing likely",
		"invalid_request: Missing parameter: code_challenge":                                                       "pkce-missing likely",
		"invalid_grant: code_verifier is required":                                                                 "verifier-missing likely",
		`{"error":"invalid_request","error_description":"missing \"refresh_token\" parameter"}`:                    "refresh-token-absent likely",
		"invalid_request: redirect_uri is missing or invalid":                                                      "redirect-uri-unregistered likely",
	})
}

// Reports of many libraries, gateways and providers, each with the words that its readers brought.
func TestReportsOfManyProgramsAreUnderstood(t *testing.T) {
	firstOfEach(t, map[string]string{
		"error redeeming code could not verify id_token: oidc: token is expired (Token Expiry: 0001-01-01 00:00:00 +0000 UTC)": "clock-skew likely",
		"InteractionRequiredAuthError: AADSTS50058: A silent sign-in request was sent but no user is signed in.":               "login-required likely",
		"AADSTS9010010: The resource parameter provided in the request doesn't match with the requested scopes.":               "resource-unknown likely",
		`failed to verify ID token: oidc: expected audience "argo-cd" got ["other-app"]`:                                       "id-token-audience likely",
		`Could not authenticate you from OpenIDConnect because "Nonce verification failed".`:                                   "nonce-mismatch likely",
		"io.quarkus.oidc.OIDCException: OIDC Server is not available: Connection refused: localhost/127.0.0.1:8180":            "no-answer-to-server likely",
		"Exception: Unable to unprotect the message.State.":                                                                    "session-lost likely",
		`{"error":"invalid_request","error_description":"Value passed for the refresh token was invalid."}`:                    "refresh-unknown likely",
		"invalid_request: PKCE code challenge is required when the token endpoint authentication method is 'NONE'.":            "pkce-missing likely",
		`{"error":"access_denied","error_description":"Service not found: https://api.example.com"}`:                           "resource-unknown likely",
		"Error: unauthorized_client. Client is not enabled for OAuth2.0 flows.":                                                "grant-type-not-allowed likely",
		"AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.]":                      "assertion-key likely",
		"Failed to verify token: org.keycloak.exceptions.TokenNotActiveException: Token is not active":                         "token-expired likely",
		"Jwks doesn't have key to match kid or alg from Jwt":                                                                   "kid-unknown likely",
		"Jwt issuer is not configured":                         "api-issuer-differs likely",
		"RBAC: access denied":                                  "permission-missing likely",
		"RequestError: unable to get local issuer certificate": "certificate-untrusted likely",
		"oauthlib.oauth2.rfc6749.errors.InsecureTransportError: (insecure_transport) OAuth 2 MUST utilize https.": "https-required likely",
	})
}
