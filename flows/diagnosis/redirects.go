package diagnosis

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// redirectRows are about a redirect_uri that the provider does not know.
func redirectRows() []Row {
	exact := rfc("9700", "2.1")
	row := func(id, says string) Row {
		return Row{ID: id, Says: says, Spec: exact, look: either(func(c *Case) *sighting { return redirectDiffers(c, id) }, misbuiltAlone(id))}
	}
	return []Row{
		{"redirect-uri-encoded", "redirect_uri was percent-encoded twice", exact, either(
			func(c *Case) *sighting { return redirectDiffers(c, "redirect-uri-encoded") }, has("redirect_uri", encodedTwice),
		)},
		row("redirect-uri-slash", "redirect_uri differs from the registered one by a slash at the end"),
		row("redirect-uri-case", "redirect_uri differs from the registered one by capital letters"),
		{"redirect-uri-query", "redirect_uri has a query or a fragment that the registered one has not", exact, either(
			func(c *Case) *sighting { return redirectDiffers(c, "redirect-uri-query") }, has("redirect_uri", withFragment),
		)},
		{
			"redirect-uri-insecure", "the provider takes a redirect_uri with https, or on the machine itself, and no other", rfc("8252", "7.3"),
			insecureRedirect,
		},
		row("redirect-uri-inside", "redirect_uri is an address that only the server knows, and no browser"),
		row("redirect-uri-scheme", "redirect_uri says http where https is registered, or the other way round"),
		row("redirect-uri-loopback", "redirect_uri names this machine differently: localhost, 127.0.0.1 or [::1]"),
		row("redirect-uri-port", "redirect_uri has another port than the registered one"),
		row("redirect-uri-host", "redirect_uri has another host than the registered one"),
		row("redirect-uri-path", "redirect_uri has another path than the registered one"),
		{"redirect-uri-missing", "redirect_uri was not sent", oidc("3.1.2.1"), either(
			byRule("redirect-uri-present"), lacks("redirect_uri", Likely),
			byMissing("redirect_uri"), bySaying("no reply address"),
			func(c *Case) *sighting {
				e := c.refusedAt(logins.Authorization)
				if e == nil || e.Broken() != nil || e.Param("redirect_uri") != "" || e.Param("request_uri") != "" ||
					e.Param("request") != "" || e.Param("response_type") == "" || e.Came("error") != "" {
					return nil
				}
				return likely(e, unsent(e, "redirect_uri"))
			},
		)},
		{"redirect-uri-unregistered", "redirect_uri is not one of those that are registered", exact, func(c *Case) *sighting {
			return redirectDiffers(c, "redirect-uri-unregistered")
		}},
		{
			"redirect-uri-at-token", "redirect_uri at the token endpoint is another than in the authorization request", rfc("6749", "4.1.3"),
			either(
				redirectChanged, byRule("redirect-uri-same"),
				redirectToldLater, when(func(c *Case) bool { return c.refusedAt(logins.Token) != nil }, bySaying("redirect_uri does not match",
					"redirect_uri mismatch", "redirect uri does not match")),
			),
		},
	}
}

// redirectPhrases are how providers say that they do not know a redirect_uri.
func redirectPhrases() []string {
	return []string{
		"redirect_uri_mismatch", "invalid parameter: redirect_uri", "invalid redirect uri", "invalid redirect_uri", "redirect_uri mismatch",
		"redirect uri mismatch", "redirect_mismatch", "callback url mismatch", "aadsts50011", "must be a login redirect uri",
		"oauth 2.0 parameter: redirect_uri", "redirect_uri is not", "redirect uri is not", "redirect_uri did not match",
		"redirect_uri does not match", "not in the list of allowed callback urls", "redirect_uri is missing or invalid",
		"redirect uri specified in the request", "invalid_redirect_uri", "mismatching redirect uri", "redirect_uri' parameter does not match",
		"redirect_uris did not include", "redirecturi is not registered", "included in the app's domains",
		"comply with google's oauth 2.0 policy",
		"bad_redirect_uri",
	}
}

