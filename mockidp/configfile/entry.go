package configfile

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp"
)

// Lists are the lists of a realm whose tables can be read and written one by
// one, as the file calls them.
func Lists() []string { return []string{"client", "person", "scope"} }

// Key is a key of such a table, for whoever fills it in.
type Key struct {
	Name    string `json:"key"`
	Words   string `json:"words"`
	Example string `json:"example"` // as a file has it
	Kind    string `json:"kind"`    // text, truth, number, list or table
	Needed  bool   `json:"needed,omitempty"`
}

// Keys lists the keys of a list of a realm; the first is what its tables are named by.
func Keys(list string) []Key {
	t := listTable(list)
	if t == nil {
		return nil
	}
	var all []Key
	for _, k := range t.keys {
		field, _ := t.of.FieldByName(k.field)
		all = append(all, Key{k.name, k.words, k.example, kindOf(field.Type), k.needed()})
	}
	return all
}

func kindOf(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[[]string]():
		return "list"
	case t.Kind() == reflect.Bool:
		return "truth"
	case t.Kind() == reflect.Int:
		return "number"
	case t.Kind() == reflect.String, elementOf(t).Kind() == reflect.Int64: // a length of time
		return "text"
	}
	return "table"
}

// listTable is the table of a list of a realm, or nil.
func listTable(list string) *table {
	if !slices.Contains(Lists(), list) {
		return nil
	}
	t, _ := tableFor(fieldOfList(reflect.ValueOf(&mockidp.Realm{}), list).Type().Elem())
	return t
}

func fieldOfList(realm reflect.Value, list string) reflect.Value {
	t := realmTable()
	k, _ := t.key(list)
	return realm.Elem().FieldByName(k.field)
}

// Put reads a table of a list from JSON, whose members are the keys of the file,
// and puts it in the place of the one of that name, or behind the last. It
// returns how the new one is called. Realms that share the list keep theirs.
// The error says what is wrong in the words of the reader of the file.
func Put(r *mockidp.Realm, list, name string, object []byte) (called string, err error) {
	t := listTable(list)
	if t == nil {
		return "", fmt.Errorf("there is no list %q; there are %q", list, Lists())
	}
	n, err := nodeOf(object)
	if err != nil {
		return "", err
	}
	read := &reader{}
	one := reflect.New(t.of)
	read.table(n, t.header, one.Elem())
	if len(read.wrong) > 0 {
		return "", read.wrong[0].Err
	}
	all := ownList(r, list)
	if at := find(all, t, name); at >= 0 {
		all.Index(at).Set(one.Elem())
	} else {
		all.Set(reflect.Append(all, one.Elem()))
	}
	return t.nameOf(one.Elem()), nil
}

// Remove takes a table out of a list, and reports whether it was there.
func Remove(r *mockidp.Realm, list, name string) bool {
	t := listTable(list)
	if t == nil {
		return false
	}
	all := ownList(r, list)
	at := find(all, t, name)
	if at < 0 {
		return false
	}
	rest := reflect.AppendSlice(all.Slice(0, at), all.Slice(at+1, all.Len()))
	if rest.Len() == 0 {
		rest = reflect.Zero(all.Type()) // as in a file that has none
	}
	all.Set(rest)
	return true
}

// Has reports whether a list has a table of that name.
func Has(r *mockidp.Realm, list, name string) bool {
	t := listTable(list)
	return t != nil && find(fieldOfList(reflect.ValueOf(r), list), t, name) >= 0
}

// ownList is a list of the realm that nobody shares. Scopes that a realm has
// because it names none are written out, or the first change would drop the rest.
func ownList(r *mockidp.Realm, list string) reflect.Value {
	if list == "scope" && len(r.Scopes) == 0 {
		r.Scopes = mockidp.StandardScopes()
	}
	all := fieldOfList(reflect.ValueOf(r), list)
	own := reflect.MakeSlice(all.Type(), all.Len(), all.Len()+1)
	reflect.Copy(own, all)
	all.Set(own)
	return all
}

// nameOf is what a table of a list is named by: its first key.
func (t *table) nameOf(one reflect.Value) string { return one.FieldByName(t.keys[0].field).String() }

// find is the place of the table of a name, or -1.
func find(all reflect.Value, t *table, name string) int {
	for i := range all.Len() {
		if t.nameOf(all.Index(i)) == name {
			return i
		}
	}
	return -1
}

// Entries writes a list of a realm as JSON that [Put] reads.
func Entries(r mockidp.Realm, list string) (json.RawMessage, error) {
	if listTable(list) == nil {
		return nil, fmt.Errorf("there is no list %q; there are %q", list, Lists())
	}
	w := &objects{}
	w.list(ownList(&r, list))
	return w.text.Bytes(), w.err
}
