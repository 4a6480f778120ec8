package configfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/spelling"
	"github.com/grantwalk/grantwalk/mockidp"
)

// unknown says what is wrong with a key, and what would be right.
func unknown(name string, t *table, header string) string {
	where := "in [" + strings.Trim(header, "[]") + "]"
	if header == "" {
		where = "above all tables"
	} else if strings.HasPrefix(t.header, "[[") {
		where = "in [[" + strings.Trim(header, "[]") + "]]"
	}
	words := fmt.Sprintf("unknown key %q %s", name, where)
	var names []string
	for _, k := range t.keys {
		names = append(names, k.name)
	}
	plain := strings.ToLower(name)
	if ours := inOurWords()[t.header][plain]; ours != "" {
		return words + "; " + ours
	}
	if whole := endingIn(plain, names); whole != "" {
		return fmt.Sprintf("%s; did you mean %q?", words, whole)
	}
	if home := homeOf(plain, t); home != "" {
		return words + "; " + home
	}
	near, ofPerson := nearest(plain, names), t.of == reflect.TypeFor[mockidp.Person]()
	if near != "" && (!ofPerson || spelling.Edits(plain, near) <= 2) { // groups are no misspelt roles
		return fmt.Sprintf("%s; did you mean %q?", words, near)
	}
	if ofPerson {
		return words + "; what is known about a person is a claim: write claims." + bareOrQuoted(name)
	}
	return words + "; there are " + strings.Join(names, ", ")
}

// inOurWords says what others call otherwise, by the header of the table in which they write it.
func inOurWords() map[string]map[string]string {
	const (
		address = "it belongs on the command line: use --listen ADDRESS:PORT"
		person  = "use [[realm.person]]"
		pkce    = "every client must use PKCE; write pkce_optional = true for one with a secret that cannot"
		consent = "use trusted = true to spare people the consent page"
	)
	return map[string]map[string]string{
		"": {
			"issuer": "use base_url: the issuer is that, /realms/ and the name of the realm", "listen": address, "port": address, "address": address,
			"tls": "it belongs on the command line: use --tls", "user": person, "users": person,
		},
		"[[realm]]": {"user": person, "users": person, "people": person},
		"[[realm.client]]": {
			"public":      "leave client_secret out, and the client is public",
			"client_type": "leave client_secret out, and the client is public",
			"pkce":        pkce, "require_pkce": pkce, "consent": consent, "require_consent": consent, "skip_consent": consent,
		},
	}
}

// endingIn is the one key that a short name is the end of: client_secret of secret.
func endingIn(name string, names []string) string {
	var found []string
	for _, n := range names {
		if strings.HasSuffix(n, "_"+name) {
			found = append(found, n)
		}
	}
	if len(found) != 1 || slices.Contains(names, name) {
		return ""
	}
	return found[0]
}

// homeOf says in which other table a key stands, or one that is called so
// elsewhere: access_token_lifetime is access_token of the lifetimes.
func homeOf(name string, t *table) string {
	for _, other := range tables() {
		if _, ok := other.key(name); ok && other.header != t.header {
			if other.header == "" {
				return "it belongs above the first table"
			}
			return "it belongs in " + other.header
		}
	}
	for _, end := range []string{"_lifetime", "_lifespan", "_ttl", "_expires_in", "_expiry", "_timeout"} {
		of, cut := strings.CutSuffix(name, end)
		lifetimes := lifetimesTable()
		if _, ok := lifetimes.key(of); cut && ok {
			return "it belongs in " + lifetimes.header + ", as " + of
		}
	}
	return ""
}
