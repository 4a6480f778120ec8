package diagnosis

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// secretRows are about a client that proves by a secret or a certificate who it is.
func secretRows() []Row {
	proves := rfc("6749", "2.3.1")
	return []Row{
		{"secret-in-two-places", "the client secret stands in the header and in the body", rfc("6749", "2.3"), either(
			byRule("client-authenticates-once"), secretTwice,
			bySaying("multiple authentication methods", "multiple client authentication", "multiple client credentials",
				"more than one client authentication", "more than one authentication method", "only one authentication method"),
		)},
		{"basic-not-encoded", "name and secret in the Basic header were not form-encoded first", proves, either(basicRaw, basicNotEncoded)},
		{"basic-malformed", "the Authorization header at the token endpoint is no well-formed Basic", proves, either(
			unless(basicRaw, byRule("authorization-header-basic")), basicMalformed,
		)},
		{"secret-of-public-client", "a client without a secret sent one", rfc("6749", "2.1"), either(
			authMethod("none", ""), secretOfPublic, bySaying("client is public so neither", "public client must not",
				"public clients can't send a client secret"),
		)},
		{"secret-missing", "a client with a secret sent none", proves, either(
			authMethod("", "none"),
			bySaying("client secret not provided", "client secret is required", "client_assertion or client_secret"),
			byMissing("client_secret"), secretAbsent, tells([]string{"client secret", "clientsecret", "client credentials", "client authentication"},
				append(missing(), "required", "must be provided")),
		)},
		{"auth-method-other", "the client proves who it is in another way than it is registered for", rfc("7591", "2"), either(
			byRule("client-auth-method"),
			unless(either(secretOfPublic, assertionUntyped), bySaying("token_endpoint_auth_method", "unsupported authentication method",
				"client authentication method",
				"does not support client_secret_")), tells([]string{
				"auth method", "authentication method", "client auth method", "token endpoint auth method",
			}, append(forbiddenWords(), "not support", "n't support", "not allow", "only supports")),
		)},
		{"secret-wrong", "the client secret is not the registered one", proves, unless(either(basicRaw, basicNotEncoded,
			secretAbsent, basicMalformed, assertionSent, secretOfPublic), either(
			byRule("client-secret-matches"),
			bySaying("client secret is invalid", "client secret supplied",
				"bad client credentials", "incorrect client credentials"),
			clientUnauthorized, tells([]string{"client secret", "clientsecret", "secret", "client credentials", "client authentication"},
				mismatch()),
			tells([]string{"client", "clientid"}, []string{
				"invalid", "authentication failed", "failed to verify", "unauthorized", "bad credentials",
				"could not be authenticated",
			}), guess(general(bySayingBoth([]string{"access token", "token exchange", "openidconnect", "token endpoint", "redeem"}, []string{
				"unauthorized", "401",
			}))), secretUnauthorized,
			general(either(byCode(logins.Token, "invalid_client"), byCode(logins.Pushed, "invalid_client"), byCode(logins.DeviceAuthorization,
				"invalid_client"))),
		))},
		{"certificate-missing", "the client came without its TLS certificate", rfc("8705", "2"), either(
			authMethodOf("tls_client_auth", "self_signed_tls_client_auth"), byRule("certificate-sent"),
			bySaying("client certificate is required", "client certificate missing", "no client certificate", "missing client certificate",
				"unable to validate client certificate", "client certificate bound"),
		)},
		{"certificate-wrong", "the TLS certificate is not the client's", rfc("8705", "2"), either(
			byRule("client-certificate-trusted", "client-certificate-subject", "client-certificate-registered"),
			bySaying("invalid client certificate", "certificate subject", "certificate thumbprint"),
		)},
	}
}

// authMethod sees a client that is registered for one way and used another; an
// empty one is any that has a secret.
func authMethod(registered, used string) look {
	secret := []string{"client_secret_basic", "client_secret_post", "client_secret_basic or client_secret_post"}
	fits := func(want, got string) bool { return want == got || want == "" && slices.Contains(secret, got) }
	return func(c *Case) *sighting {
		e, check := c.broke("client-auth-method")
		if e == nil || !fits(registered, check.Expected) || !fits(used, check.Got) {
			return nil
		}
		return certain(e, ruled(e, check)...)
	}
}

// authMethodOf sees a client that is registered for one of these and used another.
func authMethodOf(registered ...string) look {
	return func(c *Case) *sighting {
		e, check := c.broke("client-auth-method")
		if e == nil || !slices.Contains(registered, check.Expected) {
			return nil
		}
		return certain(e, ruled(e, check)...)
	}
}

// secretTwice sees it in the request, where a provider does not say it.
func secretTwice(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		_, _, basic := e.Basic()
		return basic && e.Param("client_secret") != "" && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	return likely(e, append([]Evidence{
		quote(e, "Authorization", "Basic …"), quote(e, "client_secret", e.Param("client_secret")),
	}, refusal(e)...)...)
}

