package diagnosis_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// exchange is a request and its answer, as somebody else's provider leaves them.
type exchange struct {
	after         time.Duration // since the one before
	method, url   string
	header        string // "Name: value" in lines, of the request
	form          string
	status        int
	answer        string // "Name: value" in lines, then an empty line and the body
	unanswered    bool
	requestIsJSON bool
}

func fields(lines string) []trace.Field {
	var all []trace.Field
	for line := range strings.SplitSeq(lines, "\n") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			all = append(all, trace.Field{Name: name, Value: value})
		}
	}
	return all
}

func record(all ...exchange) *trace.Trace {
	t := &trace.Trace{}
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for i, e := range all {
		at = at.Add(e.after)
		request := trace.Message{Kind: trace.Request, Exchange: i + 1, Method: e.method, URL: e.url, At: at, Header: fields(e.header)}
		if e.form != "" {
			kind := "application/x-www-form-urlencoded"
			if e.requestIsJSON {
				kind = "application/json"
			}
			request.Header = append(request.Header, trace.Field{Name: "Content-Type", Value: kind})
			request.Body = []byte(e.form)
		}
		t.Messages = append(t.Messages, request)
		if e.unanswered {
			continue
		}
		head, body, _ := strings.Cut(e.answer, "\n\n")
		answer := trace.Message{Kind: trace.Response, Exchange: i + 1, Status: e.status, Header: fields(head), Body: []byte(body)}
		if strings.HasPrefix(body, "{") {
			answer.Header = append(answer.Header, trace.Field{Name: "Content-Type", Value: "application/json"})
		}
		t.Messages = append(t.Messages, answer)
	}
	return t
}

