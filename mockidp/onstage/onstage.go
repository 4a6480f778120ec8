// Package onstage makes the identity provider that a flow is walked with: the
// realm of the story, in which the app of the flow is registered as the story
// has it and the API's scopes are for the API that is on stage. The other way
// round, [APIs] puts the APIs of the stage beside a provider that is served. It
// decides nothing about either; the provider and the stage know nothing of each
// other.
package onstage

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/spoken"
)

// Provider returns how a run gets its identity provider. All its runs share the keys.
func Provider(keys *mockidp.KeySet) func(stage.Env) (http.Handler, error) {
	return func(e stage.Env) (http.Handler, error) {
		p, err := mockidp.New(mockidp.Config{
			BaseURL: e.BaseURL, Keys: keys, Now: e.Now, Rand: e.Rand, Realms: []mockidp.Realm{realm(e)}, Words: spoken.Words(e.Say),
			Outbound: e.Outbound, ClientCertificates: e.Certificates,
		})
		var at *mockidp.ConfigError
		if errors.As(err, &at) && at.Client == e.Client.ID {
			return nil, &stage.RefusedError{Field: at.Key, Err: at.Err}
		}
		return p, err
	}
}

func realm(e stage.Env) mockidp.Realm {
	r := spoken.Realm(mockidp.StoryRealm(), e.Say)
	r.Registration = &mockidp.Registration{InitialAccessToken: stage.LetterOfIntroduction}
	if e.Registers {
		r.Registration.GrantTypes, r.Registration.SymbolsInSecrets = []string{"client_credentials"}, true
	}
	for _, scope := range e.Scopes {
		r = r.WithAudience(scope, e.Audience)
	}
	if names := e.Client.IDTokenClaims; names != nil {
		r = r.WithClient(e.Client.ID, func(c *mockidp.Client) { c.IDTokenClaims = names })
	}
	if m := e.Client.Metadata; m != nil {
		for i := range r.Clients { // no other app of the story opens the door to the pages of this one
			r = r.WithClient(r.Clients[i].ClientID, func(c *mockidp.Client) { c.OnlyOrigins = true })
		}
		r = r.WithClient(e.Client.ID, func(c *mockidp.Client) { configure(c, e.Client, m) })
	}
	if e.Client.OpaqueTokens {
		r = r.WithClient(e.Client.ID, func(c *mockidp.Client) { c.AccessTokenFormat = "opaque" })
	}
	if e.Other.ID != "" {
		r = withLogout(withLogout(r, e.Client, false), e.Other, true)
	}
	if e.Client.Secret == "" && e.Client.Keys == nil {
		return r
	}
	return r.WithClient(e.Client.ID, func(c *mockidp.Client) {
		c.ClientName = e.Client.Name
		c.ClientSecret, c.JWKS = e.Client.Secret, e.Client.Keys
		c.TokenEndpointAuthMethod, c.PKCEOptional = e.Client.AuthMethod, e.Client.PKCEOptional
	})
}

// configure is the client as somebody set it up.
func configure(c *mockidp.Client, r stage.Registration, m *stage.Metadata) {
	c.ClientSecret, c.TokenEndpointAuthMethod, c.PKCEOptional = r.Secret, r.AuthMethod, r.PKCEOptional
	c.RedirectURIs, c.GrantTypes, c.ResponseTypes = m.RedirectURIs, m.GrantTypes, m.ResponseTypes
	c.Origins = m.Origins
	if !slices.Contains(m.GrantTypes, "refresh_token") {
		c.Scope = strings.Join(slices.DeleteFunc(strings.Fields(c.Scope), func(s string) bool { return s == "offline_access" }), " ")
	}
}

// withLogout registers where a person comes back to an app, and where the app is told of logouts.
func withLogout(r mockidp.Realm, app stage.Registration, told bool) mockidp.Realm {
	return r.WithClient(app.ID, func(c *mockidp.Client) {
		c.PostLogoutRedirectURIs = []string{app.PostLogoutRedirectURI}
		if told {
			c.BackchannelLogoutURI = app.BackchannelLogoutURI
		}
	})
}

// Providers returns how a run gets its identity provider. All runs share their
// keys: a classroom run the published demo key, so that it repeats; any other
// run keys that are made when the first token is signed.
func Providers(classroom bool) (func(stage.Env) (http.Handler, error), error) {
	keys := &mockidp.KeySet{}
	if classroom {
		var err error
		if keys, err = mockidp.DemoKeys(); err != nil {
			return nil, err
		}
	}
	return Provider(keys), nil
}
