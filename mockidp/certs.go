package mockidp

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// serveCerts is the JWK Set with the public keys (RFC 7517 section 5).
func (p *Provider) serveCerts(t *tenant, r *request) (wire.Answer, error) {
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, p.tables.public, r); broken != nil {
		return refusePublic(broken)
	}
	set, err := p.keys.Public(p.signs(t), p.cfg.Now())
	if err != nil {
		return wire.Answer{}, err
	}
	return cacheable(wire.JSON(http.StatusOK, set))
}
