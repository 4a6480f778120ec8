package mockidp

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	maxRequestURI    = 512      // characters (RFC 9101 section 5.2)
	maxRequestObject = 16 << 10 // bytes, as much as a URL could have carried
	maxFetchesAtOnce = 32
	acceptRequestJWT = "application/oauth-authz-req+jwt, application/jwt"
)

// reference is a request_uri that is an address, and what is to be had there
// (OpenID Connect Core section 6.2, RFC 9101 section 5.2). Nothing is kept of
// it: whoever opens the page again gets what is there then, so that a fragment,
// by which a client says that its object has changed, has nothing to undo.
type reference struct {
	uri        string
	registered bool
	raw        string // what was fetched
	wrong      string // why nothing was
}

// library fetches what clients lay elsewhere, a few at a time: anybody can send
// a browser here, and what waits for a slow address must not add up.
type library struct {
	outbound *http.Client
	slots    chan struct{}
}

func newLibrary(outbound *http.Client) library {
	return library{outbound: outbound, slots: make(chan struct{}, maxFetchesAtOnce)}
}

var errFetchesBusy = errors.New("too many are being fetched just now; try again")

// find looks a request_uri up; nil means that none is sent which would have to
// be fetched. Only what the client registered is called at all.
func (l *library) find(ctx context.Context, t *tenant, c *Client, sent wire.Params) *reference {
	uri := sent.Get("request_uri")
	if !t.requestURIs || c == nil || uri == "" || strings.HasPrefix(uri, pushedPrefix) || sent.Has("request") {
		return nil
	}
	ref := &reference{uri: uri, registered: c.mayReferTo(uri)}
	if !ref.registered {
		return ref
	}
	raw, err := l.fetch(ctx, withoutFragment(uri), acceptRequestJWT, maxRequestObject)
	ref.raw = strings.TrimSpace(string(raw))
	switch {
	case err == nil && ref.raw != "":
	case t.clients.selfRegistered(c):
		ref.wrong = unheard
	case err == nil:
		ref.wrong = "the answer is empty"
	default:
		ref.wrong = wire.Printable(err.Error(), 200)
	}
	return ref
}

// unheard is all that a stranger who registered an address is told: more would
// say which ports of this machine answer, and how.
const unheard = "no request object is there"

func (l *library) fetch(ctx context.Context, uri, accept string, limit int64) ([]byte, error) {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	default:
		return nil, errFetchesBusy
	}
	return wire.Fetch(ctx, l.outbound, uri, accept, limit)
}

// mayReferTo reports whether the client registered this request_uri. The
// fragment is no part of the address: it is the hash of a content that can
// change after the registration, and then changes too (OpenID Connect Core
// section 6.2).
func (c *Client) mayReferTo(uri string) bool {
	return slices.ContainsFunc(c.RequestURIs, func(known string) bool { return withoutFragment(known) == withoutFragment(uri) })
}

func withoutFragment(uri string) string {
	address, _, _ := strings.Cut(uri, "#")
	return address
}
