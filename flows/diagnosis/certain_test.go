package diagnosis_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// surenessOf is how sure a cause is, wherever it is told, or "".
func surenessOf(all []diagnosis.Diagnosis, id string) diagnosis.Sure {
	for _, d := range all {
		for _, c := range d.Causes {
			if c.ID == id {
				return c.Sure
			}
		}
	}
	return ""
}

// turns is a browser in which several logins of one app begin, the last of which comes back and is refused.
func turns(states ...string) []exchange {
	var run []exchange
	for _, state := range states {
		run = append(run, exchange{
			after: time.Minute, method: "GET", url: strings.Replace(auth, "state-1", state, 1) + back, status: 200,
			answer: "Content-Type: text/html\n\n<form></form>",
		})
	}
	return run
}

// Another login of the same recording may have carried the state, before or after.
func TestAStateThatAnyRequestOfTheRecordingCarriedIsNotForeign(t *testing.T) {
	refused := func(state string) exchange {
		return exchange{
			after: time.Second, method: "GET", url: strings.Replace(callback, "state-1", state, 1), status: 400,
			answer: "Content-Type: text/plain\n\nmismatching_state: CSRF Warning! State not equal in request and response.",
		}
	}
	for _, sent := range []string{"state-1", "state-2", "state-3"} {
		all := diagnosis.Of(logins.Join(record(append(turns("state-1", "state-2", "state-3"), refused(sent))...)), diagnosis.Known{Ended: true})
		if sure := surenessOf(all, "state-mismatch"); sure != "" {
			t.Errorf("%s was sent, and it is %s that it was not: %v", sent, sure, all)
		}
		if first := diagnosis.First(all); first == nil || first.Sure == diagnosis.Certain {
			t.Errorf("%s: %v comes first", sent, first)
		}
	}
	all := diagnosis.Of(logins.Join(record(append(turns("state-1", "state-2"), refused("state-9"))...)), diagnosis.Known{Ended: true})
	if sure := surenessOf(all, "state-mismatch"); sure != diagnosis.Likely { // it may have been sent before the recording began
		t.Errorf("a state that no request carried is said to be foreign %q, want likely: %v", sure, all)
	}
}

// The page that comes with a redirect is for people whose browser follows none (RFC 9110 section 15.4).
func TestAnAnswerThatRedirectsIsNoAnswerToTheTokenRequest(t *testing.T) {
	const plain = "http://login.example/oauth2/token"
	post := exchange{method: "POST", url: plain, form: redeem, status: 301, answer: "Content-Type: text/html\nLocation: " + token + "\n\n<html>"}
	refused := exchange{
		method: "GET", url: token, status: 400,
		answer: "X: y\n\n{\"error\":\"unsupported_grant_type\",\"error_description\":\"grant type not supported\"}",
	}
	for _, status := range []int{301, 302, 303} {
		post.status = status
		all := diagnosis.Of(logins.Join(record(plus(begun(""), post, refused)...)), diagnosis.Known{Ended: true})
		if sure := surenessOf(all, "answer-not-json"); sure == diagnosis.Certain {
			t.Errorf("%d: the page of a redirect is taken for the answer: %v", status, all)
		}
		if first := diagnosis.First(all); first == nil || first.ID != "token-redirected" || first.Sure != diagnosis.Certain {
			t.Errorf("%d: %v comes first, want token-redirected", status, all)
		}
	}
	post.status, refused.method, refused.form = 308, "POST", redeem
	all := diagnosis.Of(logins.Join(record(plus(begun(""), post, refused)...)), diagnosis.Known{Ended: true})
	if surenessOf(all, "token-redirected") != "" {
		t.Errorf("308 keeps the method: %v", all)
	}
}

// What is known by an address alone is certain of nothing.
func TestWithoutAStatusNoMetadataAreCertainlyMissing(t *testing.T) {
	asked := exchange{method: "GET", url: idp + "/.well-known/oauth-authorization-server", status: 404}
	known := diagnosis.Known{Ended: true, LeftOut: []diagnosis.Unknown{diagnosis.UnknownStatus}}
	if first := diagnosis.First(diagnosis.Of(logins.Join(record(asked)), known)); first == nil || first.Sure == diagnosis.Certain {
		t.Errorf("nobody brought a status, and %v is said", first)
	}
	asked.answer = "X: y\n\n{\"resource\":\"https://mcp.example/mcp\",\"authorization_servers\":[\"https://mcp.example\"]}"
	if all := diagnosis.Of(logins.Join(record(asked)), known); surenessOf(all, "discovery-path") != "" {
		t.Errorf("the metadata came, and %v is said", all)
	}
	asked.answer = ""
	if first := diagnosis.First(diagnosis.Of(logins.Join(record(asked)), diagnosis.Known{})); first == nil || first.Sure != diagnosis.Certain {
		t.Errorf("404 was seen, and %v is said", first)
	}
}