const (
	idp      = "https://login.example"
	auth     = idp + "/oauth2/authorize?client_id=app&response_type=code&scope=openid&state=state-1"
	back     = "&redirect_uri=https://app.example/cb"
	callback = "https://app.example/cb?code=code-one&state=state-1"
	token    = idp + "/oauth2/token"
	redeem   = "grant_type=authorization_code&code=code-one&client_id=app&redirect_uri=https://app.example/cb"
	// The pair of RFC 7636 appendix B.
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

func invalidGrant(description string) string {
	return fmt.Sprintf("X: y\n\n{\"error\":\"invalid_grant\",\"error_description\":%q}", description)
}

// begun is a login up to its callback.
func begun(more string) []exchange {
	return []exchange{
		{method: "GET", url: auth + back + more, status: 302, answer: "Location: " + callback},
		{after: time.Second, method: "GET", url: callback, status: 302, answer: "Location: /"},
	}
}

func jwt(header, payload string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + "." +
		strings.Repeat("A", 86)
}

func plus(first []exchange, more ...exchange) []exchange { return append(first, more...) }

// cases are runs at a provider of which nothing is known, and what comes first.
func cases() map[string]struct {
	run  []exchange
	want string
	sure diagnosis.Sure
} {
	pkce := "&code_challenge_method=S256&code_challenge=" + challenge
	s256 := func(of string) exchange {
		return exchange{method: "POST", url: token, form: redeem + "&code_verifier=" + of, status: 400, answer: invalidGrant("")}
	}
	api := func(header, challenge string) []exchange {
		return []exchange{{method: "GET", url: "https://api.example/v1", header: header, status: 401, answer: challenge}}
	}
	return map[string]struct {
		run  []exchange
		want string
		sure diagnosis.Sure
	}{
		"the code is redeemed twice at once": {plus(begun(""),
			exchange{method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}"},
			exchange{after: 30 * time.Millisecond, method: "POST", url: token, form: redeem, status: 400, answer: invalidGrant("Code not valid")},
		), "code-redeemed-twice-at-once", diagnosis.Certain},
		"the callback is reloaded": {plus(begun(""),
			exchange{method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}"},
			exchange{after: time.Minute, method: "POST", url: token, form: redeem, status: 400, answer: invalidGrant("")},
		), "callback-reloaded", diagnosis.Certain},
		"the verifier is of nobody": {
			plus(begun(pkce), s256(strings.Repeat("x", 43))), "verifier-lost",
			diagnosis.Certain,
		},
		"the verifier is the challenge":                  {plus(begun(pkce), s256(challenge)), "verifier-is-challenge", diagnosis.Certain},
		"the verifier is right, so it is something else": {plus(begun(pkce), s256(verifier)), "code-not-redeemable", diagnosis.Possible},
		"the verifier is missing": {
			plus(begun(pkce), exchange{method: "POST", url: token, form: redeem, status: 400, answer: invalidGrant("")}),
			"verifier-missing", diagnosis.Certain,
		},
		"the login is started twice": {append([]exchange{
			{
				method: "GET", url: strings.Replace(auth, "state-1", "state-2", 1) + back + "&code_challenge_method=S256&code_challenge=other",
				status: 200,
			},
			{after: 80 * time.Millisecond, method: "GET", url: auth + back + pkce, status: 302, answer: "Location: " + callback},
		}, s256(strings.Repeat("y", 50))), "login-started-twice", diagnosis.Likely},
		"the login is started again at once after one that went well": {append([]exchange{
			{
				method: "GET", url: strings.Replace(auth, "state-1", "state-2", 1) + back + "&code_challenge_method=S256&code_challenge=other",
				status: 302, answer: "Location: https://app.example/cb?code=code-two&state=state-2",
			},
			{
				method: "POST", url: token, form: strings.Replace(redeem, "code-one", "code-two", 1) + "&code_verifier=" + strings.Repeat("z", 50),
				status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}",
			},
			{after: 80 * time.Millisecond, method: "GET", url: auth + back + pkce, status: 302, answer: "Location: " + callback},
		}, s256(strings.Repeat("y", 50))), "verifier-lost", diagnosis.Certain},
		"the app begins again at once because it was refused": {
			plus(begun(pkce), s256(strings.Repeat("y", 50)), exchange{
				after: 80 * time.Millisecond, method: "GET", url: strings.Replace(auth, "state-1", "state-2", 1) + back + pkce, status: 200,
			}), "verifier-lost", diagnosis.Certain,
		},
		"redirect_uri changes": {plus(begun(""), exchange{
			method: "POST", url: token, form: strings.Replace(redeem, "/cb", "/other", 1), status: 400,
			answer: invalidGrant(""),
		}), "redirect-uri-at-token", diagnosis.Certain},
		"the token request is JSON": {plus(begun(""), exchange{
			method: "POST", url: token, form: `{"grant_type":"authorization_code"}`, requestIsJSON: true,
			status: 400, answer: "X: y\n\n{\"error\":\"invalid_request\"}",
		}), "token-json", diagnosis.Certain},
		"the grant is misspelt": {plus(begun(""), exchange{
			method: "POST", url: token, form: "grant_type=authorization-code&code=code-one&client_id=app",
			status: 400, answer: "X: y\n\n{\"error\":\"unsupported_grant_type\"}",
		}), "grant-type-mistyped", diagnosis.Certain},
		"Entra ID does not know the address": {[]exchange{{
			method: "GET", url: auth + back, status: 400,
			answer: "Content-Type: text/html\n\n<p>AADSTS50011: The redirect URI does not match</p>",
		}}, "redirect-uri-unregistered", diagnosis.Likely},
		"Keycloak does not know the secret": {
			plus(begun(""), exchange{
				method: "POST", url: token, form: redeem + "&client_secret=s", status: 401,
				answer: "X: y\n\n{\"error\":\"unauthorized_client\",\"error_description\":\"Invalid client or Invalid client credentials\"}",
			}),
			"secret-wrong", diagnosis.Likely,
		},
		"the code comes behind the #": {[]exchange{
			{
				method: "GET", url: auth + back + "&response_mode=fragment", status: 302,
				answer: "Location: https://app.example/cb#code=code-one&state=state-1",
			},
			{method: "GET", url: "https://app.example/cb", status: 400},
		}, "answer-in-fragment", diagnosis.Certain},
		"the app is opened by another host": {[]exchange{
			{method: "GET", url: "http://127.0.0.1:3000/login", status: 302, answer: "Location: " + auth +
				"&redirect_uri=http://localhost:3000/cb\nSet-Cookie: sid=1; Path=/; SameSite=Lax"},
			{
				method: "GET", url: auth + "&redirect_uri=http://localhost:3000/cb", status: 302,
				answer: "Location: http://localhost:3000/cb?code=code-one&state=state-1",
			},
			{method: "GET", url: "http://localhost:3000/cb?code=code-one&state=state-1", status: 400},
		}, "callback-other-host", diagnosis.Certain},
		"a page of another origin redeems": {
			plus(begun(""), exchange{
				method: "POST", url: token, form: redeem,
				header: "Origin: https://app.example\nSec-Fetch-Mode: cors", status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}",
			}),
			"origin-unregistered", diagnosis.Certain,
		},
		"no token":           {api("", "WWW-Authenticate: Bearer"), "token-missing", diagnosis.Likely},
		"undefined":          {api("Authorization: Bearer undefined", "WWW-Authenticate: Bearer"), "token-placeholder", diagnosis.Certain},
		"Bearer Bearer":      {api("Authorization: Bearer Bearer abc", "WWW-Authenticate: Bearer"), "bearer-twice", diagnosis.Certain},
		"no word before it":  {api("Authorization: "+jwt(`{"alg":"RS256"}`, `{}`), ""), "bearer-scheme-missing", diagnosis.Certain},
		"in quotation marks": {api(`Authorization: Bearer "abc"`, ""), "token-in-quotes", diagnosis.Certain},
		"cut":                {api("Authorization: Bearer "+jwt(`{"alg":"RS256"}`, `{}`)[:30], ""), "token-truncated", diagnosis.Certain},
		"expired": {
			api("Authorization: Bearer "+jwt(`{"alg":"RS256"}`, `{"exp":1700000000}`), ""), "token-expired",
			diagnosis.Certain,
		},
		"an ID token": {
			api("Authorization: Bearer "+jwt(`{"alg":"RS256"}`, `{"nonce":"n","exp":1900000000}`), ""), "id-token-at-api",
			diagnosis.Likely,
		},
		"the audience": {
			api("Authorization: Bearer "+jwt(`{"alg":"RS256"}`, `{"aud":"app","azp":"app","exp":1900000000}`),
				`WWW-Authenticate: Bearer error="invalid_token", error_description="The aud claim is not valid"`), "token-audience-is-client",
			diagnosis.Likely,
		},
		"a well-known too many": {
			[]exchange{{method: "GET", url: idp + "/.well-known/openid-configuration/.well-known/openid-configuration", status: 404}},
			"discovery-doubled", diagnosis.Certain,
		},
		"a slash in the issuer": {[]exchange{{
			method: "GET", url: idp + "/.well-known/openid-configuration", status: 200,
			answer: "X: y\n\n{\"issuer\":\"" + idp + "/\"}",
		}}, "issuer-slash", diagnosis.Certain},
		"nobody redeems": {append([]exchange{{
			method: "POST", url: token, form: "grant_type=client_credentials", status: 200,
			answer: "X: y\n\n{\"access_token\":\"access-9\"}",
		}}, begun("")...), "code-never-redeemed", diagnosis.Likely},
	}
}

