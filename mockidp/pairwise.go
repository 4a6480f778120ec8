package mockidp

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"sync"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	subjectPublic   = "public"
	subjectPairwise = "pairwise"

	shortestSalt = 16   // bytes
	maxRecalled  = 4096 // pairwise subjects of a realm whose people are known without a search
)

// pairwise is how clients come to know the same person by another sub each
// (OpenID Connect Core section 8.1), and whom such a sub means.
type pairwise struct {
	salt []byte // Realm.PairwiseSalt; empty where there are no such clients

	mu       sync.Mutex // guards recalled
	recalled map[string]*Person
}

// hasPairwise reports whether clients may be of the subject type pairwise.
func (d *directory) hasPairwise() bool { return len(d.pairwise.salt) > 0 }

// subjectTypes are those that the metadata may promise.
func (d *directory) subjectTypes() []string {
	if d.hasPairwise() {
		return []string{subjectPublic, subjectPairwise}
	}
	return []string{subjectPublic}
}

// subjectFor is the sub by which a client knows a person. Clients of one sector
// know them by the same, and from the subs of two sectors nobody can tell that
// they are of one person: that takes the salt.
func (d *directory) subjectFor(c *Client, p *Person) string {
	if !c.isPairwise() {
		return p.Subject
	}
	mac := hmac.New(sha256.New, d.pairwise.salt)
	_, _ = mac.Write([]byte(c.sector() + "\x00" + p.Subject)) // which never fails, and no host holds a zero byte
	return wire.Base64URL(mac.Sum(nil))
}

// personKnownAs returns the person whom a client knows by a sub, or nil. The
// client is nil where it is no longer registered.
func (d *directory) personKnownAs(c *Client, subject string) *Person {
	if c == nil || !c.isPairwise() {
		return d.personWith(subject)
	}
	d.pairwise.mu.Lock()
	defer d.pairwise.mu.Unlock()
	if p := d.pairwise.recalled[subject]; p != nil && d.subjectFor(c, p) == subject {
		return p
	}
	for _, p := range d.people {
		if d.subjectFor(c, p) != subject {
			continue
		}
		if d.pairwise.recalled == nil || len(d.pairwise.recalled) >= maxRecalled {
			d.pairwise.recalled = map[string]*Person{}
		}
		d.pairwise.recalled[subject] = p
		return p
	}
	return nil
}

// subjectAbroad is the sub by which another client knows the person whom a
// client knows by this one. Who is no person has one name for everybody.
func (d *directory) subjectAbroad(home, abroad *Client, subject string) string {
	if p := d.personKnownAs(home, subject); p != nil {
		return d.subjectFor(abroad, p)
	}
	return subject
}

func (c *Client) isPairwise() bool { return c.SubjectType == subjectPairwise }

// sector is the host that the client's people are known to: that of
// sector_identifier_uri, or else the one of all its redirection URIs; empty
// where there is no single one (OpenID Connect Core section 8.1).
func (c *Client) sector() string {
	uris := c.RedirectURIs
	if c.SectorIdentifierURI != "" {
		uris = []string{c.SectorIdentifierURI}
	}
	host := ""
	for _, uri := range uris {
		u, err := url.Parse(uri)
		if err != nil || u.Hostname() == "" || host != "" && u.Hostname() != host {
			return ""
		}
		host = u.Hostname()
	}
	return host
}

// checkSubjectType holds a client to what its subject type needs.
func checkSubjectType(c *Client, relaxed Relaxed) error {
	switch c.SubjectType {
	case "", subjectPublic, subjectPairwise:
	default:
		return wrong("subject_type", "%q is neither %s nor %s (OpenID Connect Core section 8)", wire.Shown(c.SubjectType), subjectPublic,
			subjectPairwise)
	}
	if uri := c.SectorIdentifierURI; uri != "" {
		u, err := url.Parse(uri)
		switch {
		case err != nil || !wire.IsHost(u.Hostname()) || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || !wire.IsVisibleASCII(uri):
			return wrong("sector_identifier_uri", "%q must be an absolute https URL without user information (OpenID Connect Dynamic Client "+
				"Registration 1.0 section 5)", wire.Shown(uri))
		case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
			return wrong("sector_identifier_uri", onlyLoopback, wire.Shown(uri), settingPlainHTTP)
		}
	}
	if c.isPairwise() && c.sector() == "" {
		return wrong("subject_type", "for pairwise, the redirect_uris have no single host, so sector_identifier_uri must say whose people they "+
			"are (OpenID Connect Core section 8.1)")
	}
	return nil
}

// checkPairwise holds a realm to a salt where clients need one: a salt of our
// own would make everybody somebody else at the next start.
func checkPairwise(r *Realm) error {
	if n := len(r.PairwiseSalt); n > 0 && n < shortestSalt {
		return within(ConfigError{Realm: r.Name},
			wrong("pairwise_salt", "has %d bytes and needs %d, because whoever guesses it knows who is who", n, shortestSalt))
	}
	for i := range r.Clients {
		if c := &r.Clients[i]; c.isPairwise() && r.PairwiseSalt == "" {
			return within(ConfigError{Realm: r.Name, Client: c.ClientID},
				wrong("subject_type", "pairwise needs %s, a secret that stays the same", settingPairwiseSalt))
		}
	}
	return nil
}
