package intake_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
)

// No list has the words of every library; what is wrong with which thing stands in one sentence all the same.
func TestASentenceAboutAThingTellsWhatIsWrongWithIt(t *testing.T) {
	firstOfEach(t, map[string]string{
		"oidc: the state cookie of this browser could not be found":                          "session-lost likely",
		"KeyError: 'shop_oauth_state'":                                                       "session-lost likely",
		"Login failed: nonce in the token did not match what we sent":                        "nonce-mismatch likely",
		"Sign-in error: id_token issuer https://a.example/ is not valid":                     "id-token-issuer likely",
		"token endpoint said: the client secret is incorrect":                                "secret-wrong likely",
		"No OAuth client is known under this client id: not found":                           "client-unknown likely",
		"Requested scope admin is not allowed for this app":                                  "scope-unknown likely",
		"The callback URL of this request isn't in the list: not allowed":                    "redirect-uri-unregistered likely",
		"the logout URL is not registered":                                                   "logout-uri-unregistered likely",
		"Invalid parameter: post_logout_redirect_uri":                                        "logout-uri-unregistered likely",
		"pkce: code verifier was wrong":                                                      "verifier-lost likely",
		"the authorization code has expired":                                                 "code-expired likely",
		"your refresh token has been revoked":                                                "refresh-revoked likely",
		"failed to fetch public keys of the provider":                                        "jwks-missing likely",
		"discovery document could not be loaded":                                             "discovery-path likely",
		"the certificate chain is not trusted":                                               "certificate-untrusted likely",
		"http: server gave HTTP response to HTTPS client":                                    "tls-on-one-side likely",
		"cannot parse json: invalid character '<' looking for beginning of value":            "answer-not-json likely",
		"Unexpected token < in JSON at position 0":                                           "answer-not-json likely",
		"the user's email is not verified":                                                   "claim-missing likely",
		"Login failed: no groups claim: missing in userinfo":                                 "claim-missing likely",
		"Sign up is disabled, ask your administrator for an account":                         "account-missing likely",
		"upstream said: 502 Bad Gateway":                                                     "server-broken likely",
		"The id_token was not returned by the server":                                        "openid-missing likely",
		"BrowserAuthError: interaction_in_progress: another one has not been finished":       "login-started-twice likely",
		"the auth server does not support dynamic client registration":                       "registration-refused likely",
		"could not refresh the credentials: invalid_grant: Bad Request":                      "refresh-unknown possible",
		"the client authentication method of this request is not allowed":                    "auth-method-other likely",
		"MyApp.Security.InvalidStateException in Provider.php:210":                           "session-lost likely",
		"com.example.StateMismatchError":                                                     "session-lost likely",
		"java.lang.IllegalStateException: no route to host":                                  "no-answer-to-server likely",
		"OAuth state is invalid: token is expired by 5m":                                     "session-lost likely",
		"unexpected iss (issuer) of the response":                                            "answer-of-other-issuer likely",
		"AADSTS900561: The endpoint only accepts POST requests.":                             "token-get likely",
		"authentication failed (e.g., unknown client, wrong secret), no session state found": "session-lost likely",
	})
}

// Of two causes that are told in so many words, the one goes first of which more is said, which stands deeper in what
// wraps it, or which is in the description of an error and not somewhere around it.
func TestWhatSaysMoreAndStandsDeeperGoesFirst(t *testing.T) {
	firstOfEach(t, map[string]string{
		"failed to verify id token: oidc: expected audience \"a\" got [\"b\"]":                     "id-token-audience likely",
		"Couldn't retrieve remote JWK set: I/O error: Connection refused":                          "no-answer-to-server likely",
		"I/O error: Couldn't retrieve remote JWK set: unable to find valid certification path":     "certificate-untrusted likely",
		"SDK auth failed: does not support dynamic client registration. /oauth/register gives 404": "registration-refused likely",
		`cannot fetch token: 401 Unauthorized {"error":"invalid_request","error_description":"Service not found: https://a.example"}
console: net::ERR_NAME_NOT_RESOLVED`: "resource-unknown likely",
	})
}

// What stands in addresses, in codes of errors and in lines of a stack is no sentence.
func TestWhatIsNoSentenceTellsNothing(t *testing.T) {
	for _, text := range []string{
		"it failed at https://a.example/cb?state=missing&code=expired once more",
		"it went wrong here:\n at checkState (/app/state/missing.js:3:14)\n at login (/app/nonce/invalid.js:1:2)",
	} {
		if got := first(t, text); got != "" {
			t.Errorf("%s: %q is said to be the cause", text, got)
		}
	}
}

