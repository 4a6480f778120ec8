package intake_test

import (
	"encoding/json"
	"testing"
)

// What is shown as the description of an error is what a text calls so, or words behind the code: no name of a member, no
// bracket, and none of the values that a log goes on with.
func TestADescriptionIsWordsAndNothingBesides(t *testing.T) {
	for text, want := range map[string]string{
		`Body: {"error":"invalid_grant","error_description":"Session not active"}`:                                    "Session not active",
		`not obtained: {"error_description":"More than one method","error":"invalid_client"}`:                         "More than one method",
		`a said ('invalid_grant: Gone.', {'error': 'invalid_grant', 'error_description': 'Gone for good'})`:           "Gone for good",
		`log: error_description=Unable+to+exchange%20a+code "{\"error\":\"invalid_client\"}"`:                         "Unable to exchange a code",
		`client side: {"error":"invalid_client"}`:                                                                     "",
		`type=REFRESH_TOKEN_ERROR, error=invalid_token, grant_type=refresh_token, token_id=5e`:                        "",
		`type="LOGOUT_ERROR", error="invalid_request", reason="Either of the two", redirect_uri="https://a.example/"`: "Either of the two",
		`"{\"error\":\"oauth2: \\\"invalid_client\\\"\",\"level\":\"error\"}" it says`:                                "",
		"the server said invalid_scope: there is no such scope.\nsomething else":                                      "there is no such scope",
	} {
		var answer struct {
			Said string `json:"error_description"`
		}
		body := read(t, text).Trace.Messages[1].Body
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatalf("%s: %v: %s", text, err, body)
		}
		if answer.Said != want {
			t.Errorf("%s: it is described as %q, want %q", text, answer.Said, want)
		}
	}
}
