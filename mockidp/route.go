package mockidp

import "strings"

// route finds the tenant and the endpoint of a path, or nil, and what follows in
// it after the address of the tenant.
func (p *Provider) route(path string) (t *tenant, e *endpoint, below string) {
	path = p.at.inside(path)
	if issuerPath, ok := strings.CutPrefix(path, pathMetadata); ok {
		if t := p.tenants[issuerPath]; t != nil {
			return t, p.endpointAt(pathDiscovery), pathDiscovery
		}
		return nil, nil, ""
	}
	rest, prefix := path, ""
	if cut, ok := strings.CutPrefix(path, "/auth/"); ok {
		rest, prefix = "/"+cut, "/auth"
	}
	rest, ok := strings.CutPrefix(rest, "/realms/")
	if !ok {
		return nil, nil, ""
	}
	name, tail, _ := strings.Cut(rest, "/")
	t = p.tenants[prefix+"/realms/"+name]
	if t == nil || t.registration == nil && strings.HasPrefix("/"+tail, pathRegistration) {
		return nil, nil, ""
	}
	return t, p.endpointAt("/" + tail), "/" + tail
}

// endpointAt finds an endpoint. A path in the table that ends with a slash
// stands for all below it.
func (p *Provider) endpointAt(path string) *endpoint {
	for i := range p.paths {
		e := &p.paths[i]
		if e.path == path || strings.HasSuffix(e.path, "/") && strings.HasPrefix(path, e.path) {
			return e
		}
	}
	return nil
}
