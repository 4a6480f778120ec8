package mockidp

import (
	"maps"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// tokenCertificateRows are about clients whose tokens are bound to a
// certificate (RFC 8705 section 3).
func tokenCertificateRows() []rule.Row[tokenRequest] {
	return []rule.Row[tokenRequest]{{
		ID: "certificate-sent", Rule: "a client whose tokens are bound to its certificate presents one",
		Spec: rule.RFC("8705", "3"), Error: "invalid_request",
		When: func(in *tokenRequest) bool { return in.client.TLSClientCertificateBoundAccessTokens },
		Check: func(in *tokenRequest) rule.Finding {
			return checkCertificateSent(in.p.clientCertificate(in.r) != nil,
				"client "+in.client.ClientID+
					" is registered with tls_client_certificate_bound_access_tokens, but presented no certificate in the TLS handshake")
		},
	}}
}

func checkCertificateSent(sent bool, reason string) rule.Finding {
	got := "none"
	if sent {
		got = "presented"
	}
	return rule.Verdict(sent, "a client certificate", got, reason)
}

// tokenCertificateRow is about the use of a token that is bound.
func tokenCertificateRow() rule.Row[bearerUse] {
	return rule.Row[bearerUse]{
		ID: "token-certificate", Rule: "the certificate is the one that the token is bound to",
		Spec: rule.RFC("8705", "3"), Error: "invalid_token", Status: http.StatusUnauthorized,
		When: func(in *bearerUse) bool { return in.token.Confirmation.Certificate() != "" },
		Check: func(in *bearerUse) rule.Finding {
			return checkSameCertificate(in.token.Confirmation.Certificate(), keys.CertificateThumbprint(in.p.auth.clientCertificate(in.r)),
				"the token")
		},
	}
}

func checkSameCertificate(bound, sent, what string) rule.Finding {
	expected := "the certificate with the thumbprint " + bound
	switch sent {
	case "":
		return rule.Fail(expected, "no certificate", what+" is bound to a certificate, and none was presented in the TLS handshake")
	case bound:
		return rule.Pass(expected, "that certificate")
	}
	return rule.Fail(expected, "the thumbprint "+sent, what+" is bound to another certificate than the one of this connection")
}

// certificateMetadata says what clients with certificates can do (RFC 8705
// sections 3.3 and 5).
type certificateMetadata struct {
	CertificateBound bool              `json:"tls_client_certificate_bound_access_tokens,omitempty"`
	Aliases          map[string]string `json:"mtls_endpoint_aliases,omitempty"`
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