func TestTheRightCauseComesFirstAtAProviderOfWhichNothingIsKnown(t *testing.T) {
	for name, c := range cases() {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		first := diagnosis.First(all)
		if first == nil {
			t.Errorf("%s: nothing is said, want %s", name, c.want)
			continue
		}
		if first.ID != c.want || first.Sure != c.sure {
			t.Errorf("%s: %s is said to be %s, want %s, which is %s; because of %v", name, first.ID, first.Sure, c.want, c.sure, first.Evidence)
		}
		if len(first.Evidence) == 0 || first.At == nil {
			t.Errorf("%s: %s shows no evidence", name, first.ID)
		}
	}
}

// A page asks its API first, is refused, and only then begins the login.
func TestAnAPIThatAnswersAfterTheLoginIsNoFailure(t *testing.T) {
	api := func(status int) exchange {
		return exchange{method: "GET", url: "https://app.example/api/me", status: status}
	}
	run := append([]exchange{api(401)}, plus(begun(""), api(200))...)
	for _, d := range diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true}) {
		if d.Failed() {
			t.Errorf("nothing is wrong, and it is said: %s", d)
		}
	}
}

// What another app sends is no sign that this one sends the same state each time.
func TestTheSameStateOfTwoAppsIsNoConstantOfOne(t *testing.T) {
	of := func(client, code string) []exchange {
		run := begun("")
		for i := range run {
			run[i].url = strings.ReplaceAll(strings.ReplaceAll(run[i].url, "client_id=app", "client_id="+client), "code-one", code)
			run[i].answer = strings.ReplaceAll(run[i].answer, "code-one", code)
		}
		return run
	}
	constant := func(first, second string) bool {
		for _, d := range diagnosis.Of(logins.Join(record(append(of(first, "code-1"), of(second, "code-2")...)...)), diagnosis.Known{}) {
			if slices.ContainsFunc(d.Causes, func(c diagnosis.Cause) bool { return c.ID == "state-constant" }) {
				return true
			}
		}
		return false
	}
	if !constant("app", "app") {
		t.Error("an app that sends its state twice is not told so")
	}
	if constant("app", "other") {
		t.Error("an app is told that it sends a constant state, which another app sent")
	}
}