// A state may be a JWT, and looks like the beginning of one; neither is a token for an API.
func TestAStateThatLooksLikeATokenIsNone(t *testing.T) {
	firstOfEach(t, map[string]string{
		"state mismatch, expected eyJyZXR1cm5UbyI6Ii9hIn0, got eyJyZXR1cm5UbyI6Ii8ifQ":       "session-lost likely",
		"invalid state: state=" + token + " is not one that we sent":                         "session-lost likely",
		"Authorization: Bearer eyJhbGciOiJSUzI1NiJ9\nHTTP/1.1 401\nWWW-Authenticate: Bearer": "token-truncated likely",
	})
}

// The log of serve says what a rule compared, and where a refusal went.
func TestALogTellsWhatItsRulesCompared(t *testing.T) {
	line := func(method, path, rest string) string {
		return `{"time":"2026-11-29T12:00:00.000Z","event":"request","realm":"demo","method":"` + method + `","path":"` + path + `",` + rest + `}`
	}
	const auth, redeem = "/realms/demo/protocol/openid-connect/auth", "/realms/demo/protocol/openid-connect/token"
	firstOfEach(t, map[string]string{
		line("GET", auth, `"endpoint":"authorization","status":400,"client":"app","rule":"redirect-uri-registered","error":"invalid_request",`+
			`"expected":"http://localhost:3000/cb","got":"https://localhost:3000/cb"`): "redirect-uri-scheme certain",
		line("GET", auth, `"endpoint":"authorization","status":400,"rule":"client-known","error":"invalid_request",`+
			`"expected":"the client_id of a registered client","got":"aap"`): "client-unknown certain",
		line("GET", auth,
			`"endpoint":"authorization","status":303,"client":"app","rule":"request-pushed","error":"invalid_request"`): "par-required certain",
		line("POST", redeem, `"endpoint":"token","status":400,"client":"app","rule":"client-auth-method","error":"invalid_client",`+
			`"expected":"none","got":"client_secret_post"`): "secret-of-public-client certain",
		line("POST", redeem, `"endpoint":"token","status":401,"rule":"client-known","error":"invalid_client","got":"none",`+
			`"header":"Content-Type=application%2Fx-www-form-urlencoded","sent":"%7B%22=..."`): "token-json certain",
		line("GET", auth, `"endpoint":"authorization","status":303,"client":"app","sent":"client_id=app&state=%23aa11bb22cc",`+
			`"location":"https://a.example/cb","came":"code=%23dd11bb22cc&state=%23aa11bb22cc"`): "code-never-redeemed likely",
		line("GET", "/messages", `"endpoint":"api","status":401,"rule":"token-is-jwt","error":"invalid_token"`): "token-truncated likely",
		line("GET", "/messages", `"endpoint":"api","status":401,"rule":"token-typ","error":"invalid_token",`+
			`"expected":"at+jwt","got":"JWT"`): "id-token-at-api likely",
	})
}

// Words alone prove nothing. This walks every text that the tests of this package bring.
func TestWordsAloneAreNeverCertain(t *testing.T) {
	texts, walked := append(samples(t), slices.Collect(maps.Keys(wordings(t)))...), 0
	for _, text := range texts {
		b, err := intake.Read(strings.NewReader(text), now())
		if err != nil || b.Kind != intake.Words {
			continue
		}
		walked++
		for _, d := range diagnosed(b) {
			for _, c := range d.Causes {
				if c.Sure == diagnosis.Certain || len(c.Evidence) == 0 || strings.Contains(c.Evidence[0].Where, "400") {
					t.Errorf("%s: %s is said to be %s because of %v", text, c.ID, c.Sure, c.Evidence)
				}
			}
		}
	}
	if walked < 140 {
		t.Errorf("only %d of %d texts are words: the tests have more", walked, len(texts))
	}
}

// samples are the texts that stand in the tables of the tests here.
func samples(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, name := range files {
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if row, ok := n.(*ast.KeyValueExpr); ok {
				if text, err := strconv.Unquote(literal(row.Key)); err == nil {
					texts = append(texts, text)
				}
			}
			return true
		})
	}
	return texts
}

func literal(e ast.Expr) string {
	if text, ok := e.(*ast.BasicLit); ok {
		return text.Value
	}
	return ""
}
