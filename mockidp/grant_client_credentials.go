package mockidp

import (
	"context"
	"slices"
	"strings"
)

const grantClientCredentials = "client_credentials"

// newClientCredentialsGrant is the grant of RFC 6749 section 4.4: a client
// acts for itself. There is no person, so the token speaks of the client (RFC
// 9068 section 2.2), and there is neither an ID token nor a refresh token,
// since the client can ask again at any time (RFC 6749 section 4.4.3).
func newClientCredentialsGrant() grant {
	rows := clientCredentialsRows()
	return grant{
		name: grantClientCredentials,
		rules: func() []Rule {
			return ruleList("token", grantClientCredentials, clientCredentialsRows())
		},
		answer: func(ctx context.Context, in *tokenRequest) (tokenResponse, *refusal, error) {
			registered := in.t.allowedScopes(in.client)
			in.askScopes(without(registered, in.t.scopesAboutPeople(registered)))
			if broken := run(ctx, rows, in); broken != nil {
				return tokenResponse{}, broken, nil
			}
			tokens, err := in.issueTokens(ctx, &authorized{
				client: in.client, scopes: in.scopes, details: in.details.list, license: &license{},
				only: in.params.all("resource"),
			})
			return tokens, nil, err
		},
	}
}

func clientCredentialsRows() []row[tokenRequest] {
	return slices.Concat([]row[tokenRequest]{{
		// The registration says which grants a client may use; this says that
		// no registration can make up for a missing secret.
		id: "client-confidential", rule: "the client has a secret",
		spec: rfc("6749", "4.4"), err: "unauthorized_client",
		check: func(in *tokenRequest) finding {
			return checkConfidential(&in.clientRequest,
				"client "+in.client.ClientID+" is public: anybody could ask for tokens under its name")
		},
	}}, grantScopeRows(), []row[tokenRequest]{{
		id: "scope-without-person", rule: "no scope speaks of a person",
		spec: rfc("6749", "4.4"), err: "invalid_scope",
		check: func(in *tokenRequest) finding {
			people := strings.Join(in.t.scopesAboutPeople(in.scopes), " ")
			return verdict(people == "", "scopes of the client's own", strings.Join(in.scopes, " "),
				"scope "+people+" speaks of a person, and with client_credentials there is none")
		},
	}}, resourceTokenRows((*tokenRequest).askedFor))
}

// checkConfidential is the rule that a client has a secret to prove.
func checkConfidential(in *clientRequest, reason string) finding {
	got := "a confidential client"
	if in.client.Public() {
		got = "a public client"
	}
	return verdict(!in.client.Public(), "a confidential client", got, reason)
}
