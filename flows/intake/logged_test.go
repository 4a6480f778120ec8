package intake_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
)

// Programs log objects of many forms; what went wrong stands in one member of many.
func TestTheWordsAreTakenOutOfTheObjectsOfALog(t *testing.T) {
	firstOfEach(t, map[string]string{
		`{"event": "Invalid client identifier", "level": "warning", "host": "auth.example", "logger": "authentik.providers.oauth2.errors"}`: "client-unknown likely",
		`{"level":50,"time":1,"err":{"type":"RPError","message":"nonce mismatch, expected a, got: undefined"},"msg":"request errored"}`:     "nonce-mismatch likely",
		`app-1  | {"level":"error","msg":"failed to verify","error":"oidc: expected audience \"a\" got [\"b\"]","time":"2024-05-05"}`:       "token-audience-other likely",
		`{"Level":"Error","RenderedMessage":"the client secret is wrong","Properties":{"SourceContext":"Startup"}}`:                         "secret-wrong likely",
		`{"textPayload":"ERROR nonce does not match","insertId":"a","severity":"ERROR"}`:                                                    "nonce-mismatch likely",
	})
}

// A log says how things go too, and names the same things there.
func TestWhatGoesWellInALogTellsNothingBesideWhatFailed(t *testing.T) {
	firstOfEach(t, map[string]string{
		"level=info msg=\"redirect_uri of the client changed\"\nlevel=error msg=\"the client secret is wrong\"":                              "secret-wrong likely",
		"\"GET /cb?state=a&error_uri=x HTTP/1.1\" 302 217\nERROR the nonce does not match":                                                   "nonce-mismatch likely",
		"{ OpenIdConnectError: invalid_request\n  error_description: 'missing required parameter(s). (redirect_uri)',\n  state: undefined }": "redirect-uri-missing likely",
	})
}

// Only serve's own lines are a log of serve.
func TestALogOfAnotherProgramIsNoLogOfServe(t *testing.T) {
	for text, want := range map[string]intake.Kind{
		`{"event":"the client secret is wrong","level":"error","timestamp":"2024-05-05T10:00:00Z"}`: intake.Words,
		`{"time":"2024-05-05T10:00:00Z","event":"request","method":"GET","path":"/a","status":200}`: intake.Log,
	} {
		if b := read(t, text); b.Kind != want {
			t.Errorf("%s is read as %s, want %s", text, b.Kind, want)
		}
	}
}

// What somebody looked at already, hoped for or asks is no evidence.
func TestWhatTheAskerSaysOfHimselfIsNoEvidence(t *testing.T) {
	firstOfEach(t, map[string]string{
		"I already checked that the redirect_uri is not wrong. The log says: nonce does not match":               "nonce-mismatch likely",
		"Is my client secret invalid or expired? The log says: nonce does not match":                             "nonce-mismatch likely",
		"## Expected behavior\nno error about an invalid redirect_uri\n## Actual behavior\nnonce does not match": "nonce-mismatch likely",
		"We've verified the secret isn't expired, but the app logs: id token issued by a different provider":     "id-token-issuer likely",
	})
	alone := diagnosed(read(t, "Why do I get invalid_redirect_uri here?"))
	if !slices.ContainsFunc(alone, func(d diagnosis.Diagnosis) bool { return len(d.Causes) > 0 }) {
		t.Error("a question that names an error says nothing")
	}
}

// A text around an error says what somebody looked at, how things are set and what they suspect. None of it changes why
// the error came.
func TestWhatStandsAroundAnErrorChangesNothing(t *testing.T) {
	const before = "Hi everybody,\n\nI'm setting up SSO behind nginx. I have checked that the client secret, the redirect_uri and the scopes are " +
		"right, and the issuer matches.\n\nMy settings:\n```yaml\nOIDC_CLIENT_SECRET: xxxxxxxx\nOIDC_REDIRECT_URI: https://app.example.com/callback\n" +
		"OIDC_ISSUER: https://idp.example.com/\nissuer-url: https://idp.example.com/\n```\n\nWhen I log in I get:\n\n"
	const after = "\n\nDoes anyone know what I'm doing wrong? Is the state cookie missing, or is the token expired? Any help is appreciated."
	all := wordings(t)
	texts := slices.Sorted(maps.Keys(all))
	for i := 0; i < len(texts); i += 9 {
		text := texts[i]
		if strings.HasPrefix(text, "{") || strings.Contains(text, "HTTP/1.1") || strings.Contains(text, "\n") || !strings.Contains(text, " ") ||
			!strings.HasSuffix(all[text], " likely") {
			continue // what is read as something else than words
		}
		if got := first(t, before+text+after); got != all[text] {
			t.Errorf("%s is %q among words, and %q alone", text, got, all[text])
		}
	}
}
