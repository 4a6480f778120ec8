package mockidp_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// staffRealm has people and a service with a tenant, and one scope for both.
func staffRealm() mockidp.Realm {
	tenant := func(name string) []mockidp.Claim {
		return []mockidp.Claim{
			{Name: "name", Value: name},
			{Name: "email", Value: "ann@example.com"},
			{Name: "groups", Value: []string{"staff", "admins"}},
			{Name: "tenant", Value: "north"},
		}
	}
	return mockidp.Realm{
		Name: "demo",
		Scopes: append(mockidp.StandardScopes(), mockidp.Scope{
			Name: "orders", Audience: "https://orders.example", Claims: []string{"tenant"},
			IDTokenClaims: []string{"groups"}, AccessTokenClaims: []string{"groups", "tenant"},
		}),
		Clients: []mockidp.Client{
			{ClientID: "web", ClientSecret: "web-secret", RedirectURIs: []string{callback}, IDTokenClaims: []string{"email"}, PKCEOptional: true},
			{
				ClientID: "job", ClientSecret: "job-secret", GrantTypes: []string{"client_credentials"},
				Claims: []mockidp.Claim{{Name: "tenant", Value: "south"}},
			},
			{
				ClientID: "shade", ClientSecret: "shade-secret", GrantTypes: []string{"client_credentials"}, AccessTokenFormat: "opaque",
				Claims: []mockidp.Claim{{Name: "tenant", Value: "west"}},
			},
			{
				ClientID: "orders-api", ClientSecret: "api-secret", GrantTypes: []string{}, ResponseTypes: []string{},
				Audiences: []string{"https://orders.example"},
			},
		},
		People: []mockidp.Person{{Username: "ann", Password: "ann", Claims: tenant("Ann")}},
	}
}

func staff(t *testing.T, change ...func(*mockidp.Realm)) mockidp.ServedRealm {
	t.Helper()
	realm := staffRealm()
	for _, c := range change {
		c(&realm)
	}
	return mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}, Keys: keys(t)}).Realm("demo")
}

// made takes a token apart that has to be good.
func made(t *testing.T, token string, err error) trace.JWT {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	jwt, err := trace.DecodeJWT(token)
	if err != nil {
		t.Fatal(err)
	}
	return jwt
}

func TestClaimsStandWhereTheConfigurationPutsThem(t *testing.T) {
	demo := staff(t)
	id, err := demo.IDToken(mockidp.Token{Client: "web", Person: "ann", Scope: "openid email orders"})
	got := made(t, id, err)
	if got.Claim("email") != "ann@example.com" || got.Claim("groups") != `["staff","admins"]` || got.Claim("tenant") != "" ||
		got.Claim("name") != "" {
		t.Errorf("the ID token says %v; want email, which the client has there, and groups, which the scope has there", got.Payload)
	}
	thin, err := demo.IDToken(mockidp.Token{Client: "web", Person: "ann", Scope: "openid profile"})
	if got := made(t, thin, err); got.Claim("email") != "" || got.Claim("name") != "" {
		t.Errorf("without those scopes the ID token says %v; OpenID Connect Core section 5.4 has claims come from UserInfo", got.Payload)
	}
	access, err := demo.AccessToken(mockidp.Token{Client: "web", Person: "ann", Scope: "openid orders"})
	if got := made(t, access, err); got.Claim("tenant") != "north" || got.Claim("groups") == "" {
		t.Errorf("the access token says %v", got.Payload)
	}
}

func TestOneScopeServesPeopleAndServices(t *testing.T) {
	demo := staff(t)
	token := made(t, serviceToken(t, demo, "job", "job-secret"), nil)
	if token.Claim("tenant") != "south" || token.Claim("sub") != "job" || token.Claim("aud") != "https://orders.example" ||
		token.Claim("groups") != "" {
		t.Errorf("the service's token says %v; want its own tenant and nobody's groups", token.Payload)
	}
}

func serviceToken(t *testing.T, realm mockidp.ServedRealm, id, secret string) string {
	t.Helper()
	body := postForm(t, realm.TokenURL(), "grant_type=client_credentials&scope=orders&client_id="+id+"&client_secret="+secret)
	token, _ := body["access_token"].(string)
	if token == "" {
		t.Fatalf("no token for %s: %v", id, body)
	}
	return token
}

