package diagnosis

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// misplaced reports whether a cause is none at the endpoint where its words were said: where somebody signs out, the
// address that is refused is another one; where a login begins, there is neither a secret, nor a token, nor what an app
// remembers; and a client that was given a code is known.
func misplaced(c *Case, seen *sighting, id string) bool {
	switch {
	case seen.at.Endpoint == logins.Logout:
		return strings.HasPrefix(id, "redirect-uri-")
	case id == "token-expired":
		return seen.at.Broken() == nil && !c.Known.AnswerOnly && lasts(seen.at)
	case id == "client-unknown":
		return takenAtBeginning(c, seen.at)
	case seen.at.Endpoint == logins.Authorization && seen.at.Broken() == nil && !c.Known.AnswerOnly && !c.Known.Asked:
		return ofAPI(id) || slices.Contains([]string{"secret-wrong", "secret-missing", "session-lost", "api-issuer-differs"}, id)
	}
	return false
}
