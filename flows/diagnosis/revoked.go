package diagnosis

import (
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// tokenRevoked sees that the very token was revoked before (RFC 7009), and else an API that says of one whose time is not over
// that it is no longer good.
func tokenRevoked(c *Case) *sighting {
	e := c.refusedByAPI()
	if e == nil || e.Broken() != nil || e.Bearer() == "" {
		return nil
	}
	for _, o := range c.earlier(e) {
		if o.Endpoint == logins.Revocation && o.Param("token") == e.Bearer() && o.Status() == http.StatusOK {
			return certain(e, ownWords(quote(o, "token", "was revoked")), ownWords(quote(e, "Authorization", "the same token")))
		}
	}
	if !lasts(e) || !saysAny(c.said(e).words, "not active", "inactive", "no longer valid", "revoked") {
		return nil
	}
	jwt, _ := e.JWT()
	expires, _ := seconds(jwt.Claim("exp"))
	return likely(e, append([]Evidence{quote(e, "exp", expires.UTC().Format(time.RFC3339))}, refusal(e)...)...)
}

// lasts reports whether the token of a request says that it had not expired when it was sent.
func lasts(e *logins.Exchange) bool {
	jwt, ok := e.JWT()
	expires, told := seconds(jwt.Claim("exp"))
	return ok && told && !e.At().IsZero() && expires.After(e.At().Add(muchSkew))
}
