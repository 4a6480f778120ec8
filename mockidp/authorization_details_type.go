package mockidp

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// AuthorizationDetailsType defines one type of authorization details: which
// fields its objects have (RFC 9396 section 2). A provider must refuse what
// does not conform to the definition (section 5), so nothing goes without one.
type AuthorizationDetailsType struct {
	// Type is the value of type: "invoice_payment", or a URI.
	Type string
	// Description completes "This app would like to …" on the consent page.
	Description string
	// Audience is the resource server that the type is for; empty for the
	// provider itself.
	Audience string
	// Fields besides type. An object with any other field is refused.
	Fields []DetailsField
}

// DetailsField is one field of a type of authorization details.
type DetailsField struct {
	Name string
	// Label is how the consent page calls it; empty means Name.
	Label string
	// Kind is string, number, boolean, object, or strings for a list of
	// strings. Of such a list each element is one more right, so a client may
	// later ask for fewer (RFC 9396 section 6.1).
	Kind string
	// Values are the strings that are allowed; none means any up to 256
	// characters that a person can see.
	Values []string
	// Optional fields may be left out.
	Optional bool
	// Fields of an object.
	Fields []DetailsField
}

// The kinds of field.
const (
	kindString  = "string"
	kindNumber  = "number"
	kindBoolean = "boolean"
	kindObject  = "object"
	kindStrings = "strings"
)

func detailsKinds() []string {
	return []string{kindString, kindNumber, kindBoolean, kindObject, kindStrings}
}

const (
	maxDetails      = 8
	maxDetailsText  = 256 // characters of one value: all of it is shown to the person
	maxDetailsItems = 16
	maxDetailsDepth = 4
)

func (f *DetailsField) title() string { return cmp.Or(f.Label, f.Name) }

// wrong says what is wrong with an object of these fields, or "". A partial
// object may leave out what another one says.
func wrongFields(fields []DetailsField, object map[string]any, partial bool) string {
	for i := range fields {
		f := &fields[i]
		v, sent := object[f.Name]
		switch {
		case !sent && !f.Optional && !partial:
			return f.Name + " is missing"
		case sent:
			if wrong := f.wrong(v, partial); wrong != "" {
				return wrong
			}
		}
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.ContainsFunc(fields, func(f DetailsField) bool { return f.Name == name }) {
			return wire.Printable(name, 64) + " is not a field of this type"
		}
	}
	return ""
}

func (f *DetailsField) wrong(v any, partial bool) string {
	switch v := v.(type) {
	case string:
		if f.Kind == kindString {
			return f.wrongText(v)
		}
	case json.Number:
		if f.Kind == kindNumber && len(v) <= 32 {
			return ""
		}
	case bool:
		if f.Kind == kindBoolean {
			return ""
		}
	case map[string]any:
		if f.Kind == kindObject {
			return prefixedField(f.Name, wrongFields(f.Fields, v, partial))
		}
	case []any:
		if f.Kind == kindStrings {
			return f.wrongList(v)
		}
	}
	return f.Name + " is not " + kindInWords(f.Kind)
}

func prefixedField(name, wrong string) string {
	if wrong == "" {
		return ""
	}
	return "in " + name + ", " + wrong
}

func kindInWords(kind string) string {
	switch kind {
	case kindNumber:
		return "a number of at most 32 digits"
	case kindBoolean:
		return "true or false"
	case kindObject:
		return "an object"
	case kindStrings:
		return "a list of strings"
	}
	return "a string"
}

func (f *DetailsField) wrongList(list []any) string {
	if len(list) == 0 || len(list) > maxDetailsItems {
		return f.Name + " does not have 1 to " + strconv.Itoa(maxDetailsItems) + " elements"
	}
	for _, v := range list {
		s, ok := v.(string)
		if !ok {
			return f.Name + " is not " + kindInWords(kindStrings)
		}
		if wrong := f.wrongText(s); wrong != "" {
			return wrong
		}
	}
	return ""
}

// wrongText keeps a value from being other than it looks on the consent page:
// no control characters, none that turn the direction of writing, none that
// cannot be seen.
func (f *DetailsField) wrongText(s string) string {
	switch {
	case len(f.Values) > 0 && !slices.Contains(f.Values, s):
		return f.Name + " is not one of " + strings.Join(f.Values, ", ")
	case strings.TrimSpace(s) == "":
		return f.Name + " is empty"
	case utf8.RuneCountInString(s) > maxDetailsText:
		return f.Name + " is longer than " + strconv.Itoa(maxDetailsText) + " characters"
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return f.Name + " holds characters that cannot be seen"
	}
	return ""
}

