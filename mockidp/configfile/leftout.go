package configfile

import (
	"reflect"
	"slices"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// LeftOut lists the fields of a [mockidp.Config] that no file sets, as
// Type.Field, each with the reason. Every other exported field is in the file.
func LeftOut() map[string]string {
	return map[string]string{
		"Config.ClientCertificates": "what the server in front does; the server sets it with --tls",
		"Config.ClientCAs":          "a pool of certificates; the server reads it from --tls-client-ca-file",
		"Config.Keys":               "keys in memory; a file says signing_seed, or signing_keys_file of a realm",
		"Realm.Keys":                "keys in memory; a file says signing_keys_file",
		"Config.Now":                "a function",
		"Config.Rand":               "a stream, for runs that repeat",
		"Config.OnLogoutCall":       "a function; the server logs by it",
		"Config.Words":              "a language; the server takes it from --language",
		"Config.Outbound":           "a client with functions in it; relaxed.remote_fetch says how far it may reach",
	}
}

// Missing lists the exported fields, as Type.Field, that no file can set though
// nobody gave a reason. A test of package mockidp keeps it empty.
func Missing() []string {
	var missing []string
	for _, t := range tables() {
		for _, field := range reflect.VisibleFields(t.of) {
			name := t.of.Name() + "." + field.Name
			_, left := LeftOut()[name]
			if field.IsExported() && !field.Anonymous && !left && !t.says(field) { // a group says nothing by itself
				missing = append(missing, name)
			}
		}
	}
	return missing
}

// says reports whether the field has a key, and what it holds a table where it needs one.
func (t *table) says(field reflect.StructField) bool {
	if !slices.ContainsFunc(t.keys, func(k key) bool { return k.field == field.Name }) {
		return false
	}
	of := elementOf(field.Type)
	_, own := tableFor(of)
	plain := of == reflect.TypeFor[jose.JSONWebKeySet]() || of == reflect.TypeFor[mockidp.Claim]()
	return own || plain || of.Kind() != reflect.Struct
}
