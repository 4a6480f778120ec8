// Package setup is how a client is set up, as an administrator does it in a
// console: what it is, where answers may go, whose pages may call, and what is
// switched on.
//
// [Advised] is how each kind should be; [Client.Try] lets the provider take it and
// plays a walk with it, and the walks in which a thief, or an app that should not
// have to be trusted, gets something out of it. Nothing is claimed that a run does
// not show. The package knows no screen and no provider; the one that decides is
// handed to it.
package setup

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// Kind is what is set up.
type Kind string

// The kinds.
const (
	Phone   Kind = "phone"   // an app on a phone
	Page    Kind = "spa"     // a page whose script runs in the browser
	Backend Kind = "backend" // a web app with a server of its own
	Service Kind = "service" // a machine that acts for itself
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Phone, Page, Backend, Service} }

// Client is what somebody filled in. The names in comments are those of Keycloak's console.
type Client struct {
	Kind         Kind
	Confidential bool     // Client authentication
	RedirectURIs []string // Valid redirect URIs
	Origins      []string // Web origins
	Code         bool     // Standard flow
	Implicit     bool     // Implicit flow
	Password     bool     // Direct access grants
	Service      bool     // Service account roles
	Refresh      bool     // refresh tokens are given
	PKCE         bool     // PKCE method S256
}

// The addresses of the apps of the story.
const (
	phoneCallback  = "com.myapp:/callback"
	travelOrigin   = "https://travel.example"
	portalOrigin   = "https://portal.example"
	callback       = "/callback"
	secretInHeader = stage.AuthBasic
)

// Advised is how a client of that kind is set up well.
func Advised(k Kind) Client {
	c := Client{Kind: k}
	switch k {
	case Phone:
		c.RedirectURIs, c.Code, c.PKCE = []string{phoneCallback}, true, true
	case Page:
		c.RedirectURIs, c.Origins, c.Code, c.PKCE = []string{travelOrigin + callback}, []string{travelOrigin}, true, true
	case Backend:
		c.RedirectURIs, c.Code, c.PKCE, c.Confidential = []string{portalOrigin + callback}, true, true, true
	case Service:
		c.Confidential, c.Service = true, true
	}
	return c
}

// Equal reports whether two are set up alike.
func (c Client) Equal(o Client) bool {
	same := slices.Equal(c.RedirectURIs, o.RedirectURIs) && slices.Equal(c.Origins, o.Origins)
	c.RedirectURIs, c.Origins, o.RedirectURIs, o.Origins = nil, nil, nil, nil
	return same && c.Kind == o.Kind && c.switches() == o.switches()
}

type switches struct{ confidential, code, implicit, password, service, refresh, pkce bool }

func (c Client) switches() switches {
	return switches{c.Confidential, c.Code, c.Implicit, c.Password, c.Service, c.Refresh, c.PKCE}
}

// grants are the grant types (RFC 7591 section 2). Nothing switched on is an empty list, and not the usual.
func (c Client) grants() []string {
	grants := []string{}
	for _, g := range []struct {
		on   bool
		name string
	}{
		{c.Code, "authorization_code"},
		{c.Implicit, "implicit"},
		{c.Password, "password"},
		{c.Service, "client_credentials"},
		{c.Refresh, "refresh_token"},
	} {
		if g.on {
			grants = append(grants, g.name)
		}
	}
	return grants
}

// responses are the response types that go with the grants.
func (c Client) responses() []string {
	responses := []string{}
	if c.Code {
		responses = append(responses, "code")
	}
	if c.Implicit {
		responses = append(responses, "token", "id_token token")
	}
	return responses
}

// walk is the walk that a client of that kind takes, and what is chosen in it.
func (c Client) walk() (flows.Flow, stage.Choices) {
	id, chosen := "authorization-code-pkce", map[string]string{}
	switch c.Kind {
	case Phone:
		chosen["runs"] = "phone"
	case Page:
		chosen["runs"] = "page"
	case Backend:
		id = "authorization-code"
		if c.PKCE {
			chosen["pkce"] = "on"
		}
	case Service:
		id = "client-credentials"
	}
	f, _ := flows.Find(id)
	return f, stage.Choices{Switches: chosen, Client: c.setUp()}
}

// setUp is the client as the app of a walk.
func (c Client) setUp() *stage.SetUp {
	s := &stage.SetUp{PKCEOptional: c.Code && !c.PKCE}
	if c.Confidential {
		s.AuthMethod = secretInHeader
		if c.Kind == Phone || c.Kind == Page {
			s.AuthMethod = stage.AuthPost
		}
	}
	s.Metadata = stage.Metadata{RedirectURIs: c.RedirectURIs, GrantTypes: c.grants(), ResponseTypes: c.responses(), Origins: c.Origins}
	return s
}

// Lines takes what somebody typed apart: one on each line, or with commas between.
func Lines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' || r == ' ' || r == '\r' || r == '\t' })
}
