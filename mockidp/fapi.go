package mockidp

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// The FAPI 2.0 Security Profile holds a client to more than others. What a
// request can break is a rule beside its neighbours: the request is pushed
// (request-pushed) with a redirect_uri (redirect-uri-present) and S256
// (code-challenge-method), assertions name the issuer alone
// (client-assertion-audience), proofs and signatures use its algorithms. What
// a registration can break is refused here, section by section. A code is
// good for 60 s and once, and every answer names its issuer, for everybody.

// keepsRefreshToken reports whether the client's refresh tokens stay the same:
// for a confidential client whose tokens are bound to a key, rotation makes
// nothing safer and loses the person's consent with a lost answer (FAPI 2.0
// Security Profile section 5.3.2.1).
func (c *Client) keepsRefreshToken() bool { return c.Profile == ProfileFAPI2 }

// checkProfile holds a client to its profile, which must be one that there is.
func checkProfile(c *Client) error {
	switch c.Profile {
	case "":
		return nil
	case ProfileFAPI2:
	default:
		return wrong("profile", "%q is not one that there is; leave it out, or use %s", c.Profile, ProfileFAPI2)
	}
	for _, check := range []func() error{
		func() error { return checkFAPIClient(c) },
		func() error { return checkFAPIAnswers(c) },
		func() error { return checkFAPIAlgorithms(c) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// byFAPI makes the slip of a client with that profile.
func byFAPI(section, key, words string, args ...any) error {
	args = append([]any{ProfileFAPI2, section}, args...)
	return wrong(key, "with the profile %[1]s, "+words+" (FAPI 2.0 Security Profile section %[2]s)", args...)
}

// checkFAPIClient is about who the client is and what it may do.
func checkFAPIClient(c *Client) error {
	methods := []string{authPrivateKeyJWT, "tls_client_auth", "self_signed_tls_client_auth"}
	switch {
	case slices.Contains(c.GrantTypes, grantPassword):
		return byFAPI("5.3.2.1", "grant_types", "password must be left out")
	case !slices.Contains(methods, c.TokenEndpointAuthMethod):
		return byFAPI("5.3.2.1", "token_endpoint_auth_method", "it must be one of %[3]s", strings.Join(methods, ", "))
	case !c.DPoPBoundAccessTokens && !c.TLSClientCertificateBoundAccessTokens:
		return byFAPI("5.3.2.1", "dpop_bound_access_tokens",
			"access tokens must be bound to the client: set this or tls_client_certificate_bound_access_tokens")
	case c.PKCEOptional:
		return byFAPI("5.3.2.2", "pkce_optional", "PKCE is not optional; leave it out")
	}
	return nil
}

// checkFAPIAnswers is about what the authorization endpoint may answer, and
// where.
func checkFAPIAnswers(c *Client) error {
	if extra := wire.Without(c.ResponseTypes, []string{"code"}); len(extra) > 0 {
		return byFAPI("5.3.2.2", "response_types", "%[3]s is refused; use code", strings.Join(extra, ", "))
	}
	for _, uri := range c.RedirectURIs {
		u, err := url.Parse(uri)
		if err != nil {
			return wrong("redirect_uris", unreadableURI, uri)
		}
		if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && (ip == nil || !ip.IsLoopback()) {
			return byFAPI("5.3.2.2", "redirect_uris", "%[3]q must use https; http is for 127.0.0.1 and [::1] only", uri)
		}
	}
	return nil
}

// checkFAPIAlgorithms is about what is signed, by either side.
func checkFAPIAlgorithms(c *Client) error {
	for _, field := range []struct{ name, alg string }{
		{"id_token_signed_response_alg", c.IDTokenSignedResponseAlg},
		{"access_token_signed_response_alg", c.AccessTokenSignedResponseAlg},
		{"userinfo_signed_response_alg", c.UserInfoSignedResponseAlg},
		{"authorization_signed_response_alg", c.AuthorizationSignedResponseAlg},
		{"introspection_signed_response_alg", c.IntrospectionSignedResponseAlg},
		{"request_object_signing_alg", c.RequestObjectSigningAlg},
		{"token_endpoint_auth_signing_alg", c.TokenEndpointAuthSigningAlg},
	} {
		if field.alg != "" && !slices.Contains(keys.FAPIAlgorithms(), jose.SignatureAlgorithm(field.alg)) {
			return byFAPI("5.4.1", field.name, "%[3]s is not one of %[4]s", field.alg, strings.Join(keys.Names(keys.FAPIAlgorithms()), ", "))
		}
	}
	return nil
}