// inWords is the value as the consent page shows it.
func (f *DetailsField) inWords(v any, words pages.Words) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return words.Text("consent.yes")
		}
		return words.Text("consent.no")
	case []any:
		items := make([]string, 0, len(v))
		for _, item := range v {
			items = append(items, f.inWords(item, words))
		}
		return strings.Join(items, ", ")
	case map[string]any:
		var parts []string
		for i := range f.Fields {
			inner := &f.Fields[i]
			if value, sent := v[inner.Name]; sent {
				parts = append(parts, inner.title()+" "+inner.inWords(value, words))
			}
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// checkDetailsTypes refuses definitions that no object could conform to.
func checkDetailsTypes(r *Realm) error {
	seen := map[string]bool{}
	for i := range r.AuthorizationDetailsTypes {
		typ := &r.AuthorizationDetailsTypes[i]
		var err error
		switch {
		case typ.Type == "":
			err = wrong("authorization_details_type.type", "must not be empty; it is what clients ask for")
		case len(typ.Type) > maxDetailsText || !wire.IsVisibleASCII(typ.Type) || strings.Contains(typ.Type, " "):
			err = wrong("type", "must be 1 to %d printable ASCII characters without a space (RFC 9396 section 2)", maxDetailsText)
		case seen[typ.Type]:
			err = wrong("type", "is listed twice; write each type once")
		default:
			err = checkDetailsFields("field", typ.Fields, maxDetailsDepth)
		}
		if err != nil {
			return within(ConfigError{Realm: r.Name, DetailsType: typ.Type}, err)
		}
		seen[typ.Type] = true
	}
	return nil
}

// checkDetailsOf holds a client to the types that the realm has.
func checkDetailsOf(c *Client, types []AuthorizationDetailsType) error {
	for _, name := range c.AuthorizationDetailsTypes {
		if !slices.ContainsFunc(types, func(t AuthorizationDetailsType) bool { return t.Type == name }) {
			return wrong("authorization_details_types", "%q is not a type of the realm, which has %s", name, typesInWords(types))
		}
	}
	return nil
}

// typesInWords lists what may be written.
func typesInWords(types []AuthorizationDetailsType) string {
	var names []string
	for _, t := range types {
		names = append(names, t.Type)
	}
	return cmp.Or(strings.Join(names, ", "), "none; write an [[realm.authorization_details_type]]")
}

// checkDetailsFields holds the fields below a key to what an object can have.
func checkDetailsFields(key string, fields []DetailsField, depth int) error {
	if depth == 0 {
		return wrong(key, "fields must be nested at most %d deep", maxDetailsDepth)
	}
	seen := map[string]bool{"type": depth == maxDetailsDepth}
	for _, f := range fields {
		own := key + "." + f.Name
		switch {
		case f.Name == "" || len(f.Name) > 64 || !wire.IsVisibleASCII(f.Name) || seen[f.Name]:
			return wrong(own+".name", "%q must be a name of its own, of 1 to 64 printable ASCII characters", f.Name)
		case !slices.Contains(detailsKinds(), f.Kind):
			return wrong(own+".kind", "%q is not one of %s", f.Kind, strings.Join(detailsKinds(), ", "))
		case len(f.Values) > 0 && f.Kind != kindString && f.Kind != kindStrings:
			return wrong(own+".values", "only the kinds string and strings have values to choose from; leave values out")
		case (f.Kind == kindObject) != (len(f.Fields) > 0):
			return wrong(own+".field", "the kind object needs fields, and no other kind may have any")
		}
		seen[f.Name] = true
		if f.Kind == kindObject {
			if err := checkDetailsFields(own+".field", f.Fields, depth-1); err != nil {
				return err
			}
		}
	}
	return nil
}

func cloneDetailsTypes(types []AuthorizationDetailsType) []AuthorizationDetailsType {
	types = slices.Clone(types)
	for i := range types {
		types[i].Fields = cloneDetailsFields(types[i].Fields)
	}
	return types
}

func cloneDetailsFields(fields []DetailsField) []DetailsField {
	fields = slices.Clone(fields)
	for i := range fields {
		fields[i].Values = slices.Clone(fields[i].Values)
		fields[i].Fields = cloneDetailsFields(fields[i].Fields)
	}
	return fields
}
