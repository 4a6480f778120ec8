package mockidp

import "github.com/grantwalk/grantwalk/flows/rule"

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
