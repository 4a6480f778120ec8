package mockidp

import (
	"context"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// newClientCredentialsGrant is the grant of RFC 6749 section 4.4: a client
// acts for itself. There is no person, so the token speaks of the client (RFC
// 9068 section 2.2), and there is neither an ID token nor a refresh token,
// since the client can ask again at any time (RFC 6749 section 4.4.3).
func newClientCredentialsGrant() grant {
	return newGrant(grant{
		name: grantClientCredentials, details: detailsAsked, check: checkOwnSubject,
	}, granting[tokenRequest]{
		rows: clientCredentialsRows,
		read: func(in *tokenRequest) *tokenRequest {
			registered := in.t.allowedScopes(in.client)
			in.askScopes(in.t.defaultScopes(in.client, wire.Without(registered, in.t.scopesAboutPeople(registered))))
			return in
		},
		give: func(ctx context.Context, in *tokenRequest) (tokenResponse, error) {
			return in.issueTokens(ctx, &authorized{
				client: in.client, scopes: in.scopes, details: in.details.list, license: &license{},
				only: in.params.All("resource"),
			})
		},
	})
}

func clientCredentialsRows() []rule.Row[tokenRequest] {
	return slices.Concat([]rule.Row[tokenRequest]{{
		// The registration says which grants a client may use; this says that
		// no registration can make up for a missing secret.
		ID: "client-confidential", Rule: "the client has a secret",
		Spec: rule.RFC("6749", "4.4"), Error: "unauthorized_client",
		Check: func(in *tokenRequest) rule.Finding {
			return checkConfidential(&in.clientRequest,
				"client "+in.client.ClientID+" is public: anybody could ask for tokens under its name")
		},
	}}, grantScopeRows[tokenRequest](), []rule.Row[tokenRequest]{{
		ID: "scope-without-person", Rule: "no scope speaks of a person",
		Spec: rule.RFC("6749", "4.4"), Error: "invalid_scope",
		Check: func(in *tokenRequest) rule.Finding {
			people := strings.Join(in.t.scopesAboutPeople(in.scopes), " ")
			return rule.Verdict(people == "", "scopes of the client's own", strings.Join(in.scopes, " "),
				"scope "+people+" speaks of a person, and with client_credentials there is none")
		},
	}}, resourceTokenRows((*tokenRequest).askedFor))
}

// checkConfidential is the rule that a client has a secret to prove.
func checkConfidential(in *clientRequest, reason string) rule.Finding {
	got := "a confidential client"
	if in.client.Public() {
		got = "a public client"
	}
	return rule.Verdict(!in.client.Public(), "a confidential client", got, reason)
}

// checkOwnSubject keeps a client that acts for itself from passing for a
// person (RFC 9068 section 5).
func checkOwnSubject(c *Client, n *neighbours) error {
	person, taken := n.subjects[c.ClientID]
	if !taken || !slices.Contains(c.GrantTypes, grantClientCredentials) {
		return nil
	}
	return wrong("client_id", "is also the subject of %q, and with client_credentials it becomes a sub claim; use another (RFC 9068 "+
		"section 5)", person)
}
