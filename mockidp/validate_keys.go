package mockidp

import (
	"cmp"
	"errors"
	"fmt"
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
		return errors.New("further_secrets go with a client_secret that is sent")
	}
	if slices.Contains(c.FurtherSecrets, "") {
		return errors.New("further_secrets: a secret is empty")
	}
	if method == authEither {
		return checkAssertionAlgorithm(c)
	}
	switch {
	case c.usesCertificate() && !slices.Contains(auth.authMethods(), method):
		return fmt.Errorf("token_endpoint_auth_method %s needs a server that asks clients for certificates, see Config.ClientCertificates, and "+
			"tls_client_auth also Config.ClientCAs", method)
	case !slices.Contains(auth.authMethods(), method):
		return fmt.Errorf("token_endpoint_auth_method: %q is not one of %s", method, strings.Join(auth.authMethods(), ", "))
	case method == authNone && c.ClientSecret != "":
		return errors.New("token_endpoint_auth_method none means that there is no client_secret, but there is one")
	case needsSecret && c.ClientSecret == "":
		return fmt.Errorf("token_endpoint_auth_method %s needs a client_secret", method)
	case method == authPrivateKeyJWT && c.JWKS == nil && c.JWKSURI == "":
		return fmt.Errorf("token_endpoint_auth_method %s needs jwks or jwks_uri (RFC 7591 section 2)", method)
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
		return fmt.Errorf("token_endpoint_auth_signing_alg means nothing with token_endpoint_auth_method %s", c.TokenEndpointAuthMethod)
	case alg != "" && !slices.Contains(allowed, jose.SignatureAlgorithm(alg)):
		return fmt.Errorf("token_endpoint_auth_signing_alg: %q is not one of %s", alg, strings.Join(keys.Names(allowed), ", "))
	case c.TokenEndpointAuthMethod != authSecretJWT:
		return nil
	}
	if need := keys.SecretLength(jose.SignatureAlgorithm(alg)); len(c.ClientSecret) < need {
		return fmt.Errorf("client_secret has %d bytes; to sign with %s it needs %d (RFC 7518 section 3.2)", len(c.ClientSecret),
			cmp.Or(alg, "HS256"), need)
	}
	return nil
}

// checkClientKeys demands public keys that can be used, by value or by
// address, not both (RFC 7591 section 2).
func checkClientKeys(c *Client, relaxed Relaxed) error {
	if c.JWKS != nil && c.JWKSURI != "" {
		return errors.New("jwks and jwks_uri: at most one of them is set (RFC 7591 section 2)")
	}
	if c.JWKSURI != "" {
		return checkJWKSURI(c.JWKSURI, relaxed)
	}
	if c.JWKS == nil {
		return nil
	}
	if len(c.JWKS.Keys) == 0 {
		return errors.New("jwks holds no key")
	}
	seen := map[string]bool{}
	for i := range c.JWKS.Keys {
		k := &c.JWKS.Keys[i]
		switch {
		case !k.Valid() || !k.IsPublic():
			return fmt.Errorf("jwks: key %q is no public key; the private half stays with the client", k.KeyID)
		case k.Use != "enc" && !slices.ContainsFunc(keys.AsymmetricAlgorithms(),
			func(alg jose.SignatureAlgorithm) bool { return keys.Suits(k, alg) }):
			return fmt.Errorf("jwks: key %q can sign with none of %s; RSA keys need 2048 bits (RFC 7518 section 3.3)", k.KeyID,
				strings.Join(keys.Names(keys.AsymmetricAlgorithms()), ", "))
		case k.KeyID != "" && seen[k.KeyID]:
			return fmt.Errorf("jwks: kid %q is there twice", k.KeyID)
		}
		seen[k.KeyID] = true
	}
	return nil
}

func checkJWKSURI(uri string, relaxed Relaxed) error {
	u, err := url.Parse(uri)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || (u.Scheme != "https" && u.Scheme != "http"):
		return fmt.Errorf("jwks_uri %q must be an absolute https URL without user information and fragment", uri)
	case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
		return fmt.Errorf("jwks_uri %q: http is for loopback only; use https or set Relaxed.PlainHTTP", uri)
	}
	return nil
}
