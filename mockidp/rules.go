package mockidp

import (
	"slices"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Rules lists every rule of every endpoint in the order in which each
// endpoint runs them.
func Rules() []Rule { return rulesWith(allTables().grants) }

func rulesWith(grants grantTable) []Rule {
	return slices.Concat(
		ruleList("every", "", wire.Door()),
		ruleList("authorization", "", trustRows()),
		ruleList("authorization", "", requestRows()),
		ruleList("sign-in", "", signInRows()),
		ruleList("consent", "", consentRows()),
		ruleList("pushed-authorization", "", pushedRows()),
		ruleList("pushed-authorization", "", pushedProofRows()),
		ruleList("token", "", tokenRows()),
		ruleList("token", "", tokenProofRows()),
		grants.rules(),
		ruleList("device-authorization", "", deviceAuthorizationRows()),
		ruleList("device", "", devicePageRows()),
		ruleList("device", "", userCodeRows()),
		ruleList("revocation", "", revocationRows()),
		ruleList("introspection", "", introspectionRows()),
		ruleList("introspection", "", tokenStateRows()),
		ruleList("logout", "", logoutRows()),
		ruleList("logout-confirmation", "", logoutFormRows()),
		ruleList("userinfo", "", userInfoRows()),
		ruleList("registration", "", registrationRows()),
		ruleList("client-configuration", "", clientConfigurationRows()),
		ruleList("cookie-check", "", publicRows()),
		ruleList("certs", "", publicRows()),
		ruleList("discovery", "", publicRows()),
	)
}
