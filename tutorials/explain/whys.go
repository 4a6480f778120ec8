package explain

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// Whys are the reasons of a cause, those of the provider and the stack that took part first. What is a reason at others
// alone is left out, where it is known who took part and something else is left.
func Whys(whys []string, setting diagnosis.Setting, stack string) []string {
	var own, every []string
	for _, why := range whys {
		provider, stacks := of(why)
		switch {
		case len(provider) > 0 && setting.Provider != "":
			if slices.Contains(provider, setting.Provider) {
				own = append(own, why)
			}
		case len(stacks) > 0 && stack != "":
			if slices.Contains(stacks, stack) {
				own = append(own, why)
			}
		default:
			every = append(every, why)
		}
	}
	if len(own)+len(every) == 0 {
		return whys
	}
	return append(own, every...)
}

// of are the providers and the stacks that a reason names before its colon.
func of(why string) (providers, stacks []string) {
	named, _, found := strings.Cut(why, ": ")
	if !found || len(named) > 60 {
		return nil, nil
	}
	for name, id := range providersNamed() {
		if names(named, name) {
			providers = append(providers, id)
		}
	}
	for name, id := range stacksNamed() {
		if names(named, name) {
			stacks = append(stacks, id)
		}
	}
	return providers, stacks
}

// names finds a name among several with commas between them.
func names(named, name string) bool {
	named = strings.ReplaceAll(named, " and ", ",")
	return slices.ContainsFunc(strings.Split(named, ","), func(one string) bool {
		one = strings.TrimSpace(one)
		return one == name || strings.HasPrefix(one, name+" ")
	})
}

func providersNamed() map[string]string {
	return map[string]string{
		"Entra ID": "entra", "Azure AD B2C": "b2c", "AD FS": "adfs", "Google": "google", "Okta": "okta", "Auth0": "auth0", "Cognito": "cognito",
		"Keycloak": "keycloak", "Apple": "apple", "GitHub": "github", "GitLab": "gitlab", "Facebook": "facebook", "Salesforce": "salesforce",
		"Spotify": "spotify", "Slack": "slack", "Discord": "discord", "LinkedIn": "linkedin", "Authentik": "authentik", "Authelia": "authelia",
		"Zitadel": "zitadel", "Supabase": "supabase", "Firebase": "firebase", "IdentityServer": "identityserver",
		"Ory Hydra": "hydra", "Dex": "dex",
		"Spring Authorization Server": "spring-authorization-server",
	}
}

func stacksNamed() map[string]string {
	return map[string]string{
		"Spring": "spring", "ASP.NET Core": "dotnet", ".NET": "dotnet", "Passport": "node", "Auth.js": "node", "NextAuth": "node",
		"django-allauth": "python", "Django": "python", "Flask": "python", "MSAL.js": "spa", "Android": "appauth", "iOS": "appauth",
	}
}
