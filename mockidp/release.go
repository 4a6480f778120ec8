package mockidp

import (
	"encoding/json"
	"slices"
)

// claimPrefix stands before the name of a claim that is asked for by itself
// where consents are remembered. No scope holds a space.
const claimPrefix = "claim "

// released lists the claims of scopes (OpenID Connect Core section 5.4).
func (k *catalogue) released(scopes []string) []string {
	var names []string
	for _, name := range scopes {
		if s := k.scope(name); s != nil {
			names = append(names, s.Claims...)
		}
	}
	return names
}

// reachable drops wishes for claims that the client could not ask for by a
// scope either: the claims parameter is no way round its registration. That is
// no error (OpenID Connect Core section 5.5.1).
func (k *catalogue) reachable(c *Client, wishes claimWishes) claimWishes {
	reach := k.released(k.allowedScopes(c))
	return slices.DeleteFunc(slices.Clone(wishes), func(w claimWish) bool { return !slices.Contains(reach, w.name) })
}

// about lists what is said of a person: what the scopes release, and what is
// asked for by name.
func (k *catalogue) about(person *Person, scopes []string, wishes claimWishes) []Claim {
	if person == nil {
		return nil
	}
	free := k.released(scopes)
	var said []Claim
	for _, c := range person.Claims {
		w, asked := wishes.find(c.Name)
		if slices.Contains(free, c.Name) || asked && w.take(c.Value) {
			said = append(said, c)
		}
	}
	return said
}

// permissions lists what the person is asked to agree to: scopes, and claims
// that no scope among them releases.
func (k *catalogue) permissions(c *Client, scopes []string, claims *claimsRequest) []string {
	all, free := slices.Clone(scopes), k.released(scopes)
	for _, w := range k.reachable(c, slices.Concat(claims.userInfo, claims.idToken)) {
		if name := claimPrefix + w.name; !slices.Contains(free, w.name) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// reservedClaims are what tokens say by themselves, so that no person can have
// a claim of that name.
func reservedClaims() []string {
	return []string{
		"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "auth_time", "nonce", "acr", "amr", "azp",
		"at_hash", "c_hash", "s_hash", "sid", "act", "may_act", "cnf", "scope", "client_id", "events",
	}
}

// MarshalJSON writes what is said of the person after the rest.
func (c idClaims) MarshalJSON() ([]byte, error) {
	type plain idClaims
	return withMore{plain(c), c.Person}.MarshalJSON()
}

// checkClaims keeps a person from having a claim twice, or one that tokens say
// by themselves (OpenID Connect Core section 2).
func checkClaims(claims []Claim) error {
	seen := map[string]bool{}
	for _, c := range claims {
		switch {
		case c.Name == "" || slices.Contains(reservedClaims(), c.Name):
			return wrong("claims."+c.Name, "tokens say that by themselves; leave it out (OpenID Connect Core section 2)")
		case seen[c.Name]:
			return wrong("claims."+c.Name, "is listed twice; write it once")
		}
		if _, err := json.Marshal(c.Value); err != nil {
			return wrong("claims."+c.Name, "must be a value that JSON can hold: %w", err)
		}
		seen[c.Name] = true
	}
	return nil
}
