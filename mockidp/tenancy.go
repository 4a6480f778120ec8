package mockidp

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// tenancy finds the realms of a provider, by path and by name, and what is in them.
type tenancy struct {
	config  *Config
	at      *addresses
	tenants map[string]*tenant // by the path of their issuer, without that of Config.BaseURL
	paths   []endpoint
}

// route finds the tenant and the endpoint of a path, or nil, and what follows in
// it after the address of the tenant.
func (in *tenancy) route(path string) (t *tenant, e *endpoint, below string) {
	path = in.at.inside(path)
	if issuerPath, ok := strings.CutPrefix(path, pathMetadata); ok {
		if t := in.tenants[issuerPath]; t != nil {
			return t, in.endpointAt(pathDiscovery), pathDiscovery
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
	t = in.tenants[prefix+"/realms/"+name]
	if t == nil || t.registration == nil && strings.HasPrefix("/"+tail, pathRegistration) {
		return nil, nil, ""
	}
	return t, in.endpointAt("/" + tail), "/" + tail
}

// endpointAt finds an endpoint. A path in the table that ends with a slash
// stands for all below it.
func (in *tenancy) endpointAt(path string) *endpoint {
	for i := range in.paths {
		e := &in.paths[i]
		if e.path == path || strings.HasSuffix(e.path, "/") && strings.HasPrefix(path, e.path) {
			return e
		}
	}
	return nil
}

func (in *tenancy) nowIn(t *tenant) time.Time { return t.trouble.clock(in.config.Now()) }

// eachOf calls do for a realm under each of its issuers.
func (in *tenancy) eachOf(realm string, do func(*tenant)) error {
	if _, err := in.realm(realm); err != nil {
		return err
	}
	for _, t := range in.tenants {
		if t.name == realm {
			do(t)
		}
	}
	return nil
}

// sessionNamed is a session of a realm by [SignedIn.ID], and under which issuer it is.
func (in *tenancy) sessionNamed(realm, id string) (t *tenant, found *session, err error) {
	err = in.eachSession(realm, func(at *tenant, s *session) error {
		if s.name() == id {
			t, found = at, s
		}
		return nil
	})
	if err == nil && found == nil {
		err = fmt.Errorf("realm %s has no such session; it has ended, or never was", realm)
	}
	return t, found, err
}

func (in *tenancy) eachSession(realm string, do func(*tenant, *session) error) error {
	var failed error
	err := in.eachOf(realm, func(t *tenant) {
		for _, s := range t.sessions.all(in.nowIn(t)) {
			failed = cmp.Or(failed, do(t, s))
		}
	})
	return cmp.Or(err, failed)
}

func (in *tenancy) realm(name string) (*tenant, error) {
	if t := in.tenants["/realms/"+name]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("there is no realm %q", name)
}

func (in *tenancy) realmsInWords() string {
	var names []string
	for i := range in.config.Realms[:min(len(in.config.Realms), maxNamed)] {
		names = append(names, in.config.Realms[i].Name)
	}
	words := strings.Join(names, ", ")
	if more := len(in.config.Realms) - len(names); more > 0 {
		words += " and " + strconv.Itoa(more) + " more"
	}
	return words
}
