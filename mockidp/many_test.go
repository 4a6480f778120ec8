package mockidp_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// Many providers in a process share nothing: what one gave is worth nothing at
// another, and each is used by many at once.
func TestManyProvidersInAProcessShareNothing(t *testing.T) {
	t.Parallel()
	const providers, logins = 8, 6
	keys := keys(t)
	var all []*mockidp.Provider
	for range providers {
		all = append(all, mockidp.Start(t, mockidp.Config{Keys: keys}))
	}
	var group sync.WaitGroup
	for i, p := range all {
		for n := range logins {
			group.Go(func() {
				if err := logInTwice(t.Context(), p, all[(i+1)%providers], []string{"jane", "sam", "dana"}[n%3]); err != nil {
					t.Errorf("provider %d, login %d: %v", i, n, err)
				}
			})
		}
	}
	group.Wait()
}

// logInTwice redeems one code where it was given, and another one elsewhere.
func logInTwice(ctx context.Context, p, elsewhere *mockidp.Provider, username string) error {
	for _, at := range []*mockidp.Provider{p, elsewhere} {
		client := oauth2.Config{
			ClientID: "react-client", RedirectURL: "http://localhost:3000/callback", Scopes: []string{"openid"},
			Endpoint: oauth2.Endpoint{
				AuthURL:   p.Issuer("demo") + "/protocol/openid-connect/auth",
				TokenURL:  at.Issuer("demo") + "/protocol/openid-connect/token",
				AuthStyle: oauth2.AuthStyleInParams,
			},
		}
		verifier := oauth2.GenerateVerifier()
		callback, err := p.SignInAs(ctx, client.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier)), username)
		if err != nil {
			return err
		}
		_, err = client.Exchange(ctx, callback.Query().Get("code"), oauth2.VerifierOption(verifier))
		if (err == nil) != (at == p) {
			return fmt.Errorf("a code of %s at %s: %w", p.Issuer("demo"), at.Issuer("demo"), err)
		}
	}
	return nil
}
