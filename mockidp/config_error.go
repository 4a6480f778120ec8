package mockidp

import (
	"fmt"
	"strings"
)

// ConfigError says where a [Config] breaks a rule, and which. The names are
// empty where it is about no realm, client, person or scope in particular.
type ConfigError struct {
	Realm  string
	Client string // client_id
	Person string // user name
	Scope  string
	Fault  int   // which of Realm.Faults, from 1; 0 where it is about none
	Err    error // the rule; about a client it begins with the RFC 7591 name of the field where there is one
}

func (e *ConfigError) Error() string {
	place := []string{"config"}
	for _, p := range []struct{ form, name string }{
		{"realm %s", e.Realm}, {"client %q", e.Client}, {"person %q", e.Person}, {"scope %q", e.Scope},
	} {
		if p.name != "" {
			place = append(place, fmt.Sprintf(p.form, p.name))
		}
	}
	if e.Fault > 0 {
		place = append(place, fmt.Sprintf("faults: number %d", e.Fault))
	}
	return strings.Join(place, ": ") + ": " + e.Err.Error()
}

// Unwrap returns the rule without the place.
func (e *ConfigError) Unwrap() error { return e.Err }
