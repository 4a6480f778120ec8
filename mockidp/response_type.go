package mockidp

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
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

// grantImplicit stands in grant_types for tokens from the authorization
// endpoint. No token request can name it.
const grantImplicit = "implicit"

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

// responseTypesOf lists what at least one client of the realm may use, or may
// come to by registering itself: what the metadata may promise.
func (t *tenant) responseTypesOf() []string {
	return slices.DeleteFunc(responseTypes(), func(name string) bool {
		kind, _ := readResponseType(name)
		return !t.registration.opens(kind.grants()...) && !t.clients.any(func(c *Client) bool { return c.mayUse(kind) })
	})
}

// responseTypeRows are about what the client asks to get.
func responseTypeRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "response-type-present", Rule: "response_type is sent",
			Spec: rule.RFC("6749", "3.1.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(in.params.Has("response_type"), "a response_type", cmp.Or(wire.Shown(in.params.Get("response_type")), "none"),
					"response_type is missing; send response_type=code")
			},
		},
		{
			ID: "response-type-supported", Rule: "response_type is one that this provider knows",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "unsupported_response_type",
			Check: checkResponseTypeKnown,
		},
		{
			ID: "response-type-allowed", Rule: "the client may use this response_type",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "unauthorized_client",
			Check: func(in *authorization) rule.Finding {
				sent := in.params.Get("response_type")
				allowed := cmp.Or(strings.Join(in.client.ResponseTypes, " or "), "none")
				return rule.Verdict(in.client.mayUse(in.kind), allowed, sent,
					"client "+in.client.ClientID+" may not use response_type "+sent+"; registered: "+allowed)
			},
		},
	}
}

// checkResponseTypeKnown names in its reason only what clients of this realm
// use: code for nearly everybody.
func checkResponseTypeKnown(in *authorization) rule.Finding {
	sent := in.params.Get("response_type")
	_, known := readResponseType(sent)
	if known {
		return rule.Pass(sent, sent)
	}
	return rule.Fail(strings.Join(responseTypes(), " or "), wire.Shown(sent),
		"response_type "+wire.Shown(sent)+" is not supported; supported: "+strings.Join(responseTypes(), ", "))
}

// frontRows are about requests whose answer holds a token (OpenID Connect Core
// sections 3.2 and 3.3).
func frontRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.kind.idToken }, []rule.Row[authorization]{
		{
			ID: "id-token-needs-openid", Rule: "scope holds openid when an ID token is asked for",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_scope",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(slices.Contains(in.scopes, "openid"), "openid", wire.Shown(strings.Join(in.scopes, " ")),
					"response_type "+in.params.Get("response_type")+" asks for an ID token, and scope does not hold openid")
			},
		},
		{
			ID: "nonce-present", Rule: "nonce is sent when the answer holds an ID token",
			Spec: rule.OIDC("3.2.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(in.params.Has("nonce"), "a nonce", cmp.Or(wire.Shown(in.params.Get("nonce")), "none"),
					"nonce is missing; without it nobody could tell this answer from an older one that is sent again")
			},
		},
	})
}

// checkResponseTypes holds response types and grant types to one another
// (RFC 7591 section 2.1), and keeps tokens that must be bound to their client
// out of a channel in which nobody can prove anything.
func checkResponseTypes(c *Client) error {
	for _, name := range c.ResponseTypes {
		kind, known := readResponseType(name)
		if !known {
			return fmt.Errorf("response_types: %q is not one of %s", name, strings.Join(responseTypes(), ", "))
		}
		for _, g := range kind.grants() {
			if !slices.Contains(c.GrantTypes, g) {
				return fmt.Errorf("response_types: %q needs the grant_type %s (RFC 7591 section 2.1)", name, g)
			}
		}
	}
	switch {
	case slices.Contains(c.GrantTypes, grantImplicit) && !c.takesFront():
		return errors.New("grant_types: implicit needs a response_type with token or id_token (RFC 7591 section 2.1)")
	case c.PKCEOptional && c.Public():
		return errors.New("pkce_optional: a public client always uses PKCE (RFC 9700 section 2.1.1)")
	case c.Profile == ProfileFAPI2 && (c.takesFront() || c.PKCEOptional):
		return errors.New("profile fapi2: such a client uses response_type code, with PKCE (FAPI 2.0 Security Profile section 5.3.2.2)")
	case c.takesToken() && (c.DPoPBoundAccessTokens || c.TLSClientCertificateBoundAccessTokens):
		return errors.New("response_types: an access token from the authorization endpoint cannot be bound to a key or certificate (RFC 9700 section 2.1.2)")
	}
	return nil
}
