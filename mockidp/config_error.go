package mockidp

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// ConfigError says where a [Config] breaks a rule, and which. The names are
// empty where it is about no realm, client, person or scope in particular.
//
// Error names the key with its field in Go, and calls ways out as Go does; InFile
// calls all by the names of a config file.
type ConfigError struct {
	Realm       string
	Client      string // client_id
	Person      string // user name
	Scope       string
	DetailsType string // of authorization_details
	Fault       int    // which of Realm.Faults, from 1; 0 where it is about none
	// Key is what breaks the rule, below what is named above: the key of a config
	// file, which for clients is the name of RFC 7591, with dots where it is in a
	// table of its own ("lifetimes.code").
	Key string
	Err error // the rule
}

// within names the place of a slip. What is named already stays.
func within(place ConfigError, err error) error {
	var inner *ConfigError
	var at *slip
	switch {
	case err == nil:
		return nil
	case errors.As(err, &inner):
		return err
	case errors.As(err, &at):
		place.Key = at.key
	}
	place.Err = err
	return &place
}

// Error says it for whoever writes Go.
func (e *ConfigError) Error() string {
	var at *slip
	if !errors.As(e.Err, &at) {
		return e.InFile()
	}
	return e.place() + e.Key + " (" + e.Field() + "): " + at.says(setting.inGo)
}

// InFile says it for whoever writes a config file.
func (e *ConfigError) InFile() string { return e.place() + e.Err.Error() }

func (e *ConfigError) place() string {
	place := []string{"config"}
	for _, p := range []struct{ form, name string }{
		{"realm %s", e.Realm},
		{"client %q", e.Client},
		{"person %q", e.Person},
		{"scope %q", e.Scope},
		{"authorization_details_type %q", e.DetailsType},
	} {
		if p.name != "" {
			place = append(place, fmt.Sprintf(p.form, p.name))
		}
	}
	if e.Fault > 0 {
		place = append(place, fmt.Sprintf("fault number %d", e.Fault))
	}
	return strings.Join(place, ": ") + ": "
}

// Field is what Key is called in Go, from the type that holds it: "Client.RedirectURIs".
func (e *ConfigError) Field() string {
	of := reflect.TypeFor[Config]()
	switch {
	case e.Client != "":
		of = reflect.TypeFor[Client]()
	case e.Person != "":
		of = reflect.TypeFor[Person]()
	case e.Scope != "":
		of = reflect.TypeFor[Scope]()
	case e.DetailsType != "":
		of = reflect.TypeFor[AuthorizationDetailsType]()
	case e.Fault > 0:
		of = reflect.TypeFor[Fault]()
	case e.Realm != "":
		of = reflect.TypeFor[Realm]()
	}
	path := of.Name()
	for name := range strings.SplitSeq(e.Key, ".") {
		field, ok := fieldOf(of, name)
		if !ok { // a name that the config chose, of a claim or of a field
			path += fmt.Sprintf("[%q]", name)
			continue
		}
		path += "." + field.Name
		if of = field.Type; of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
	}
	return path
}

// fieldOf finds the field of a key: its name without underlines, in the plural
// where the file repeats a table.
func fieldOf(t reflect.Type, key string) (reflect.StructField, bool) {
	if t.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	plain := strings.ReplaceAll(key, "_", "")
	return t.FieldByNameFunc(func(name string) bool {
		return strings.EqualFold(name, plain) || strings.EqualFold(name, plain+"s") || key == "person" && name == "People"
	})
}

// Unwrap returns the rule without the place.
func (e *ConfigError) Unwrap() error { return e.Err }
