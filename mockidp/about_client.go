package mockidp

import (
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// aboutClient is what a client says of itself where the person signs in and
// decides (OpenID Connect Dynamic Client Registration 1.0 section 2).
type aboutClient struct {
	Logo  string
	Links []aboutLink
}

func (c *Client) about(words pages.Words) aboutClient {
	about := aboutClient{Logo: c.LogoURI}
	for _, l := range []aboutLink{
		{words.Text("consent.home-page"), c.ClientURI},
		{words.Text("consent.policy"), c.PolicyURI},
		{words.Text("consent.terms"), c.TOSURI},
	} {
		if l.Address != "" {
			about.Links = append(about.Links, l)
		}
	}
	return about
}

// allowLogo lets a page show the client's picture, and no other.
func allowLogo(a *wire.Answer, c *Client) {
	for i := range a.Header {
		if origin := originOf(c.LogoURI); origin != "" && a.Header[i][0] == "Content-Security-Policy" {
			a.Header[i][1] += "; img-src " + origin
		}
	}
}

type aboutLink struct{ Label, Address string }
