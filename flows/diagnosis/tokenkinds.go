package diagnosis

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Whether what an API was shown is an access token, or a token of another kind.

// unlessUnseen makes a look no surer than likely where the token itself was not
// recorded: what is wrong with it may be more than the rule that it broke.
func unlessUnseen(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && s.sure == Certain && unseen(s.at) {
			s.sure = Likely
		}
		return s
	}
}

// unlessForeign makes a look no surer than likely where neither the log nor the token itself shows that it is an access
// token: it may be one of another kind.
func unlessForeign(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && s.sure == Certain && !c.cameAsAccessToken(s.at) && !isAccessToken(s.at) {
			s.sure = Likely
		}
		return s
	}
}

// isAccessToken reports whether the token of a request says of itself that it is an access token, and has its end.
func isAccessToken(e *logins.Exchange) bool {
	jwt, ok := e.JWT()
	return ok && saysAccess(jwt) && isSignature(jwt.Signature)
}

// isSignature reports whether a text is as long as signatures are: of RSA keys, of the curves and of shared
// secrets (RFC 7518, 3.1, and RFC 8037, 3.1). What was cut off is most often not.
func isSignature(text string) bool {
	bytes, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && slices.Contains([]int{32, 48, 64, 96, 114, 132, 256, 384, 512}, len(bytes))
}

// cameAsAccessToken reports whether an answer of the log brought the token of a request as an access token.
func (c *Case) cameAsAccessToken(e *logins.Exchange) bool {
	return slices.ContainsFunc(c.over().tokens, func(o *logins.Exchange) bool {
		return o.Number < e.Number && o.Came("access_token") == e.Bearer()
	})
}

// unseen reports whether nobody can look into the token of a request: it was not recorded, or is a mark in a log.
func unseen(e *logins.Exchange) bool { return e.Bearer() == "" || strings.Contains(e.Bearer(), Mark) }

// sentAsAccessToken sees a token of another kind: the very one that came, or
// one that looks like it.
func (c *Case) sentAsAccessToken(member string, looks func(trace.JWT) string) *sighting {
	e := c.refusedByAPI("token-typ", "token-type", "token-aud", "token-audience", "token-known", "token-is-jwt", "token-signature")
	if e == nil || e.Bearer() == "" {
		return nil
	}
	if o := c.over().came[member][e.Bearer()]; o != nil {
		return certain(e, answered(o, member, Short(e.Bearer())), quote(e, "Authorization", "Bearer "+Short(e.Bearer())))
	}
	jwt, ok := e.JWT()
	if !ok || looks == nil || looks(jwt) == "" {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "the token has", looks(jwt))}, refusal(e)...)...)
}

// saysAccess reports whether a token says that it is an access token: by its type (RFC 9068, 2.1), or by a claim that only these have.
func saysAccess(jwt trace.JWT) bool {
	typ := strings.ToLower(trace.JWT{Payload: jwt.Header}.Claim("typ"))
	return strings.Contains(typ, "at+jwt") || jwt.Claim("scope") != "" || jwt.Claim("scp") != "" || jwt.Claim("typ") == "Bearer" ||
		jwt.Claim("token_use") == "access"
}

// looksLikeIDToken names a claim that only ID tokens have, where the token does
// not say that it is an access token.
func looksLikeIDToken(jwt trace.JWT) string {
	if saysAccess(jwt) {
		return ""
	}
	if jwt.Claim("typ") == "ID" || jwt.Claim("token_use") == "id" {
		return "typ ID"
	}
	for _, claim := range []string{"at_hash", "nonce", "c_hash"} {
		if jwt.Claim(claim) != "" {
			return claim
		}
	}
	return ""
}
