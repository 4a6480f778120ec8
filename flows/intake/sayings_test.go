package intake_test

import "testing"

// What was reported and is about a server on the way, an administrator, or a promise of the provider.
func TestWhatStandsBetweenAppAndProviderIsKnownByItsWords(t *testing.T) {
	for text, want := range map[string]string{
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
		"IDX10501: Signature validation failed. Unable to match key: kid":   "kid-unknown likely",
		"IDX10503: Signature validation failed. Token does not have a kid.": "kid-unknown likely",
		"IDX10511: Signature validation failed. Keys tried":                 "token-signature likely",
		"invalid_grant: Token has been expired or revoked.":                 "refresh-revoked likely",
	} {
		if got := first(t, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Providers say in many ways that a parameter did not come, and all of them name it.
func TestAMissingParameterIsKnownInTheWordsOfEveryProvider(t *testing.T) {
	for text, want := range map[string]string{
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
	} {
		if got := first(t, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
