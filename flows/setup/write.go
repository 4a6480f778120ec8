package setup

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/stage"
)

// TOML is the client in a config of the provider that `grantwalk serve --config`
// reads: a realm with the client and somebody who can sign in.
func (c Client) TOML() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("[[realm]]")
	line("name = %q", "demo")
	line("")
	line("[[realm.client]]")
	line("client_id = %q", c.ID())
	if c.Confidential {
		line("client_secret = %q", stage.SetUpSecret)
	}
	if len(c.RedirectURIs) > 0 {
		line("redirect_uris = %s", list(c.RedirectURIs))
	}
	if len(c.Origins) > 0 {
		line("origins = %s", list(c.Origins))
	}
	line("grant_types = %s", list(c.grants()))
	if c.Implicit || len(c.responses()) == 0 {
		line("response_types = %s", list(c.responses()))
	}
	if c.Confidential && !c.PKCE && c.Code {
		line("pkce_optional = true")
	}
	if c.Code || c.Implicit || c.Password {
		line("")
		line("[[realm.person]]")
		line("username = %q", "jane")
		line("password = %q", "jane")
	}
	return b.String()
}

// ID is the client_id.
func (c Client) ID() string { return "my-" + string(c.Kind) }

func list(values []string) string {
	quoted := make([]string, 0, len(values))
	for _, v := range values {
		quoted = append(quoted, strconv.Quote(v))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// Setting is one of Keycloak's console, by the names that stand there.
type Setting struct{ Group, Name, Value string }

// Keycloak lists the settings of the admin console of Keycloak 26.7 for the
// client; docs/keycloak.md has what older ones say.
func (c Client) Keycloak() []Setting {
	on := func(is bool) string {
		if is {
			return "On"
		}
		return "Off"
	}
	all := []Setting{
		{"General settings", "Client type", "OpenID Connect"},
		{"General settings", "Client ID", c.ID()},
		{"Capability config", "Client authentication", on(c.Confidential)},
		{"Capability config", "Authorization", "Off"},
		{"Capability config", "Standard flow", on(c.Code)},
		{"Capability config", "Direct access grants", on(c.Password)},
		{"Capability config", "Implicit flow", on(c.Implicit)},
		{"Capability config", "Service account roles", on(c.Service)},
		{"Capability config", "Require PKCE", on(c.PKCE && c.Code)},
	}
	if c.PKCE && c.Code {
		all = append(all, Setting{"Capability config", "PKCE Method", "S256"})
	}
	for _, uri := range c.RedirectURIs {
		all = append(all, Setting{"Login settings", "Valid redirect URIs", uri})
	}
	for _, origin := range c.Origins {
		all = append(all, Setting{"Login settings", "Web origins", origin})
	}
	return append(all, Setting{"Advanced", "Use refresh tokens", on(c.Refresh)})
}

// representation is Keycloak's ClientRepresentation, as far as it is set up here.
type representation struct {
	ClientID      string            `json:"clientId"`
	Enabled       bool              `json:"enabled"`
	Protocol      string            `json:"protocol"`
	Public        bool              `json:"publicClient"`
	Authenticator string            `json:"clientAuthenticatorType,omitempty"`
	Secret        string            `json:"secret,omitempty"`
	Standard      bool              `json:"standardFlowEnabled"`
	Implicit      bool              `json:"implicitFlowEnabled"`
	Direct        bool              `json:"directAccessGrantsEnabled"`
	Service       bool              `json:"serviceAccountsEnabled"`
	RedirectURIs  []string          `json:"redirectUris"`
	Origins       []string          `json:"webOrigins"`
	Attributes    map[string]string `json:"attributes"`
}

// KeycloakJSON is the same as a file that the console of Keycloak imports
// (Clients, Import client), and that a realm of it has among its clients.
func (c Client) KeycloakJSON() (string, error) {
	r := representation{
		ClientID: c.ID(), Enabled: true, Protocol: "openid-connect", Public: !c.Confidential,
		Standard: c.Code, Implicit: c.Implicit, Direct: c.Password, Service: c.Service,
		RedirectURIs: append([]string{}, c.RedirectURIs...), Origins: append([]string{}, c.Origins...),
		Attributes: map[string]string{"use.refresh.tokens": strconv.FormatBool(c.Refresh)},
	}
	if c.Confidential {
		r.Authenticator, r.Secret = "client-secret", stage.SetUpSecret
	}
	if c.PKCE && c.Code {
		r.Attributes["pkce.code.challenge.method"] = "S256"
	}
	text, err := json.MarshalIndent(r, "", "  ") //nolint:gosec // the secret is the one that this is for, and a demo
	if err != nil {
		return "", fmt.Errorf("write the client for Keycloak: %w", err)
	}
	return string(text) + "\n", nil
}

// KeycloakText is the same as text to be copied.
func (c Client) KeycloakText() string {
	var b strings.Builder
	group := ""
	for _, s := range c.Keycloak() {
		if s.Group != group {
			group = s.Group
			fmt.Fprintf(&b, "%s\n", group)
		}
		fmt.Fprintf(&b, "  %s: %s\n", s.Name, s.Value)
	}
	return b.String()
}