func TestNoSecretIsQuotedWhole(t *testing.T) {
	for name, c := range cases() {
		for _, d := range diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true}) {
			for _, cause := range d.Causes {
				if shown := fmt.Sprint(cause.Evidence); strings.Contains(shown, verifier) {
					t.Errorf("%s: %s quotes a secret: %s", name, cause.ID, shown)
				}
			}
		}
	}
}

func TestWhatIsNotKnownIsSaidToBeUnknown(t *testing.T) {
	run := plus(begun(""), exchange{method: "POST", url: token, form: redeem, status: 400, answer: invalidGrant("")})
	all := diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{})
	d := all[0]
	if len(d.Unknown) != 2 || d.Unknown[0] != diagnosis.UnknownRules || d.Unknown[1] != diagnosis.UnknownEnd {
		t.Errorf("unknown are %v", d.Unknown)
	}
	for _, c := range d.Causes {
		if c.Sure == diagnosis.Certain {
			t.Errorf("nothing is certain here, and %s is said to be", c.ID)
		}
	}
}

// There is no such realm, or nothing at that path: our own provider says so as any other, in JSON.
func TestATokenRequestThatWentNowhereIsSaidToHave(t *testing.T) {
	for _, path := range []string{"/realms/nonesuch/protocol/openid-connect/token", "/oauth/token"} {
		w := newWorld(t)
		root, _, _ := strings.Cut(w.url, "/realms/")
		w.send(http.MethodPost, root+path, "grant_type=client_credentials&client_id=my-service-client&client_secret=guessed-at")
		comesFirst(t, w.recorded(), w.known(), "token-endpoint-elsewhere")
	}
}

// A rule that was broken says what is wrong; what was sent may say why.
func TestWhatWasSentSaysMoreThanTheRuleThatItBroke(t *testing.T) {
	for want, broken := range map[string]func(*world){
		"scope-syntax":         func(w *world) { w.begin(w.app(), "scope=openid,profile") },
		"refresh-token-absent": func(w *world) { w.renew("undefined") },
	} {
		w := newWorld(t)
		broken(w)
		c := diagnosis.First(diagnosis.Of(logins.Join(w.recorded()), w.known()))
		if c == nil || c.ID != want || c.Sure != diagnosis.Certain {
			t.Errorf("the first cause is %+v, want %s", c, want)
		}
	}
}
