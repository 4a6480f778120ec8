package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// bearer takes the token from the request (RFC 6750 section 2).
func (a *API) bearer(r *http.Request) (string, *trace.Check) {
	came := presented{values: r.Header.Values("Authorization"), query: r.URL.Query()}
	if refused := rule.Run(r.Context(), trace.ResourceServer, bearerRows(), &came); refused != nil {
		return "", &refused.Check
	}
	_, raw := came.bearer()
	return raw, nil
}

// verdict is what an API made of a token: whom it speaks of, and the rules that ran.
type verdict struct {
	asked  Asked
	checks []trace.Check
}

// verify holds a token to the rules of whoever gave it out, and says whom a
// genuine one speaks of.
func (a *API) verify(r *http.Request, raw, scope string) (Asked, *trace.Check) {
	jwt, err := trace.DecodeJWT(raw)
	c := call{scope: scope, certificate: thumbprint(r.TLS)}
	var v verdict
	switch {
	case err != nil && a.way != ByKeys && slices.ContainsFunc(a.trusted, func(t Trusted) bool { return t.Opaque }):
		v = a.askEach(r.Context(), raw, c)
	case err == nil && a.way == ByAsking:
		from, issuer := a.from(jwt.Claim("iss"))
		v = a.ask(r.Context(), from, issuer, raw, c)
	default:
		v = a.read(r.Context(), jwt, raw, c)
	}
	genuine := false
	for _, ran := range v.checks {
		trace.Record(r.Context(), ran)
		genuine = genuine || ran.Result == trace.Pass && (ran.ID == "token-signature" || ran.ID == "token-active")
	}
	if !genuine {
		v.asked = Asked{} // anybody can write that
	}
	return v.asked, firstBroken(v.checks)
}

// read verifies a JWT with the keys of whoever gave it out (RFC 9068 section 4).
func (a *API) read(ctx context.Context, jwt trace.JWT, raw string, c call) verdict {
	from, issuer := a.from(jwt.Claim("iss"))
	keys, err := a.keySet(ctx, issuer, jwt.KeyID())
	if err != nil {
		return verdict{checks: rule.Each(trace.ResourceServer, keysRows(), &keysRead{err})}
	}
	return verdict{
		asked:  from.asked(jwt.Claim("sub"), jwt.Claim("client_id"), jwt.Claim("scope")),
		checks: token.VerifyAccessToken(raw, a.expects(from, issuer, c, keys)),
	}
}

// keySet reads the keys of an issuer once, and again when a token names one
// that is not among them: it may have come since. In a run the API did so before
// the curtain rose, so it leaves no arrow.
func (a *API) keySet(ctx context.Context, issuer, kid string) (*jose.JSONWebKeySet, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if known := a.cached[issuer]; known != nil && (kid == "" || len(known.Key(kid)) > 0) {
		return known, nil
	}
	var m metadata
	if _, err := getJSON(ctx, a.provider, issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return nil, fmt.Errorf("discover the provider: %w", err)
	}
	var keys jose.JSONWebKeySet
	if _, err := getJSON(ctx, a.provider, m.Keys, "", &keys); err != nil {
		return nil, fmt.Errorf("read the provider's keys: %w", err)
	}
	if a.cached == nil {
		a.cached = map[string]*jose.JSONWebKeySet{}
	}
	a.cached[issuer] = &keys
	return &keys, nil
}

// PublishedKeys returns the keys that the provider publishes, as the API has
// them: a JWK Set (RFC 7517 section 5). It leaves no arrow.
func (a *API) PublishedKeys(ctx context.Context) ([]byte, error) {
	keys, err := a.keySet(ctx, a.trusted[0].Issuer, "")
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return nil, fmt.Errorf("write the provider's keys: %w", err)
	}
	return text, nil
}

// refuse answers by RFC 6750 section 3: without any token no error code, otherwise the one of the rule.
func (a *API) refuse(w http.ResponseWriter, c trace.Check, scope string) {
	challenge, status := `Bearer realm="`+a.guard.Realm+`"`, http.StatusUnauthorized
	switch c.Error {
	case invalidRequest:
		status = http.StatusBadRequest
	case token.InsufficientScope:
		status = http.StatusForbidden
	}
	if c.Error != "" {
		challenge += `, error="` + c.Error + `", error_description="` + plain(describeCheck(c)) + `"`
	}
	if c.Error == token.InsufficientScope {
		challenge += `, scope="` + scope + `"`
	}
	w.Header().Set("WWW-Authenticate", challenge)
	w.Header().Set("Cache-Control", "no-store")
	if c.Error == "" {
		w.WriteHeader(status) // who brought no token is told nothing more
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	writeJSON(w, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{c.Error, plain(describeCheck(c))})
}

func describeCheck(c trace.Check) string {
	return c.Rule + ": expected " + c.Expected + ", got " + orNothing(c.Got)
}

// plain keeps the characters that RFC 6750 section 3 allows in error_description.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '…':
			return '.'
		case r < 0x20 || r > 0x7E || r == '"' || r == '\\':
			return ' '
		}
		return r
	}, s)
}
