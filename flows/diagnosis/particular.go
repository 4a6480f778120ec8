package diagnosis

import (
	"net/http"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// particularRows are about what some providers, libraries and browsers demand alone. Most are known by what they
// say. They stand before what is more general, and so go before it where both are told by the same code.
func particularRows() []Row {
	return []Row{
		{
			"single-tenant-at-common", "the app is registered for one tenant, and was asked for at an address that serves other ones",
			rfc("6749", "3.1"), nothingSeen,
		},
		{"secret-expired", "the client secret has expired", rfc("6749", "2.3.1"), tells([]string{
			"client secret", "client secrets", "clientsecret", "secret keys",
		}, []string{"expired", "has expired", "is expired", "are expired"})},
		{
			"secret-jwt-broken", "the secret has to be a JWT that the app signs itself, and this one is too old or signed wrongly",
			rfc("7523", "2.2"), secretJWT,
		},
		{
			"scope-other-than-asked", "the provider granted other scopes than the app asked for, and the library does not take that",
			rfc("6749", "5.1"), nothingSeen,
		},
		{
			"app-not-published", "the provider lets nobody but testers in, because the app is not published or not verified",
			rfc("6749", "4.1.2.1"), nothingSeen,
		},
		{"connection-off", "the way to sign in that was asked for is not switched on for the app", rfc("6749", "4.1.2.1"), tells([]string{
			"connection", "identity provider", "sign-in provider", "login option", "social connection",
		}, []string{"not enabled", "is disabled", "not switched on", "not available for", "was not found", "does not exist"})},
		{
			"app-signature-unregistered", "the provider does not know the key that the mobile app is signed with", rfc("8252", "8.6"),
			nothingSeen,
		},
		{
			"workload-unknown", "no rule of the provider trusts the token by which a program proves where it runs", rfc("7523", "3"),
			nothingSeen,
		},
		{
			"exchange-audience", "the token that is to be exchanged was not given for the app that exchanges it", rfc("8693", "2.1"),
			nothingSeen,
		},
		{"app-key-other", "the app cannot read what it wrote itself: its key is missing, or another one", rfc("6749", "10.12"), nothingSeen},
		{"app-host-untrusted", "the app does not trust the host name that it was asked under", rfc("9110", "7.2"), nothingSeen},
		{"library-not-ready", "the library was asked before it was set up, or set up twice", rfc("6749", "3.1"), nothingSeen},
		{"authority-untrusted", "the library does not know the address of the provider as one to trust", discoveryOIDC("4.3"), nothingSeen},
		{
			"login-in-hidden-frame", "the page that takes the answer starts the whole app in the hidden frame or pop-up", oidc("3.1.2.6"),
			nothingSeen,
		},
		{"popup-cut-off", "the page cut itself off from its pop-up by Cross-Origin-Opener-Policy", trace.Spec{Doc: "HTML Standard"}, nothingSeen},
		{"csp-forbids", "the page's own Content-Security-Policy forbids the request", trace.Spec{Doc: "CSP Level 3"}, either(
			formForbidden, fetchForbidden)},
		{
			"session-cleared-by-silent-check", "the callback of a silent check that failed took the app's session cookie away", oidc("3.1.2.6"),
			silentlyCleared,
		},
	}
}

// longestSecret is how long Apple lets a secret be good, which is a JWT there.
const longestSecret = 15_777_000 * time.Second

// secretJWT looks into a secret that is a JWT, where the client was refused.
func secretJWT(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_client")
	if e == nil || e.Broken() != nil {
		return nil
	}
	jwt, err := trace.DecodeJWT(e.Param("client_secret"))
	apple := strings.HasSuffix(hostname(e), "appleid.apple.com")
	switch {
	case err != nil && !apple:
		return nil
	case err != nil:
		return likely(e, append([]Evidence{quote(e, "host", hostname(e)), ownWords(quote(e, "client_secret", "is no JWT"))}, refusal(e)...)...)
	}
	begins, issued := seconds(jwt.Claim("iat"))
	ends, ended := seconds(jwt.Claim("exp"))
	shown := ownWords(quote(e, "client_secret", "a JWT, good until "+ends.UTC().Format(time.RFC3339)))
	if !ended {
		shown = ownWords(quote(e, "client_secret", "a JWT without a time in exp until which it is good"))
	}
	switch {
	case inMilliseconds(jwt.Claim("exp")):
		shown = ownWords(quote(e, "client_secret", "a JWT whose exp is in milliseconds; it has to be in seconds"))
		return likely(e, append([]Evidence{shown, quote(e, "exp", jwt.Claim("exp"))}, refusal(e)...)...)
	case ended && !e.At().IsZero() && ends.Before(e.At()):
		return certain(e, append([]Evidence{shown, quote(e, "asked at", e.At().UTC().Format(time.RFC3339))}, refusal(e)...)...)
	case issued && ended && ends.Sub(begins) > longestSecret && apple:
		return likely(e, append([]Evidence{shown, quote(e, "good for", ends.Sub(begins).String())}, refusal(e)...)...)
	case apple:
		return likely(e, append([]Evidence{shown}, refusal(e)...)...)
	}
	return possible(e, append([]Evidence{shown}, refusal(e)...)...)
}

// silentlyCleared sees a callback that brought the error of prompt=none and whose answer deletes a cookie, and a later
// request to the app that was sent to sign in again.
func silentlyCleared(c *Case) *sighting {
	for _, back := range c.Login.At(logins.Callback) {
		if !asksSilently(back.Param("error")) || back.Answer == nil || c.Login.Asked("prompt") != "none" {
			continue
		}
		name := deletedCookie(back)
		if name == "" || !c.hadCookie(back, name) {
			continue
		}
		for _, o := range c.later(back) {
			if o.Host() == back.Host() && o.Answer != nil && !strings.Contains(o.Request.HeaderValue("Cookie"), name+"=") &&
				(o.Status() == http.StatusUnauthorized || strings.Contains(o.Answer.HeaderValue("Location"), "client_id=")) {
				return certain(back, quote(back, "error", back.Param("error")), ownWords(answered(back, "Set-Cookie", name+"; deleted")),
					ownWords(quote(o, "Cookie", "has no "+name)))
			}
		}
	}
	return nil
}

// asksSilently knows the errors by which prompt=none is answered (OpenID Connect Core 1.0 section 3.1.2.6).
func asksSilently(code string) bool {
	return code == "login_required" || code == "interaction_required" || code == "consent_required" || code == "account_selection_required"
}

// deletedCookie is the name of a cookie that an answer deletes, or the empty string.
func deletedCookie(e *logins.Exchange) string {
	for _, h := range e.Answer.Header {
		if !strings.EqualFold(h.Name, "Set-Cookie") {
			continue
		}
		cookie, err := http.ParseSetCookie(h.Value)
		if err == nil && (cookie.MaxAge < 0 || !cookie.Expires.IsZero() && cookie.Expires.Year() < 2000) && !keepsLogin(cookie.Name) {
			return cookie.Name
		}
	}
	return ""
}

// keepsLogin knows the cookies that keep a login until it comes back, which an app does well to delete then.
func keepsLogin(name string) bool {
	name = strings.ToLower(name)
	return saysAny(name, "state", "nonce", "pkce", "correlation", "csrf", "verifier", "oauth2_", "auth_request")
}

// hadCookie reports whether a browser had sent a cookie to the host before.
func (c *Case) hadCookie(back *logins.Exchange, name string) bool {
	for _, o := range c.earlier(back) {
		if o.Host() == back.Host() && strings.Contains(o.Request.HeaderValue("Cookie"), name+"=") {
			return true
		}
	}
	return strings.Contains(back.Request.HeaderValue("Cookie"), name+"=")
}
