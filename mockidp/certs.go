package mockidp

import "net/http"

// serveCerts is the JWK Set with the public keys (RFC 7517 section 5).
func (p *Provider) serveCerts(_ *tenant, r *request) (answer, error) {
	if broken := run(r.Context(), p.tables.public, r); broken != nil {
		return refusePublic(broken)
	}
	set, err := p.keys.public()
	if err != nil {
		return answer{}, err
	}
	return cacheable(jsonAnswer(http.StatusOK, set))
}
