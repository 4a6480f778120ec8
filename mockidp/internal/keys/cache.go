package keys

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	// keysLifetime is how long fetched keys are believed: a key that the client
	// took away is refused after this time.
	keysLifetime = 5 * time.Minute
	// keysRetry is how old they must be to be fetched again for a key that is
	// not among them, or after a failure. Strangers can bring that about.
	keysRetry = 10 * time.Second

	maxKeySets     = 1024
	maxKeySetBytes = 64 << 10
)

// Cache keeps what the jwks_uris of clients answered.
type Cache struct {
	client *http.Client

	mu    sync.Mutex // guards byURI
	byURI shelf.Shelf[*keyEntry]
}

// keyEntry is what one address answered.
type keyEntry struct {
	mu   sync.Mutex // held while it is being fetched, so that this is done once
	last Fetched
}

// Fetched is what an address answered last.
type Fetched struct {
	Set   *jose.JSONWebKeySet
	at    time.Time // zero before the first try
	Wrong string    // why there are no keys
}

// NewCache returns an empty cache that fetches by client.
func NewCache(client *http.Client) *Cache {
	return &Cache{client: client, byURI: shelf.New[*keyEntry](keysLifetime, maxKeySets)}
}

// Keys returns the keys at an address, at most maxAge old. A failure is kept
// for keysRetry.
func (k *Cache) Keys(ctx context.Context, uri string, now time.Time, maxAge time.Duration) Fetched {
	e := k.entry(uri, now)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last.Wrong != "" {
		maxAge = keysRetry
	}
	if age := now.Sub(e.last.at); e.last.at.IsZero() || age >= maxAge || age < 0 {
		e.last = Fetched{at: now}
		set, err := fetchKeys(ctx, k.client, uri)
		if err != nil {
			e.last.Wrong = "the keys cannot be had from jwks_uri " + wire.Shown(uri) + ": " + wire.Printable(err.Error(), 200)
		}
		e.last.Set = set
	}
	return e.last
}

func (k *Cache) entry(uri string, now time.Time) *keyEntry {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.byURI.Get(uri, now)
	if !ok {
		e = &keyEntry{}
		k.byURI.Put(uri, e, now)
	}
	return e
}

// fetchKeys reads a JWK Set. Whoever asked for it may hang up: that must not
// count as a failure of the address, or anybody could lock a client out.
func fetchKeys(ctx context.Context, client *http.Client, uri string) (*jose.JSONWebKeySet, error) {
	body, err := wire.Fetch(context.WithoutCancel(ctx), client, uri, "application/jwk-set+json, application/json", maxKeySetBytes)
	if err != nil {
		return nil, err
	}
	return parseKeySet(body)
}

var errNoKeySet = errors.New("it is no JWK Set")

// parseKeySet reads the public keys of a JWK Set and passes over keys of kinds
// that it does not know (RFC 7517 section 5), and over those that should not
// be there: secrets and private halves.
func parseKeySet(raw []byte) (*jose.JSONWebKeySet, error) {
	var list struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(raw, &list); err != nil || list.Keys == nil {
		return nil, errNoKeySet
	}
	set := &jose.JSONWebKeySet{}
	for _, one := range list.Keys {
		var key jose.JSONWebKey
		if key.UnmarshalJSON(one) == nil && key.Valid() && key.IsPublic() {
			set.Keys = append(set.Keys, key)
		}
	}
	return set, nil
}

// Ages are how old fetched keys may be: at first, and where they do not do.
func Ages() []time.Duration { return []time.Duration{keysLifetime, keysRetry} }
