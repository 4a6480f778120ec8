package diagnosis

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Setting is what took part in a login, as far as what was brought shows it: the stack of the app, and the provider.
// Either is empty where nothing tells, or where two do.
type Setting struct {
	Stack    string // one of those that cures are written for
	Provider string
}

// mark is how a stack or a provider shows: in any of some ways.
type mark struct {
	id   string
	ways []way
}

// way is one of them. Nearly all begin with letters, which are looked for first:
// that is a thousand times quicker, and most of them are not there.
type way struct {
	begins  string
	pattern *regexp.Regexp
}

func (m mark) shows(text string) bool {
	return slices.ContainsFunc(m.ways, func(w way) bool { return strings.Contains(text, w.begins) && w.pattern.MatchString(text) })
}

// waysOf takes an expression apart at the bars that stand in no parentheses.
func waysOf(expression string) (ways []way) {
	depth, from := 0, 0
	for i := 0; i <= len(expression); i++ {
		switch {
		case i == len(expression), expression[i] == '|' && depth == 0:
			one := expression[from:i]
			begins, _ := regexp.MustCompile(strings.TrimPrefix(one, `\b`)).LiteralPrefix()
			ways = append(ways, way{begins, regexp.MustCompile(one)})
			from = i + 1
		case expression[i] == '\\':
			i++
		case expression[i] == '(':
			depth++
		case expression[i] == ')':
			depth--
		}
	}
	return ways
}

// marks are those of stacks, of programs that somebody runs and nobody programs, and of providers. Of stacks the first
// that shows is it: a page is built with Node, and tells of it.
//
//nolint:gochecknoglobals // never changes; compiled once
var marks = sync.OnceValue(func() (m struct{ stacks, providers []mark }) {
	of := func(pairs ...string) (all []mark) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, mark{pairs[i], waysOf(pairs[i+1])})
		}
		return all
	}
	m.stacks = of(
		"appauth", `appauth|net\.openid\.|platformexception\(|flutter|aswebauthenticationsession|webauthenticationsession|react-native|`+
			`com\.auth0\.android|a0\.session|com\.microsoft\.identity\.client|com\.google\.android\.gms`,
		"spa", `msal-(?:browser|react|angular)|msal\.js|browserautherror|browserconfigurationautherror|interactionrequiredautherror|`+
			`acquiretokensilent|ssosilent|loginpopup|oidc-client-ts|oidc-react|react-oidc|angular-oauth2-oidc|angular-auth-oidc|`+
			`keycloak-js|\[keycloak\]|`+
			`auth0-(?:react|spa-js|angular|vue)|blocked by cors policy|cross-origin request blocked|\[gsi_logger\]|idpiframe_init`,
		"spring", `org\.springframework|spring[ -](?:boot|security)|\bo\.s\.s\.|springboot`,
		"dotnet", `\bidx[0-9]{5}|\bidw[0-9]{5}|microsoft\.aspnetcore|microsoft\.identity|microsoft\.owin|system\.identitymodel|\.cs:line|`+
			`asp\.net|aspnetcore|openiddict|microsoft\.extensions`,
		"python", `traceback \(most recent|\.py", line|\bdjango|\bflask|\bfastapi|authlib|oauthlib|pyjwt|jwt\.exceptions|requests\.exceptions|`+
			`social_core|allauth|google\.auth\.exceptions|jose\.exceptions|msal\.(?:application|authority)`,
		"node", `node_modules|next-?auth|\[auth\]\[(?:error|cause)\]|authjs|passport|openid-client|\brperror\b|\boperror\b|node:internal|undici|`+
			`jsonwebtokenerror|tokenexpirederror|express-|\.[jt]s:[0-9]+:[0-9]+\)`,
		"go", `golang\.org/x/oauth2|coreos/go-oidc|goroutine [0-9]+ \[|/go/pkg/mod/`,
	)
	m.providers = of(
		"b2c", `aadb2c|b2clogin`, "entra", `aadsts|login\.microsoftonline|sts\.windows\.net|\bentra\b|azure ?ad\b|azure active directory`,
		"adfs", `\bmsis[0-9]{4}|/adfs/|\bad ?fs\b`, "okta", `\.okta\.com|\.oktapreview\.com|\bokta\b`, "auth0", `\.auth0\.com|\bauth0\b`,
		"cognito", `amazoncognito|cognito`, "authentik", `authentik|/application/o/`, "authelia", `authelia`, "zitadel", `zitadel`,
		"supabase", `supabase`, "firebase", `firebase`, "keycloak", `keycloak|/realms/|/protocol/openid-connect/|realmid=`,
		"identityserver", `identityserver|duende`, "hydra", `\bhydra\b`, "openiddict", `\bopeniddict`, "dex", `\bdex(?:idp)?\b`,
		"salesforce", `salesforce`,
		"apple", `appleid\.apple|sign in with apple`, "google", `accounts\.google|googleapis|googleusercontent|\bgoogle\b`,
		"facebook", `graph\.facebook|facebook\.com|\bfacebook\b`,
		"discord", `discord\.com|discordapp`, "spotify", `spotify`,
		"slack", `slack\.com|\bslack\b`, "linkedin", `linkedin`, "gitlab", `gitlab`,
		"github", `github\.com/login|api\.github\.com|\bgithub oauth|auth\.github\b|/login/github\b|provider(?:id)?['"]?[:=] ?['"]?github\b`,
	)
	return m
})

// SettingOf reads it out of the addresses and the words of a log, and where these do not show it, out of the text that was
// brought, of which a log has not how things are set. A provider that shows its rules is our own, whose paths are those
// of another one.
func SettingOf(log *logins.Log, brought string) Setting {
	found := settingIn(log, shownIn(log))
	if brought = strings.ToLower(brought[:min(len(brought), maxShownIn)]); brought != "" {
		also := settingIn(log, brought)
		found.Stack, found.Provider = cmp.Or(found.Stack, also.Stack), cmp.Or(found.Provider, also.Provider)
	}
	return found
}

func settingIn(log *logins.Log, text string) (found Setting) {
	for _, m := range marks().stacks {
		if m.shows(text) {
			found.Stack = m.id
			break
		}
	}
	if slices.ContainsFunc(log.Exchanges, func(e *logins.Exchange) bool { return len(e.Request.Checks) > 0 }) {
		return found
	}
	var providers []string
	for _, m := range marks().providers {
		if m.shows(text) {
			providers = append(providers, m.id)
		}
	}
	if len(providers) == 1 || len(providers) == 2 && providers[0] == "b2c" {
		found.Provider = providers[0]
	}
	return found
}

// How much of a log is looked through for its setting.
const (
	maxLookedAt = 400
	maxShownIn  = 256 << 10
)

// shownIn is what a log shows of who took part, in lower case.
func shownIn(log *logins.Log) string {
	var b strings.Builder
	for _, e := range log.Exchanges[:min(len(log.Exchanges), maxLookedAt)] {
		if host := hostname(e); !strings.HasSuffix(host, ".invalid") {
			b.WriteString(strings.ToLower(e.Address()) + "\n")
		}
		b.WriteString(e.Words() + "\n")
		if b.Len() > maxShownIn {
			break
		}
	}
	return b.String()
}
