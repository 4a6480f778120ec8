package intake_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
)

// Each provider has paths, pages and forms of its own, and what goes wrong between the requests shows in all of them.
func TestTheHARsOfOtherProvidersLeadToTheirCause(t *testing.T) {
	text, err := os.ReadFile("testdata/hars.txt")
	if err != nil {
		t.Fatal(err)
	}
	cause := ""
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSuffix(line, "\n"); {
		case strings.HasPrefix(line, "= "):
			cause = strings.TrimPrefix(line, "= ")
		case strings.HasPrefix(line, "{"):
			if got := first(t, line); got != cause {
				t.Errorf("%q comes first, want %q, of %.300s", got, cause, line)
			}
		}
	}
}

// Programs wrap the words of a refusal in their own: in a line of JSON, a page, an address.
func TestWordsAreFoundInWhatAProgramWrappedThemIn(t *testing.T) {
	firstOfEach(t, map[string]string{
		`{"level":"info","msg":"use_dpop_nonce: a nonce is wanted in the proof","path":"/cb"}`:                     "dpop-nonce likely",
		"<html><body><h1>Something went wrong</h1><p>Client authentication failed, it is wrong</p></body></html>":  "secret-wrong likely",
		"<!doctype html><html><p>invalid_grant: Code not valid</p></html>":                                         "code-not-redeemable possible",
		"unsupported_grant_type: <b>grant_type &#39;authorisation_code&#39;</b> is not supported":                  "grant-type-mistyped likely",
		"GET /cb?error=server_error&error_description=AADSTS50011%3A+the+address+differs HTTP/1.1":                 "redirect-uri-unregistered likely",
		"Error: type=REFRESH_TOKEN_ERROR, error=invalid_token, grant_type=refresh_token\n    at x (node:internal)": "refresh-unknown possible",
	})
}

// Whose first reading tells nothing, may tell something as the words of an error.
func TestALogBetweenWhoseLinesAnErrorStandsIsReadForItsWordsToo(t *testing.T) {
	b, err := intake.Read(strings.NewReader("GET https://app.example/cb?code=c-1&state=s-1\nHTTP/1.1 500\n\nCorrelation failed. state mismatch"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if b.Words == nil {
		t.Fatal("it has no second reading")
	}
	if c := diagnosis.First(diagnosed(b.Words)); c == nil || c.ID != "session-lost" {
		t.Errorf("as words it tells %v, want session-lost", c)
	}
}

// That something is not wrong is said as often as that it is.
func TestWhatALogDeniesIsNotItsCause(t *testing.T) {
	for _, text := range []string{"the authorization code has not expired", "the nonce is not missing"} {
		if got := first(t, text); got != "" {
			t.Errorf("%s: %q", text, got)
		}
	}
}
