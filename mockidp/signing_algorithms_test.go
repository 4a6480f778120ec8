//go:build !race

package mockidp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// signingWith is a world whose realm signs with these algorithms alone.
func signingWith(t *testing.T, algorithms ...string) *world {
	t.Helper()
	realm := rulesRealm()
	realm.SigningAlgorithms, realm.Registration = algorithms, &mockidp.Registration{}
	realm.Clients = slices.DeleteFunc(realm.Clients, func(c mockidp.Client) bool { return c.Profile != "" })
	return newWorldOf(t, realm)
}

// published lists the algorithms of the published keys, each once.
func (w *world) published() []string {
	w.t.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(w.get(oidcURL+"/certs").body), &set); err != nil {
		w.t.Fatal(err)
	}
	var algs []string
	for _, k := range set.Keys {
		if !slices.Contains(algs, k.Algorithm) {
			algs = append(algs, k.Algorithm)
		}
	}
	return algs
}

func TestARealmSignsWithTheAlgorithmsThatItNames(t *testing.T) {
	w := signingWith(t, "RS256", "ES256")
	if got := w.published(); !slices.Equal(got, []string{"RS256", "ES256"}) {
		t.Errorf("published: %v", got)
	}
	meta := said(t, w.get(realmURL+"/.well-known/openid-configuration").body)
	for _, name := range []string{
		"id_token_signing_alg_values_supported", "userinfo_signing_alg_values_supported",
		"authorization_signing_alg_values_supported", "introspection_signing_alg_values_supported",
	} {
		if got := fmt.Sprint(meta[name]); got != "[RS256 ES256]" {
			t.Errorf("%s: %s", name, got)
		}
	}
	res := w.register(submission("id_token_signed_response_alg", "EdDSA"))
	if res.StatusCode != http.StatusBadRequest || !strings.Contains(res.body, "id_token_signed_response_alg") {
		t.Errorf("another algorithm: %d %s", res.StatusCode, res.body)
	}
	// Rotated keys are published as long as what they signed is good, and of
	// these kinds too.
	if err := w.p.RotateKeys(); err != nil {
		t.Fatal(err)
	}
	if got := w.published(); !slices.Equal(got, []string{"RS256", "ES256"}) {
		t.Errorf("published after a rotation: %v", got)
	}
}

func TestClientsThatNameNoAlgorithmGetOneOfTheRealm(t *testing.T) {
	w := signingWith(t, "EdDSA", "ES256")
	access, id := w.tokens("openid")
	for _, token := range []string{access, id} {
		if header, _ := w.opened(token); header["alg"] != "EdDSA" {
			t.Errorf("signed with %v", header["alg"])
		}
	}
	if n := w.newcomer(); n.said["id_token_signed_response_alg"] != "EdDSA" {
		t.Errorf("registered for %v", n.said["id_token_signed_response_alg"])
	}
	portal := fapiPortal()
	portal.Scope = ""
	p := newProvider(t, mockidp.Config{Realms: []mockidp.Realm{{
		Name: "demo", SigningAlgorithms: []string{"RS256", "PS256"}, Clients: []mockidp.Client{portal},
	}}})
	if c, err := p.Realm("demo").Client("fapi-portal"); err != nil || c.IDTokenSignedResponseAlg != "PS256" {
		t.Errorf("with the profile fapi2: %s %v", c.IDTokenSignedResponseAlg, err)
	}
}

func TestAlgorithmsOfARealmAreConfiguredWell(t *testing.T) {
	for want, algorithms := range map[string][]string{
		`"HS256" is not one of RS256`: {"RS256", "HS256"}, "ES256 is listed twice": {"ES256", "ES256"}, `has no "ES256" key`: {"RS256"},
	} {
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{{
			Name: "r", SigningAlgorithms: algorithms, Clients: []mockidp.Client{{
				ClientID: "c", RedirectURIs: []string{callback}, ClientSigning: mockidp.ClientSigning{IDTokenSignedResponseAlg: "ES256"},
			}},
		}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", algorithms, err)
		}
	}
}

func TestARealmSaysWhatIsSignedWithForClientsThatNameNothing(t *testing.T) {
	r := rulesRealm()
	r.SigningAlg = "ES256"
	w := newWorldOf(t, r)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code()).Encode()))
	if !strings.Contains(string(decoded(t, strings.Split(got.ID, ".")[0])), `"ES256"`) {
		t.Errorf("the ID token is %s", got.ID)
	}
	r.SigningAlgorithms = []string{"RS256"}
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{r}}); err == nil ||
		!strings.Contains(err.Error(), "signing_alg (Realm.SigningAlg): ") {
		t.Errorf("one that the realm does not have: %v", err)
	}
}
