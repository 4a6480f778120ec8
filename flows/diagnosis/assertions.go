package diagnosis

import (
	"github.com/grantwalk/grantwalk/flows/logins"
)

// assertionRows are about clients that prove by a signature who they are.
func assertionRows() []Row {
	spec := rfc("7523", "3")
	return []Row{
		{"assertion-audience", "aud of the client assertion is not this provider", spec, either(
			byRule("client-assertion-audience"),
			bySayingBoth([]string{"invalid_client", "unauthorized_client", "assertion"}, []string{"invalid token audience"}),
			bySaying("invalid audience in client assertion",
				"assertion audience",
				"unexpected \"aud\" claim value in client_assertion", "expected audience in client_assertion", "aadsts700023"),
		)},
		{"assertion-expired", "the client assertion is too old, or good for too long", spec, either(
			byRule("client-assertion-expiry", "client-assertion-time"),
			bySaying("client assertion is not within its valid time range", "client assertion expired",
				"token is not active, cannot authenticate client",
				"assertion has expired"),
		)},
		{"assertion-used-twice", "the jti of the client assertion was used before, or is missing", oidc("9"), either(
			byRule("client-assertion-unused", "client-assertion-id"), assertionTwice, unless(bySaying("refresh"), bySaying("token reuse detected",
				"jti has already been used", "assertion has already been used")),
		)},
		{"assertion-subject", "iss and sub of the client assertion are not the client_id", spec, either(
			byRule("client-assertion-subject"), bySaying("issuer mismatch. the issuer should match"),
		)},
		{"assertion-type-missing", "client_assertion came without its type, or is no JWT", rfc("7523", "2.2"), either(
			byRule("client-assertion-type", "client-assertion-jwt"), assertionUntyped, bySaying("client_assertion_type"),
		)},
		{
			"assertion-key", "the client assertion is signed with a key or an algorithm that the client is not registered with", oidc("10.1"),
			either(
				byRule("client-assertion-key", "client-assertion-signature", "client-assertion-alg", "client-assertion-kind"),
				bySaying("signature on jwt token failed", "client assertion signature",
					"invalid signature for client assertion"), assertionSent,
			),
		},
	}
}

// assertionSent sees a refused client that proved by a signature who it is: a
// secret has nothing to do with that.
func assertionSent(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Param("client_assertion") != "" && e.Error() == "invalid_client" && e.Broken() == nil
	})
	if e == nil {
		return nil
	}
	return possible(e, refusal(e)...)
}

// assertionUntyped sees an assertion that does not say what it is.
func assertionUntyped(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Param("client_assertion") != "" && e.Param("client_assertion_type") == "" && e.Broken() == nil && e.Endpoint.Provides()
	})
	if e == nil {
		return nil
	}
	return likely(e, append([]Evidence{unsent(e, "client_assertion_type")}, refusal(e)...)...)
}

// assertionTwice sees the same assertion in an earlier request.
func assertionTwice(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool { return e.Param("client_assertion") != "" && e.Broken() == nil })
	if e == nil {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Param("client_assertion") == e.Param("client_assertion") {
			return likely(e, append([]Evidence{
				quote(o, "client_assertion", o.Param("client_assertion")), again(e, "client_assertion", ""),
			}, refusal(e)...)...)
		}
	}
	return nil
}
