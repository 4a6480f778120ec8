package diagnosis

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// bearerRows are about how a token is brought to an API.
func bearerRows() []Row {
	header := rfc("6750", "2.1")
	return []Row{
		{
			"authorization-lost-in-redirect", "a redirect led to another address, and the Authorization header did not come along", header,
			lostInRedirect,
		},
		{"token-in-url", "the access token stands in the address", rfc("6750", "2.3"), either(byRule("token-not-in-query"), tokenInAddress)},
		{"token-sent-twice", "the access token was sent in two ways, or two tokens were", rfc("6750", "2"), either(byRule("token-sent-once",
			"bearer-once"), sentTwice)},
		{"bearer-twice", "the word Bearer stands twice in the header", header, bearer(func(scheme, value string) bool {
			return strings.EqualFold(scheme, "Bearer") && strings.HasPrefix(strings.ToLower(value), "bearer ")
		}, "Bearer Bearer …")},
		{"token-in-quotes", "the token stands in quotation marks", header, bearer(func(_, value string) bool {
			return strings.HasPrefix(value, `"`) || strings.HasPrefix(value, "'") || strings.HasPrefix(value, "%22")
		}, `Bearer "…"`)},
		{"token-placeholder", "a placeholder was sent instead of a token", header, tokenPlaceholder},
		{"bearer-scheme-missing", "the token was sent without the word Bearer before it", header, bearerAbsent},
		{"token-missing", "no token was sent", header, either(
			ruledAbsent, tokenAbsent, challenged, guess(tells(
				[]string{"bearer token", "access token", "authorization header", "bearer"}, missing())),
		)},
	}
}

// refusedByAPI returns the refusal of whoever wants an access token. A rule that
// an own party named must be one of these.
func (c *Case) refusedByAPI(ids ...string) *logins.Exchange {
	return c.refused(func(e *logins.Exchange) bool {
		if e.Endpoint != logins.API && e.Endpoint != logins.UserInfo || !slices.Contains([]int{0, 400, 401, 403}, e.Status()) {
			return false
		}
		return e.Broken() == nil || contains(strings.Join(ids, " ")+" ", e.Broken().ID+" ")
	})
}

// presence are the ids of rules that see no token where a bad one was sent.
func presence() []string {
	return []string{"token-present", "bearer-present", "token-known", "token-is-jwt", "token-scheme", "bearer-once"}
}

func bearer(is func(scheme, value string) bool, shown string) look {
	return func(c *Case) *sighting {
		e := c.refusedByAPI(presence()...)
		if e == nil {
			return nil
		}
		scheme, value, _ := strings.Cut(strings.TrimSpace(e.Request.HeaderValue("Authorization")), " ")
		if !is(scheme, strings.TrimSpace(value)) {
			return nil
		}
		return certain(e, append([]Evidence{quote(e, "Authorization", shown)}, refusal(e)...)...)
	}
}

// isPlaceholder knows what programs write for a value that they do not have.
func isPlaceholder(value string) bool {
	words := []string{
		"undefined", "null", "none", "nil", "[object object]", "[object promise]", "nan", "false", "true", "token",
		"<token>", "your_access_token", "",
	}
	return slices.Contains(words, strings.ToLower(value)) ||
		strings.HasPrefix(value, "${") || strings.HasPrefix(value, "{{") || strings.HasPrefix(value, "<")
}

// tokenPlaceholder knows what programs write that have no token.
func tokenPlaceholder(c *Case) *sighting {
	e := c.refusedByAPI(presence()...)
	if e == nil {
		return nil
	}
	scheme, value, found := strings.Cut(e.Request.HeaderValue("Authorization"), " ")
	value = strings.TrimSpace(value)
	if !found && !strings.EqualFold(scheme, "Bearer") || !isPlaceholder(value) {
		return nil
	}
	if value == "" {
		value = "nothing behind Bearer"
	}
	return certain(e, append([]Evidence{quote(e, "Authorization", "Bearer "+value)}, refusal(e)...)...)
}

func bearerAbsent(c *Case) *sighting {
	e := c.refusedByAPI(presence()...)
	if e == nil {
		return nil
	}
	header := strings.TrimSpace(e.Request.HeaderValue("Authorization"))
	scheme, value, found := strings.Cut(header, " ")
	raw := !found && (strings.HasPrefix(header, "eyJ") || len(header) > 30)
	glued := strings.HasPrefix(strings.ToLower(scheme), "bearer") && len(scheme) > len("Bearer")
	other := found && (strings.EqualFold(scheme, "Token") || strings.EqualFold(scheme, "JWT") || strings.EqualFold(scheme, "Basic") &&
		strings.HasPrefix(value, "eyJ"))
	switch {
	case header == "" && e.Broken() != nil && contains(e.Broken().Got, "another scheme"):
		return likely(e, ruled(e, e.Broken())...)
	case raw:
		return certain(e, append([]Evidence{quote(e, "Authorization", Short(header))}, refusal(e)...)...)
	case glued:
		return certain(e, append([]Evidence{quote(e, "Authorization", scheme[:min(len(scheme), 8)]+"…")}, refusal(e)...)...)
	case other:
		return certain(e, append([]Evidence{quote(e, "Authorization", scheme+" …")}, refusal(e)...)...)
	}
	return nil
}

