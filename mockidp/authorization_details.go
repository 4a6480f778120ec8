package mockidp

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/mockidp/pages"
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

// detailsAsk is what a request asks for in authorization_details.
type detailsAsk struct {
	t       *tenant
	client  *Client
	sent    string
	list    []detail
	wrong   string // why it cannot be read; empty when it can
	partial bool   // it picks from what was granted before, so fields may be left out
}

func askDetails(t *tenant, c *Client, p wire.Params) detailsAsk {
	ask := detailsAsk{t: t, client: c, sent: p.Get("authorization_details")}
	if ask.sent != "" {
		ask.list, ask.wrong = readDetails(ask.sent)
	}
	return ask
}

func (ask *detailsAsk) isMade() bool { return ask.sent != "" }

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

// detailsRows are the rules of the parameter, wherever it is sent.
func detailsRows() []rule.Row[detailsAsk] {
	return rule.OnlyWhen((*detailsAsk).isMade, []rule.Row[detailsAsk]{
		{
			ID: "authorization-details-readable", Rule: "authorization_details is a list of objects that name their type",
			Spec: rule.RFC("9396", "2"), Error: errInvalidDetails,
			Check: func(ask *detailsAsk) rule.Finding {
				const expected = "a JSON array of 1 to 8 objects, each with a type"
				return rule.Verdict(ask.wrong == "", expected, cmp.Or(ask.wrong, "such an array"),
					"authorization_details is "+ask.wrong+"; it is "+expected)
			},
		},
		{
			ID: "authorization-details-type-known", Rule: "each type of authorization details is known",
			Spec: rule.RFC("9396", "5"), Error: errInvalidDetails,
			Check: func(ask *detailsAsk) rule.Finding {
				known := cmp.Or(strings.Join(ask.t.detailsTypeNames(), " or "), "none in this realm")
				return ask.checkTypes(ask.t.detailsTypeNames(), known, "is not known; known: "+known)
			},
		},
		{
			ID: "authorization-details-type-allowed", Rule: "each type of authorization details is one that the client may use",
			Spec: rule.RFC("9396", "10"), Error: errInvalidDetails,
			Check: func(ask *detailsAsk) rule.Finding {
				allowed := cmp.Or(strings.Join(ask.client.AuthorizationDetailsTypes, " or "), "none")
				return ask.checkTypes(ask.client.AuthorizationDetailsTypes, allowed,
					"is not one that client "+ask.client.ClientID+" may use; allowed: "+allowed)
			},
		},
		{
			ID: "authorization-details-conform", Rule: "each object has the fields that its type defines",
			Spec: rule.RFC("9396", "5"), Error: errInvalidDetails,
			Check: checkDetailsConform,
		},
	})
}

func (ask *detailsAsk) checkTypes(among []string, expected, reason string) rule.Finding {
	got := make([]string, 0, len(ask.list))
	for _, d := range ask.list {
		if !slices.Contains(among, d.typ) {
			return rule.Fail(expected, wire.Shown(d.typ), "authorization details type "+wire.Shown(d.typ)+" "+reason)
		}
		got = append(got, d.typ)
	}
	return rule.Pass(expected, strings.Join(got, " and "))
}

func checkDetailsConform(ask *detailsAsk) rule.Finding {
	const expected = "the fields of the type, no other, with values that fit"
	for _, d := range ask.list {
		if wrong := wrongFields(ask.t.detailsType(d.typ).Fields, d.fields(), ask.partial); wrong != "" {
			return rule.Fail(expected, wrong, "authorization details of type "+d.typ+": "+wrong)
		}
	}
	return rule.Pass(expected, "such objects")
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

// detailChoice is a permission as the consent page shows it.
type detailChoice struct {
	Type, Description string
	Fields            []detailLine
}

type detailLine struct{ Label, Value string }

// detailChoices describes all that is asked for, and all of it: a person must
// not agree to what the page leaves out.
func (t *tenant) detailChoices(list []detail, words pages.Words) []detailChoice {
	choices := make([]detailChoice, 0, len(list))
	for _, d := range list {
		typ := t.detailsType(d.typ)
		choice := detailChoice{Type: d.typ, Description: sentenceCase(cmp.Or(typ.Description, d.typ))}
		for i := range typ.Fields {
			f := &typ.Fields[i]
			if v, sent := d.object[f.Name]; sent {
				choice.Fields = append(choice.Fields, detailLine{Label: f.title(), Value: f.inWords(v, words)})
			}
		}
		choices = append(choices, choice)
	}
	return choices
}
