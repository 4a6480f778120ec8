package intake_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
)

const (
	oldToken = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3MDAwMDAwMDAsImF1ZCI6ImFjY291bnQiLCJhenAiOiJhcHAiLCJzY29wZSI6Im9wZW5pZCJ9." +
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	refusedGrant = `{"error":"unsupported_grant_type","error_description":"no"}`
	transcript   = "> POST /token HTTP/1.1\n> Host: idp.example\n> Content-Type: application/x-www-form-urlencoded\n" +
		"> Content-Length: 120\n>\n* upload completely sent off: 120 out of 120 bytes\n" +
		"< HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n<\n"
)

// A command is the request that it sends, in the ways in which shells and browsers write it.
func TestACurlCommandIsTheRequestThatItSends(t *testing.T) {
	const form = "grant_type=authorization_code&code=a+b%2Fc"
	for text, want := range map[string]string{
		"curl -d grant_type=authorization_code -d 'code=a+b%2Fc' https://idp.example/token":                              form,
		"$ curl -sS -XPOST https://idp.example/token \\\n  --data \"" + form + "\"":                                      form,
		"curl https://idp.example/token ^\n  --data-raw \"" + form + "\" | jq .":                                         form,
		"curl https://idp.example/token `\n  --data=" + form:                                                             form,
		"curl 'https://idp.example/token' --data-raw $'" + form + "' --compressed":                                       form,
		"curl --request POST --url https://idp.example/token --data-urlencode 'grant_type=authorization_code' -d code=1": "grant_type=authorization_code&code=1",
		"curl https://idp.example/token --data-urlencode 'redirect_uri=https://a/b c'":                                   "redirect_uri=https%3A%2F%2Fa%2Fb+c",
	} {
		m := read(t, text).Trace.Messages[0]
		if m.Method != http.MethodPost || m.URL != "https://idp.example/token" || string(m.Body) != want ||
			m.HeaderValue("Content-Type") != "application/x-www-form-urlencoded" {
			t.Errorf("%s is read as %s %s %q %v", text, m.Method, m.URL, m.Body, m.Header)
		}
	}
	if m := read(t, "curl -d$BODY https://idp.example/token").Trace.Messages[0]; m.URL != "https://idp.example/token" {
		t.Errorf("the address of a request with a body that a shell fills in is read as %s", m.URL)
	}
	m := read(t, "curl -G idp.example/x -d a=1 -u app:secret -H 'Accept: */*'").Trace.Messages[0]
	if m.Method != http.MethodGet || m.URL != "http://idp.example/x?a=1" || m.HeaderValue("Authorization") != "Basic YXBwOnNlY3JldA==" {
		t.Errorf("-G and -u are read as %+v", m)
	}
}

