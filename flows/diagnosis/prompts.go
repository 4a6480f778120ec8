package diagnosis

import (
	"html"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// promptRows are about what the person met at the provider, or did not meet.
func promptRows() []Row {
	return []Row{
		{"third-party-cookie", "the browser kept the provider's cookie back in a hidden frame", oidc("3.1.2.6"), either(
			thirdPartyCookie, guess(bySaying("iframe timed out", "frame window timed out", "monitor_window_timeout", "3rd party check iframe",
				"third-party cookie", "third party cookie", "iframe failed due to timeout")))},
		{
			"page-in-frame", "the provider does not let its pages be shown in a frame", rfc("6749", "10.13"),
			either(framed, framedByPage, bySaying("redirect_in_iframe")),
		},
		{"browser-embedded", "the provider does not sign people in inside an app's own browser view", rfc("8252", "8.12"), bySaying(
			"disallowed_useragent", "embedded browser", "embedded user-agent", "secure browsers\" policy",
		)},
		{"login-required", "prompt=none asked for a person who is not signed in", oidc("3.1.2.6"), either(
			byRule("silent-sign-in"),
			byCode(logins.Callback, "login_required"), byCode(logins.Authorization, "login_required"),
			bySaying("no user is signed in", "does not have an existing session",
				"multi-factor authentication to access"),
		)},
		{"consent-required", "prompt=none asked for a consent that nobody gave yet", oidc("3.1.2.6"), either(
			byRule("silent-consent"),
			byCode(logins.Callback, "consent_required", "interaction_required"), byCode(logins.Authorization, "consent_required",
				"interaction_required"),
			bySaying("consent_required"),
		)},
		{"admin-consent-required", "an administrator has to agree to what the app asks for", rfc("6749", "3.3"), bySaying(
			"admin consent", "admin approval", "admin permission", "that only an admin can grant",
		)},
		{"prompt-none-mixed", "prompt=none stands beside another prompt", oidc("3.1.2.1"), either(byRule("prompt-none-alone"), promptMixed)},
	}
}

// personRows are about a person who does not get through the provider's own pages.
func personRows() []Row {
	return []Row{
		{"form-cookie-missing", "the sign-in form came back without the provider's cookie", rfc("6749", "10.12"), either(
			byRule("cookie-sent"),
			bySaying("cookie not found", "cookies are disabled"),
		)},
		{"form-stale", "the sign-in form was too old, answered already, or of another tab", rfc("6749", "10.12"), either(
			byRule("form-fresh", "form-genuine", "signed-in"),
			bySayingBoth([]string{"login_error"}, []string{"expired code"}),
			bySaying("you took too long to login", "already logged in"),
		)},
		{"too-many-attempts", "too many sign-ins failed within a minute", rfc("6749", "10.10"), either(
			byRule("attempts-left", "code-attempts-left"), bySaying("account temporarily disabled", "account is temporarily",
				"too many attempts"),
		)},
		{"wrong-password", "user name and password do not belong together", oidc("3.1.2.3"), either(
			byRule("name-and-password-match"),
			unless(bySaying("client credentials", "client secret"), tells([]string{"password", "passwords"}, []string{
				"wrong", "invalid",
				"incorrect", "not match", "bad",
			})),
			unless(either(clientUnauthorized, bySaying("documentation_url")), bySaying("bad credentials")), askedAgain,
		)},
		{"credentials-missing", "user name or password were not sent", rfc("6749", "4.3.2"), byRule("username-present", "password-present")},
		{"other-person", "somebody else signed in than the app asked for", oidc("3.1.2.1"), byRule("hinted-person", "claimed-person")},
		{"hint-broken", "id_token_hint is no ID token of this provider", oidc("3.1.2.1"), byRuleAt(logins.Authorization,
			"id-token-hint-genuine")},
		{
			"acr-unattainable", "the app demands a kind of sign-in that the provider cannot do",
			trace.Spec{Doc: "OpenID Connect Unmet Authentication Requirements 1.0", Section: "1"},
			either(
				byRule("acr-attainable"), byCode(logins.Callback, "unmet_authentication_requirements"),
			),
		},
		{"person-not-admitted", "the person may sign in, but not to this app", rfc("6749", "4.1.2.1"), bySaying(
			"not assigned to", "does not exist in tenant", "conditional access", "has not completed the google verification process",
			"not a member of", "not in allowed", "not in the allowed", "not authorized to log in", "required group",
			"email domain", "not permitted to access", "not fully set up", "aadsts50034",
			"given you access to this app", "currently being tested", "been verified by google", "user is blocked",
			"account is disabled", "account disabled",
			"user disabled",
			"not authorized to access this app", "unauthorized user", "not in any of", "user is not authorized", "is not allowed to access",
		)},
		{
			"password-forgotten", "the person forgot the password, and the provider leaves it to the app to begin the reset",
			rfc("6749", "4.1.2.1"), nothingSeen,
		},
		{"person-refused", "the person refused, or left out every permission", rfc("6749", "4.1.2.1"), either(
			byRule("consent-given", "scope-left", "device-not-refused"), refusedByPerson,
		)},
	}
}

// askedAgain sees that the page of sign-in came again after a person had sent a password. Why, it may say elsewhere.
func askedAgain(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.AsksAgain() && e.Broken() == nil })
	if e == nil {
		return nil
	}
	s := possible(e, quote(e, "method", http.MethodPost), answered(e, "page", "asks for the same again"))
	s.general = anywhere
	return s
}

