package mockidp

import (
	"context"
	"errors"

	"github.com/grantwalk/grantwalk/flows/rule"
)

const grantTea = "urn:example:grant-type:tea"

// newTeaGrant is a grant that no standard has: a client that brings tea gets an
// access token. All that the provider knows of it stands in this file.
func newTeaGrant() grant {
	return newGrant(grant{
		name: grantTea, secrets: []string{"tea"}, open: true,
		errors: faultCodes(rule.RFC("2324", "2.3.2"), "teapot"),
		check: func(c *Client, _ *neighbours) error {
			if c.Public() && c.mayBrew() {
				return errors.New("a client that brings tea has a secret (RFC 2324)")
			}
			return nil
		},
		metadata: func(_ *tenant, m *metadata) { m.Claims = append(m.Claims, "sugar") },
	}, granting[teaRequest]{
		rows: teaRows,
		read: func(in *tokenRequest) *teaRequest {
			in.askScopes([]string{"mail.read"})
			return &teaRequest{in, in.params.Get("tea")}
		},
		give: func(ctx context.Context, in *teaRequest) (tokenResponse, error) {
			return in.issueTokens(ctx, &authorized{client: in.client, scopes: in.scopes, license: &license{}})
		},
	})
}

// teaRequest is a token request with tea.
type teaRequest struct {
	*tokenRequest
	tea string
}

func teaRows() []rule.Row[teaRequest] {
	return append([]rule.Row[teaRequest]{{
		ID: "tea-green", Rule: "the tea is green",
		Spec: rule.RFC("2324", "2.3.2"), Error: "teapot",
		Check: func(in *teaRequest) rule.Finding {
			return rule.Verdict(in.tea == "green", "green", in.tea, "the tea is not green")
		},
	}}, grantScopeRows[teaRequest]()...)
}

func (c *Client) mayBrew() bool {
	for _, name := range c.GrantTypes {
		if name == grantTea {
			return true
		}
	}
	return false
}
