package configfile

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/mockidp"
)

// table is one table of the file: the struct that it fills, and its keys. The
// reader, the printed file and docs/config.md are all made from these.
type table struct {
	header string // as it is written: "[[realm.client]]"; empty for the top of the file
	of     reflect.Type
	words  string // what it is and what it means to leave it out
	keys   []key
}

// key is one row: what it is called, the field that it fills, and what a
// reader of the file has to know.
type key struct {
	name    string
	field   string
	example string // of a value, as it is written; empty for a table of its own
	words   string // beginning with "Needed." where it may not be left out
}

func (k key) needed() bool { return strings.HasPrefix(k.words, "Needed.") }

// tables returns every table of the file, in the order in which a reader meets them.
func tables() []table {
	return []table{
		topTable(), relaxedTable(), realmTable(), lifetimesTable(), registrationTable(),
		scopeTable(), clientTable(), personTable(), detailsTable(), detailsFieldTable(), faultTable(),
	}
}

// tableFor returns the table that fills a type.
func tableFor(t reflect.Type) (*table, bool) {
	known := tablesByType()[t]
	return known, known != nil
}

// tablesByType are made once: a file can have ten thousand clients.
var tablesByType = sync.OnceValue(func() map[reflect.Type]*table { //nolint:gochecknoglobals // never changes

	known := map[reflect.Type]*table{}
	for _, t := range tables() {
		known[t.of] = &t
	}
	return known
})

func topTable() table {
	return table{
		of:    reflect.TypeFor[mockidp.Config](),
		words: "What stands above all tables.",
		keys: []key{
			{
				"base_url", "BaseURL", `"http://127.0.0.1:8180"`,
				"Scheme, host and port by which clients reach the provider, and the path that a proxy in front adds " +
					"(\"https://dev.example/idp\"); the " +
					"issuers begin with it. Left out: the address it listens at. On this machine, localhost, 127.0.0.1 and [::1] are issuers of their " +
					"own, of one realm: what it gave out under one of them is good under the others.",
			},
			{
				"back_channel_url", "BackChannelURL", `"http://idp:8180"`,
				"Another address of the provider, for servers that cannot reach base_url because they sit in a container. " +
					"Metadata that is read there " +
					"sends people to base_url and has the token endpoint and the others here; the issuer stays one. Left out: everybody calls base_url.",
			},
			{
				"hosts", "Hosts", `["idp.test:8180"]`,
				"Further values of the Host header that are answered, besides those of base_url and of this machine. Any other is refused, against " +
					"DNS rebinding.",
			},
			{
				"signing_seed", "SigningSeed", `"a secret of at least 16 characters"`,
				"What the signing keys of each realm are derived from, so that they stay the same from start to start. Whoever " +
					"knows it can sign tokens. " +
					"Left out: new keys at each start, where a realm has no signing_keys_file.",
			},
			{
				"trusted_proxies", "TrustedProxies", `["10.0.0.0/8", "127.0.0.1"]`,
				"Addresses and networks of proxies in front, whose Forwarded or X-Forwarded-For, -Host, -Port and -Proto are " +
					"believed. Left out: nobody's. " +
					"The scheme is always that of base_url.",
			},
			{"relaxed", "Relaxed", "", "Protections that are turned off."},
			{"realm", "Realms", "", "The tenants. Left out: the realm demo of the lessons."},
		},
	}
}

func relaxedTable() table {
	return table{
		header: "[relaxed]", of: reflect.TypeFor[mockidp.Relaxed](),
		words: "Protections that are turned off for the whole provider. Left out: every one is on.",
		keys: []key{
			{
				"plain_pkce", "PlainPKCE", "true",
				"Accept code_challenge_method=plain (RFC 7636 section 4.2), which protects from nobody who can read the authorization request.",
			},
			{"plain_http", "PlainHTTP", "true", "Accept an issuer and redirect URIs with http on hosts other than this machine."},
			{
				"remote_fetch", "RemoteFetch", "true",
				"Fetch a jwks_uri, request_uri or sector_identifier_uri, and tell a backchannel_logout_uri, on other machines " +
					"too. Whoever may register " +
					"a client could then make the provider call any address that it can reach.",
			},
		},
	}
}

func faultTable() table {
	return table{
		header: "[[realm.fault]]", of: reflect.TypeFor[mockidp.Fault](),
		words: "Deliberate trouble: something that the provider does wrong from the start, so that a client can show what it does then. Left " +
			"out: none.",
		keys: []key{
			{"kind", "Kind", `"delay"`, "Needed. What happens: " + listed(mockidp.FaultKinds()) + "."},
			{"endpoint", "Endpoint", `"token"`, "Where. Left out: at every endpoint of the realm."},
			{"client", "Client", `"web"`, "The client_id of whom it strikes. Left out: everybody."},
			{
				"error", "Error", `"temporarily_unavailable"`,
				"The code to answer with, for the kind error: one that the endpoint's own standard allows.",
			},
			{"token", "Token", `"id_token"`, "Which token is spoilt: access_token or id_token. Left out: both."},
			{
				"by", "By", `"2s"`,
				fmt.Sprintf("How long delay delays, at most %.0f seconds, or how far move-clock moves the clock each time, at most %.0f days.",
					mockidp.MaxDelay.Seconds(), mockidp.MaxClockMove.Hours()/24),
			},
			{"times", "Times", "1", "How often it strikes. Left out: until it is cleared."},
			{
				"one_login", "OneLogin", "true",
				"It strikes a single login: the next one that is answered, and all that comes of it. Left out: every login.",
			},
			{"value", "Value", `"https://other.example"`, "What stands in the place of the right one, for the kinds that put something in."},
		},
	}
}

// listed is what a key may hold.
func listed[T ~string](allowed []T) string {
	words := make([]string, 0, len(allowed))
	for _, a := range allowed {
		words = append(words, string(a))
	}
	return strings.Join(words, ", ")
}
