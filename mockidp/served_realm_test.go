//go:build !race

package mockidp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestARealmsAddressesAreThoseOfItsMetadata(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Registration = &mockidp.Registration{}
	demo := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}}).Realm("demo")
	res, err := http.Get(demo.DiscoveryURL()) //nolint:noctx // the server is ours and ends with the test
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var metadata map[string]any
	if err := json.NewDecoder(res.Body).Decode(&metadata); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{
		"issuer": demo.Issuer(), "authorization_endpoint": demo.AuthURL(), "token_endpoint": demo.TokenURL(),
		"device_authorization_endpoint": demo.DeviceAuthURL(), "pushed_authorization_request_endpoint": demo.PushedAuthURL(),
		"userinfo_endpoint": demo.UserInfoURL(), "jwks_uri": demo.JWKSURL(), "introspection_endpoint": demo.IntrospectionURL(),
		"revocation_endpoint": demo.RevocationURL(), "end_session_endpoint": demo.EndSessionURL(),
		"registration_endpoint": demo.RegistrationURL(),
	} {
		if got != metadata[name] {
			t.Errorf("%s is %q here and %v in the metadata", name, got, metadata[name])
		}
	}
}

func TestARealmWithoutRegistrationHasNoAddressForIt(t *testing.T) {
	if got := mockidp.Start(t, mockidp.Config{}).Realm("demo").RegistrationURL(); got != "" {
		t.Errorf("clients are told to register at %s, where nothing is", got)
	}
}

// failing is a test that is only watched.
type failing struct {
	*testing.T
	said []string
}

func (f *failing) Fatal(args ...any) { f.said = append(f.said, fmt.Sprint(args...)) }

func TestAnUnknownRealmIsAnErrorAndNoAddress(t *testing.T) {
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = provider.Close() }()
	nosuch := provider.Realm("nosuch")
	if nosuch.Err() == nil || !strings.Contains(nosuch.Err().Error(), "demo") {
		t.Errorf("the error %v does not name the realms there are", nosuch.Err())
	}
	for _, address := range []string{nosuch.Issuer(), nosuch.TokenURL(), nosuch.RegistrationURL(), provider.Issuer("nosuch")} {
		if address != "" {
			t.Errorf("%s looks like an address", address)
		}
	}
	if _, err := nosuch.Client("any"); err == nil {
		t.Error("an unknown realm has a client")
	}
	if _, err := nosuch.AccessToken(mockidp.Token{Client: "any"}); err == nil {
		t.Error("an unknown realm makes a token")
	}
	if provider.Realm("demo").Err() != nil {
		t.Error(provider.Realm("demo").Err())
	}
}

func TestAnUnknownRealmEndsTheTestOfAStartedProvider(t *testing.T) {
	watched := &failing{T: t}
	provider := mockidp.Start(watched, mockidp.Config{})
	provider.Issuer("nosuch")
	if len(watched.said) != 1 || !strings.Contains(watched.said[0], `no realm "nosuch"`) {
		t.Errorf("the test ends with %q", watched.said)
	}
}

func TestStartRefusesAnAddressThatItWouldOverwrite(t *testing.T) {
	for name, cfg := range map[string]mockidp.Config{
		"an address of one's own": {BaseURL: "https://idp.example"},
		"names of one's own":      {Hosts: []string{"idp.example"}},
	} {
		watched := &failing{T: t}
		if mockidp.Start(watched, cfg); len(watched.said) == 0 || !strings.Contains(watched.said[0], "mockidp.New") {
			t.Errorf("Start with %s: %q, want the way out", name, watched.said)
		}
		watched = &failing{T: t}
		if mockidp.StartTLS(watched, cfg); len(watched.said) == 0 || !strings.Contains(watched.said[0], "mockidp.New") {
			t.Errorf("StartTLS with %s: %q, want the way out", name, watched.said)
		}
	}
}

func TestARealmTellsOfItsClients(t *testing.T) {
	demo := mockidp.Start(t, mockidp.Config{}).Realm("demo")
	client, err := demo.Client("mobile-pkce-client")
	if err != nil {
		t.Fatal(err)
	}
	if client.ClientID != "mobile-pkce-client" || client.TokenEndpointAuthMethod != "none" {
		t.Errorf("%+v", client)
	}
	client.RedirectURIs[0] = "https://changed.example"
	if again, _ := demo.Client("mobile-pkce-client"); again.RedirectURIs[0] == "https://changed.example" {
		t.Error("a change of the copy changes the client")
	}
	if _, err := demo.Client("nobody"); err == nil || !strings.Contains(err.Error(), "mobile-pkce-client") {
		t.Errorf("%v does not name the clients there are", err)
	}
}
