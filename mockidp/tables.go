package mockidp

import (
	"sync"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// tables are the rules that run, built once.
type tables struct {
	door        []rule.Row[wire.Request]
	trust       []rule.Row[authorization]
	pushed      []rule.Row[pushedRequest]
	pushedProof []rule.Row[pushedRequest]
	request     []rule.Row[authorization]
	signIn      []rule.Row[formPost]
	consent     []rule.Row[formPost]
	token       []rule.Row[tokenRequest]
	tokenProof  []rule.Row[tokenRequest]
	userInfo    []rule.Row[bearerUse]

	deviceAuthorization []rule.Row[deviceRequest]
	devicePage          []rule.Row[deviceVisit]
	userCode            []rule.Row[formPost]

	revocation    []rule.Row[tokenUse]
	introspection []rule.Row[tokenUse]
	tokenState    []rule.Row[tokenUse]
	logout        []rule.Row[endSession]
	logoutForm    []rule.Row[formPost]

	registration        []rule.Row[registering]
	clientConfiguration []rule.Row[registering]

	public []rule.Row[request]

	proof     []rule.Row[proofUse]      // of a DPoP proof, before it is claimed
	assertion []rule.Row[clientRequest] // of a client_assertion, likewise
	grants    grantTable
	secrets   []string // parameters that must not stand in a URL
	paths     []endpoint
}

func newTables(table grantTable) *tables {
	return &tables{
		door: wire.Door(), trust: hinted(trustRows()), pushed: hinted(pushedRows()), pushedProof: hinted(pushedProofRows()),
		request: hinted(requestRows()), signIn: hinted(signInRows()), consent: hinted(consentRows()), token: hinted(tokenRows()),
		tokenProof: hinted(tokenProofRows()), userInfo: hinted(userInfoRows()),
		deviceAuthorization: hinted(deviceAuthorizationRows()), devicePage: hinted(devicePageRows()), userCode: hinted(userCodeRows()),
		revocation: hinted(revocationRows()), introspection: hinted(introspectionRows()), tokenState: hinted(tokenStateRows()),
		logout: hinted(logoutRows()), logoutForm: hinted(logoutFormRows()),
		registration: hinted(registrationRows()), clientConfiguration: hinted(clientConfigurationRows()),
		public: publicRows(), proof: proofRows(0), assertion: assertionProofRows(), grants: table, secrets: secretNames(table),
		paths: endpoints(),
	}
}

// allTables is the same for every provider, because rules hold no state; making
// them anew for each would be most of what a provider costs.
var allTables = sync.OnceValue(func() *tables { return newTables(grants()) }) //nolint:gochecknoglobals // never changes
