package mockidp

import (
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

// metadata is RFC 8414 section 2 and OpenID Connect Discovery section 3, with
// what is on and nothing else.
type metadata struct {
	Issuer                 string   `json:"issuer"`
	AuthorizationEndpoint  string   `json:"authorization_endpoint"`
	TokenEndpoint          string   `json:"token_endpoint"`
	UserInfoEndpoint       string   `json:"userinfo_endpoint"`
	JWKSURI                string   `json:"jwks_uri"`
	EndSessionEndpoint     string   `json:"end_session_endpoint"`
	DeviceEndpoint         string   `json:"device_authorization_endpoint,omitempty"`
	RegistrationEndpoint   string   `json:"registration_endpoint,omitempty"`
	RevocationEndpoint     string   `json:"revocation_endpoint"`
	RevocationMethods      []string `json:"revocation_endpoint_auth_methods_supported"`
	IntrospectionEndpoint  string   `json:"introspection_endpoint"`
	IntrospectionMethods   []string `json:"introspection_endpoint_auth_methods_supported"`
	ScopesSupported        []string `json:"scopes_supported"`
	ResponseTypesSupported []string `json:"response_types_supported"`
	ResponseModesSupported []string `json:"response_modes_supported"`
	GrantTypesSupported    []string `json:"grant_types_supported"`
	SubjectTypesSupported  []string `json:"subject_types_supported"`
	TokenAuthMethods       []string `json:"token_endpoint_auth_methods_supported"`
	ChallengeMethods       []string `json:"code_challenge_methods_supported"`
	DPoPAlgorithms         []string `json:"dpop_signing_alg_values_supported"`
	PromptValues           []string `json:"prompt_values_supported"`
	ClaimTypes             []string `json:"claim_types_supported"`
	Claims                 []string `json:"claims_supported"`
	Locales                []string `json:"ui_locales_supported"`
	ClaimsParameter        bool     `json:"claims_parameter_supported"`
	ACRValues              []string `json:"acr_values_supported"`
	DisplayValues          []string `json:"display_values_supported"`
	BackchannelLogout      bool     `json:"backchannel_logout_supported"`
	BackchannelSession     bool     `json:"backchannel_logout_session_supported"`
	IssParameter           bool     `json:"authorization_response_iss_parameter_supported"`

	signingMetadata
	assertionMetadata
	referenceMetadata
	certificateMetadata
	DetailsTypes []string `json:"authorization_details_types_supported,omitempty"`
}

// discoveryEndpoint serves what everybody may read.
type discoveryEndpoint struct {
	auth   *authenticator
	keys   *keys.Set
	now    func() time.Time
	grants grantTable
	rows   []rule.Row[request]

	challengeMethods []string
}

func (e *discoveryEndpoint) metadata(t *tenant) metadata {
	m := metadata{
		Issuer:                 t.issuer,
		AuthorizationEndpoint:  t.issuer + pathAuthorization,
		TokenEndpoint:          t.issuer + pathToken,
		UserInfoEndpoint:       t.issuer + pathUserInfo,
		JWKSURI:                t.issuer + pathCerts,
		EndSessionEndpoint:     t.issuer + pathLogout,
		RevocationEndpoint:     t.issuer + pathRevocation,
		RevocationMethods:      e.auth.authMethods(),
		IntrospectionEndpoint:  t.issuer + pathIntrospection,
		IntrospectionMethods:   wire.Without(e.auth.authMethods(), []string{authNone}),
		ResponseTypesSupported: t.responseTypesOf(),
		ResponseModesSupported: responseModes(),
		GrantTypesSupported:    e.grants.offered(t), // password, which is legacy, only where a client has it
		SubjectTypesSupported:  []string{"public"},
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
		IssParameter:           true,

		signingMetadata:   e.signingMetadata(),
		assertionMetadata: newAssertionMetadata(),
		referenceMetadata: t.referenceMetadata(),
		DetailsTypes:      t.detailsTypeNames(),
	}
	e.grants.describe(t, &m)
	if t.registration != nil {
		m.RegistrationEndpoint = t.issuer + pathRegistration
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
