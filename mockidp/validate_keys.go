package mockidp

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// checkAuthMethod holds a client to what its way of authentication needs.
func checkAuthMethod(c *Client, auth *authenticator) error {
	method := c.TokenEndpointAuthMethod
	needsSecret := slices.Contains([]string{authBasic, authPost, authSecretJWT}, method)
	if len(c.FurtherSecrets) > 0 && (c.ClientSecret == "" || method == authSecretJWT) {
		return wrong("further_secrets", "go with a client_secret that is sent; leave them out, or write client_secret")
	}
	if slices.Contains(c.FurtherSecrets, "") {
		return wrong("further_secrets", "none of them must be empty")
	}
	if method == authEither {
		return checkAssertionAlgorithm(c)
	}
	switch {
	case c.usesCertificate() && !slices.Contains(auth.authMethods(), method):
		return wrong("token_endpoint_auth_method", "%s needs a server that asks clients for certificates: use %s, for tls_client_auth also %s",
			method, settingClientCertificates, settingClientCAs)
	case !slices.Contains(auth.authMethods(), method):
		return wrong("token_endpoint_auth_method", "%q is not one of %s", method, strings.Join(auth.authMethods(), ", "))
	case method == authNone && c.ClientSecret != "":
		return wrong("token_endpoint_auth_method", "none means that there is no client_secret; leave one of the two out")
	case needsSecret && c.ClientSecret == "":
		return wrong("token_endpoint_auth_method", "%s needs a client_secret", method)
	case method == authPrivateKeyJWT && c.JWKS == nil && c.JWKSURI == "":
		return wrong("token_endpoint_auth_method", "%s needs jwks or jwks_uri (RFC 7591 section 2)", method)
	}
	return checkAssertionAlgorithm(c)
}

// checkAssertionAlgorithm holds token_endpoint_auth_signing_alg to the method,
// and the secret of client_secret_jwt to the length of the hash.
func checkAssertionAlgorithm(c *Client) error {
	alg, allowed := c.TokenEndpointAuthSigningAlg, keys.AsymmetricAlgorithms()
	switch {
	case c.TokenEndpointAuthMethod == authSecretJWT:
		allowed = keys.SecretAlgorithms()
	case c.Profile == ProfileFAPI2:
		allowed = keys.FAPIAlgorithms()
	}
	switch {
	case alg != "" && !c.assertsItself():
		return wrong("token_endpoint_auth_signing_alg", "means nothing with token_endpoint_auth_method %s; leave it out",
			cmp.Or(c.TokenEndpointAuthMethod, "left out"))
	case alg != "" && !slices.Contains(allowed, jose.SignatureAlgorithm(alg)):
		return wrong("token_endpoint_auth_signing_alg", "%q is not one of %s", alg, strings.Join(keys.Names(allowed), ", "))
	case c.TokenEndpointAuthMethod != authSecretJWT:
		return nil
	}
	if need := keys.SecretLength(jose.SignatureAlgorithm(alg)); len(c.ClientSecret) < need {
		return wrong("client_secret", "has %d bytes; to sign with %s it needs %d (RFC 7518 section 3.2)", len(c.ClientSecret),
			cmp.Or(alg, "HS256"), need)
	}
	return nil
}

// checkClientKeys demands public keys that can be used, by value or by
// address, not both (RFC 7591 section 2).
func checkClientKeys(c *Client, relaxed Relaxed) error {
	if c.JWKS != nil && c.JWKSURI != "" {
		return wrong("jwks_uri", "there is jwks as well; leave one of the two out (RFC 7591 section 2)")
	}
	if c.JWKSURI != "" {
		return checkJWKSURI(c.JWKSURI, relaxed)
	}
	if c.JWKS == nil {
		return nil
	}
	if len(c.JWKS.Keys) == 0 {
		return wrong("jwks", "must hold a key; leave it out for a client without one")
	}
	seen := map[string]bool{}
	for i := range c.JWKS.Keys {
		k := &c.JWKS.Keys[i]
		switch {
		case !k.Valid() || !k.IsPublic():
			return wrong("jwks", "key %q must be a public key; the private half stays with the client", k.KeyID)
		case k.Use != "enc" && !slices.ContainsFunc(keys.AsymmetricAlgorithms(),
			func(alg jose.SignatureAlgorithm) bool { return keys.Suits(k, alg) }):
			return wrong("jwks", "key %q can sign with none of %s; RSA keys need 2048 bits (RFC 7518 section 3.3)", k.KeyID,
				strings.Join(keys.Names(keys.AsymmetricAlgorithms()), ", "))
		case k.KeyID != "" && seen[k.KeyID]:
			return wrong("jwks", "kid %q is there twice; give each key its own", k.KeyID)
		}
		seen[k.KeyID] = true
	}
	return nil
}

func checkJWKSURI(uri string, relaxed Relaxed) error {
	u, err := url.Parse(uri)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || (u.Scheme != "https" && u.Scheme != "http"):
		return wrong("jwks_uri", "%q must be an absolute https URL without user information and fragment", uri)
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return wrong("jwks_uri", onlyLoopback, uri, settingPlainHTTP)
	}
	return nil
}