// What a book, a proxy or curl shows is judged as what it is, and no surer than what was left out allows.
func TestAnExcerptOfHTTPIsJudgedByWhatItShows(t *testing.T) {
	for text, want := range map[string]string{
		"I run\n```\ncurl -d grant_type=client_credential https://idp.example/token\n" + refusedGrant + "\n```": "grant-type-mistyped certain",
		transcript + `{"error":"invalid_grant","error_description":"PKCE verification failed"}`:                 "verifier-lost likely",
		"POST /token HTTP/1.1\nHost: idp.example\nContent-Type: application/json\n\n{\"grant_type\":\"authorization_code\",\"code\":\"abc\"}\n\n" +
			"HTTP/1.1 400 Bad Request\n\n{\"error\":\"invalid_request\"}": "token-json likely",
		"GET /authorize?response_type=code\n    &client_id=app&redirect_uri=https%3A%2F%2Fa.example%2Fcb HTTP/1.1\nHost: idp.example\n\n" +
			"HTTP/1.1 400 Bad Request\n\nThe redirect URI is not registered": "redirect-uri-unregistered likely",
		strings.Replace(transcript, "400 Bad Request", "401 Unauthorized", 1) +
			`{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}`: "secret-wrong likely",
		strings.Replace(transcript, "x-www-form-urlencoded", "json", 1) +
			`{"error":"invalid_request","error_description":"Missing form parameter: grant_type"}`: "token-json certain",
		"curl -H 'Authorization: Bearer " + oldToken + "' https://idp.example/userinfo\nHTTP/2 401\nWWW-Authenticate: Bearer " +
			`error="invalid_token", error_description="Token verification failed"`: "token-expired possible",
		"curl https://idp.example/token -d grant_type=client_credentials\ncurl: (60) SSL certificate problem: self-signed certificate": "certificate-untrusted likely",
		"curl -H 'Authorization: Bearer " + token[:60] + "' https://api.example/v1\nHTTP/2 401":                                        "token-truncated likely",
	} {
		if b := read(t, text); b.Kind != intake.Excerpt {
			t.Errorf("%s is taken for %q", text, b.Kind)
		}
		if got := first(t, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A body that curl -v does not show is no body that lacks its parameters, and a blacked out value is no value.
func TestNothingIsConcludedFromWhatWasLeftOut(t *testing.T) {
	for text, want := range map[string]diagnosis.Unknown{
		transcript + `{"error":"invalid_request"}`:                                                        diagnosis.UnknownBody,
		"curl -d @login.txt https://idp.example/token\nHTTP/1.1 400 Bad Request":                          diagnosis.UnknownBody,
		"curl -d$BODY https://idp.example/token\nHTTP/1.1 400 Bad Request":                                diagnosis.UnknownBody,
		"curl -d grant_type=client_credentials https://idp.example/token":                                 diagnosis.UnknownAnswer,
		"curl -d grant_type=client_credentials https://idp.example/token\n{\"error\":\"invalid_client\"}": diagnosis.UnknownStatus,
		"POST /token HTTP/1.1\n\ngrant_type=client_credentials\n\nHTTP/1.1 400 Bad Request":               diagnosis.UnknownHeaders,
		"curl -H \"Authorization: Bearer $TOKEN\" https://api.example/v1\nHTTP/1.1 401":                   diagnosis.UnknownValues,
		"curl -d 'grant_type=<grant>' https://idp.example/token\nHTTP/1.1 400\n\n" + refusedGrant:         diagnosis.UnknownValues,
	} {
		b := read(t, text)
		if !slices.Contains(b.Known.LeftOut, want) {
			t.Errorf("%s: left out are %v, want %s among them", text, b.Known.LeftOut, want)
		}
		for _, d := range diagnosed(b) {
			if !slices.Contains(d.Unknown, want) {
				t.Errorf("%s: %v are said to be unknown, want %s among them", text, d.Unknown, want)
			}
			for _, c := range d.Causes {
				if c.Sure == diagnosis.Certain {
					t.Errorf("%s: %s is said to be certain because of %v", text, c.ID, c.Evidence)
				}
			}
		}
	}
}

// An excerpt is bounded, and a token in front of what an API answered stays a token.
func TestWhatIsNoExcerptIsReadAsBefore(t *testing.T) {
	for text, want := range map[string]intake.Kind{
		"POST https://a.example/oauth/token 404 (Not Found)":                intake.Words,
		"the curl of my hair says invalid_grant":                            intake.Words,
		token + "\n> GET /v1 HTTP/1.1\n< HTTP/1.1 401 Unauthorized":         intake.Token,
		"curl https://a.example/" + strings.Repeat("curl -d '", 1000) + "x": intake.Excerpt,
	} {
		if b := read(t, text); b.Kind != want {
			t.Errorf("%.60s is taken for %q, want %q", text, b.Kind, want)
		}
	}
}

// Whoever pastes a whole terminal gets an answer: what is read of a line costs no more for those before it.
func TestALongPasteIsReadLineByLine(t *testing.T) {
	const many = 20_000
	for text, want := range map[string]intake.Kind{
		"invalid_grant\n" + strings.Repeat("curl -d \\\n", 3000):                intake.Words,
		strings.Repeat("curl -d \\\n", many) + "x\nGET /a HTTP/1.1":             intake.Excerpt,
		strings.Repeat("hello\n", many) + "curl https://idp.example/token":      intake.Excerpt,
		"GET /a\n" + strings.Repeat("&a=b\n", many) + "Host: idp.example":       intake.Excerpt,
		"POST /token HTTP/1.1\n\n" + strings.Repeat("a=b\n", many):              intake.Excerpt,
		"GET /a HTTP/1.1\n" + strings.Repeat("A: b\n", many) + "\nHTTP/1.1 400": intake.Excerpt,
	} {
		b := read(t, text)
		if b.Kind != want {
			t.Errorf("%.40q… is taken for %q, want %q", text, b.Kind, want)
		}
		if n := len(b.Trace.Messages[0].Header); n > 1001 {
			t.Errorf("%.40q… is read as a request of %d fields, which no server takes", text, n)
		}
	}
}

// A log may have lines that are no requests, however long they are.
func TestALogIsReadPastALineThatIsLong(t *testing.T) {
	const line = `{"event":"request","method":"POST","path":"/realms/demo/protocol/openid-connect/token","status":400}` + "\n"
	if n := len(read(t, line+`{"event":"`+strings.Repeat("x", 2<<20)+"\"}\n"+line).Trace.Messages); n != 4 {
		t.Errorf("%d messages are read of two requests, want 4", n)
	}
}

// Whoever pastes an answer may have had it yesterday: a token has expired for
// certain only where the answer says when it was given.
func TestAnAnswerWithoutADateDoesNotMakeATokenOldForCertain(t *testing.T) {
	const (
		asked = "> GET /orders HTTP/1.1\n> Host: api.example\n> Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3MDAwMDAwMDB9.c2ln\n>\n"
		no    = "< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Bearer error=\"invalid_token\"\n"
	)
	for text, want := range map[string]string{
		asked + no: "token-expired likely",
		asked + no + "< Date: Tue, 14 Nov 2023 23:00:00 GMT\n":                "token-expired certain",
		asked + no + "< Date: Tue, 14 Nov 2023 22:00:00 GMT\n":                "token-truncated possible",
		asked + strings.ReplaceAll(no, "invalid_token", "insufficient_scope"): "scope-missing-at-api likely",
	} {
		if got := first(t, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
