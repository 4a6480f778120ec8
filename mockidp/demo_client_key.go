package mockidp

import (
	_ "embed"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// demoClientKeyJSON is public, private half and all: it is in this repository
// for everyone to read.
//
//go:embed demo-client-key-public-do-not-use.json
var demoClientKeyJSON []byte

// DemoClientKey returns the published key, ES256, with which the client
// private-key-jwt-client of [StoryRealm] proves who it is. Everybody has its
// private half, so it proves nothing: it is there to try the method out.
func DemoClientKey() (jose.JSONWebKey, error) {
	var key jose.JSONWebKey
	if err := key.UnmarshalJSON(demoClientKeyJSON); err != nil {
		return key, fmt.Errorf("demo client key: %w", err)
	}
	return key, nil
}

// demoClientKeys is what the client is registered with. Without a key, which
// cannot be, it would be refused as having none.
func demoClientKeys() *jose.JSONWebKeySet {
	key, err := DemoClientKey()
	if err != nil {
		return nil
	}
	return &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{key.Public()}}
}
