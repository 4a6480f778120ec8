package mockidp

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// publicRows are the rules of documents that everybody may read.
func publicRows() []rule.Row[request] {
	return []rule.Row[request]{{
		ID: "method-get", Rule: "the request uses GET",
		Spec: rule.RFC("9110", "15.5.6"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
		Check: func(r *request) rule.Finding { return r.CheckMethod(http.MethodGet) },
	}}
}

// discoveryEndpoint serves what everybody may read.
type discoveryEndpoint struct {
	auth   *authenticator
	now    func() time.Time
	grants grantTable
	rows   []rule.Row[request]

	challengeMethods []string
}

func (e *discoveryEndpoint) metadata(t *tenant) metadata {
	m := metadata{
		Issuer:                 t.issuer,
		AuthorizationEndpoint:  t.issuer + pathAuthorization,
		TokenEndpoint:          t.calls + pathToken,
		UserInfoEndpoint:       t.calls + pathUserInfo,
		JWKSURI:                t.calls + pathCerts,
		EndSessionEndpoint:     t.issuer + pathLogout,
		RevocationEndpoint:     t.calls + pathRevocation,
		RevocationMethods:      e.auth.authMethods(),
		IntrospectionEndpoint:  t.calls + pathIntrospection,
		IntrospectionMethods:   wire.Without(e.auth.authMethods(), []string{authNone}),
		ResponseTypesSupported: t.responseTypesOf(),
		ResponseModesSupported: responseModes(),
		GrantTypesSupported:    e.grants.offered(t), // password, which is legacy, only where a client has it
		SubjectTypesSupported:  t.subjectTypes(),
		TokenAuthMethods:       e.auth.authMethods(),
		ChallengeMethods:       e.challengeMethods,
		DPoPAlgorithms:         keys.Names(keys.AsymmetricAlgorithms()),
		PromptValues:           promptValues(),
		ClaimTypes:             []string{"normal"},
		Claims:                 []string{"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "c_hash", "sid"},
		Locales:                []string{"en"},
		ClaimsParameter:        true,
		ACRValues:              acrValues(),
		DisplayValues:          displayValues(),
		BackchannelLogout:      true,
		BackchannelSession:     true,
		FrontchannelLogout:     true,
		FrontchannelSession:    true,
		IssParameter:           true,

		signingMetadata:   e.signingMetadata(t),
		assertionMetadata: newAssertionMetadata(),
		referenceMetadata: t.referenceMetadata(),
		DetailsTypes:      t.detailsTypeNames(),
	}
	e.grants.describe(t, &m)
	if t.registration != nil {
		m.RegistrationEndpoint = t.calls + pathRegistration
	}
	for _, s := range t.scopes {
		m.ScopesSupported = append(m.ScopesSupported, s.Name)
		for _, claim := range slices.Concat(s.Claims, s.IDTokenClaims, s.AccessTokenClaims) {
			if t.canSay(claim) && !slices.Contains(m.Claims, claim) {
				m.Claims = append(m.Claims, claim)
			}
		}
	}
	m.certificateMetadata = e.newCertificateMetadata(&m)
	return m
}

// serveDiscovery is the metadata document, under both of its addresses.
func (e *discoveryEndpoint) serveDiscovery(t *tenant, r *request) (wire.Answer, error) {
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, r); broken != nil {
		return refusePublic(broken)
	}
	return cacheable(wire.JSON(http.StatusOK, e.metadata(t)))
}

// refusePublic tells which methods such a document takes.
func refusePublic(broken *rule.Refusal) (wire.Answer, error) {
	a, err := wire.JSON(broken.Status, wire.ErrorResponse{Error: broken.Check.Error, Description: wire.Describe(broken.Check.Reason)})
	a.Set("Allow", "GET, HEAD, OPTIONS")
	return wire.Uncached(a), err
}

// cacheable lets a public document be kept for a short while.
func cacheable(a wire.Answer, err error) (wire.Answer, error) {
	a.Set("Cache-Control", "public, max-age=300")
	return a, err
}

// responseTypesOf lists what at least one client of the realm may use, or may
// come to by registering itself: what the metadata may promise.
func (t *tenant) responseTypesOf() []string {
	return slices.DeleteFunc(responseTypes(), func(name string) bool {
		kind, _ := readResponseType(name)
		return !t.registration.opens(kind.grants()...) && !t.clients.any(func(c *Client) bool { return c.mayUse(kind) })
	})
}

// newCertificateMetadata says so where the server asks for certificates. It
// asks everybody at the ordinary addresses, so the aliases are those: for
// clients that look nowhere else.
func (e *discoveryEndpoint) newCertificateMetadata(m *metadata) certificateMetadata {
	if !e.auth.certificates {
		return certificateMetadata{}
	}
	aliases := map[string]string{
		"token_endpoint": m.TokenEndpoint, "revocation_endpoint": m.RevocationEndpoint,
		"introspection_endpoint": m.IntrospectionEndpoint, "userinfo_endpoint": m.UserInfoEndpoint,
		"device_authorization_endpoint":         m.DeviceEndpoint,
		"pushed_authorization_request_endpoint": m.PushedEndpoint,
	}
	maps.DeleteFunc(aliases, func(_, address string) bool { return address == "" })
	return certificateMetadata{CertificateBound: true, Aliases: aliases}
}

func (e *discoveryEndpoint) signingMetadata(t *tenant) signingMetadata {
	names := keys.Names(algorithmsOf(t.algorithms, t.keys))
	return signingMetadata{
		IDTokenAlgorithms: names, UserInfoAlgorithms: names, AuthorizationAlgorithms: names, IntrospectedAlgorithms: names,
	}
}
