package tutorials

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Providers lists those for which providers.toml says where to change what, as a diagnosis names them.
func Providers() []string {
	return []string{
		"adfs", "apple", "auth0", "authelia", "authentik", "b2c", "cognito", "dex", "discord", "entra", "facebook", "firebase",
		"github", "gitlab", "google", "hydra", "identityserver", "keycloak", "linkedin", "okta", "openiddict", "salesforce", "slack", "spotify",
		"supabase", "zitadel",
	}
}

// readProviders reads what to change at a provider, by cause.
func (all *causes) readProviders(fsys fs.FS, file string) error {
	keys, err := readTOML(fsys, file, &all.providers, 1)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, ok := all.cause[key[0]]; !ok {
			return inTable(fsys, file, key.String(), fmt.Errorf("there is no cause %q", key[0]))
		}
		for provider, line := range all.providers[key[0]] {
			if !slices.Contains(Providers(), provider) || line == "" {
				return inTable(fsys, file, key.String(),
					fmt.Errorf("%q is none of %s, or says nothing", provider, strings.Join(Providers(), ", ")))
			}
		}
	}
	return nil
}

// CureAt is what to change at a provider because of a cause, or "" where nothing is known. A cause without a table, be it
// an empty one, takes that of the cause that it is like.
func (c *Causes) CureAt(cause, provider string) string {
	all, err := c.read()
	if err != nil || provider == "" {
		return ""
	}
	for ; cause != ""; cause = all.like[cause] {
		if lines, ok := all.providers[cause]; ok {
			return lines[provider]
		}
	}
	return ""
}