func postForm(t *testing.T, address, body string) map[string]any {
	t.Helper()
	res, err := http.Post(address, "application/x-www-form-urlencoded", strings.NewReader(body)) //nolint:noctx // ends with the test
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var said map[string]any
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestIntrospectionSaysTheClaimsOfATokenToo(t *testing.T) {
	demo := staff(t)
	person, err := demo.AccessToken(mockidp.Token{Client: "web", Person: "ann", Scope: "orders"})
	if err != nil {
		t.Fatal(err)
	}
	for token, tenant := range map[string]string{
		person: "north", serviceToken(t, demo, "job", "job-secret"): "south", serviceToken(t, demo, "shade", "shade-secret"): "west",
	} {
		said := postForm(t, demo.IntrospectionURL(), "client_id=orders-api&client_secret=api-secret&token="+token)
		if said["active"] != true || said["tenant"] != tenant {
			t.Errorf("introspection says %v, want the tenant %s", said, tenant)
		}
	}
}

// Spring Security makes a resource server from the issuer alone that takes no
// other typ than JWT.
func TestATokenOfTypeJWTIsAnAccessTokenAndAnIDTokenIsNot(t *testing.T) {
	for name, change := range map[string]func(*mockidp.Realm){
		"by the realm":  func(r *mockidp.Realm) { r.AccessTokenType = "JWT" },
		"by the client": func(r *mockidp.Realm) { r.Clients[0].AccessTokenType = "JWT" },
	} {
		demo := staff(t, change)
		want := mockidp.Token{Client: "web", Person: "ann", Scope: "openid email"}
		access, err := demo.AccessToken(want)
		jwt := made(t, access, err)
		if typ := header(jwt, "typ"); typ != "JWT" {
			t.Errorf("%s: the typ is %s", name, typ)
		}
		if got := userInfo(t, demo, access); got != http.StatusOK {
			t.Errorf("%s: UserInfo answers %d to such an access token", name, got)
		}
		id, err := demo.IDToken(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := userInfo(t, demo, id); got != http.StatusUnauthorized {
			t.Errorf("%s: UserInfo answers %d to an ID token", name, got)
		}
	}
	demo := staff(t)
	token, err := demo.AccessToken(mockidp.Token{Client: "web", Person: "ann", Scope: "openid"})
	if typ := header(made(t, token, err), "typ"); typ != "at+jwt" {
		t.Errorf("the strict typ is %s, want at+jwt (RFC 9068 section 2.1)", typ)
	}
}

func header(jwt trace.JWT, name string) string {
	for _, f := range jwt.Header {
		if f.Name == name {
			return trace.Unquote(f.Value)
		}
	}
	return ""
}

func TestARequestWithoutScopeAsksForTheDefault(t *testing.T) {
	for name, change := range map[string]func(*mockidp.Realm){
		"of the realm":  func(r *mockidp.Realm) { r.DefaultScope = "openid orders" },
		"of the client": func(r *mockidp.Realm) { r.DefaultScope = "openid"; r.Clients[0].DefaultScope = "openid orders" },
	} {
		realm := staffRealm()
		change(&realm)
		w := newWorldOf(t, realm)
		address := "https://idp.example/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=web&state=s&redirect_uri=" +
			callback
		to, err := w.p.SignInAs(t.Context(), address, "ann")
		if err != nil {
			t.Fatal(err)
		}
		got := tokensIn(t, w.post(tokenURL, "grant_type=authorization_code&redirect_uri="+callback+"&code="+to.Query().Get("code"),
			"Authorization", basic("web", "web-secret")))
		if got.Scope != "openid orders" {
			t.Errorf("the default %s: the scope is %q", name, got.Scope)
		}
	}
}

func TestARefusalForWantOfAScopeNamesTheKey(t *testing.T) {
	w := newWorldOf(t, staffRealm())
	address := "https://idp.example/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=web&state=s&redirect_uri=" + callback
	to, err := w.p.SignInAs(t.Context(), address, "ann")
	if err != nil || !strings.Contains(to.Query().Get("error_description"), "default_scope") {
		t.Errorf("the authorization endpoint says %v, %v", to, err)
	}
	realm := staffRealm()
	realm.Scopes = nil
	realm.Clients[0].IDTokenClaims = nil
	realm.Clients = realm.Clients[1:2]
	w = newWorldOf(t, realm)
	res := w.post(tokenURL, "grant_type=client_credentials", "Authorization", basic("job", "job-secret"))
	if !strings.Contains(res.body, "default_scope") {
		t.Errorf("the token endpoint says %s", res.body)
	}
}

func TestAClientWithoutAMethodProvesItsSecretEitherWay(t *testing.T) {
	w := newWorldOf(t, staffRealm())
	const grant = "grant_type=client_credentials&scope=orders"
	inBody := grant + "&client_id=job&client_secret=job-secret"
	for name, c := range map[string]struct {
		body, header string
		status       int
	}{
		"by the header": {grant, basic("job", "job-secret"), http.StatusOK},
		"in the body":   {inBody, "", http.StatusOK},
		"both at once":  {inBody, basic("job", "job-secret"), http.StatusBadRequest},
		"not at all":    {grant + "&client_id=job", "", http.StatusBadRequest},
		"a wrong one":   {grant + "&client_id=job&client_secret=x", "", http.StatusBadRequest},
	} {
		headers := []string{}
		if c.header != "" {
			headers = []string{"Authorization", c.header}
		}
		if res := w.post(tokenURL, c.body, headers...); res.StatusCode != c.status {
			t.Errorf("%s: %d %s, want %d", name, res.StatusCode, res.body, c.status)
		}
	}
	named := staffRealm()
	named.Clients[1].TokenEndpointAuthMethod = "client_secret_basic"
	w = newWorldOf(t, named)
	if res := w.post(tokenURL, inBody); res.StatusCode == http.StatusOK || !strings.Contains(res.body, "token_endpoint_auth_method") {
		t.Errorf("a client with a method is answered %d %s to another", res.StatusCode, res.body)
	}
}

func TestWhatCannotStandInATokenIsRefusedByItsKey(t *testing.T) {
	for key, change := range map[string]func(*mockidp.Realm){
		"id_token_claims": func(r *mockidp.Realm) { r.Clients[0].IDTokenClaims = []string{"sub"} },
		"access_token_claims": func(r *mockidp.Realm) {
			r.Scopes = slices.Clone(r.Scopes)
			r.Scopes[6].AccessTokenClaims = []string{"roles"}
		},
		"access_token_type": func(r *mockidp.Realm) { r.AccessTokenType = "jwt" },
		"default_scope":     func(r *mockidp.Realm) { r.DefaultScope = "gold" },
		"must be in scope": func(r *mockidp.Realm) {
			r.Clients[0].Scope, r.Clients[0].DefaultScope = "openid email orders", "profile"
		},
		"claims.iss": func(r *mockidp.Realm) { r.Clients[1].Claims = []mockidp.Claim{{Name: "iss", Value: "x"}} },
	} {
		realm := staffRealm()
		change(&realm)
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
		if err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func userInfo(t *testing.T, realm mockidp.ServedRealm, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, realm.UserInfoURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}
