package diagnosis_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Who took part shows in what was said; where two providers are named, neither is it.
func TestStackAndProviderAreReadOutOfWhatWasSaid(t *testing.T) {
	for text, want := range map[string]diagnosis.Setting{
		"IDX10205: Issuer validation failed. https://sts.windows.net/a/":                               {Stack: "dotnet", Provider: "entra"},
		"BrowserAuthError: at x (webpack:///node_modules/@azure/msal-browser): AADB2C90080 AADSTS1":    {Stack: "spa", Provider: "b2c"},
		"Traceback (most recent call last): authlib.OAuthError: https://sso.example/realms/a":          {Stack: "python", Provider: "keycloak"},
		"[auth][error] CallbackRouteError at node_modules/@auth/core: okta.com and auth0.com disagree": {Stack: "node"},
		"the client secret is wrong": {},
		"PlatformException(authorize_failed) https://dev-1.okta.com/oauth2/default": {Stack: "appauth", Provider: "okta"},
	} {
		log := logins.Join(&trace.Trace{Messages: []trace.Message{
			{Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://provider.invalid/token"},
			{Kind: trace.Response, Exchange: 1, Status: 400, Body: []byte(text)},
		}})
		if got := diagnosis.SettingOf(log, ""); got != want {
			t.Errorf("%s shows %+v, want %+v", text, got, want)
		}
	}
}

func TestOurOwnProviderIsNotTakenForTheOneWhosePathsItHas(t *testing.T) {
	w := newWorld(t)
	w.service("my-service-client", "guessed-at")
	if got := diagnosis.SettingOf(logins.Join(w.recorded()), "").Provider; got != "" {
		t.Errorf("it is taken for %s", got)
	}
}

// A provider that no line of cures is written for, or a stack, helps nobody who is told of it.
func TestWhatIsRecognisedHasCures(t *testing.T) {
	log := func(text string) *logins.Log {
		return logins.Join(&trace.Trace{Messages: []trace.Message{
			{Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://provider.invalid/token"},
			{Kind: trace.Response, Exchange: 1, Status: 400, Body: []byte(text)},
		}})
	}
	for _, text := range []string{
		"aadb2c90080", "aadsts1", "msis9605", "dev.okta.com", "dev.auth0.com", "cognito", "authentik", "authelia", "zitadel", "supabase", "firebase",
		"keycloak", "duende", "hydra", "dexidp", "salesforce", "appleid.apple", "accounts.google", "facebook", "discord.com", "spotify",
		"slack.com", "linkedin", "gitlab", "api.github.com",
	} {
		if got := diagnosis.SettingOf(log(text), "").Provider; !slices.Contains(tutorials.Providers(), got) {
			t.Errorf("%s shows the provider %q, for which nothing is written", text, got)
		}
	}
}

// How things are set is no word of what failed, and tells who took part all the same; what failed tells it first.
func TestWhoTookPartShowsInHowThingsAreSetToo(t *testing.T) {
	log := func(text string) *logins.Log {
		return logins.Join(&trace.Trace{Messages: []trace.Message{
			{Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://provider.invalid/token"},
			{Kind: trace.Response, Exchange: 1, Status: 400, Body: []byte(text)},
		}})
	}
	const set = "org.springframework.security: issuer-uri: https://sso.example/realms/a"
	for text, want := range map[string]diagnosis.Setting{
		"invalid_client": {Stack: "spring", Provider: "keycloak"},
		"AADSTS7000215 at x (/app/node_modules/)": {Stack: "node", Provider: "entra"},
	} {
		if got := diagnosis.SettingOf(log(text), set); got != want {
			t.Errorf("%s shows %+v, want %+v", text, got, want)
		}
	}
}
