package diagnosis_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// single is an app that lives in the browser: it answers each address with the same page, up to the callback.
func single(policy string) []exchange {
	page := func(address string) exchange {
		return exchange{
			method: "GET", url: address, status: 200, after: time.Second,
			answer: "Content-Type: text/html\nContent-Security-Policy: " + policy + "\n\n<div></div><script src=/app.js></script>",
		}
	}
	return []exchange{
		page("https://app.example/"), {method: "GET", url: auth + back, status: 302, answer: "Location: " + callback}, page(callback),
	}
}

// signIn is a page of sign-in, and what a person sends with it.
func signIn(answer string) []exchange {
	form := `Content-Type: text/html` + "\n\n" + `<form><input name="user"><input type="password" name="secret"></form>`
	return []exchange{
		{method: "GET", url: auth + back, status: 200, answer: form},
		{
			after: time.Second, method: "POST", url: idp + "/oauth2/authorize/form", form: "user=jane&secret=wrong", status: 200,
			answer: strings.Replace(form, "<form>", "<form>"+answer, 1),
		},
	}
}

// What a page does shows between its requests, where it shows in none of them.
func TestWhatThePagesOfABrowserShowTogether(t *testing.T) {
	blocked := func(e exchange) exchange {
		e.method, e.header, e.unanswered = cmp.Or(e.method, "POST"), "Origin: https://app.example\nSec-Fetch-Mode: cors", true
		e.url = cmp.Or(e.url, token)
		return e
	}
	redeemed := func(status int, answer string) exchange {
		return exchange{method: "POST", url: token, form: redeem, status: status, answer: answer, after: 90 * time.Millisecond}
	}
	const realm = "https://sso.example/realms/"
	const oidc = "/protocol/openid-connect"
	given := redeemed(200, "X: y\n\n{\"access_token\":\"access-1\"}")
	query := strings.TrimPrefix(auth, idp+"/oauth2/authorize") + back
	for name, c := range map[string]struct {
		run  []exchange
		want string
		sure diagnosis.Sure
	}{
		"two redemptions cross, and the first is refused": {
			plus(begun(""), redeemed(400, invalidGrant("Code not valid")), redeemed(200, "X: y\n\n{\"access_token\":\"access-1\"}")),
			"code-redeemed-twice-at-once", diagnosis.Certain,
		},
		"a token request of JSON, of which the browser shows no answer": {
			append(single(""), blocked(exchange{form: `{"code":"code-one"}`, requestIsJSON: true})), "token-json", diagnosis.Likely,
		},
		"a token request by GET, of which the browser shows no answer": {
			append(single(""), blocked(exchange{method: "GET", url: token + "?" + redeem})), "token-get", diagnosis.Likely,
		},
		"a grant that there is not, of which the browser shows no answer": {
			append(single(""), blocked(exchange{form: "grant_type=code&code=code-one&client_id=app"})), "grant-type-mistyped", diagnosis.Likely,
		},
		"a code of one realm is brought to another": {[]exchange{
			{method: "GET", url: realm + "one" + oidc + query, status: 302, answer: "Location: " + callback},
			{
				method: "POST", url: realm + "two" + oidc + "/token", form: redeem, status: 401,
				answer: "X: y\n\n{\"error\":\"invalid_client\"}",
			},
		}, "client-of-other-realm", diagnosis.Likely},
		"the page of sign-in comes again": {signIn(""), "wrong-password", diagnosis.Possible},
		"the page of sign-in comes again, and says that the account is disabled": {
			signIn(`<div class="alert"><i></i><b>Account is disabled.</b></div>`), "person-not-admitted", diagnosis.Likely,
		},
		"the policy of the page names no other origin": {single("default-src 'self'; img-src *"), "csp-forbids", diagnosis.Likely},
		"a page that redeems its codes itself does not": {
			single("connect-src 'self' https://*.example"), "code-never-redeemed", diagnosis.Likely,
		},
		"a page by TLS asks for tokens without": {append(single(""), exchange{
			method: "POST", url: "http://login.example/oauth2/token", form: redeem, unanswered: true,
		}), "mixed-content", diagnosis.Likely},
		"a page of another host has the sign-in in a frame": {[]exchange{
			{
				method: "GET", url: "https://app.example/", status: 200,
				answer: "Content-Type: text/html\n\n<iframe src=\"" + strings.ReplaceAll(auth+back, "&", "&amp;") + "\"></iframe>",
			},
			{method: "GET", url: auth + back, status: 200, answer: "Content-Type: text/html\nX-Frame-Options: SAMEORIGIN\n\n<form>"},
		}, "page-in-frame", diagnosis.Likely},
		"a refusal does not name the origin": {append(single(""), exchange{
			method: "POST", url: token, header: "Origin: https://app.example\nSec-Fetch-Mode: cors", form: redeem, status: 400,
			answer: invalidGrant("Code not valid"),
		}), "code-not-redeemable", diagnosis.Possible},
		"an API allows any origin, and the page sends its cookies along": {append(single(""), exchange{
			method: "GET", url: "https://api.example/me", header: "Origin: https://app.example\nCookie: sid=1", status: 200,
			answer: "Access-Control-Allow-Origin: *\n\n",
		}), "cors-credentials", diagnosis.Certain},
		"the authorization endpoint knows no such client": {[]exchange{{
			method: "GET", url: auth + back, status: 400, answer: "Content-Type: text/html\n\n<h1>oops! something went wrong</h1>" +
				"<pre>error: invalid_client</pre><pre>error_description: client is invalid</pre><pre>state: state-1</pre><pre>iss: " + idp + "</pre>",
		}}, "client-unknown", diagnosis.Likely},
		"there is no authorization endpoint": {[]exchange{
			{method: "GET", url: strings.Replace(auth, "/oauth2/", "/connect/", 1) + back, status: 404, answer: "Content-Type: text/html\n\n"},
		}, "authorization-endpoint-elsewhere", diagnosis.Likely},
		"a policy of the page stops the redirect that answers its form": {[]exchange{
			{
				method: "GET", url: "https://app.example/", status: 200,
				answer: "Content-Type: text/html\nContent-Security-Policy: form-action 'self'\n\n<form method=post action=/login>",
			},
			{method: "POST", url: "https://app.example/login", status: 302, answer: "Location: " + auth + back},
		}, "csp-forbids", diagnosis.Likely},
		"a page asks an API of another origin, and its recording leaves out every secret": {append(single(""), given, exchange{
			method: "GET", url: "https://api.example/orders", header: "Origin: https://app.example\nSec-Fetch-Mode: cors", unanswered: true,
		}), "api-preflight-refused", diagnosis.Likely},
		"a token that would still be good is not active": {[]exchange{{
			method: "GET", url: "https://api.example/v1", status: 401,
			header: "Authorization: Bearer " + jwt(`{"alg":"RS256"}`, `{"exp":4000000000}`),
			answer: `WWW-Authenticate: Bearer error="invalid_token", error_description="The token is not active"`,
		}}, "token-revoked", diagnosis.Likely},
		"the app itself revoked the token": {[]exchange{
			{method: "POST", url: idp + "/oauth2/revoke", form: "token=access-one&client_id=app", status: 200},
			{
				method: "GET", url: "https://api.example/v1", status: 401, header: "Authorization: Bearer access-one",
				answer: `WWW-Authenticate: Bearer error="invalid_token"`,
			},
		}, "token-revoked", diagnosis.Certain},
		"GitHub names itself, and the app fails": {[]exchange{
			{
				method: "GET", url: strings.Replace(auth, idp+"/oauth2", "https://github.com/login/oauth", 1) + back, status: 302,
				answer: "Location: " + callback + "&iss=https://github.com/login/oauth",
			},
			{
				method: "GET", url: callback + "&iss=https%3A%2F%2Fgithub.com%2Flogin%2Foauth", status: 302,
				answer: "Location: /api/auth/signin?error=OAuthCallback",
			},
		}, "answer-of-other-issuer", diagnosis.Possible},
		"the address after signing out is refused": {plus(begun(""), exchange{
			method: "GET", url: idp + "/logout?id_token_hint=h&post_logout_redirect_uri=https://app.example/bye", status: 400,
			answer: "Content-Type: text/html\n\nInvalid redirect uri",
		}), "logout-uri-unregistered", diagnosis.Likely},
	} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		if got := diagnosis.First(all); got == nil || got.ID != c.want || got.Sure != c.sure {
			t.Errorf("%s: %v is said, want %s (%s)", name, all, c.want, c.sure)
		}
	}
}

