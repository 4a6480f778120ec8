package diagnosis

import (
	"slices"
	"sync"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Rows is the table of causes. Of those that are equally sure the first that
// shows is told first, so what is more particular stands before what is general.
func Rows() []Row { return slices.Clone(table()) }

// table is made once: a server that explains what went wrong asks for it at every login.
//
//nolint:gochecknoglobals // never changes, and no look keeps anything
var table = sync.OnceValue(func() []Row {
	return withSayings(slices.Concat(
		troubleRows(), particularRows(), furtherRows(), networkRows(), discoveryRows(), redirectRows(), clientRows(), secretRows(),
		assertionRows(),
		sentRows(), requestRows(), otherRequestRows(), promptRows(), personRows(), peopleRows(),
		tokenRequestRows(), corsRows(), verifierRows(), codeRows(), refreshRows(), deviceRows(), dpopRows(),
		callbackRows(), stateRows(), idTokenRows(), bearerRows(), apiTokenRows(), claimRows(), grantedRows(), logoutRows(), silenceRows(),
	))
})

func rfc(number, section string) trace.Spec { return rule.RFC(number, section) }

func discoveryOIDC(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Discovery 1.0", Section: section}
}

func oidc(section string) trace.Spec { return rule.OIDC(section) }
