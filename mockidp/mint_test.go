//go:build !race

package mockidp_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

func TestATokenWithoutAFlowIsWhatAFlowGives(t *testing.T) {
	demo := mockidp.Start(t, mockidp.Config{}).Realm("demo")
	token, err := demo.AccessToken(mockidp.Token{Client: "spring-client-app", Person: "jane", Scope: "openid email"})
	if err != nil {
		t.Fatal(err)
	}
	jwt, err := trace.DecodeJWT(token)
	if err != nil {
		t.Fatal(err)
	}
	if jwt.Claim("iss") != demo.Issuer() || jwt.Claim("client_id") != "spring-client-app" || jwt.Claim("scope") != "openid email" {
		t.Errorf("the token says %v", jwt.Payload)
	}
	if status := userInfo(t, demo, token); status != http.StatusOK {
		t.Errorf("UserInfo answers %d to it", status)
	}
}

// go-oidc judges: it fetches the metadata and the keys as any resource server does.
func TestTokensWithoutAFlowBeforeAJudge(t *testing.T) {
	t.Parallel()
	demo := mockidp.Start(t, mockidp.Config{}).Realm("demo")
	judge, err := oidc.NewProvider(t.Context(), demo.Issuer())
	if err != nil {
		t.Fatal(err)
	}
	verifier := judge.Verifier(&oidc.Config{ClientID: "spring-client-app"})
	for name, c := range map[string]struct {
		want   mockidp.Token
		refuse string // what the judge says; empty: it takes the token
	}{
		"a good one":            {mockidp.Token{}, ""},
		"one that expired":      {mockidp.Token{Expired: true}, "expired"},
		"one of a forger":       {mockidp.Token{Foreign: true}, "failed to verify signature"},
		"one for somebody else": {mockidp.Token{Claims: []mockidp.Claim{{Name: "aud", Value: "another-client"}}}, "audience"},
		"one without aud":       {mockidp.Token{Claims: []mockidp.Claim{{Name: "aud"}}}, "audience"},
		"one of another issuer": {mockidp.Token{Claims: []mockidp.Claim{{Name: "iss", Value: "https://other.example"}}}, "different provider"},
	} {
		c.want.Client, c.want.Person, c.want.Scope = "spring-client-app", "jane", "openid"
		token, err := demo.IDToken(c.want)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, err = verifier.Verify(t.Context(), token)
		if (err == nil) != (c.refuse == "") || err != nil && !strings.Contains(err.Error(), c.refuse) {
			t.Errorf("%s: the judge says %v, want %q", name, err, c.refuse)
		}
	}
}

