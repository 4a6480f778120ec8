package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
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

func (a *API) verify(r *http.Request, raw, scope string) *trace.Check {
	keys, err := a.keySet(r.Context())
	if refused := rule.RunQuietly(r.Context(), trace.ResourceServer, keysRows(), &keysRead{err}); refused != nil {
		return &refused.Check
	}
	checks := token.VerifyAccessToken(raw, token.AccessTokenExpectations{
		By: trace.ResourceServer, Issuer: a.issuer, Audience: a.audience, Scope: scope, Keys: keys, Now: a.now(),
	})
	for _, c := range checks {
		trace.Record(r.Context(), c)
	}
	return firstBroken(checks)
}

// keySet reads the provider's keys once. The API did so before the curtain rose, so it leaves no arrow.
func (a *API) keySet(ctx context.Context) (*jose.JSONWebKeySet, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cached != nil {
		return a.cached, nil
	}
	var m metadata
	if _, err := getJSON(ctx, a.keys, a.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return nil, fmt.Errorf("discover the provider: %w", err)
	}
	var keys jose.JSONWebKeySet
	if _, err := getJSON(ctx, a.keys, m.Keys, "", &keys); err != nil {
		return nil, fmt.Errorf("read the provider's keys: %w", err)
	}
	a.cached = &keys
	return a.cached, nil
}

// PublishedKeys returns the keys that the provider publishes, as the API has
// them: a JWK Set (RFC 7517 section 5). It leaves no arrow.
func (a *API) PublishedKeys(ctx context.Context) ([]byte, error) {
	keys, err := a.keySet(ctx)
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
