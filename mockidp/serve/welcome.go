package serve

import (
	"fmt"
	"net"
	"strings"
	"text/tabwriter"

	"github.com/grantwalk/grantwalk/mockidp"
)

// welcome is everything that a client needs to know at the start.
type welcome struct {
	version string
	realms  []mockidp.Realm
	issuer  func(realm string) string
	at      string // where it listens, if the issuers do not say that; else empty
	file    string // where the secrets are, which are then not printed; empty for those that everybody knows
}

func (o *order) welcome(provider *mockidp.Provider, at net.Addr, version string) welcome {
	w := welcome{version: version, realms: o.config.Realms, issuer: provider.Issuer, file: o.name}
	if o.config.BaseURL != "" {
		w.at = at.String()
	}
	return w
}

func discovery(issuer string) string { return issuer + "/.well-known/openid-configuration" }

func (textLog) welcome(w welcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Grantwalk identity provider %s\n", w.version)
	if w.at != "" {
		fmt.Fprintf(&b, "\nlistening  %s\n", w.at)
	}
	for i := range w.realms {
		issuer := w.issuer(w.realms[i].Name)
		fmt.Fprintf(&b, "\nissuer     %s\ndiscovery  %s\n", issuer, discovery(issuer))
		w.realm(&b, &w.realms[i])
	}
	b.WriteString("\nA loopback redirect URI matches any port. Log in from your own client, or stop\nwith Ctrl-C. A line follows for each " +
		"request.")
	return b.String()
}

// realm lists who can use it.
func (w welcome) realm(b *strings.Builder, realm *mockidp.Realm) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	if len(realm.Clients) > 0 {
		fmt.Fprintln(table, "\nCLIENT\tSECRET\tREDIRECT URIS")
	}
	for _, c := range realm.Clients {
		fmt.Fprintf(table, "%s\t%s\t%s\n", c.ClientID, w.proof(c), redirects(c))
	}
	if len(realm.People) > 0 {
		fmt.Fprintln(table, "\nPERSON\tPASSWORD\tABOUT")
	}
	for _, p := range realm.People {
		fmt.Fprintf(table, "%s\t%s\t%s\n", p.Username, w.secret(p.Password), p.About)
	}
	_ = table.Flush() // a string can always be written
}

// proof says what a client shows to prove who it is.
func (w welcome) proof(c mockidp.Client) string {
	switch {
	case c.ClientSecret != "":
		return w.secret(c.ClientSecret)
	case c.Public():
		return "none (public)"
	}
	return c.TokenEndpointAuthMethod
}

// secret hides what came from a file: the log may be kept where the file is not.
func (w welcome) secret(s string) string {
	if w.file != "" {
		return "see " + w.file
	}
	return s
}

// redirects lists where a client may be sent back to; one that uses no browser says how it gets its tokens.
func redirects(c mockidp.Client) string {
	if len(c.RedirectURIs) == 0 {
		return "no browser: " + strings.Join(c.GrantTypes, ", ")
	}
	return strings.Join(c.RedirectURIs, "  ")
}