func TestClaimsOfATokenStandWhereTheyStood(t *testing.T) {
	demo := mockidp.Start(t, mockidp.Config{}).Realm("demo")
	token, err := demo.AccessToken(mockidp.Token{
		Client: "my-service-client", Scope: "read:invoices",
		Claims: []mockidp.Claim{{Name: "sub", Value: "somebody"}, {Name: "jti"}, {Name: "groups", Value: []string{"a", "b"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	jwt, err := trace.DecodeJWT(token)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, 0, len(jwt.Payload))
	for _, f := range jwt.Payload {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "iss sub aud exp iat client_id scope groups" {
		t.Errorf("the members are %s", got)
	}
	if jwt.Claim("sub") != "somebody" || jwt.Claim("groups") != `["a","b"]` {
		t.Errorf("sub %s, groups %s", jwt.Claim("sub"), jwt.Claim("groups"))
	}
}

func TestATokenForNobodyIsRefusedWithTheWayOut(t *testing.T) {
	realm := mockidp.StoryRealm()
	bound := slices.Clone(realm.Clients)
	for i := range bound {
		if bound[i].ClientID == "react-client" {
			bound[i].DPoPBoundAccessTokens = true
		}
		if bound[i].ClientID == "my-service-client" {
			bound[i].AccessTokenFormat = "opaque"
		}
	}
	realm.Clients = bound
	demo := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}}).Realm("demo")
	for name, c := range map[string]struct {
		want mockidp.Token
		says string
	}{
		"no client":        {mockidp.Token{}, "spring-client-app"},
		"an unknown one":   {mockidp.Token{Client: "nobody"}, "spring-client-app"},
		"an unknown guest": {mockidp.Token{Client: "spring-client-app", Person: "nobody"}, "jane, sam, dana"},
		"a strange scope":  {mockidp.Token{Client: "spring-client-app", Scope: "gold"}, "allowed: "},
		"a bound token":    {mockidp.Token{Client: "react-client", Person: "jane"}, "cnf"},
		"an opaque token":  {mockidp.Token{Client: "my-service-client", Claims: []mockidp.Claim{{Name: "a", Value: 1}}}, "AccessTokenFormat"},
	} {
		if token, err := demo.AccessToken(c.want); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q, %v; want an error that says %q", name, token, err, c.says)
		}
	}
	for name, want := range map[string]mockidp.Token{
		"nobody":         {Client: "spring-client-app"},
		"without openid": {Client: "spring-client-app", Person: "jane", Scope: "email"},
	} {
		if _, err := demo.IDToken(want); err == nil {
			t.Errorf("an ID token about %s is made", name)
		}
	}
}

func TestOpaqueTokensWithoutAFlow(t *testing.T) {
	realm := mockidp.StoryRealm()
	clients := slices.Clone(realm.Clients)
	for i := range clients {
		clients[i].AccessTokenFormat = "opaque"
	}
	realm.Clients = clients
	demo := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}}).Realm("demo")
	for name, c := range map[string]struct {
		want   mockidp.Token
		status int
	}{
		"a good one":       {mockidp.Token{}, http.StatusOK},
		"one that expired": {mockidp.Token{Expired: true}, http.StatusUnauthorized},
		"a forged one":     {mockidp.Token{Foreign: true}, http.StatusUnauthorized},
	} {
		c.want.Client, c.want.Person, c.want.Scope = "spring-client-app", "jane", "openid"
		token, err := demo.AccessToken(c.want)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(token, ".") {
			t.Errorf("%s: %s is no opaque token", name, token)
		}
		if got := userInfo(t, demo, token); got != c.status {
			t.Errorf("%s: UserInfo answers %d, want %d", name, got, c.status)
		}
	}
}

func TestAClockOfOnesOwnMovesTheProvider(t *testing.T) {
	clock := mockidp.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	demo := mockidp.Start(t, mockidp.Config{Now: clock.Now}).Realm("demo")
	token, err := demo.AccessToken(mockidp.Token{Client: "spring-client-app", Person: "jane", Scope: "openid"})
	if err != nil {
		t.Fatal(err)
	}
	if got := userInfo(t, demo, token); got != http.StatusOK {
		t.Fatalf("UserInfo answers %d to a new token", got)
	}
	clock.Advance(time.Hour)
	if got := userInfo(t, demo, token); got != http.StatusUnauthorized {
		t.Errorf("an hour later UserInfo answers %d", got)
	}
	clock.Advance(-2 * time.Hour)
	if want := time.Date(2026, 1, 2, 2, 4, 5, 0, time.UTC); !clock.Now().Equal(want) {
		t.Errorf("moved back, the clock shows %v, want %v", clock.Now(), want)
	}
}

func TestAPersonMayRefuseLeaveOutAndMistype(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{})
	address := strings.Replace(goodAddress(p.Issuer("demo")), "scope=openid", "scope=openid+email", 1)
	callback := func(options ...mockidp.SignInOption) (url.Values, error) {
		to, err := p.SignInAs(context.Background(), address, "jane", options...)
		if err != nil {
			return nil, err
		}
		return to.Query(), nil
	}
	if got, err := callback(mockidp.RefuseConsent()); err != nil || got.Get("error") != "access_denied" {
		t.Errorf("a refusal comes back as %v, %v", got, err)
	}
	if got, err := callback(mockidp.LeaveOut("email")); err != nil || got.Get("code") == "" {
		t.Errorf("with a scope left out comes back %v, %v", got, err)
	}
	if _, err := callback(mockidp.LeaveOut("gold")); err == nil || !strings.Contains(err.Error(), "gold") {
		t.Errorf("a scope that nobody asked for can be left out: %v", err)
	}
	if _, err := callback(mockidp.TypePassword("wrong")); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("a wrong password leads to %v", err)
	}
}
