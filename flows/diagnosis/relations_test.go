package diagnosis_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// broken is what a provider records of a rule that was broken.
func broken(id, got string) []trace.Check {
	return []trace.Check{{By: trace.AuthorizationServer, ID: id, Rule: id, Result: trace.Fail, Got: got, Error: "invalid_client"}}
}

// What decides may stand in no message alone, but in how two of them go together.
func TestWhatTwoMessagesShowTogetherComesFirst(t *testing.T) {
	const away = "Location: " + auth + back
	round := func(n string) []exchange {
		const post = idp + "/oauth2/authorize?client_id=app&response_type=id_token&response_mode=form_post&nonce=number-"
		return []exchange{
			{method: "GET", url: "http://app.example/home", header: "Cookie: lang=en", status: 302, answer: "Location: " + post + n},
			{method: "GET", url: post + n + "&redirect_uri=http://app.example/", status: 200, answer: "Content-Type: text/html\n\n<form></form>"},
			{
				method: "POST", url: "http://app.example/", header: "Cookie: lang=en", form: "id_token=x", status: 302,
				answer: "Location: /home\nSet-Cookie: sid=1; Path=/; Secure",
			},
		}
	}
	for name, c := range map[string]struct {
		run  []exchange
		want string
		sure diagnosis.Sure
	}{
		"the login began under another name of the machine": {[]exchange{
			{method: "GET", url: "https://127.0.0.1/", status: 302, answer: "Location: /login\nSet-Cookie: sid=1; Path=/"},
			{method: "GET", url: "https://127.0.0.1/login", header: "Cookie: sid=1", status: 302, answer: away},
			{method: "GET", url: auth + back, status: 302, answer: "Location: " + callback},
			{method: "GET", url: callback, status: 302, answer: "Location: /login?error"},
		}, "callback-other-host", diagnosis.Certain},
		"the browser drops the cookie of the session, and the app begins again": {
			append(append(round("1"), round("2")...), round("3")...), "cookie-secure-on-http", diagnosis.Certain,
		},
		"a page asks for leave, and the browser lets nothing out": {[]exchange{
			{method: "OPTIONS", url: token, header: "Origin: https://app.example\nAccess-Control-Request-Method: POST", status: 200},
			{method: "POST", url: token, header: "Origin: https://app.example", form: "grant_type=client_credentials&client_id=app", unanswered: true},
		}, "origin-unregistered", diagnosis.Certain},
		"the body is JSON, and the header says form": {[]exchange{
			{method: "POST", url: token, form: `{"grant_type":"authorization_code"}`, status: 401, answer: "X: y\n\n{\"error\":\"invalid_client\"}"},
		}, "token-json", diagnosis.Certain},
		"a token for Microsoft Graph comes to another API": {[]exchange{{
			method: "GET", url: "https://api.example/v1", status: 401, answer: "WWW-Authenticate: Bearer error=\"invalid_token\", " +
				"error_description=\"The signature is invalid\"", header: "Authorization: Bearer " + jwt(`{"alg":"RS256","nonce":"n"}`,
				`{"aud":"00000003-0000-0000-c000-000000000000","exp":4000000000,"scp":"User.Read"}`),
		}}, "token-audience-other", diagnosis.Likely},
		"an ID token comes that is from the future for the browser": {plus(begun(""), exchange{
			method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"a-1\",\"id_token\":\"" +
				jwt(`{"alg":"RS256"}`, `{"aud":"app","iat":1795954020}`) + "\"}",
		}), "clock-skew", diagnosis.Likely},
		"a provider sends an error that speaks of the authorization request": {[]exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: https://app.example/cb?error=invalid_request&state=state-1"},
			{method: "GET", url: "https://app.example/cb?error=invalid_request&state=state-1&error_description=MSIS9601:+The+parameter+'resource'" +
				"+is+missing+in+the+authorization+request", status: 500},
		}, "resource-unknown", diagnosis.Likely},
		"an error that names what was forgotten comes behind the #": {[]exchange{
			{
				method: "GET", url: idp + "/oauth2/authorize?client_id=app&response_type=id_token&scope=openid&state=s&redirect_uri=" +
					"https://app.example/cb", status: 303,
				answer: "Location: https://app.example/cb#error=invalid_request&error_description=missing+required+parameter+'nonce'&state=s",
			},
			{method: "GET", url: "https://app.example/cb", unanswered: true},
		}, "nonce-not-sent", diagnosis.Certain},
		"a token endpoint wants to know who asks": {[]exchange{
			{method: "POST", url: token, form: redeem, status: 401, answer: "X: y\n\n{\"error\":\"access_denied\",\"error_description\":\"Unauthorized\"}"},
		}, "secret-missing", diagnosis.Likely},
		"a login is begun twice, and the browser breaks the one off for the other": {[]exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: " + callback},
			{method: "GET", url: strings.Replace(auth, "state-1", "state-2", 1) + back, after: 20 * time.Millisecond, unanswered: true},
			{method: "GET", url: callback, status: 200},
		}, "login-started-twice", diagnosis.Likely},
		"the browser writes down an earlier time than the token it got says, and falls silent": {[]exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: " + callback},
			{method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"opaque-one\",\"id_token\":\"" +
				jwt(`{"alg":"RS256"}`, `{"iat":1796040420,"aud":"app"}`) + "\"}"},
		}, "clock-skew", diagnosis.Likely},
		"the provider sends an error, and the app shows it": {[]exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: https://app.example/cb"},
			{
				method: "GET", url: "https://app.example/cb?error=invalid_request&error_description=parameter+is+missing+in+the+authorization+request",
				status: 500, answer: "Content-Type: text/html\n\nmissing in the authorization request",
			},
		}, "request-other", diagnosis.Possible},
	} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		if first := diagnosis.First(all); first == nil || first.ID != c.want || first.Sure != c.sure {
			t.Errorf("%s: %v is said, want %s (%s)", name, all, c.want, c.sure)
		}
	}
}

