package mockidp_test

import (
	"crypto/rsa"
	"io"
	"math/big"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestBadConfigurationIsRefusedWithTheRule(t *testing.T) {
	client := func(change func(*mockidp.Client)) func(*mockidp.Config) {
		return func(c *mockidp.Config) { change(&c.Realms[0].Clients[0]) }
	}
	redirect := func(uri string) func(*mockidp.Config) {
		return client(func(c *mockidp.Client) { c.RedirectURIs = []string{uri} })
	}
	for sentence, c := range map[string]struct {
		change func(*mockidp.Config)
		want   string
	}{
		"no base URL":               {func(c *mockidp.Config) { c.BaseURL = "" }, "Config.BaseURL"},
		"a path in the base URL":    {func(c *mockidp.Config) { c.BaseURL = "https://idp.example/" }, "end with a slash"},
		"a query in the base URL":   {func(c *mockidp.Config) { c.BaseURL = "https://idp.example?a" }, "no query"},
		"dots in the base URL":      {func(c *mockidp.Config) { c.BaseURL = "https://idp.example/a/../b" }, "between slashes"},
		"http behind a real host":   {func(c *mockidp.Config) { c.BackChannelURL = "http://idp:8180" }, "back_channel_url"},
		"another scheme":            {func(c *mockidp.Config) { c.BaseURL = "ftp://idp.example" }, "https://"},
		"http on a real host":       {func(c *mockidp.Config) { c.BaseURL = "http://idp.example" }, "RFC 8414"},
		"a realm with a slash":      {func(c *mockidp.Config) { c.Realms[0].Name = "a/b" }, "letters, digits"},
		"two realms of one name":    {func(c *mockidp.Config) { c.Realms = append(c.Realms, c.Realms[0]) }, "listed twice"},
		"two clients of one name":   {client(func(c *mockidp.Client) { c.ClientID = "react-client" }), "listed twice"},
		"no client_id":              {client(func(c *mockidp.Client) { c.ClientID = "" }), "client_id"},
		"no redirect_uri":           {client(func(c *mockidp.Client) { c.RedirectURIs = nil }), "at least one"},
		"a relative redirect_uri":   {redirect("/callback"), "absolute"},
		"a fragment":                {redirect("https://travel.example/#top"), "fragment"},
		"a wildcard":                {redirect("https://*.example/callback"), "wildcards"},
		"http on a real host again": {redirect("http://travel.example/callback"), "RFC 9700"},
		"user information":          {redirect("https://a@travel.example/"), "user information"},
		"a script":                  {redirect("javascript:alert(1)"), "RFC 8252"},
		"a scheme without a period": {redirect("myapp:/callback"), "RFC 8252"},
		"no host":                   {redirect("https:///callback"), "name a host"},
		"a line break":              {redirect("https://travel.example/\ncallback"), "redirect_uri"},
		"an unknown auth method":    {client(func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "tls" }), "token_endpoint_auth_method"},
		"a secret without use": {
			client(func(c *mockidp.Client) { c.ClientSecret, c.TokenEndpointAuthMethod = "x", "none" }),
			"no client_secret",
		},
		"a method without secret": {
			client(func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "client_secret_post" }),
			"needs a client_secret",
		},
		"a key without key": {client(func(c *mockidp.Client) { c.TokenEndpointAuthMethod = "private_key_jwt" }), "needs jwks or jwks_uri"},
		"a short secret": {client(func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.ClientSecret = "client_secret_jwt", strings.Repeat("x", 31)
		}), "needs 32 (RFC 7518"},
		"a secret too short for its hash": {client(func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.ClientSecret, c.TokenEndpointAuthSigningAlg = "client_secret_jwt", strings.Repeat("x", 40), "HS512"
		}), "needs 64 (RFC 7518"},
		"an HMAC with a private key": {client(func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.JWKSURI, c.TokenEndpointAuthSigningAlg = "private_key_jwt", "https://travel.example/jwks", "HS256"
		}), "token_endpoint_auth_signing_alg"},
		"RS256 under FAPI 2.0": {client(func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.JWKSURI, c.TokenEndpointAuthSigningAlg, c.Profile = "private_key_jwt", "https://travel.example/jwks",
				"RS256", "fapi2"
		}), "PS256, ES256, EdDSA"},
		"an algorithm without use": {client(func(c *mockidp.Client) { c.TokenEndpointAuthSigningAlg = "ES256" }), "means nothing"},
		"keys twice": {client(func(c *mockidp.Client) {
			c.JWKS, c.JWKSURI = jwks(clientKeys()[0].public()), "https://travel.example/jwks"
		}), "RFC 7591"},
		"a private key": {client(func(c *mockidp.Client) {
			c.JWKS = jwks(jose.JSONWebKey{Key: clientKeys()[0].private})
		}), "must be a public key"},
		"a secret as a key": {client(func(c *mockidp.Client) { c.JWKS = jwks(jose.JSONWebKey{Key: []byte("secret")}) }), "must be a public key"},
		"no key in the set": {client(func(c *mockidp.Client) { c.JWKS = jwks() }), "must hold a key"},
		"a kid twice":       {client(func(c *mockidp.Client) { c.JWKS = jwks(clientKeys()[0].public(), clientKeys()[0].public()) }), "twice"},
		"a weak RSA key": {client(func(c *mockidp.Client) {
			c.JWKS = jwks(jose.JSONWebKey{Key: &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 1023), E: 65537}})
		}), "2048 bits"},
		"keys over http":            {client(func(c *mockidp.Client) { c.JWKSURI = "http://travel.example/jwks" }), "loopback"},
		"keys in a file":            {client(func(c *mockidp.Client) { c.JWKSURI = "file:///etc/passwd" }), "https URL"},
		"a grant that is not on":    {client(func(c *mockidp.Client) { c.GrantTypes = []string{"magic"} }), "grant_types"},
		"the implicit type":         {client(func(c *mockidp.Client) { c.ResponseTypes = []string{"token"} }), "response_types"},
		"a scope nobody has":        {client(func(c *mockidp.Client) { c.Scope = "openid gold" }), "gold"},
		"an algorithm nobody has":   {client(func(c *mockidp.Client) { c.IDTokenSignedResponseAlg = "none" }), "id_token_signed_response_alg"},
		"an origin with a path":     {client(func(c *mockidp.Client) { c.Origins = []string{"https://a.example/b"} }), "origins"},
		"a person without password": {func(c *mockidp.Config) { c.Realms[0].People[0].Password = "" }, "password"},
		"two people of one name":    {func(c *mockidp.Config) { c.Realms[0].People[0].Username = "sam" }, "listed twice"},
		"two people of one subject": {func(c *mockidp.Config) { c.Realms[0].People[0].Subject = "user-sam" }, "never reused"},
		"a subject that is no text": {func(c *mockidp.Config) { c.Realms[0].People[0].Subject = "ü" }, "255"},
		"offline without refresh":   {client(func(c *mockidp.Client) { c.Scope = "openid offline_access" }), "refresh_token"},
		"a wildcard after logout": {
			client(func(c *mockidp.Client) { c.PostLogoutRedirectURIs = []string{"https://*.example/"} }),
			"post_logout_redirect_uris",
		},
		"a client named as a person": {func(c *mockidp.Config) {
			c.Realms[0].Clients = append(c.Realms[0].Clients, mockidp.Client{
				ClientID: "user-jane", ClientSecret: "x", GrantTypes: []string{"client_credentials"},
			})
		}, "RFC 9068"},
		"a scope with a space": {func(c *mockidp.Config) { c.Realms[0].Scopes[0].Name = "open id" }, "scope-token"},
		"a scope twice":        {func(c *mockidp.Config) { c.Realms[0].Scopes[0].Name = "email" }, "listed twice"},
		"randomness that ends": {func(c *mockidp.Config) { c.Rand = strings.NewReader("short") }, "Rand"},
	} {
		cfg := mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{mockidp.StoryRealm()}}
		c.change(&cfg)
		if _, err := mockidp.New(cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to say %q", sentence, err, c.want)
		}
	}
}