// foreignRedirect returns the refusal of an authorization request because of its
// redirect_uri, and those that are registered as far as anybody said so.
func foreignRedirect(c *Case) (e *logins.Exchange, registered []string, sure Sure) {
	if e, check := c.broke("redirect-uri-registered"); e != nil {
		return e, strings.Split(check.Expected, " or "), Certain
	}
	e, _ = c.told(redirectPhrases()...)
	if e == nil {
		e = c.refused(func(o *logins.Exchange) bool { return saysForeignRedirect(c, o) })
	}
	if s := redirectTold(c); e == nil && s != nil {
		e = s.at
	}
	if e == nil {
		e = c.otherThanWorked()
	}
	if e == nil || e.Broken() != nil || takenAtBeginning(c, e) || e.Endpoint == logins.Logout ||
		e.Endpoint == logins.Token && (!c.Known.AnswerOnly || e.Error() == "invalid_grant") ||
		c.Known.AnswerOnly && leaving(c.said(e).words) || saysAny(c.said(e).spaced, "post logout", "logout uri") ||
		saysAny(c.said(e).words, "openid-connect/logout", "loggedout") {
		return nil, nil, ""
	}
	if asked := c.Login.At(logins.Authorization, logins.Pushed); e.Param("redirect_uri") == "" && len(asked) > 0 {
		e = asked[0] // the refusal stands on a page of its own
	}
	return e, c.registered(e), Likely
}

// otherThanWorked is an authorization request that a provider answered with a page of errors instead of sending the
// browser back, as it has to where it does not know the redirect_uri (RFC 6749 section 4.1.2.1), and that names another
// one than those that worked for the client in this log.
func (c *Case) otherThanWorked() *logins.Exchange {
	return c.refused(func(e *logins.Exchange) bool {
		worked := c.registered(e)
		return e.Endpoint == logins.Authorization && e.Status() == 400 && e.Error() == "" && e.Broken() == nil && !c.Known.AnswerOnly &&
			len(worked) > 0 && e.Param("redirect_uri") != "" && !slices.Contains(worked, e.Param("redirect_uri")) &&
			strings.TrimSpace(c.said(e).words) == ""
	})
}

// saysForeignRedirect knows words that no list has.
func saysForeignRedirect(c *Case, e *logins.Exchange) bool {
	if e.Endpoint != logins.Authorization && e.Endpoint != logins.Pushed && e.Endpoint != logins.Page || e.Status() < 400 {
		return false
	}
	if c.Known.AnswerOnly {
		return false // what was brought beside the words names such an address too
	}
	words := c.said(e).told
	if names, _ := c.said(e).sentence([]string{"state"}, mismatch()); names != "" {
		return false
	}
	return saysAny(words, "redirect_uri", "redirect uri", "redirect url", "redirection uri", "redirection url", "callback url") &&
		saysAny(words, "not registered", "mismatch", "not match", "must match", "not allowed", "invalid", "not valid", "not whitelisted")
}

// redirectTold knows it by a sentence about a redirect_uri, wherever that was found.
func redirectTold(c *Case) *sighting {
	return unless(stateNamed, tells([]string{
		"redirect uri", "redirect url", "redirecturi", "redirecturl", "callback url", "callback uri", "reply url", "reply address", "return url",
		"redirection uri", "redirect uris", "callback address", "redirect address",
	}, slices.Concat(mismatch(), forbiddenWords(), []string{
		"must be registered", "must match", "not exist", "untrusted",
		"no registered",
	})))(c)
}

// registered lists the redirection URIs of the client of a request: those that
// we were told, or those that worked for it in this log.
func (c *Case) registered(e *logins.Exchange) []string {
	for _, client := range c.Known.Clients {
		if client.ID == e.Client() {
			return client.RedirectURIs
		}
	}
	var worked []string
	for _, l := range c.Log.Logins {
		for _, o := range l.Exchanges {
			if o.Came("code") != "" && l.Client == e.Client() && !slices.Contains(worked, l.Asked("redirect_uri")) &&
				l.Asked("redirect_uri") != "" {
				worked = append(worked, l.Asked("redirect_uri"))
			}
		}
	}
	return worked
}

// misbuiltAlone looks at an address that somebody brought because it leads nowhere, and of whose answer nobody knows.
func misbuiltAlone(id string) look {
	return func(c *Case) *sighting {
		asked := c.Login.At(logins.Authorization)
		if !c.Known.Asked || c.Known.AnswerOnly || len(asked) != 1 || asked[0].Answer != nil {
			return nil
		}
		sent := asked[0].Param("redirect_uri")
		if misbuilt(c, asked[0], sent, "redirect-uri-unregistered") != id {
			return nil
		}
		return possible(asked[0], quote(asked[0], "redirect_uri", sent))
	}
}