// secretOfPublic sees a secret that was refused in words that call the client one without.
func secretOfPublic(c *Case) *sighting {
	s := tells([]string{"public client", "public clients", "registered for none", "token endpoint auth method none"}, []string{
		"secret", "used", "must not", "not allowed", "no secret", "client secret post", "client secret basic",
	})(c)
	if s == nil || !c.Known.AnswerOnly && s.at.Param("client_secret") == "" && s.at.Request.HeaderValue("Authorization") == "" {
		return nil
	}
	s.general = inPhrase
	return s
}

// basicNotEncoded sees a name or a secret that means something else once it is
// decoded as RFC 6749 section 2.3.1 has it. It is certain where the registered
// secret is known and is the one that stands there.
func basicNotEncoded(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		_, _, basic := e.Basic()
		about := e.Broken() == nil || slices.Contains([]string{"client-secret-matches", "authorization-header-basic", "client-known"},
			e.Broken().ID)
		return basic && about && (e.Error() == "invalid_client" || e.Status() == 401)
	})
	if e == nil {
		return nil
	}
	id, secret, _ := e.Basic()
	signs := rawSigns(id) + rawSigns(secret)
	if signs == "" {
		return nil
	}
	s := likely(e, append([]Evidence{quote(e, "raw signs in the Basic header", signs)}, refusal(e)...)...)
	for _, client := range c.Known.Clients {
		if client.ID == id && slices.Contains(client.Secrets, secret) {
			s.sure = Certain
		}
	}
	return s
}

// basicRaw sees it by the rule, which says what is wrong inside of the header.
func basicRaw(c *Case) *sighting {
	e, check := c.broke("authorization-header-basic", "client-secret-matches")
	if e == nil || !contains(check.Got, "form-encoded") && !contains(check.Reason, "form-encoded") {
		return nil
	}
	return certain(e, ruled(e, check)...)
}

// rawSigns lists the signs of a value that form-decoding changes.
func rawSigns(value string) string {
	var signs string
	for i, r := range value {
		if (r == '+' || r == '%' && !isEscape(value[i:])) && !strings.ContainsRune(signs, r) {
			signs += string(r)
		}
	}
	return signs
}

func isEscape(s string) bool {
	return len(s) >= 3 && strings.ContainsRune("0123456789abcdefABCDEF", rune(s[1])) && strings.ContainsRune("0123456789abcdefABCDEF",
		rune(s[2]))
}

// secretAbsent sees a refused client that proved nothing at all.
func secretAbsent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		unproved := e.Error() == "invalid_client" || e.Endpoint == logins.Token && e.Status() == 401 &&
			slices.Contains([]string{"", "access_denied", "unauthorized", "unauthorized_client"}, e.Error())
		return unproved && e.Broken() == nil && e.Endpoint.Provides()
	})
	unread := slices.Contains(c.Known.LeftOut, UnknownBody) // where the secret may have been
	if e == nil || c.Known.AnswerOnly || unread || e.Request.HeaderValue("Authorization") != "" || e.Param("client_secret") != "" ||
		e.Param("client_assertion") != "" || c.said(e).names("certificate") {
		return nil
	}
	return likely(e, append([]Evidence{unsent(e, "client_secret")}, refusal(e)...)...)
}

// basicMalformed sees a header that is none of any scheme.
func basicMalformed(c *Case) *sighting {
	e := c.refusedAt(logins.Token)
	if e == nil || e.Broken() != nil {
		return nil
	}
	header := e.Request.HeaderValue("Authorization")
	scheme, _, _ := strings.Cut(header, " ")
	_, _, basic := e.Basic()
	switch {
	case header == "" || basic || strings.EqualFold(scheme, "DPoP") || strings.EqualFold(scheme, "Bearer"):
		return nil
	case strings.EqualFold(scheme, "Basic"):
		return likely(e, append([]Evidence{quote(e, "Authorization", "Basic, but no base64 of name:secret")}, refusal(e)...)...)
	}
	shown := append([]Evidence{quote(e, "Authorization", "of the scheme "+Short(scheme))}, refusal(e)...)
	if scheme == header { // name and secret without any
		return likely(e, shown...)
	}
	return possible(e, shown...)
}

// clientUnauthorized takes the words of a client that was refused when it fetched a token.
func clientUnauthorized(c *Case) *sighting {
	return bySayingBoth([]string{"cannot fetch token", "client credentials", "access token response"},
		[]string{"401 unauthorized", "bad credentials"})(c)
}

// secretUnauthorized sees a token endpoint that answers 401 to a secret: that
// status is for clients that it does not believe (RFC 6749 section 5.2).
func secretUnauthorized(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Status() == 401 && e.Broken() == nil && e.Param("grant_type") != "password"
	})
	if e == nil || c.Known.AnswerOnly || e.Request.HeaderValue("Authorization") == "" && e.Param("client_secret") == "" {
		return nil
	}
	s := likely(e, refusal(e)...)
	s.general = inGeneral
	return s
}
