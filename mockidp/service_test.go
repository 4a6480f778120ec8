package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantwalk/grantwalk/mockidp"
)

// asService returns the parameters of a good client credentials request,
// changed.
func asService(change ...string) url.Values {
	return changed(url.Values{"grant_type": {"client_credentials"}}, change...)
}

func (w *world) service(id, secret string, change ...string) reply {
	w.t.Helper()
	return w.post(tokenURL, asService(change...).Encode(), "Authorization", basic(id, secret))
}

func serviceWith(change ...string) func(*world) reply {
	return func(w *world) reply { return w.service("my-service-client", "my-service-secret", change...) }
}

func serviceCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token client_credentials", rule, sentence, jsonError, 400, send}
	}
	return []ruleCase{
		c("client-confidential", "a public client asks for itself", func(w *world) reply {
			return w.post(tokenURL, asService("client_id", "public-service").Encode())
		}),
		c("scope-syntax", "two spaces", serviceWith("scope", "read:invoices  write:invoices")),
		c("scope-allowed", "a scope of somebody else", serviceWith("scope", "read:invoices mail.read")),
		c("scope-allowed", "a scope that nobody has", serviceWith("scope", "gold")),
		c("scope-present", "nothing is asked for and nothing is left by default", func(w *world) reply {
			return w.service("idle-service", "idle-secret")
		}),
		c("scope-without-person", "openid where nobody signs in", func(w *world) reply {
			return w.service("free-service", "free-secret", "scope", "mail.read openid")
		}),
	}
}

// claimsOf reads the payload of a JWT without verifying it.
func claimsOf(tb testing.TB, token string) map[string]any {
	tb.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		tb.Fatalf("no JWT: %q", token)
	}
	var claims map[string]any
	if err := json.Unmarshal(decoded(tb, parts[1]), &claims); err != nil {
		tb.Fatal(err)
	}
	return claims
}

func TestServiceGetsATokenOfItsOwnAndNothingElse(t *testing.T) {
	w := newWorld(t)
	for asked, want := range map[string]string{
		"": "read:invoices write:invoices", "write:invoices": "write:invoices", "write:invoices read:invoices": "write:invoices read:invoices",
	} {
		res := w.service("my-service-client", "my-service-secret", "scope", asked)
		if res.StatusCode != http.StatusOK || strings.Contains(res.body, "id_token") || strings.Contains(res.body, "refresh_token") {
			t.Fatalf("%q: %d %s", asked, res.StatusCode, res.body)
		}
		if !strings.Contains(res.body, `"scope":"`+want+`"`) || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%q: %s", asked, res.body)
		}
		claims := claimsOf(t, accessTokenOf(t, res))
		if claims["sub"] != "my-service-client" || claims["client_id"] != "my-service-client" ||
			claims["aud"] != "https://invoices.example" || claims["scope"] != want || claims["jti"] == "" {
			t.Errorf("%q: %v", asked, claims)
		}
		if _, there := claims["auth_time"]; there {
			t.Error("the token says when nobody signed in")
		}
	}
}

func TestDefaultScopeOfAServiceLeavesPeopleOut(t *testing.T) {
	w := newWorld(t)
	res := w.service("free-service", "free-secret")
	if !strings.Contains(res.body, `"scope":"mail.read read:invoices write:invoices"`) {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestTokenOfAServiceSaysNothingAboutPeople(t *testing.T) {
	w := newWorld(t)
	if res := w.userInfo(accessTokenOf(t, serviceWith()(w))); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestMetadataPromisesOnlyGrantsThatSomeClientMayUse(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients = realm.Clients[:1]
	doc := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}})).get(realmURL +
		"/.well-known/openid-configuration").body
	if !strings.Contains(doc, `"grant_types_supported":["authorization_code"]`) {
		t.Error(doc)
	}
	doc = newWorld(t).get(realmURL + "/.well-known/openid-configuration").body
	if !strings.Contains(doc, `"client_credentials"`) {
		t.Error(doc)
	}
}

func TestIndependentLibraryGetsAServiceTokenOverTCP(t *testing.T) {
	issuer := serve(t, mockidp.StoryRealm()) + "/realms/demo"
	provider, err := oidc.NewProvider(t.Context(), issuer)
	if err != nil {
		t.Fatal(err)
	}
	cfg := clientcredentials.Config{
		ClientID: "my-service-client", ClientSecret: "my-service-secret", TokenURL: provider.Endpoint().TokenURL,
		Scopes: []string{"read:invoices"}, AuthStyle: oauth2.AuthStyleInHeader,
	}
	token, err := cfg.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: "https://invoices.example"})
	verified, err := verifier.Verify(t.Context(), token.AccessToken)
	if err != nil || verified.Subject != "my-service-client" || token.RefreshToken != "" {
		t.Errorf("%+v %v", verified, err)
	}
	cfg.Scopes = []string{"openid"}
	if _, err := cfg.Token(t.Context()); err == nil || !strings.Contains(err.Error(), "invalid_scope") {
		t.Errorf("%v", err)
	}
}
