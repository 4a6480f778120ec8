package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// tokenRequest is what requests to the token endpoint have in common (RFC 6749
// section 3.2). What a grant finds under one is in a request of its own type,
// see [newGrant].
type tokenRequest struct {
	clientRequest
	at      *tokenEndpoint
	proof   proofUse
	scopes  []string // what the tokens will be good for
	details detailsAsk
}

// itself is for rows that stand in tables of requests which hold this one.
func (in *tokenRequest) itself() *tokenRequest { return in }

// tokenRows are the rules that hold for every grant.
func tokenRows() []rule.Row[tokenRequest] {
	who := func(in *tokenRequest) *clientRequest { return &in.clientRequest }
	shape := clientShapeRows(rule.RFC("6749", "3.2"), rule.RFC("6749", "4.1.3"))
	return slices.Concat(rule.Lifted(shape, who), rule.Lifted(clientRows(), who), []rule.Row[tokenRequest]{
		{
			ID: "grant-type-present", Rule: "grant_type is sent",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_request",
			Check: func(in *tokenRequest) rule.Finding {
				return rule.Verdict(in.params.Has("grant_type"), "a grant_type", cmp.Or(wire.Shown(in.params.Get("grant_type")), "none"),
					"grant_type is missing")
			},
		},
		{
			ID: "grant-type-supported", Rule: "grant_type is one that this provider knows",
			Spec: rule.RFC("6749", "5.2"), Error: "unsupported_grant_type",
			Check: func(in *tokenRequest) rule.Finding {
				sent := in.params.Get("grant_type")
				if in.at.grants.find(sent) != nil {
					return rule.Pass(sent, sent)
				}
				known := strings.Join(in.at.grants.names(), " or ")
				return rule.Fail(known, wire.Shown(sent), "grant_type "+wire.Shown(sent)+" is not supported; supported: "+known)
			},
		},
		{
			ID: "grant-type-allowed", Rule: "the client may use this grant_type",
			Spec: rule.RFC("6749", "5.2"), Error: "unauthorized_client",
			Check: func(in *tokenRequest) rule.Finding {
				sent := in.params.Get("grant_type")
				allowed := cmp.Or(strings.Join(in.client.GrantTypes, " or "), "none")
				return rule.Verdict(slices.Contains(in.client.GrantTypes, sent), allowed, sent,
					"client "+in.client.ClientID+" may not use grant_type "+sent)
			},
		},
	}, detailsTokenRows())
}

// tokenEndpoint is the token endpoint (RFC 6749 section 3.2).
type tokenEndpoint struct {
	auth       *authenticator
	possession *possession
	mint       *mint
	grants     grantTable
	rows       []rule.Row[tokenRequest]
	proof      []rule.Row[tokenRequest]
}

// serveToken is the token endpoint.
func (e *tokenEndpoint) serveToken(t *tenant, r *request) (wire.Answer, error) {
	in := &tokenRequest{at: e, clientRequest: e.auth.newClientRequest(t, r), proof: e.possession.newProofUse(t, r)}
	in.readDetailsAsk()
	broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in)
	if broken == nil {
		in.proof.claim(in.client)
		broken = rule.Run(r.Context(), trace.AuthorizationServer, e.proof, in)
	}
	var tokens tokenResponse
	if broken == nil {
		var err error
		if tokens, broken, err = e.grants.find(in.params.Get("grant_type")).answer(r.Context(), in); err != nil {
			return wire.Answer{}, err
		}
	}
	if broken != nil {
		a, err := refuseClient(&in.clientRequest, broken, "POST, OPTIONS")
		return in.proof.nonced(a), err
	}
	a, err := wire.JSON(http.StatusOK, tokens)
	return in.proof.nonced(in.named(wire.Uncached(a))), err
}

// tokenProofRows are the rules about the proof of a token request (RFC 9449
// section 5).
func tokenProofRows() []rule.Row[tokenRequest] {
	sent := func(in *tokenRequest) bool { return in.proof.sent() }
	rows := []rule.Row[tokenRequest]{{
		ID: "dpop-sent", Rule: "a DPoP proof is sent",
		Spec: rule.RFC("9449", "5.2"), Error: errProof,
		When: func(in *tokenRequest) bool { return in.client.DPoPBoundAccessTokens },
		Check: func(in *tokenRequest) rule.Finding {
			got := "none"
			if sent(in) {
				got = "sent"
			}
			return rule.Verdict(sent(in), "a DPoP header", got,
				"client "+in.client.ClientID+" is registered with dpop_bound_access_tokens, but the request has no DPoP header")
		},
	}}
	whose := func(in *tokenRequest) *proofUse { return &in.proof }
	return slices.Concat(rows, rule.OnlyWhen(sent, rule.Lifted(proofRows(0), whose)), tokenCertificateRows())
}