// The rules of our own provider say whether something came, and what is wrong inside of it.
func TestARuleThatSawNothingIsAboutWhatIsMissing(t *testing.T) {
	for got, want := range map[string]string{"none": "client-id-missing", "aap": "client-unknown"} {
		run := record(exchange{method: http.MethodPost, url: token, form: "grant_type=client_credentials", status: 401, after: time.Second})
		run.Messages[0].Checks = broken("client-known", got)
		if first := diagnosis.First(diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true})); first == nil || first.ID != want {
			t.Errorf("client-known got %q: %v, want %s", got, first, want)
		}
	}
	run := record(exchange{method: http.MethodPost, url: token, form: `{"grant_type":"client_credentials"}`, status: 401})
	run.Messages[0].Checks = broken("client-known", "none")
	if first := diagnosis.First(diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true})); first == nil || first.ID != "token-json" {
		t.Errorf("JSON under a header that says form: %v", first)
	}
	run = record(exchange{method: http.MethodPost, url: token, form: "grant_type=client_credentials", status: 401})
	run.Messages[0].Checks = broken("authorization-header-basic", "not form-encoded inside")
	first := diagnosis.First(diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true}))
	if first == nil || first.ID != "basic-not-encoded" {
		t.Errorf("a header that is not encoded inside: %v", first)
	}
	// A log keeps no header with a secret, but the reason that the provider gave.
	run.Messages[0].Checks = broken("client-secret-matches", "another secret")
	run.Messages[0].Checks[0].Reason = "the secret stands raw in the Authorization header: there both are form-encoded"
	if first = diagnosis.First(diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true})); first == nil || first.ID != "basic-not-encoded" {
		t.Errorf("a secret that a log says was not encoded: %v", first)
	}
}

// The provider's own record has every request that reached it, so a code that a page posts to the app was not redeemed.
func TestACodeThatAPagePostsToTheAppIsSeen(t *testing.T) {
	run := record(exchange{
		method: "GET", url: auth + back + "&response_mode=form_post", status: 200, answer: "Content-Type: text/html\n\n" +
			`<form method="post" action="https://app.example/cb"><input type="hidden" name="code" value="c-1">` +
			`<input type="hidden" name="state" value="state-1"></form>`,
	})
	run.Messages[0].Checks = []trace.Check{{By: trace.AuthorizationServer, ID: "client-known", Rule: "client-known", Result: trace.Pass}}
	first := diagnosis.First(diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true}))
	if first == nil || first.ID != "code-never-redeemed" {
		t.Errorf("%v comes first", first)
	}
}

// Two realms may have a client of the same id; what the one refuses is not about the other.
func TestAClientThatTheRealmHasIsNoneOfAnotherRealm(t *testing.T) {
	both := diagnosis.Known{Ended: true, Clients: []diagnosis.Client{{ID: "app", Realm: "other"}, {ID: "app", Realm: "demo"}}}
	for realm, want := range map[string]string{"demo": "secret-wrong", "third": "client-of-other-realm"} {
		run := record(exchange{
			method: "POST", url: "https://idp.example/realms/" + realm + "/protocol/openid-connect/token", status: 401,
			form:   "grant_type=client_credentials&client_id=app&client_secret=wrong",
			answer: "Content-Type: application/json\n\n" + `{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}`,
		})
		if c := diagnosis.First(diagnosis.Of(logins.Join(run), both)); c == nil || c.ID != want {
			t.Errorf("in the realm %s %v comes first, want %s", realm, c, want)
		}
	}
}
