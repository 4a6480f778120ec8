package diagnosis

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// clientRows are about who the client is.
func clientRows() []Row {
	return []Row{
		{"client-id-missing", "client_id was not sent", rfc("6749", "4.1.1"), unless(jsonAsForm, either(
			func(c *Case) *sighting {
				e, check := c.broke("client-known")
				if e == nil || !cameNot(check.Got) {
					return nil
				}
				return certain(e, ruled(e, check)...)
			},
			lacks("client_id", Likely),
			byMissing("client_id"), whereUnsent("client_id", tells([]string{"client id", "client information", "clientid"}, []string{
				"missing", "required", "not provided", "not set", "no",
			})),
		))},
		{"registration-refused", "the provider does not register the client, or lets no client register itself", rfc("7591", "3"), either(
			registrationRefused, bySaying("does not support dynamic"), tells([]string{
				"dynamic client registration", "client registration", "registration endpoint", "dynamic registration", "dcr",
			}, slices.Concat(forbiddenWords(), []string{"not support", "n't support", "failed", "rejected"})),
		)},
		{"client-of-other-realm", "the client is registered in another realm than the one that was asked", rfc("6749", "2.2"), either(
			clientElsewhere, realmChanged, bySaying("aadsts50194"),
		)},
		{"client-unknown", "client_id is not one that the provider knows", rfc("6749", "2.2"), either(
			when(func(c *Case) bool { _, check := c.broke("client-known"); return check != nil && !cameNot(check.Got) }, byRule("client-known")),
			clientUnknownAtBeginning, bySaying("unknown client", "invalid client_id", "client_id is invalid",
				"client does not exist", "the client is not registered"),
			about(bySayingBoth([]string{"client"}, []string{
				"is not registered", "not registered with", "is unknown", "could not be found",
				"does not exist", "not recognized",
			}), logins.Authorization, logins.Token, logins.Pushed, logins.DeviceAuthorization, logins.Page),
			tells([]string{"client identifier", "client id"}, []string{"invalid", "not valid", "is unknown", "no"}), tells([]string{
				"client",
				"client id", "clientid", "application", "app id", "client application", "oauth client", "oauth app",
			}, []string{
				"not found", "unknown", "not exist", "n't exist", "not registered", "unregistered", "no such", "not recognized", "unrecognized",
				"disabled", "not enabled", "deleted", "can't be found", "could not be found", "cannot be found", "couldn't be found",
				"invalid client id",
				"unable to find", "could not find", "cannot find", "could not be retrieved",
			}), general(bySaying("no client ", "no application with")),
		)},
	}
}

// cameNot reports whether a rule says that a parameter did not come.
func cameNot(got string) bool {
	return got == "" || got == "none" || got == "nothing" || strings.Contains(got, " ")
}

// registrationRefused sees a client that wanted to register itself (RFC 7591 section 3.2.2).
func registrationRefused(c *Case) *sighting {
	e := c.refusedAt(logins.Registration)
	switch {
	case e == nil || e.Status() >= 500:
		return nil
	case e.Broken() != nil:
		return certain(e, ruled(e, e.Broken())...)
	}
	return likely(e, append([]Evidence{quote(e, "address", e.Address())}, refusal(e)...)...)
}

// knownThere reports whether a client is registered in the very realm that was asked: then it is known, and refused
// for something else.
func (c *Case) knownThere(e *logins.Exchange) bool {
	return slices.ContainsFunc(c.Known.Clients, func(o Client) bool {
		return o.ID == e.Client() && o.Realm != "" && o.Realm == e.Realm()
	})
}

// clientElsewhere knows the client from a realm that was not asked, by what is
// registered or by a request that worked there.
func clientElsewhere(c *Case) *sighting {
	e, check := c.broke("client-known")
	if e == nil {
		e, _ = c.told("client not found", "unknown client", "aadsts700016", "invalid client")
	}
	if e == nil || e.Client() == "" || e.Broken() != nil && check == nil || c.knownThere(e) {
		return nil
	}
	shown := refusal(e)
	if check != nil {
		shown = ruled(e, check)
	}
	for _, client := range c.Known.Clients {
		if client.ID == e.Client() && client.Realm != "" && client.Realm != e.Realm() {
			return certain(e, append([]Evidence{quote(e, "client_id", client.ID), quote(e, "registered in", client.Realm)}, shown...)...)
		}
	}
	for _, o := range c.Log.Exchanges {
		if o.Client() == e.Client() && o.Endpoint == e.Endpoint && !o.Failed() && o.Answer != nil && o.Address() != e.Address() {
			return likely(e, append([]Evidence{quote(e, "client_id", e.Client()), quote(o, "known at", o.Address())}, shown...)...)
		}
	}
	return nil
}

// realmChanged sees a login that began in one realm, and a code that is redeemed in another.
func realmChanged(c *Case) *sighting {
	e := c.refusedOrSilent(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.Token && e.Broken() == nil && e.Realm() != ""
	})
	asked := c.Login.At(logins.Pushed, logins.Authorization)
	if e == nil || len(asked) == 0 || asked[0].Realm() == "" || asked[0].Realm() == e.Realm() || e.Error() == "invalid_grant" {
		return nil
	}
	return likely(e, append([]Evidence{quote(asked[0], "realm", asked[0].Realm()), quote(e, "realm", e.Realm())}, refusal(e)...)...)
}

// clientUnknownAtBeginning sees a page of the authorization endpoint with the code for a client that is refused: of a client
// it has no more than the name.
func clientUnknownAtBeginning(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		words := c.said(e).words
		return e.Endpoint == logins.Authorization && e.Broken() == nil && e.Param("client_id") != "" &&
			(hasCode(words, "invalid_client") || saysNoClient(words))
	})
	if e == nil || c.Known.AnswerOnly {
		return nil
	}
	shown := []Evidence{quote(e, "client_id", e.Param("client_id")), answered(e, "text", "the client is refused")}
	return likely(e, append(shown, refusal(e)...)...)
}

// saysNoClient knows a short answer about a client that somebody looked for.
func saysNoClient(words string) bool {
	return len(words) < 200 && contains(words, "client") && saysAny(words, "unable to", "no such", "cannot find", "could not", "not exist",
		"invalid", "unknown", "not found") && !saysAny(words, "redirect", "scope", "response_type", "code_challenge")
}
