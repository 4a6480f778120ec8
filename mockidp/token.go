package mockidp

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// tokenRequest is a request to the token endpoint (RFC 6749 section 3.2) and
// what it refers to.
type tokenRequest struct {
	clientRequest
	proof  proofUse
	code   *redemption
	rotate *rotation
	device *devicePoll

	exchange *exchange

	person   *Person // whom name and password belong to, nil when they do not match
	failures failures
	scopes   []string // what the tokens will be good for
	details  detailsAsk
}

// grant is one line of the grant table: how a grant_type is answered. A new
// grant is a file with its rows and a line in [grants].
type grant struct {
	name  string
	rules func() []Rule
	// answer runs the grant's own rows on a request that kept the common
	// ones, and gives out the tokens.
	answer func(ctx context.Context, in *tokenRequest) (tokenResponse, *rule.Refusal, error)
}

// grants is the grant table.
func grants() []grant {
	return []grant{
		newAuthorizationCodeGrant(),
		newClientCredentialsGrant(),
		newRefreshTokenGrant(),
		newPasswordGrant(),
		newDeviceCodeGrant(),
		newTokenExchangeGrant(),
	}
}

func grantRules() []Rule {
	var rules []Rule
	for _, g := range grants() {
		rules = append(rules, g.rules()...)
	}
	return rules
}

// grantTypes lists the grants that this provider knows.
func (p *Provider) grantTypes() []string {
	names := make([]string, 0, len(p.tables.grants))
	for _, g := range p.tables.grants {
		names = append(names, g.name)
	}
	return names
}

// grantTypesOf lists the grants that at least one client of a realm may use:
// what the metadata may promise.
func (p *Provider) grantTypesOf(t *tenant) []string {
	return slices.DeleteFunc(append(p.grantTypes(), grantImplicit), func(name string) bool {
		return !t.offers(name)
	})
}

// offers reports whether a client of the realm may use a grant, or may come to
// by registering itself.
func (t *tenant) offers(grant string) bool {
	return t.registration.opens(grant) || t.anyClient(func(c *Client) bool { return slices.Contains(c.GrantTypes, grant) })
}

func (p *Provider) grant(name string) *grant {
	for i := range p.tables.grants {
		if p.tables.grants[i].name == name {
			return &p.tables.grants[i]
		}
	}
	return nil
}

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
				if in.p.grant(sent) != nil {
					return rule.Pass(sent, sent)
				}
				known := strings.Join(in.p.grantTypes(), " or ")
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

// serveToken is the token endpoint.
func (p *Provider) serveToken(t *tenant, r *request) (wire.Answer, error) {
	in := &tokenRequest{clientRequest: p.newClientRequest(t, r), proof: p.newProofUse(t, r)}
	in.readDetailsAsk()
	broken := rule.Run(r.Context(), trace.AuthorizationServer, p.tables.token, in)
	if broken == nil {
		in.proof.claim(in.client)
		broken = rule.Run(r.Context(), trace.AuthorizationServer, p.tables.tokenProof, in)
	}
	var tokens tokenResponse
	if broken == nil {
		var err error
		if tokens, broken, err = p.grant(in.params.Get("grant_type")).answer(r.Context(), in); err != nil {
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

// tokenResponse is RFC 6749 section 5.1 and OpenID Connect Core 3.1.3.3.
type tokenResponse struct {
	AccessToken  string          `json:"access_token"`
	RefreshToken string          `json:"refresh_token,omitempty"`
	IDToken      string          `json:"id_token,omitempty"`
	TokenType    string          `json:"token_type"`
	ExpiresIn    int             `json:"expires_in"` // seconds
	Scope        string          `json:"scope,omitempty"`
	Details      json.RawMessage `json:"authorization_details,omitempty"` // RFC 9396 section 7

	IssuedTokenType string `json:"issued_token_type,omitempty"` // of a token exchange (RFC 8693 section 2.2.1)
}
