package diagnosis_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// What was sent is held against the words of a refusal, which often name two reasons at once.
func TestWhatWasSentSpeaksAgainstTheWordsOfARefusal(t *testing.T) {
	page := func(text string) string { return "Content-Type: text/html\n\n<p>" + text + "</p>" }
	for want, run := range map[string][]exchange{
		"client-unknown": {{
			method: "GET", url: auth + back, status: 400,
			answer: page("The client identifier (client_id) is missing or invalid."),
		}},
		"grant-type-not-allowed": {{
			method: "POST", url: token, form: `{"grant_type":"client_credentials"}`, requestIsJSON: true, status: 403,
			answer: `X: y` + "\n\n" + `{"error":"unauthorized_client","error_description":"this grant is not for the client"}`,
		}},
		"jwks-missing": {{method: "GET", url: idp + "/.well-known/jwks.json", status: 404}},
		"registration-refused": {{
			method: "POST", url: idp + "/anywhere", form: `{"redirect_uris":["https://a.example"]}`,
			requestIsJSON: true, status: 403,
		}},
		"refresh-old-kept": {
			{
				method: "POST", url: token, form: "grant_type=refresh_token&refresh_token=first-one", status: 200,
				answer: "X: y\n\n{\"access_token\":\"access-1\"}",
			},
			{
				after: 1e10, method: "POST", url: token, form: "grant_type=refresh_token&refresh_token=first-one", status: 401,
				answer: "X: y\n\n{\"error\":\"token_inactive\"}",
			},
		},
		"login-required": {{
			method: "GET", url: auth + back + "&prompt=none&response_mode=web_message", status: 200,
			answer: "Content-Type: text/html\n\n<script>var response = {\"error\":\"login_required\",\"state\":\"state-1\"}</script>",
		}},
	} {
		first := diagnosis.First(diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true}))
		if first == nil || first.ID != want {
			t.Errorf("%+v comes first, want %s", first, want)
		}
	}
}
