package mockidp

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// authorized is what tokens are given out for: what a client may do, and who
// allowed it. Every grant ends with one.
type authorized struct {
	issuer   string // by which the client knows the provider; empty for the one that it calls
	client   *Client
	person   *Person // nil when the client acts for itself
	scopes   []string
	authTime time.Time // when the person signed in
	nonce    string    // for the first ID token only (OpenID Connect Core section 12.2)
	sid      string
	license  *license
	derived  *derived // of a token exchange; nil otherwise
	visit    *visit   // in which the person allowed it; nil without a person's session
	details  []detail // what was granted by authorization_details
	// resources are the only resource servers that access tokens may be for,
	// only those of them that this one is for (RFC 8707); empty means all.
	resources, only []string
	// forAccess is what of them the access token is for; nil means all.
	forAccess []detail
	bound     *keys.Confirmation // what uses of the access token must prove to have; nil for nothing
	acr       string             // how well the person was authenticated; empty when nobody asked
	wishes    claimWishes        // of the client, for ID tokens
	alone     bool               // there is an ID token and nothing to ask UserInfo with
}

// subject is who the tokens speak of. Without a person that is the client
// itself (RFC 9068 section 2.2).
func (a *authorized) subject(d *directory) string {
	if a.person == nil {
		return a.client.ClientID
	}
	return d.subjectFor(a.client, a.person)
}

func (a *authorized) accessDetails() []detail {
	if a.forAccess != nil {
		return a.forAccess
	}
	return a.details
}

// audienceOf lists the resource servers that an access token is for: those of
// its scopes and details, or those of them that the client chose.
func (k *catalogue) audienceOf(a *authorized) audience {
	list := k.audience(a.scopes, a.accessDetails())
	for _, chosen := range [][]string{a.resources, a.only} {
		if len(chosen) > 0 {
			list = slices.DeleteFunc(list, func(aud string) bool { return !slices.Contains(chosen, aud) })
		}
	}
	return list
}

// current returns what is authorized for the client and the person as they are
// now: the config may have been read again since.
func (t *tenant) current(a *authorized) *authorized {
	client, person := t.clients.get(a.client.ClientID), t.renewed(a.person)
	if client == nil || client == a.client && person == a.person {
		return a
	}
	now := *a
	now.client, now.person = client, person
	return &now
}

// renewed returns a person as the config says now; whoever it does not have stays.
func (d *directory) renewed(person *Person) *Person {
	if person != nil {
		if now := d.people[person.Username]; now != nil {
			return now
		}
	}
	return person
}
