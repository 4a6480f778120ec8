package mockidp

import "net/http"

// serveCerts is the JWK Set with the public keys (RFC 7517 section 5).
func (p *Provider) serveCerts(t *tenant, r *request) (answer, error) {
	if broken := run(r.Context(), p.tables.public, r); broken != nil {
		return refusePublic(broken)
	}
	set, err := p.keys.public(p.signs(t), p.cfg.Now())
	if err != nil {
		return answer{}, err
	}
	return cacheable(jsonAnswer(http.StatusOK, set))
}
