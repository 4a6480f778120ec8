package mockidp

import (
	"slices"
	"strings"
)

// Where a claim about somebody stands. OpenID Connect Core section 5.4 has the
// claims of scopes come from UserInfo; clients and resource servers that look
// into the tokens alone get there what a scope or their registration names.

// idClaims is what an ID token says of the person: what is asked for by name
// (scopes are those whose claims there will be no UserInfo for), and what the
// configuration puts there.
func (k *catalogue) idClaims(a *authorized, scopes []string) []Claim {
	said := k.about(a.person, scopes, a.wishes)
	placed := k.placed(a.scopes, a.client.IDTokenClaims, func(s *Scope) []string { return s.IDTokenClaims })
	return append(said, without(a.claims(placed), said)...)
}

// accessClaims is what an access token says of its subject besides what all do.
func (k *catalogue) accessClaims(a *authorized) []Claim {
	return a.claims(k.placed(a.scopes, a.client.AccessTokenClaims, func(s *Scope) []string { return s.AccessTokenClaims }))
}

// placed lists the claims that granted scopes put into a kind of token, and
// those of the client's own that a granted scope releases.
func (k *catalogue) placed(granted, ofClient []string, ofScope func(*Scope) []string) []string {
	var names []string
	for _, name := range granted {
		s := k.scope(name)
		if s == nil {
			continue
		}
		names = append(names, ofScope(s)...)
		for _, claim := range ofClient {
			if slices.Contains(s.Claims, claim) {
				names = append(names, claim)
			}
		}
	}
	return names
}

// claims are those that the person has, or the client where it acts for itself.
func (a *authorized) claims(names []string) []Claim {
	if len(names) == 0 {
		return nil
	}
	has := a.client.Claims
	if a.person != nil {
		has = a.person.Claims
	}
	return slices.DeleteFunc(slices.Clone(has), func(c Claim) bool { return !slices.Contains(names, c.Name) })
}

// without leaves out what was said already.
func without(claims, said []Claim) []Claim {
	return slices.DeleteFunc(claims, func(c Claim) bool {
		return slices.ContainsFunc(said, func(other Claim) bool { return other.Name == c.Name })
	})
}

// isAccess reports whether a token of ours is an access token. Where its typ
// does not say so, it is one by what no ID token of ours holds.
func (j *jwt) isAccess() bool {
	typ := strings.TrimPrefix(strings.ToLower(j.Typ), "application/")
	return typ == typeAccessToken || j.Typ == typeIDToken && j.ClientID != "" && j.ID != ""
}

func checkAccessTokenType(typ string) error {
	if typ != "" && typ != typeAccessToken && typ != typeIDToken {
		return wrong("access_token_type", "%q is neither %s (RFC 9068 section 2.1) nor %s", typ, typeAccessToken, typeIDToken)
	}
	return nil
}

// checkTokenClaims keeps names out that tokens give by themselves.
func checkTokenClaims(c *Client) error {
	if err := checkClaims(c.Claims); err != nil {
		return err
	}
	return checkClaimNames(c.IDTokenClaims, c.AccessTokenClaims)
}

func checkClaimNames(ofIDToken, ofAccessToken []string) error {
	for key, names := range map[string][]string{"id_token_claims": ofIDToken, "access_token_claims": ofAccessToken} {
		for _, name := range names {
			if name == "roles" || name == "realm_access" {
				return wrong(key, "%q: access tokens say the roles of a person by themselves; write them as roles of the person", name)
			}
			if name == "" || slices.Contains(reservedClaims(), name) {
				return wrong(key, "%q: tokens say that by themselves; leave it out (OpenID Connect Core section 2)", name)
			}
		}
	}
	return nil
}
