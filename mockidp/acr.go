package mockidp

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// The authentication context classes that this provider knows (OpenID Connect
// Core section 2), weaker first. The second can be reached by everybody who
// has reached the first: by signing in again.
const (
	// acrPassword: the person gave the password at some time in this session.
	acrPassword = "urn:grantwalk:acr:password" //nolint:gosec // a name, no password
	// acrFresh: the person gave the password for this very request.
	acrFresh = "urn:grantwalk:acr:fresh-password"
)

func acrValues() []string { return []string{acrPassword, acrFresh} }

// acrWish is how well the client wants the person to be authenticated.
type acrWish struct {
	asked  bool     // the tokens are to say acr
	values []string // any of these, the dearest first; none means whatever it is
	// must: without one of the values there is no answer but an error.
	must bool
}

// dearest returns the first value that this provider can reach, or "".
func (w acrWish) dearest() string {
	for _, v := range w.values {
		if slices.Contains(acrValues(), v) {
			return v
		}
	}
	return ""
}

// reached returns the acr claim: the first value that is true or, where none
// is, what is true instead. It is empty when nobody asked.
func (w acrWish) reached(fresh bool) string {
	if !w.asked {
		return ""
	}
	for _, v := range w.values {
		if v == acrPassword || v == acrFresh && fresh {
			return v
		}
	}
	if fresh {
		return acrFresh
	}
	return acrPassword
}

// needsSignIn reports whether a session that is already there is not enough.
// Where the person may not be asked, a wish gives way.
func (w acrWish) needsSignIn(silent bool) bool {
	return w.dearest() == acrFresh && (w.must || !silent)
}

// unmetSpec is the addition to OpenID Connect Core that names the error.
func unmetSpec() trace.Spec {
	return trace.Spec{Doc: "OpenID Connect Unmet Authentication Requirements 1.0", Section: "1"}
}

// checkContext is about how the client wants people to be authenticated.
func checkContext(c *Client) error {
	if age := c.DefaultMaxAge; age != nil && (*age < 0 || *age > longestLifetime) {
		return wrong("default_max_age", "%s must be between 0s and %s; leave it out, and any sign-in is recent enough", *age, longestLifetime)
	}
	for _, v := range c.DefaultACRValues {
		if !slices.Contains(acrValues(), v) {
			return wrong("default_acr_values", "%q is not one of %s", v, strings.Join(acrValues(), ", "))
		}
	}
	return nil
}