// Who mistypes a password and then gets in has no trouble; and who goes back sends the very request again.
func TestWhatAPersonMadeGoodIsNotTold(t *testing.T) {
	in := exchange{
		method: "POST", url: idp + "/oauth2/authorize/form", form: "user=jane&secret=right", status: 302, answer: "Location: " + callback,
	}
	for name, run := range map[string][]exchange{
		"a second password": append(signIn(""), in, exchange{method: "GET", url: callback, status: 302, answer: "Location: /"}),
		"the way back": plus(begun("&code_challenge="+challenge+"&code_challenge_method=S256"), plus(begun(
			"&code_challenge="+challenge+"&code_challenge_method=S256"))...),
	} {
		for _, d := range diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true}) {
			for _, c := range d.Causes {
				if c.ID == "wrong-password" || c.ID == "state-constant" {
					t.Errorf("%s: %s is told", name, c.ID)
				}
			}
		}
	}
}

// An app answers 404 as well for what it does not find; then its callback is there.
func TestOnlyAServerThatHasNothingThereHasNoCallback(t *testing.T) {
	answered := func(query, answer string) []exchange {
		return []exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: https://app.example/cb?" + query},
			{method: "GET", url: "https://app.example/cb?" + query, status: 404, answer: answer},
		}
	}
	const taken = "code=code-one&state=state-1"
	const html = "Content-Type: text/html\n\n"
	for name, c := range map[string]struct {
		run  []exchange
		want diagnosis.Sure
	}{
		"a server's own page":   {answered(taken, html+"<h1>404 Not Found</h1><hr>nginx"), diagnosis.Certain},
		"a framework's page":    {answered(taken, html+"<pre>Cannot GET /cb</pre>"), diagnosis.Certain},
		"JSON of the app":       {answered(taken, "X: y\n\n{\"error\":\"not found\"}"), diagnosis.Likely},
		"a page about a person": {answered(taken, html+"<h1>User not found</h1>"), diagnosis.Likely},
		"an empty page":         {answered(taken, ""), diagnosis.Likely},
		"after an error":        {answered("error=access_denied&state=state-1", html+"<pre>Cannot GET /cb</pre>"), ""},
		"a callback that has answered before": {
			append(answered(taken, html+"404 Not Found"), exchange{method: "GET", url: "https://app.example/cb?a=b", status: 200}), "",
		},
	} {
		all := diagnosis.Of(logins.Join(record(c.run...)), diagnosis.Known{Ended: true})
		if got := surenessOf(all, "callback-not-found"); got != c.want {
			t.Errorf("%s: it is %q that nothing is there, want %q: %v", name, got, c.want, all)
		}
	}
}

// Whose code came is known to the provider, and so is the address that it came to.
func TestWhatTheBeginningTookIsNotWhatIsRefusedLater(t *testing.T) {
	says := func(words string) []exchange {
		return []exchange{
			{method: "GET", url: auth + back, status: 302, answer: "Location: " + callback},
			{method: "GET", url: callback, status: 500, answer: "Content-Type: text/html\n\n<pre>token request failed: " + words + "</pre>"},
		}
	}
	for words, want := range map[string]string{
		`{"error":"invalid_grant","error_description":"redirect_uri does not correspond"}`:   "redirect-uri-at-token",
		`{"error":"invalid_client","error_description":"invalid client_id / client_secret"}`: "secret-wrong",
	} {
		all := diagnosis.Of(logins.Join(record(says(words)...)), diagnosis.Known{Ended: true})
		if got := diagnosis.First(all); got == nil || got.ID != want {
			t.Errorf("%s: %v is said, want %s", words, all, want)
		}
	}
}
