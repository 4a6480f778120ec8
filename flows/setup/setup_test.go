package setup_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/setup"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

func provider(tb testing.TB) func(stage.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func tried(tb testing.TB, c setup.Client, p func(stage.Env) (http.Handler, error)) setup.Trial {
	tb.Helper()
	t, err := c.Try(context.Background(), flows.Options{Provider: p, Classroom: true})
	if err != nil {
		tb.Fatalf("%+v: %v", c, err)
	}
	return t
}

func TestWhatIsAdvisedIsTakenAndWalksToItsEndWithoutARisk(t *testing.T) {
	p := provider(t)
	for _, k := range setup.Kinds() {
		got := tried(t, setup.Advised(k), p)
		if got.Refused != nil || !got.Works() || len(got.Risks) > 0 {
			t.Errorf("%s: refused %v, works %t at %d (%+v), risks %v", k, got.Refused, got.Works(), got.At, got.Broken, got.Risks)
		}
		if alone := k == setup.Phone || k == setup.Page; (len(got.Stopped) == 1) != alone {
			t.Errorf("%s: what a thief tries in vain is %v", k, got.Stopped)
		}
	}
}

// Each wrong choice is shown: at its field, by the walk that fails, or by the run in which somebody profits.
func TestEveryWrongChoiceIsShown(t *testing.T) {
	p := provider(t)
	for name, c := range map[string]struct {
		kind   setup.Kind
		change func(*setup.Client)
		field  string // at which the provider refuses it
		rule   string // that ends the walk
		risk   string
	}{
		"a wildcard":                  {setup.Page, func(c *setup.Client) { c.RedirectURIs = []string{"https://travel.example/*"} }, "redirect_uris", "", ""},
		"an address with a fragment":  {setup.Backend, func(c *setup.Client) { c.RedirectURIs = []string{"https://portal.example/callback#x"} }, "redirect_uris", "", ""},
		"plain http":                  {setup.Backend, func(c *setup.Client) { c.RedirectURIs = []string{"http://portal.example/callback"} }, "redirect_uris", "", ""},
		"no address":                  {setup.Phone, func(c *setup.Client) { c.RedirectURIs = nil }, "redirect_uris", "", ""},
		"an origin with a path":       {setup.Page, func(c *setup.Client) { c.Origins = []string{"https://travel.example/app"} }, "origins", "", ""},
		"a slash too many":            {setup.Backend, func(c *setup.Client) { c.RedirectURIs = []string{"https://portal.example/callback/"} }, "", "redirect-uri-registered", ""},
		"a missing origin":            {setup.Page, func(c *setup.Client) { c.Origins = nil }, "", "", ""},
		"a phone with a secret":       {setup.Phone, func(c *setup.Client) { c.Confidential = true }, "", "", "secret-on-device"},
		"a page with a secret":        {setup.Page, func(c *setup.Client) { c.Confidential = true }, "", "", "secret-on-device"},
		"a page with tokens at once":  {setup.Page, func(c *setup.Client) { c.Implicit = true }, "", "", "token-in-address"},
		"an app that takes passwords": {setup.Phone, func(c *setup.Client) { c.Password = true }, "", "", "app-sees-password"},
		"a portal that is a machine":  {setup.Backend, func(c *setup.Client) { c.Service = true }, "", "", "person-and-machine"},
		"a portal without PKCE":       {setup.Backend, func(c *setup.Client) { c.PKCE = false }, "", "", "no-pkce"},
		"a phone without PKCE":        {setup.Phone, func(c *setup.Client) { c.PKCE = false }, "pkce_optional", "", ""},
		"a service without a secret":  {setup.Service, func(c *setup.Client) { c.Confidential = false }, "", "client-confidential", ""},
		"a service that may nothing":  {setup.Service, func(c *setup.Client) { c.Service = false }, "", "grant-type-allowed", ""},
		"a backend without its grant": {setup.Backend, func(c *setup.Client) { c.Code, c.Refresh = false, false }, "", "response-type-allowed", ""},
	} {
		client := setup.Advised(c.kind)
		c.change(&client)
		got := tried(t, client, p)
		field, rule, risk := "", "", ""
		if got.Refused != nil {
			field = got.Refused.Field
		}
		if got.Broken != nil {
			rule = got.Broken.ID
		}
		if len(got.Risks) > 0 {
			risk = got.Risks[0].ID
		}
		if field != c.field || rule != c.rule || risk != c.risk {
			t.Errorf("%s: refused at %q (%v), ended by %q, risk %q", name, field, got.Refused, rule, risk)
		}
		if field == "" && risk == "" && got.Works() {
			t.Errorf("%s: nothing shows that it is wrong", name)
		}
		endsThere(t, name, &got, flows.Options{Provider: p, Classroom: true})
		if got.Kept != (name == "a missing origin") {
			t.Errorf("%s: the browser kept an answer from the page: %t", name, got.Kept)
		}
	}
}

// endsThere reports an address that leads to another run than the one that failed, and an app that is said to have
// asked for what it did not.
func endsThere(t *testing.T, name string, got *setup.Trial, o flows.Options) {
	t.Helper()
	if (got.Asked == "https://portal.example/callback") != (got.Broken != nil && got.Broken.ID == "redirect-uri-registered") {
		t.Errorf("%s: the app is said to have asked for %q", name, got.Asked)
	}
	if got.Refused != nil || got.Works() {
		return
	}
	to, err := address.Parse(got.Walk.String())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	visit, missing := address.Walk(to)
	run, err := visit.Play(t.Context(), o)
	if err != nil || len(missing) > 0 {
		t.Fatalf("%s: %s lacks %v: %v", name, to, missing, err)
	}
	if run.Outcome.State != got.Run.Outcome.State || run.Failed() != got.Run.Failed() || len(run.Messages) != len(got.Run.Messages) {
		t.Errorf("%s: %s leads to a run of %d messages that is %s at %d", name, to, len(run.Messages), run.Outcome.State, run.Failed())
	}
	if visit.Step != got.Run.Messages[got.At].Step {
		t.Errorf("%s: %s leads to another step than %s, where it ended", name, to, got.Run.Messages[got.At].Step)
	}
}

// What is copied for serve is read as it is, and a provider starts with it.
func TestWhatIsCopiedForServeStartsAProvider(t *testing.T) {
	for _, k := range setup.Kinds() {
		for _, change := range []func(*setup.Client){
			func(*setup.Client) {},
			func(c *setup.Client) { c.Refresh = c.Code },
			func(c *setup.Client) { c.Confidential, c.Password = true, true },
			func(c *setup.Client) { c.Implicit = c.Kind == setup.Page },
		} {
			c := setup.Advised(k)
			change(&c)
			file, err := configfile.Read("copied.toml", c.TOML())
			if err != nil {
				t.Errorf("%s: %v\n%s", k, err, c.TOML())
				continue
			}
			cfg := file.Config
			cfg.BaseURL = "https://idp.example"
			if _, err := mockidp.New(cfg); err != nil {
				t.Errorf("%s: %v\n%s", k, err, c.TOML())
			}
			got := cfg.Realms[0].Clients[0]
			if got.ClientID != c.ID() || (got.ClientSecret != "") != c.Confidential || !slices.Equal(got.RedirectURIs, c.RedirectURIs) {
				t.Errorf("%s is read as %+v", k, got)
			}
		}
	}
}

func TestTheSettingsForKeycloakSayWhatIsOnAndOff(t *testing.T) {
	for _, s := range []struct {
		kind        setup.Kind
		name, value string
	}{
		{setup.Page, "Client authentication", "Off"},
		{setup.Page, "Web origins", "https://travel.example"},
		{setup.Backend, "Client authentication", "On"},
		{setup.Backend, "Standard flow", "On"},
		{setup.Service, "Service account roles", "On"},
		{setup.Service, "Require PKCE", "Off"},
		{setup.Service, "Standard flow", "Off"},
		{setup.Phone, "Valid redirect URIs", "com.myapp:/callback"},
		{setup.Phone, "Require PKCE", "On"},
		{setup.Phone, "PKCE Method", "S256"},
	} {
		all := setup.Advised(s.kind).Keycloak()
		i := slices.IndexFunc(all, func(got setup.Setting) bool { return got.Name == s.name })
		if i < 0 || all[i].Value != s.value {
			t.Errorf("%s: %s is not %s in %v", s.kind, s.name, s.value, all)
		}
	}
}

// The file that the console imports says the same as the settings by name. Its members are those of Keycloak's ClientRepresentation.
func TestTheFileThatKeycloakImportsSaysWhatTheFormSays(t *testing.T) {
	for _, k := range setup.Kinds() {
		c := setup.Advised(k)
		text, err := c.KeycloakJSON()
		var got map[string]any
		if err != nil || json.Unmarshal([]byte(text), &got) != nil {
			t.Fatalf("%s: %v\n%s", k, err, text)
		}
		attributes, _ := got["attributes"].(map[string]any)
		for name, want := range map[string]any{
			"clientId": c.ID(), "enabled": true, "protocol": "openid-connect", "publicClient": !c.Confidential, "standardFlowEnabled": c.Code,
			"implicitFlowEnabled": false, "directAccessGrantsEnabled": false, "serviceAccountsEnabled": c.Service,
		} {
			if got[name] != want {
				t.Errorf("%s: %s is %v, want %v", k, name, got[name], want)
			}
		}
		_, secret := got["secret"]
		uris, _ := got["redirectUris"].([]any)
		if secret != c.Confidential || len(uris) != len(c.RedirectURIs) || (attributes["pkce.code.challenge.method"] == "S256") != c.PKCE {
			t.Errorf("%s: the secret, the addresses or PKCE are not those of the form:\n%s", k, text)
		}
	}
}
