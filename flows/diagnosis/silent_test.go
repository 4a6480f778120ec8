package diagnosis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// What fails without a word of why, in the recording of a browser.
func TestWhatBreaksOffInABrowserIsNotSaidToBeFine(t *testing.T) {
	page := exchange{method: "GET", url: "https://app.example/", status: 200, answer: "Content-Type: text/html\n\n<html>"}
	redirect := exchange{method: "GET", url: auth + back, status: 302, answer: "Location: " + callback}
	shown := exchange{after: time.Second, method: "GET", url: callback, status: 200, answer: "Content-Type: text/html\n\n<script>"}
	given := exchange{method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}"}
	guarded := page
	guarded.answer = "Content-Type: text/html\nContent-Security-Policy: default-src 'self'; form-action 'self'\n\n<form method=post action=/login>"
	notValid := func(words string) exchange {
		return exchange{method: "GET", url: auth + back, status: 200, answer: "Content-Type: text/html\n\n<h3>An error has occurred</h3><pre>" +
			words + "</pre>"}
	}
	for name, c := range map[string]struct {
		run  []exchange
		want string
		sure diagnosis.Sure
	}{
		"a page redeems at another origin, and its recording leaves Origin out": {[]exchange{
			page, redirect, shown, {method: "POST", url: token, form: redeem, unanswered: true},
		}, "origin-unregistered", diagnosis.Likely},
		"a page asks an API of another origin, and the preflight is not in the file": {[]exchange{
			page, redirect, shown, given, {
				method: "POST", url: "https://api.example/graphql", header: "Authorization: Bearer access-1", form: `{"query":"{me}"}`,
				requestIsJSON: true, unanswered: true,
			},
		}, "api-preflight-refused", diagnosis.Likely},
		"a policy of the page stops its form": {[]exchange{
			guarded, {method: "POST", url: "https://app.example/login", header: "Origin: https://app.example", unanswered: true},
		}, "csp-forbids", diagnosis.Likely},
		"a page of 200 says that the redirect URI is not valid": {
			[]exchange{notValid("The redirect URI included is not valid.")}, "redirect-uri-unregistered", diagnosis.Likely,
		},
		"a page of 200 says that the redirect URL does not match": {
			[]exchange{notValid("Redirect URL does not match the one of the app.")}, "redirect-uri-unregistered", diagnosis.Likely,
		},
		"a hidden frame asks with another address than the one that worked": {[]exchange{
			redirect, shown, given, {
				after: time.Minute, method: "GET", status: 400, answer: "Content-Type: text/html\n\n",
				url: strings.Replace(auth, "state-1", "state-2", 1) + "&prompt=none&redirect_uri=https://app.example:4400/silent",
			},
		}, "redirect-uri-unregistered", diagnosis.Likely},
		"the address of a page of failures names the reason": {[]exchange{
			{method: "GET", url: "https://app.example/auth/failure?message=csrf_detected&strategy=github", unanswered: true},
		}, "session-lost", diagnosis.Likely},
		"the callback is loaded again": {[]exchange{
			redirect, shown, {
				after: time.Minute, method: "GET", url: callback, status: 500,
				answer: "Content-Type: text/html\n\n<h1>Internal Server Error</h1><pre>token request failed: {\"error\":\"invalid_grant\"}</pre>",
			},
		}, "code-used-twice", diagnosis.Likely},
		"the provider refuses the origin of its own form": {[]exchange{
			{method: "POST", url: auth + back, status: 302, answer: "Location: https://app.example/cb#error=invalid_request" +
				"&error_reason=invalid_origin&error_description=Invalid+origin+uri+https%3A%2F%2Fidp.example&state=state-1"},
		}, "origin-unregistered", diagnosis.Likely},
		"there is no authorization server of that name": {[]exchange{
			{
				method: "GET", url: "https://acme.okta.com/oauth2/default/v1/authorize?client_id=app&response_type=code&state=state-1" + back, status: 404,
				answer: "X: y\n\n{\"errorCode\":\"E0000007\",\"errorSummary\":\"Not found: Resource not found: default (CustomAuthorizationServer)\"}",
			},
		}, "issuer-unknown", diagnosis.Likely},
	} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		if first := diagnosis.First(all); first == nil || first.ID != c.want || first.Sure != c.sure {
			t.Errorf("%s: %v is said, want %s (%s)", name, all, c.want, c.sure)
		}
	}
}

// A loop is one fault, however often it goes round. Who comes back after an hour goes round in none.
func TestALoopIsToldOnce(t *testing.T) {
	if failed, all := failedTurns(0); failed != 1 || !strings.Contains(all[0].String(), "logins in a row: 5") {
		t.Errorf("%d of %d turns are told, want one, with how often: %v", failed, len(all), all)
	}
	if failed, all := failedTurns(time.Hour); failed < 4 {
		t.Errorf("%d of %d logins are told, want each: %v", failed, len(all), all)
	}
}

// failedTurns is how many of five logins are told, whose app loses its cookie each time, with a pause between them.
func failedTurns(pause time.Duration) (int, []diagnosis.Diagnosis) {
	var run []exchange
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		begin := strings.Replace(auth, "state-1", "state-"+n, 1) + back
		again := strings.NewReplacer("state-1", "state-"+n, "code-one", "code-"+n).Replace(callback)
		run = append(run,
			exchange{after: pause, method: "GET", url: "https://app.example/", status: 302, answer: "Location: " + begin},
			exchange{after: time.Second, method: "GET", url: begin, status: 302, answer: "Location: " + again},
			exchange{method: "GET", url: again, status: 302, answer: "Location: /\nSet-Cookie: sid=" + n + "; Path=/; Domain=other.example"})
	}
	failed := 0
	all := diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true})
	for i := range all {
		if all[i].Failed() {
			failed++
		}
	}
	return failed, all
}

// Only a login that came to its end went well.
func TestALoginThatBreaksOffDidNotComeToItsEnd(t *testing.T) {
	open := exchange{method: "GET", url: auth + back, status: 200, answer: "Content-Type: text/html\n\n<form></form>"}
	for name, c := range map[string]struct {
		run  []exchange
		want bool
	}{"a page of sign-in": {[]exchange{open}, false}, "a callback that was taken": {begun(""), true}} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{})
		if got := all[0].CameToEnd(); got != c.want {
			t.Errorf("%s: came to its end is %v", name, got)
		}
	}
}
