package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

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
