package examine

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/exam/drive"
	"github.com/grantwalk/grantwalk/mockidp"
)

// driver knows the words by which an app shows who is logged in.
func (r *room) driver() *drive.Driver {
	d := &drive.Driver{
		Start: r.flags.drive, Provider: r.hosted.Provider.Issuer(r.realm.Name), When: r.flags.mark, Through: trusting(r.hosted.CA),
	}
	for i := range r.realm.People {
		p := &r.realm.People[i]
		if p.Username == r.person() {
			d.Person = wordsOf(p)
		} else {
			d.Others = append(d.Others, wordsOf(p)...)
		}
	}
	return d
}

// wordsOf are those about a person that an app may show.
func wordsOf(p *mockidp.Person) []string {
	words := []string{p.Username, p.Subject}
	for _, c := range p.Claims {
		if s, ok := c.Value.(string); ok && (c.Name == "name" || c.Name == "email" || c.Name == "preferred_username") {
			words = append(words, s)
		}
	}
	return words
}

// trusting is how a browser reaches an app and a provider whose CA it trusts
// besides those that everybody does; nil is the usual way.
func trusting(ca []byte) http.RoundTripper {
	if len(ca) == 0 {
		return nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without any has to do with ours
	}
	pool.AppendCertsFromPEM(ca)
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, Proxy: http.ProxyFromEnvironment}
}