// ruledAbsent is as sure as the rule, which says whether anything came: a log
// has no header in which one could look.
func ruledAbsent(c *Case) *sighting {
	e, check := c.broke("token-present", "bearer-present")
	if e == nil {
		return nil
	}
	if check.Got == "nothing" || check.Got == "none" {
		return certain(e, ruled(e, check)...)
	}
	return likely(e, ruled(e, check)...)
}

func tokenAbsent(c *Case) *sighting {
	e := c.refusedByAPI("token-present", "bearer-present")
	if e == nil || e.Request.HeaderValue("Authorization") != "" || e.Status() != 401 {
		return nil
	}
	if c.headersLeftOut() {
		return possible(e, append([]Evidence{quote(e, "Authorization", "is not in the recording, which may have left it out")},
			refusal(e)...)...)
	}
	return likely(e, append([]Evidence{unsent(e, "Authorization")}, refusal(e)...)...)
}

// challenged sees an API that asks for a token and says nothing against one: that
// is how it answers who brought none (RFC 6750 section 3.1).
func challenged(c *Case) *sighting {
	e := c.refusedByAPI()
	if e == nil || e.Broken() != nil || e.Request.HeaderValue("Authorization") != "" || e.Error() != "" ||
		!saysAny(c.said(e).words, "www-authenticate: bearer", "resource_metadata=") {
		return nil
	}
	return possible(e, answered(e, "WWW-Authenticate", "Bearer, without an error"))
}

// headersLeftOut reports whether the recording looks like one from which a
// browser took the headers with secrets: requests of a browser, and not one cookie.
func (c *Case) headersLeftOut() bool { return c.over().bare }

func tokenInAddress(c *Case) *sighting {
	e := c.refusedByAPI()
	if e == nil || e.Request.HeaderValue("Authorization") != "" {
		return nil
	}
	token, found := e.InQuery("access_token")
	if !found {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "access_token", token)}, refusal(e)...)...)
}

// lostInRedirect sees the same request with the header, and where it was sent on.
func lostInRedirect(c *Case) *sighting {
	e := c.refusedByAPI("token-present", "bearer-present")
	if e == nil || e.Request.HeaderValue("Authorization") != "" {
		return nil
	}
	for _, o := range c.over().sentOn {
		if o.Number < e.Number && ledTo(o, e) {
			return certain(e, ownWords(quote(o, "Authorization", "was sent")), answered(o, "Location", o.Answer.HeaderValue("Location")),
				unsent(e, "Authorization"))
		}
	}
	return nil
}

func sentTwice(c *Case) *sighting {
	e := c.refusedByAPI("token-sent-once", "bearer-once")
	if e == nil || e.Broken() != nil {
		return nil
	}
	n := 0
	for _, h := range e.Request.Header {
		if strings.EqualFold(h.Name, "Authorization") {
			n++
		}
	}
	_, inQuery := e.InQuery("access_token")
	_, inForm := e.InForm("access_token")
	if n > 1 || n == 1 && (inQuery || inForm) {
		return likely(e, append([]Evidence{ownWords(quote(e, "Authorization", "and a second token"))}, refusal(e)...)...)
	}
	return nil
}

// tokenCut sees a JWT that lacks its end, or has something in it.
func tokenCut(c *Case) *sighting {
	e := c.refusedByAPI("token-is-jwt", "token-known", "token-signature", "token-scheme")
	if e == nil {
		return nil
	}
	raw := e.Bearer()
	for _, o := range c.over().tokens {
		if whole := o.Came("access_token"); whole != "" && whole != raw && len(raw) > 8 && strings.HasPrefix(whole, raw) {
			return certain(e, answered(o, "access_token", Short(whole)), quote(e, "Authorization", "Bearer "+Short(raw)))
		}
	}
	if unseen(e) || !strings.HasPrefix(raw, "eyJ") || strings.Count(raw, ".") == 4 || signsNothing(raw) {
		return nil
	}
	parts := strings.Split(raw, ".")
	if _, err := trace.DecodeJWT(raw); err == nil && (len(parts) != 3 || len(parts[2]) >= shortestSignature) {
		return nil
	}
	s := certain(e, append([]Evidence{quote(e, "Authorization", "Bearer "+Short(raw))}, refusal(e)...)...)
	if _, err := trace.DecodeJWT(strings.Join(parts[:min(len(parts), 2)], ".") + "."); c.Known.Asked && err == nil {
		s.sure = Possible // whoever shows a token around does well to cut the signature off
	} else if c.Known.Asked {
		s.sure = Likely
	}
	return s
}

// unsigned sees a token that nobody signed, which no API takes (RFC 8725 section 3.2).
func unsigned(c *Case) *sighting {
	e := c.refusedByAPI("token-is-jwt", "token-signature", "token-alg")
	if e == nil || !signsNothing(e.Bearer()) {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "alg of the token", "none: nobody signed it")}, refusal(e)...)...)
}

// signsNothing reports whether a token says of itself that it has no signature, which may have no third
// part then (RFC 7519 section 6).
func signsNothing(raw string) bool {
	head, _, _ := strings.Cut(raw, ".")
	return strings.EqualFold(algOf(head+".e30."), "none")
}

// shortestSignature is that of HS256: 32 bytes are 43 characters.
const shortestSignature = 43

func algOf(raw string) string {
	jwt, err := trace.DecodeJWT(raw)
	if err != nil {
		return ""
	}
	return trace.JWT{Payload: jwt.Header}.Claim("alg")
}
