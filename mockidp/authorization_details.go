package mockidp

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const errInvalidDetails = "invalid_authorization_details"

// detail is one object of authorization_details (RFC 9396 section 2): a
// permission that a scope has no words for, such as to pay one invoice.
type detail struct {
	typ    string
	object map[string]any // all of it, type included
}

// fields returns the object without its type.
func (d detail) fields() map[string]any {
	fields := maps.Clone(d.object)
	delete(fields, "type")
	return fields
}

// readDetails reads the parameter, or says why it cannot.
func readDetails(sent string) (list []detail, wrong string) {
	v, err := wire.ReadJSON(sent)
	if err != nil {
		return nil, err.Error()
	}
	items, ok := v.([]any)
	if !ok || len(items) == 0 {
		return nil, "not a list with objects in it"
	}
	if len(items) > maxDetails {
		return nil, "a list of " + strconv.Itoa(len(items)) + " objects"
	}
	for _, item := range items {
		object, _ := item.(map[string]any)
		typ, _ := object["type"].(string)
		if typ == "" {
			return nil, "a list in which an element has no type"
		}
		list = append(list, detail{typ: typ, object: object})
	}
	return list, ""
}

// encodeDetails writes them as an answer and a token hold them; none is left
// out altogether.
func encodeDetails(list []detail) json.RawMessage {
	if len(list) == 0 {
		return nil
	}
	objects := make([]map[string]any, 0, len(list))
	for _, d := range list {
		objects = append(objects, d.object)
	}
	return json.RawMessage(wire.CompactJSON(objects))
}

// narrowed returns, for each object that is asked for, what was granted before
// and covers it, reduced to what is asked for; or the type of one that
// nothing covers. A list of strings may be shortened, a field may be left out
// and then stays as it was granted; anything else must be the same, because
// only the type's own API knows what less would be (RFC 9396 section 6.1).
func narrowed(asked, granted []detail) (list []detail, uncovered string) {
	for _, want := range asked {
		i := slices.IndexFunc(granted, func(have detail) bool {
			return want.typ == have.typ && covers(have.object, want.object)
		})
		if i < 0 {
			return nil, want.typ
		}
		object := maps.Clone(granted[i].object)
		maps.Copy(object, want.object)
		list = append(list, detail{typ: want.typ, object: object})
	}
	return list, ""
}

func covers(have, want map[string]any) bool {
	for name, asked := range want {
		granted, ok := have[name]
		if !ok || !reflect.DeepEqual(asked, granted) && !isSubset(asked, granted) {
			return false
		}
	}
	return true
}

func isSubset(asked, granted any) bool {
	few, ok1 := asked.([]any)
	many, ok2 := granted.([]any)
	if !ok1 || !ok2 {
		return false
	}
	for _, v := range few {
		if !slices.ContainsFunc(many, func(m any) bool { return reflect.DeepEqual(v, m) }) {
			return false
		}
	}
	return true
}
