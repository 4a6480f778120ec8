package mockidp

import (
	"errors"
	"fmt"
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
		return fmt.Errorf("profile: %q is not %s, the only one there is", c.Profile, ProfileFAPI2)
	}
	for _, check := range []func() error{
		func() error { return checkFAPIClient(c) },
		func() error { return checkFAPIAnswers(c) },
		func() error { return checkFAPIAlgorithms(c) },
	} {
		if err := check(); err != nil {
			return fmt.Errorf("profile %s: %w", ProfileFAPI2, err)
		}
	}
	return nil
}

func fapiSection(number string) string { return " (FAPI 2.0 Security Profile section " + number + ")" }

// checkFAPIClient is about who the client is and what it may do.
func checkFAPIClient(c *Client) error {
	methods := []string{authPrivateKeyJWT, "tls_client_auth", "self_signed_tls_client_auth"}
	switch {
	case slices.Contains(c.GrantTypes, grantPassword):
		return errors.New("grant_types: password is refused" + fapiSection("5.3.2.1"))
	case !slices.Contains(methods, c.TokenEndpointAuthMethod):
		return fmt.Errorf("token_endpoint_auth_method: %s is not one of %s%s",
			c.TokenEndpointAuthMethod, strings.Join(methods, ", "), fapiSection("5.3.2.1"))
	case !c.DPoPBoundAccessTokens && !c.TLSClientCertificateBoundAccessTokens:
		return errors.New("access tokens are bound to the client: set dpop_bound_access_tokens or tls_client_certificate_bound_access_tokens" +
			fapiSection("5.3.2.1"))
	case c.PKCEOptional:
		return errors.New("PKCE is not optional" + fapiSection("5.3.2.2"))
	}
	return nil
}

// checkFAPIAnswers is about what the authorization endpoint may answer, and
// where.
func checkFAPIAnswers(c *Client) error {
	if extra := wire.Without(c.ResponseTypes, []string{"code"}); len(extra) > 0 {
		return fmt.Errorf("response_types: %s is refused; it is code%s", strings.Join(extra, ", "), fapiSection("5.3.2.2"))
	}
	for _, uri := range c.RedirectURIs {
		u, err := url.Parse(uri)
		if err != nil {
			return fmt.Errorf("redirect_uri %q: %w", uri, err)
		}
		if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && (ip == nil || !ip.IsLoopback()) {
			return fmt.Errorf("redirect_uri %q: http is for 127.0.0.1 and [::1] only%s", uri, fapiSection("5.3.2.2"))
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
			return fmt.Errorf("%s: %s is not one of %s%s",
				field.name, field.alg, strings.Join(keys.Names(keys.FAPIAlgorithms()), ", "), fapiSection("5.4.1"))
		}
	}
	return nil
}
