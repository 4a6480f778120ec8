package address

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/grantwalk/grantwalk/flows/stage"
)

// Names in the value of [ChoiceClient].
const (
	clientURI, clientGrant, clientResponse, clientOrigin = "redirect_uri", "grant_type", "response_type", "origin"
	clientAuth, clientPKCE                               = "auth", "pkce"
	pkceOptional                                         = "optional"
)

// client reads how the app is set up.
func (r *reader) client(text string) {
	with, err := url.ParseQuery(text)
	known := []string{clientURI, clientGrant, clientResponse, clientOrigin, clientAuth, clientPKCE}
	for name := range with {
		if !slices.Contains(known, name) {
			err = fmt.Errorf("a client has no %s", name)
		}
	}
	auth, pkce := with.Get(clientAuth), with.Get(clientPKCE)
	if err != nil || !slices.Contains([]string{"", stage.AuthBasic, stage.AuthPost}, auth) || pkce != "" && pkce != pkceOptional {
		r.lack("value", text)
		return
	}
	each := func(name string) []string { // none is an empty list, and not the usual
		return slices.DeleteFunc(append([]string{}, with[name]...), func(value string) bool { return value == "" })
	}
	r.Choices.Client = &stage.SetUp{AuthMethod: auth, PKCEOptional: pkce == pkceOptional, Metadata: stage.Metadata{
		RedirectURIs: each(clientURI), GrantTypes: each(clientGrant), ResponseTypes: each(clientResponse), Origins: each(clientOrigin),
	}}
}

// clientText is what [reader.client] reads.
func clientText(s *stage.SetUp) string {
	if s == nil {
		return ""
	}
	with := url.Values{clientURI: s.RedirectURIs, clientGrant: s.GrantTypes, clientResponse: s.ResponseTypes, clientOrigin: s.Origins}
	if s.AuthMethod != "" {
		with.Set(clientAuth, s.AuthMethod)
	}
	if s.PKCEOptional {
		with.Set(clientPKCE, pkceOptional)
	}
	if text := with.Encode(); text != "" {
		return text
	}
	return clientURI + "=" // nothing at all is registered
}
