package serve

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp/serve/root"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// rootPage tells of whatever is served when somebody looks. Before that it
// costs nothing but the last requests.
func (f *serveFlags) rootPage(front *front, c *control, base string) *root.Page {
	tell := func() root.Server {
		asked, provider := front.served.Load(), front.provider.Load()
		s := root.Server{
			Version: f.version, Notices: provider.Notices(), File: asked.name, Control: c.address(), Path: front.path,
			Names: asked.rootNames(),
		}
		for i := range asked.config.Realms {
			r := &asked.config.Realms[i]
			s.Realms = append(s.Realms, root.Realm{Name: r.Name, Issuer: provider.Issuer(r.Name), Clients: r.Clients, People: r.People})
		}
		if f.api != "" {
			for _, path := range f.apis.Paths {
				s.APIs = append(s.APIs, asked.base(f, base)+path)
			}
		}
		return s
	}
	return root.New(tell, func() (*catalog.Catalog, error) {
		language, err := usage.Language(f.language)
		if err != nil {
			return nil, err
		}
		return tutorials.Catalog(language)
	})
}

// rootNames are the hosts by which the page is asked for besides those of this machine.
func (o *order) rootNames() []string {
	u, err := url.Parse(o.config.BaseURL)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	return []string{strings.ToLower(u.Hostname())}
}

// rootAddress is where the page is: where the issuers go another way, such as by
// a proxy, where the server itself listens.
func (o *order) rootAddress(f *serveFlags, base string, at net.Addr) string {
	address := o.base(f, base)
	if u, err := url.Parse(o.config.BaseURL); err == nil && u.Host != "" {
		host := at.String()
		if to, err := netip.ParseAddrPort(host); err == nil && to.Addr().IsUnspecified() {
			host = hostPort("127.0.0.1", at, f.tls.usualPort())
		}
		address = f.tls.scheme() + "://" + host + strings.TrimSuffix(u.Path, "/")
	}
	return address + "/"
}
