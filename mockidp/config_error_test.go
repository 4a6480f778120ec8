//go:build !race

package mockidp_test

import (
	"errors"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// One error serves whoever wrote the config in Go and whoever wrote a file.
func TestASlipSpeaksToWhoeverWroteTheConfig(t *testing.T) {
	for _, c := range []struct {
		change       func(*mockidp.Config)
		inGo, inFile string
	}{
		{
			func(c *mockidp.Config) { c.BackChannelURL = "http://idp:8180" },
			`config: back_channel_url (Config.BackChannelURL): "http://idp:8180" is plain http: an issuer uses https (RFC 8414 section 2); ` +
				`http only on 127.0.0.1, [::1] or localhost, or with Relaxed.PlainHTTP`,
			`config: back_channel_url: "http://idp:8180" is plain http: an issuer uses https (RFC 8414 section 2); ` +
				`http only on 127.0.0.1, [::1] or localhost, or with plain_http = true in [relaxed]`,
		},
		{
			func(c *mockidp.Config) { c.Realms[0].Lifetimes.Code = 20 * time.Minute },
			`config: realm demo: lifetimes.code (Realm.Lifetimes.Code): 20m must be between 1s and 10m (RFC 6749 section 4.1.2); ` +
				`leave it out for the usual one`,
			`config: realm demo: lifetimes.code: 20m must be between 1s and 10m (RFC 6749 section 4.1.2); leave it out for the usual one`,
		},
		{
			func(c *mockidp.Config) { c.Realms[0].Clients[0].TLSClientCertificateBoundAccessTokens = true },
			`config: realm demo: client "mobile-pkce-client": tls_client_certificate_bound_access_tokens ` +
				`(Client.TLSClientCertificateBoundAccessTokens): needs a server that asks clients for certificates: use Config.ClientCertificates`,
			`config: realm demo: client "mobile-pkce-client": tls_client_certificate_bound_access_tokens: ` +
				`needs a server that asks clients for certificates: use --tls on the command line`,
		},
		{
			func(c *mockidp.Config) {
				c.Realms[0].People[0].Claims = []mockidp.Claim{{Name: "sub", Value: "x"}}
			},
			`config: realm demo: person "jane": claims.sub (Person.Claims["sub"]): tokens say that by themselves; ` +
				`leave it out (OpenID Connect Core section 2)`,
			`config: realm demo: person "jane": claims.sub: tokens say that by themselves; leave it out (OpenID Connect Core section 2)`,
		},
	} {
		cfg := mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{mockidp.StoryRealm()}}
		c.change(&cfg)
		_, err := mockidp.New(cfg)
		var at *mockidp.ConfigError
		if !errors.As(err, &at) || at.Error() != c.inGo || at.InFile() != c.inFile {
			t.Errorf("in Go:     %v\nwant       %s\nin a file: %s\nwant       %s", at, c.inGo, at.InFile(), c.inFile)
		}
	}
}