// aud is the client only where it names the client; Keycloak's account is an API of its own.
func TestAnAudienceThatIsNotTheClientIsNotSaidToBe(t *testing.T) {
	for aud, want := range map[string]string{"account": "token-audience-other", "app": "token-audience-is-client"} {
		all := diagnosis.Of(logins.Join(record(exchange{
			method: "GET", url: "https://api.example/v1", status: 401,
			header: "Authorization: Bearer " + jwt(`{"alg":"RS256"}`, `{"aud":"`+aud+`","azp":"app","scope":"openid","exp":4000000000}`),
			answer: `WWW-Authenticate: Bearer error="invalid_token", error_description="unexpected \"aud\" claim value"`,
		})), diagnosis.Known{Ended: true})
		if first := diagnosis.First(all); first == nil || first.ID != want {
			t.Errorf("aud %s: %v comes first, want %s", aud, all, want)
		}
	}
}

// A number of thirteen digits is milliseconds, whatever date it would be as seconds.
func TestATimeInMillisecondsIsSaidToBeOne(t *testing.T) {
	all := diagnosis.Of(logins.Join(record(exchange{
		method: "POST", url: "https://appleid.apple.com/auth/token", status: 400, answer: "X: y\n\n{\"error\":\"invalid_client\"}",
		form: "grant_type=authorization_code&code=c-one&client_id=app&client_secret=" +
			jwt(`{"alg":"ES256","kid":"k"}`, `{"iss":"T","iat":1795983540000,"exp":1796070000000,"aud":"https://appleid.apple.com"}`),
	})), diagnosis.Known{Ended: true})
	first := diagnosis.First(all)
	if first == nil || first.ID != "secret-jwt-broken" || !slices.ContainsFunc(first.Evidence, func(e diagnosis.Evidence) bool {
		return strings.Contains(e.Value, "milliseconds")
	}) {
		t.Errorf("%v is said", all)
	}
	for _, d := range all {
		if strings.Contains(d.String(), "0001-01-01") {
			t.Errorf("a time that nobody wrote is told: %s", d.String())
		}
	}
}

// Who sends an ID token has to send another token, not a newer one of the same kind.
func TestAnIDTokenAtAnAPIIsNoOldAccessToken(t *testing.T) {
	all := diagnosis.Of(logins.Join(record(exchange{
		method: "GET", url: idp + "/userinfo", status: 401, answer: `WWW-Authenticate: Bearer error="invalid_token"`,
		header: "Authorization: Bearer " + jwt(`{"alg":"RS256"}`, `{"aud":"app","azp":"app","nonce":"n","at_hash":"h","exp":1700000000}`),
	})), diagnosis.Known{Ended: true})
	if first := diagnosis.First(all); first == nil || first.ID != "id-token-at-api" || surenessOf(all, "token-expired") == diagnosis.Certain {
		t.Errorf("%v is said", all)
	}
}

// What another login of the same recording explains as well is certain of neither.
func TestWhatAnotherLoginOfTheRecordingExplainsIsNotCertain(t *testing.T) {
	const other = "https://other.example"
	elsewhere := strings.Replace(strings.Replace(auth, "state-1", "state-2", 1), "client_id=app", "client_id=second", 1)
	refused := exchange{method: "POST", url: token, form: redeem, status: 400, answer: invalidGrant("")}
	for name, c := range map[string]struct {
		run []exchange
		id  string
	}{
		"a redirect_uri that another request had": {plus(begun(""),
			exchange{method: "GET", url: auth + "&redirect_uri=https://app.example/two", status: 200, answer: "Content-Type: text/html\n\n<form>"},
			exchange{
				method: "POST", url: token, form: strings.Replace(redeem, "/cb", "/two", 1), status: 400, answer: invalidGrant(""),
			}), "redirect-uri-at-token"},
		"a code of another one that looks like it": {append([]exchange{
			{method: "GET", url: elsewhere + back, status: 302, answer: "Location: https://app.example/cb?code=CODE-ONE&state=state-2"},
		}, plus(begun(""), refused)...), "code-mangled"},
		"the metadata of another provider": {[]exchange{
			{method: "GET", url: other + "/.well-known/openid-configuration", status: 200, answer: "X: y\n\n{\"issuer\":\"" + other +
				"\",\"token_endpoint\":\"" + other + "/token\"}"},
			{method: "POST", url: token, form: redeem, status: 404, answer: "Content-Type: text/html\n\nNot Found"},
		}, "token-endpoint-elsewhere"},
	} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		if sure := surenessOf(all, c.id); sure == diagnosis.Certain {
			t.Errorf("%s: %s is said to be certain: %v", name, c.id, all)
		}
	}
}
