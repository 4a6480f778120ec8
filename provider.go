package main

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
)

// providers returns how a run gets its identity provider. All runs share their
// keys: a classroom run the published demo key, so that it repeats; any other
// run keys that are made when the first token is signed.
func providers(classroom bool) (func(stage.Env) (http.Handler, error), error) {
	keys := &mockidp.KeySet{}
	if classroom {
		var err error
		if keys, err = mockidp.DemoKeys(); err != nil {
			return nil, err
		}
	}
	return func(e stage.Env) (http.Handler, error) {
		realm := mockidp.StoryRealm()
		for _, scope := range e.Scopes {
			realm = realm.WithAudience(scope, e.Audience)
		}
		if e.Client.Secret != "" || e.Client.Keys != nil {
			realm = realm.WithClient(e.Client.ID, func(c *mockidp.Client) {
				c.ClientName = e.Client.Name
				c.ClientSecret, c.JWKS = e.Client.Secret, e.Client.Keys
				c.TokenEndpointAuthMethod, c.PKCEOptional = e.Client.AuthMethod, e.Client.PKCEOptional
			})
		}
		return mockidp.New(mockidp.Config{
			BaseURL: e.BaseURL, Keys: keys, Now: e.Now, Rand: e.Rand, Realms: []mockidp.Realm{realm},
		})
	}, nil
}