// promptMixed sees in a refused request what no provider can do.
func promptMixed(c *Case) *sighting {
	e := c.refusedAt(logins.Authorization, "invalid_request")
	if e == nil || e.Broken() != nil || !hasWord(e.Param("prompt"), "none") || e.Param("prompt") == "none" {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "prompt", e.Param("prompt"))}, refusal(e)...)...)
}

// thirdPartyCookie needs a browser that says where it opens the page, and shows
// that it had a cookie to send.
func thirdPartyCookie(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		asked := e.Endpoint == logins.Authorization && e.Param("prompt") == "none"
		return asked && e.Error() == "login_required" && e.Request.HeaderValue("Cookie") == ""
	})
	if e == nil || e.Request.HeaderValue("Sec-Fetch-Dest") != "iframe" {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Host() == e.Host() && o.Request.HeaderValue("Cookie") != "" {
			return likely(e, ownWords(quote(o, "Cookie", "was sent when the page was opened by itself")),
				ownWords(quote(e, "Cookie", "was not sent in a frame")),
				answered(e, "error", "login_required"))
		}
	}
	for _, o := range c.later(e) { // the provider knew the person all the while
		if o.Endpoint == logins.Authorization && o.Host() == e.Host() && o.Came("code") != "" && navigates(o) &&
			o.Request.HeaderValue("Sec-Fetch-Dest") != "iframe" && o.Param("prompt") != "none" {
			return likely(e, quote(o, "the same host", "answered"), quote(e, "Sec-Fetch-Dest", "iframe"), answered(e, "error", "login_required"))
		}
	}
	return possible(e, quote(e, "Sec-Fetch-Dest", "iframe"), ownWords(quote(e, "Cookie", "was not sent")),
		answered(e, "error", "login_required"))
}

// framed sees a page of the provider that came into a frame of another site, and
// a header that keeps it out (frame-ancestors of CSP counts before X-Frame-Options).
func framed(c *Case) *sighting {
	for _, e := range c.Login.At(logins.Authorization, logins.Page) {
		if e.Request.HeaderValue("Sec-Fetch-Dest") != "iframe" || e.Answer == nil || e.Status() != http.StatusOK {
			continue
		}
		field, allowed := framePolicy(e)
		abroad := e.Request.HeaderValue("Sec-Fetch-Site") == "cross-site"
		if allowed == "deny" || allowed == "'none'" || abroad && (allowed == "sameorigin" || allowed == "'self'") {
			return certain(e, quote(e, "Sec-Fetch-Dest", "iframe"), answered(e, field, allowed))
		}
	}
	return nil
}

// framePolicy is who may show a page in a frame, and the header that says so (frame-ancestors of CSP counts before
// X-Frame-Options).
func framePolicy(e *logins.Exchange) (field, allowed string) {
	if _, policy, found := strings.Cut(e.Answer.HeaderValue("Content-Security-Policy"), "frame-ancestors "); found {
		policy, _, _ = strings.Cut(policy, ";")
		return "frame-ancestors", strings.TrimSpace(policy)
	}
	return "X-Frame-Options", strings.ToLower(e.Answer.HeaderValue("X-Frame-Options"))
}

// framedByPage sees it where a browser does not say what it opens a page for, as without TLS: a page of another host has
// a frame with the very address, nothing follows, and the answer lets no other site show it.
func framedByPage(c *Case) *sighting {
	e := c.Login.Last()
	if e.Endpoint != logins.Authorization || e.Answer == nil || e.Status() != http.StatusOK || e.Request.HeaderValue("Sec-Fetch-Dest") != "" {
		return nil
	}
	field, allowed := framePolicy(e)
	if !slices.Contains([]string{"deny", "'none'", "sameorigin", "'self'"}, allowed) {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Answer == nil || !o.Answer.IsHTML() || o.Host() == e.Host() {
			continue
		}
		if _, frame, found := strings.Cut(string(o.Answer.Body), "<iframe"); found && contains(html.UnescapeString(frame), e.Request.URL) {
			return likely(e, quote(o, "page", o.Address()), answered(e, field, allowed))
		}
	}
	return nil
}

// refusedByPerson leaves out what other providers call access_denied as well,
// such as a secret that is wrong.
func refusedByPerson(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		front := e.Endpoint == logins.Callback || e.Endpoint == logins.Authorization || e.Endpoint == logins.Page
		return front && e.Error() == "access_denied" && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	s := likely(e, refusal(e)...)
	if e.Description() != "" { // which may name another reason
		s.general = anywhere
	}
	return s
}