// redirectDiffers sees a refused redirect_uri when it differs in that way from
// the registered one that is nearest.
func redirectDiffers(c *Case, how string) *sighting {
	e, registered, sure := foreignRedirect(c)
	if e == nil {
		return nil
	}
	seen := addressesOf(c, e, registered)
	kind, near := nearest(seen.sent, seen.registered)
	if e.Broken() == nil {
		kind = misbuilt(c, e, seen.sent, kind)
	}
	if kind != how || kind == "redirect-uri-unregistered" && insecureRedirect(c) != nil {
		return nil
	}
	s := &sighting{sure: sure, at: e, shown: append(seen.shown(e, near), refusal(e)...)}
	if _, phrase := c.told(redirectPhrases()...); phrase != "" && e.Description() == "" {
		s.shown = append(s.shown, answered(e, "text", phrase))
	} else if told := redirectTold(c); told != nil && phrase == "" && !saysForeignRedirect(c, e) && e.Broken() == nil {
		s.shown, s.general = append(s.shown, told.shown...), told.general
	}
	if near == "" && e.Broken() == nil && s.general == byItself {
		s.general = inPhrase
	}
	if kind != "redirect-uri-unregistered" {
		s.general = byItself // the address shows it
	}
	return s
}

// nearest returns how an address differs from the most similar registered one.
func nearest(sent string, registered []string) (how, near string) {
	order := []string{
		"redirect-uri-encoded", "redirect-uri-slash", "redirect-uri-case", "redirect-uri-query", "redirect-uri-scheme", "redirect-uri-loopback",
		"redirect-uri-port", "redirect-uri-host", "redirect-uri-path", "redirect-uri-unregistered",
	}
	best := len(order) - 1
	for _, r := range registered {
		if i := slices.Index(order, difference(sent, r)); i >= 0 && (i < best || near == "") {
			best, near = i, r
		}
	}
	if len(registered) == 0 && strings.Contains(strings.ToLower(sent), "%3a%2f%2f") {
		return order[0], ""
	}
	return order[best], near
}

// difference names the only part in which two addresses differ.
func difference(sent, registered string) string {
	if plain, err := url.QueryUnescape(sent); err == nil && plain != sent && plain == registered {
		return "redirect-uri-encoded"
	}
	switch {
	case sent == registered:
		return "redirect-uri-unregistered" // and something else is wrong
	case strings.TrimRight(sent, "/") == strings.TrimRight(registered, "/"):
		return "redirect-uri-slash"
	case strings.EqualFold(sent, registered):
		return "redirect-uri-case"
	}
	a, errA := url.Parse(sent)
	b, errB := url.Parse(registered)
	if errA != nil || errB != nil {
		return "redirect-uri-unregistered"
	}
	if head, _, cut := strings.Cut(sent, "?"); cut && head == registered || strings.HasPrefix(sent, registered+"#") {
		return "redirect-uri-query"
	}
	return differentPart(a, b)
}

func differentPart(a, b *url.URL) string {
	path := a.EscapedPath() == b.EscapedPath() && a.RawQuery == b.RawQuery
	scheme, host, port := a.Scheme == b.Scheme, strings.EqualFold(a.Hostname(), b.Hostname()), a.Port() == b.Port()
	switch {
	case path && host && !scheme:
		return "redirect-uri-scheme" // its usual port goes with it
	case path && scheme && !host && isLoopback(a.Hostname()) && isLoopback(b.Hostname()):
		return "redirect-uri-loopback"
	case path && scheme && host && !port:
		return "redirect-uri-port"
	case path && scheme && !host:
		return "redirect-uri-host"
	case scheme && host && port && !path:
		return "redirect-uri-path"
	}
	return "redirect-uri-unregistered"
}

func isLoopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// redirectChanged sees for itself that the two requests name different addresses.
func redirectChanged(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant", "invalid_request", "redirect_uri_mismatch", "redirect_mismatch")
	if e == nil || e.Broken() != nil || e.Param("grant_type") != "authorization_code" || !e.Request.IsForm() ||
		inAddress(e) != "" {
		return nil
	}
	asked, sent := c.Login.Asked("redirect_uri"), e.Param("redirect_uri")
	if asked == "" || asked == sent {
		return nil
	}
	sure := Certain
	if c.codeTried(e) > 0 || c.askedWith(e, sent) {
		sure = Possible // it may have been refused because of that, or belong to another login of the recording
	}
	second := quote(e, "redirect_uri", sent)
	if sent == "" {
		second = unsent(e, "redirect_uri")
	}
	first := c.Login.At(logins.Pushed, logins.Authorization)[0]
	return &sighting{sure: sure, at: e, shown: append([]Evidence{quote(first, "redirect_uri", asked), second}, refusal(e)...)}
}

// askedWith reports whether an authorization request of the recording, for the same client, named a redirect_uri.
func (c *Case) askedWith(e *logins.Exchange, redirect string) bool {
	return slices.ContainsFunc(c.earlier(e), func(o *logins.Exchange) bool {
		return (o.Endpoint == logins.Authorization || o.Endpoint == logins.Pushed) && o.Param("redirect_uri") == redirect &&
			(e.Client() == "" || o.Client() == e.Client())
	})
}
