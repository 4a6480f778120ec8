package mockidp

import (
	"slices"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

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
	FrontchannelLogout     bool     `json:"frontchannel_logout_supported"`
	FrontchannelSession    bool     `json:"frontchannel_logout_session_supported"`
	IssParameter           bool     `json:"authorization_response_iss_parameter_supported"`

	signingMetadata
	assertionMetadata
	referenceMetadata
	certificateMetadata
	DetailsTypes []string `json:"authorization_details_types_supported,omitempty"`
}

// certificateMetadata says what clients with certificates can do (RFC 8705
// sections 3.3 and 5).
type certificateMetadata struct {
	CertificateBound bool              `json:"tls_client_certificate_bound_access_tokens,omitempty"`
	Aliases          map[string]string `json:"mtls_endpoint_aliases,omitempty"`
}

// assertionMetadata says what clients may sign their assertions with (RFC 8414
// section 2).
type assertionMetadata struct {
	TokenAlgorithms         []string `json:"token_endpoint_auth_signing_alg_values_supported"`
	RevocationAlgorithms    []string `json:"revocation_endpoint_auth_signing_alg_values_supported"`
	IntrospectionAlgorithms []string `json:"introspection_endpoint_auth_signing_alg_values_supported"`
}

func newAssertionMetadata() assertionMetadata {
	names := keys.Names(slices.Concat(keys.AsymmetricAlgorithms(), keys.SecretAlgorithms()))
	return assertionMetadata{TokenAlgorithms: names, RevocationAlgorithms: names, IntrospectionAlgorithms: names}
}

// referenceMetadata says in which ways a request may be sent other than by
// parameters in the browser (RFC 9101 section 10.5, RFC 9126 section 5).
// request_uri_parameter_supported is about addresses that a provider has to
// fetch; a request_uri of a pushed request is good all the same.
type referenceMetadata struct {
	RequestParameter    bool     `json:"request_parameter_supported"`
	RequestURIParameter bool     `json:"request_uri_parameter_supported"`
	RequireRegistration bool     `json:"require_request_uri_registration,omitempty"`
	RequestAlgorithms   []string `json:"request_object_signing_alg_values_supported"`
	RequireSigned       bool     `json:"require_signed_request_object"`
	PushedEndpoint      string   `json:"pushed_authorization_request_endpoint"`
	RequirePushed       bool     `json:"require_pushed_authorization_requests"`
}

// signingMetadata says what tokens and answers can be signed with (RFC 8414
// section 2, OpenID Connect Discovery section 3, RFC 9701 section 7, JWT Secured
// Authorization Response Mode for OAuth 2.0 section 4).
type signingMetadata struct {
	IDTokenAlgorithms       []string `json:"id_token_signing_alg_values_supported"`
	UserInfoAlgorithms      []string `json:"userinfo_signing_alg_values_supported"`
	AuthorizationAlgorithms []string `json:"authorization_signing_alg_values_supported"`
	IntrospectedAlgorithms  []string `json:"introspection_signing_alg_values_supported"`
}
