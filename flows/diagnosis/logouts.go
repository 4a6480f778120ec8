package diagnosis

import (
	"regexp"
	"slices"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// logoutRows are about leaving.
func logoutRows() []Row {
	logout := trace.Spec{Doc: "OpenID Connect RP-Initiated Logout 1.0", Section: "3"}
	asks := trace.Spec{Doc: "OpenID Connect RP-Initiated Logout 1.0", Section: "2"}
	return []Row{
		{"logout-hint-missing", "who signs out is not said: neither id_token_hint nor client_id was sent", logout, either(
			byRule("post-logout-client-named"), byMissing("id_token_hint"), hintAbsent,
		)},
		{"logout-uri-unregistered", "post_logout_redirect_uri is not one that is registered", logout, either(
			byRule("post-logout-uri-registered"), logoutPhrases, leavingTold, bySaying("post_logout_redirect_uri"), tells(
				[]string{"logout uri", "logout url", "returnto", "logout redirect uri", "post logout redirect uri", "signout url", "logout redirect"},
				slices.Concat(mismatch(), forbiddenWords(), missing())),
		)},
		{"logout-hint-broken", "id_token_hint is no ID token of this client at this provider", asks, either(
			byRuleAt(logins.Logout, "id-token-hint-genuine", "client-matches-hint"), bySaying("invalid id_token_hint",
				"id_token_hint is invalid", "illegal parameter: id_token_hint"),
		)},
	}
}

// leavingTold sees Keycloak refuse, since version 18, the name that the address after a logout had before.
func leavingTold(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return c.Known.AnswerOnly && e.Broken() == nil && leaving(c.said(e).words)
	})
	if e == nil {
		return nil
	}
	return likely(e, append(refusal(e), answered(e, "text", "invalid parameter: redirect_uri"))...)
}

// leaving reports whether a redirect_uri is refused to somebody who tells of a logout.
func leaving(words string) bool {
	return contains(words, "invalid parameter: redirect_uri") && regexp.MustCompile(
		`\b(?:sign(?:s|ing|ed)?|log(?:s|ging|ged)?)[ -]?(?:out|off)\b`).MatchString(words)
}

func logoutPhrases(c *Case) *sighting {
	e := c.refusedAt(logins.Logout)
	name, back := "", ""
	for _, param := range []string{"post_logout_redirect_uri", "logout_uri", "returnTo"} {
		if e != nil && back == "" {
			name, back = param, e.Param(param)
		}
	}
	if back == "" || e.Broken() != nil {
		return nil
	}
	if !saysAny(c.said(e).words, "invalid redirect uri", "post logout redirect", "logout_uri", "returnto", "redirect_uri") {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, name, back)}, refusal(e)...)...)
}

func hintAbsent(c *Case) *sighting {
	e := c.refusedAt(logins.Logout)
	if e == nil || e.Broken() != nil || e.Param("id_token_hint") != "" || e.Param("client_id") != "" {
		return nil
	}
	return likely(e, append([]Evidence{unsent(e, "id_token_hint")}, refusal(e)...)...)
}