func jwks(keys ...jose.JSONWebKey) *jose.JSONWebKeySet { return &jose.JSONWebKeySet{Keys: keys} }

func TestDemoKeysCannotSignWhatTheyHaveNoKeyFor(t *testing.T) {
	demo, err := mockidp.DemoKeys()
	if err != nil || !demo.Demo() {
		t.Fatal(demo.Demo(), err)
	}
	realm := mockidp.StoryRealm()
	realm.Clients[0].IDTokenSignedResponseAlg = "ES256"
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Keys: demo, Realms: []mockidp.Realm{realm}}); err == nil {
		t.Error("a client gets ES256 promised without a key")
	}
	b := newBrowser(t, newProvider(t, mockidp.Config{Keys: demo}))
	if doc := b.get(realmURL + "/.well-known/openid-configuration").body; !strings.Contains(doc,
		`"id_token_signing_alg_values_supported":["RS256"]`) {
		t.Error("metadata promises ES256 without a key")
	}
}

func TestConfigOfTheCallerIsNotKept(t *testing.T) {
	cfg := mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{mockidp.StoryRealm()}, Keys: keys(t)}
	p, err := mockidp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Realms[0].Clients[0].RedirectURIs[0] = "https://evil.example/"
	cfg.Realms[0].People[0].Password = "other"
	cfg.Realms[0].Scopes[0].Name = "other"
	if code := newBrowser(t, p).code(); code == "" {
		t.Error("no code")
	}
}

// dry gives the bytes that New takes and then none.
type dry struct{ left int }

func (d *dry) Read(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return len(p), nil
}

func TestRandomnessThatRunsDryIsAFaultAndNoCode(t *testing.T) {
	b := newBrowser(t, newProvider(t, mockidp.Config{Rand: &dry{left: 32}}))
	if res := b.authorize(); res.StatusCode != http.StatusInternalServerError || res.Header.Get("Location") != "" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestVectorOfRFC7636AppendixBIsAccepted(t *testing.T) {
	raw, err := os.ReadFile("testdata/rfc7636-appendix-b.txt")
	if err != nil {
		t.Fatal(err)
	}
	vectors := 0
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "#") || len(fields) != 2 {
			continue
		}
		vectors++
		b := newBrowser(t, newProvider(t, mockidp.Config{}))
		code := b.code("code_challenge", fields[1])
		if res := b.post(tokenURL, redeeming(code, "code_verifier", fields[0]).Encode()); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", fields[0], res.body)
		}
	}
	if vectors == 0 {
		t.Error("the file holds no vector")
	}
}
