package diagnosis

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// furtherRows are about how an app and its client are set up at one kind of provider, and what an app's own server or a
// phone meets. Most are known by what they say.
func furtherRows() []Row {
	return []Row{
		{"app-not-set-up", "the app has no settings for the provider that it was to sign in with", rfc("6749", "2"), tells([]string{
			"oidc", "oauth", "oauth2", "sso", "openid", "openid connect", "single sign-on", "authentication strategy", "auth provider",
		}, []string{"not configured", "n't configured", "not set up", "not initialized", "n't set up"})},
		{
			"policy-missing", "no access policy of the authorization server lets this client ask for this", rfc("6749", "4.1.2.1"),
			nothingSeen,
		},
		{
			"form-post-required", "the provider gives what was asked for by response_mode=form_post alone",
			trace.Spec{Doc: "OAuth 2.0 Form Post Response Mode"},
			formPostRequired,
		},
		{
			"stored-secret-unreadable", "the provider cannot read the way in which the client's secret is stored with it", rfc("6749", "2.3.1"),
			nothingSeen,
		},
		{"password-flow-blocked", "the provider blocks signing in with a password in the token request", rfc("9700", "2.4"), nothingSeen},
		{"app-tab-closed", "the browser of a mobile app was closed before the answer reached the app", rfc("8252", "4.1"), nothingSeen},
		{"no-answer-to-server", "a server got no answer from the provider, or did not reach it", rfc("9110", "15.6"), toServer()},
		{"userinfo-refused", "the userinfo endpoint did not give the app what it holds of the person", oidc("5.3.3"), toldOfUserInfo()},
	}
}

// toServer knows by the words of the libraries of servers that no answer came. Those of browsers have others.
func toServer() look {
	return either(bySaying(
		"connection refused", "no such host", "i/o timeout",
		"request timed out", "connection timed out", "connect timed out", "read timed out", "timed out after", "timeout exceeded",
		"connection reset", "socket hang up", "could not reach", "couldn't reach", "failed to establish a new connection",
	), bySaying(
		"dial tcp", `": eof`, "unexpected eof", "remote end closed", "connection aborted", "connection closed", "connection was closed",
		"name or service not known", "nodename nor servname", "name resolution", "unknownhostexception", "unknown host", "connectexception",
		"econnaborted", "network is unreachable", "no route to host", "host is unreachable", "could not resolve host", "actively refused",
		"not reachable", "deadline exceeded",
		"local access rules", "curl error 6", "curl error 7", "curl error 28", "curl: (6)", "curl: (7)", "curl: (28)",
		"socketerrorlistener", "max retries exceeded", "authenticator not initialized", "fetch failed", "connect timeout", "no response from",
		"host not found",
	), weak(bySaying(
		"failed to connect", "could not connect", "cannot connect", "can't connect", "unable to connect", "connection error",
	)))
}

func toldOfUserInfo() look {
	return either(userInfoGone, weak(tells([]string{
		"userinfo", "user data", "user info", "user information", "userinfo endpoint", "user info endpoint", "userinfo request", "user profile",
		"profile url", "userinfo resource", "userinfo response",
	}, append(unreachable(), "was rejected", "request failed", "error while", "404 not found", "not supported", "not conform"))))
}

// userInfoGone sees a userinfo endpoint that says nothing of the token, because it is not there or takes no such request.
func userInfoGone(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.UserInfo && e.Broken() == nil &&
			slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented}, e.Status())
	})
	if e == nil {
		return nil
	}
	return likely(e, quote(e, "address", e.Address()), answered(e, "status", strconv.Itoa(e.Status())))
}

// formPostRequired sees Apple asked for name or email with another response_mode, which it refuses.
func formPostRequired(c *Case) *sighting {
	for _, e := range c.Login.At(logins.Authorization) {
		asked := strings.Fields(e.Param("scope"))
		if hostname(e) != "appleid.apple.com" || e.Param("response_mode") == "form_post" ||
			!slices.Contains(asked, "name") && !slices.Contains(asked, "email") {
			continue
		}
		mode := quote(e, "response_mode", e.Param("response_mode"))
		if e.Param("response_mode") == "" {
			mode = unsent(e, "response_mode")
		}
		if e.Failed() || e.Answer == nil && c.Known.Asked {
			return likely(e, quote(e, "host", hostname(e)), quote(e, "scope", e.Param("scope")), mode)
		}
	}
	return nil
}

// longestCode is how long a code is good for at the most, of which RFC 6749 section 4.1.2 recommends 10 minutes.
const longestCode = 15 * time.Minute

//nolint:gochecknoglobals // never changes; compiled once
var grantTimes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`grant issued time: ([0-9]{9,11})\b.{0,40}?expiration time: ([0-9]{9,11})\b`)
})

// grantEnded tells by the times in the words of a refusal whether what had expired was a code or a refresh token: one
// is good for minutes, and the other for hours or days.
func grantEnded(code bool) look {
	return func(c *Case) *sighting {
		var lasted time.Duration
		e := c.refused(func(e *logins.Exchange) bool {
			m := grantTimes().FindStringSubmatch(c.said(e).words)
			if m == nil {
				return false
			}
			from, _ := strconv.ParseInt(m[1], 10, 64) // digits
			to, _ := strconv.ParseInt(m[2], 10, 64)
			lasted = time.Duration(to-from) * time.Second
			return true
		})
		if e == nil || (lasted <= longestCode) != code {
			return nil
		}
		return likely(e, append(refusal(e), answered(e, "good for", lasted.String()))...)
	}
}
