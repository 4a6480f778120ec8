package mockidp

// namedToken is a token that a client asks about, and what it turned out to
// be. The kinds cannot be confused, so token_type_hint is read by nobody: a
// hint only helps a server to search faster (RFC 7009 section 2.1).
type namedToken struct {
	jwt    jwt
	access bool      // an access token of this issuer
	id     bool      // an ID token of this provider
	family *rotation // of a refresh token; nil for anything else
	over   string    // why an access token is no longer good; empty while it is
}

// owner returns the client_id that the token was issued to, or "".
func (n *namedToken) owner() string {
	switch {
	case n.access:
		return n.jwt.ClientID
	case n.family != nil:
		return n.family.client.ClientID
	}
	return ""
}
