package mockidp

import (
	"slices"
	"strings"
)

// responseType says what the authorization endpoint gives out by itself
// (OAuth 2.0 Multiple Response Type Encoding Practices section 3). All but
// code put tokens into the browser's address bar, where the client can neither
// prove that they were meant for it nor bind them to itself: RFC 9700 section
// 2.1.2 advises against them, and only clients that list them may use them.
type responseType struct{ code, token, idToken bool }

// readResponseType reads the parameter, in which the order does not matter
// (RFC 6749 section 3.1.1). Of a value that is not known it returns the parts
// that are, and false.
func readResponseType(sent string) (responseType, bool) {
	var kind responseType
	known := true
	for name := range strings.SplitSeq(sent, " ") {
		part := map[string]*bool{"code": &kind.code, "token": &kind.token, "id_token": &kind.idToken}[name]
		if part == nil || *part {
			known = false
			continue
		}
		*part = true
	}
	return kind, known
}

// front reports whether the answer itself holds a token.
func (k responseType) front() bool { return k.token || k.idToken }

// defaultMode is where the answer goes when the request does not say.
func (k responseType) defaultMode() string {
	if k.front() {
		return modeFragment
	}
	return modeQuery
}

// grants lists what a client must be registered for to use the type (RFC 7591
// section 2.1).
func (k responseType) grants() []string {
	var names []string
	if k.code {
		names = append(names, grantAuthorizationCode)
	}
	if k.front() {
		names = append(names, grantImplicit)
	}
	return names
}

const responseTypeCode = "code"

// responseTypes lists what the authorization endpoint can answer with.
func responseTypes() []string {
	return []string{
		responseTypeCode, "token", "id_token", "id_token token",
		"code id_token", "code token", "code id_token token",
	}
}

// mayUse reports whether the client is registered for the type.
func (c *Client) mayUse(kind responseType) bool {
	return slices.ContainsFunc(c.ResponseTypes, func(registered string) bool {
		k, known := readResponseType(registered)
		return known && k == kind
	})
}

// takesFront reports whether the client is registered for any type that puts
// a token into the answer, takesToken whether that may be an access token.
func (c *Client) takesFront() bool { return c.anyType(responseType.front) }

func (c *Client) takesToken() bool {
	return c.anyType(func(k responseType) bool { return k.token })
}

func (c *Client) anyType(which func(responseType) bool) bool {
	return slices.ContainsFunc(c.ResponseTypes, func(registered string) bool {
		k, _ := readResponseType(registered)
		return which(k)
	})
}

// checkResponseTypes holds response types and grant types to one another
// (RFC 7591 section 2.1), and keeps tokens that must be bound to their client
// out of a channel in which nobody can prove anything.
func checkResponseTypes(c *Client) error {
	for _, name := range c.ResponseTypes {
		kind, known := readResponseType(name)
		if !known {
			return wrong("response_types", "%q is not one of %s", name, strings.Join(responseTypes(), ", "))
		}
		for _, g := range kind.grants() {
			if !slices.Contains(c.GrantTypes, g) {
				return wrong("response_types", "%q needs %s in grant_types (RFC 7591 section 2.1)", name, g)
			}
		}
	}
	switch {
	case slices.Contains(c.GrantTypes, grantImplicit) && !c.takesFront():
		return wrong("grant_types", "implicit needs a response_type with token or id_token (RFC 7591 section 2.1)")
	case c.PKCEOptional && c.Public():
		return wrong("pkce_optional", "a public client always uses PKCE; leave it out, or give the client a secret (RFC 9700 section 2.1.1)")
	case c.takesToken() && (c.DPoPBoundAccessTokens || c.TLSClientCertificateBoundAccessTokens):
		return wrong("response_types", "an access token from the authorization endpoint cannot be bound to a key or certificate; use code (RFC "+
			"9700 section 2.1.2)")
	}
	return nil
}

// The ways in which an answer travels through the browser (OAuth 2.0 Multiple
// Response Type Encoding Practices section 2.1, OAuth 2.0 Form Post Response
// Mode section 2).
const (
	modeQuery    = "query"
	modeFragment = "fragment"
	modeFormPost = "form_post"

	// modeJWT puts the answer into a signed JWT and sends that as the response
	// type would have it; after a dot it says so of another mode (JWT Secured
	// Authorization Response Mode for OAuth 2.0 section 2.3).
	modeJWT = "jwt"
)

func responseModes() []string {
	return []string{
		modeQuery, modeFragment, modeFormPost,
		modeJWT, modeQuery + "." + modeJWT, modeFragment + "." + modeJWT, modeFormPost + "." + modeJWT,
	}
}
