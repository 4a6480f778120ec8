package mockidp

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// resourceAsk is what a request names in resource: the resource servers that
// the access token shall be for, and no others (RFC 8707 section 2). Scopes say
// which ones there are to choose from.
type resourceAsk struct {
	sent    []string
	granted audience // what there is to choose from
	bound   bool     // an earlier request has named some
}

// concerned reports whether anybody speaks of resources at all.
func (ask *resourceAsk) concerned() bool { return ask.bound || len(ask.sent) > 0 }

// resourceRows are the rules of the parameter, wherever it is sent.
func resourceRows(spec trace.Spec) []rule.Row[resourceAsk] {
	return rule.OnlyWhen((*resourceAsk).concerned, []rule.Row[resourceAsk]{
		{
			ID: "resource-absolute", Rule: "resource is an absolute URI without fragment",
			Spec: rule.RFC("8707", "2"), Error: errInvalidTarget,
			Check: func(ask *resourceAsk) rule.Finding { return checkAbsolute(ask.sent) },
		},
		{
			ID: "resource-granted", Rule: "every resource is one that the scopes are for",
			Spec: spec, Error: errInvalidTarget,
			Check: func(ask *resourceAsk) rule.Finding {
				granted := cmp.Or(strings.Join(ask.granted, " or "), "none of those that were asked for")
				got := cmp.Or(wire.Shown(strings.Join(ask.sent, " and ")), "none")
				if len(ask.granted) == 0 {
					return rule.Fail(granted, got, "no scope that was granted is for a resource that was asked for")
				}
				extra := wire.Shown(strings.Join(wire.Without(ask.sent, ask.granted), " and "))
				return rule.Verdict(extra == "", granted, got,
					"no scope that is asked for is for resource "+extra+"; these scopes are for "+granted)
			},
		},
	})
}

func checkAbsolute(resources []string) rule.Finding {
	const expected = "an absolute URI without fragment"
	for _, resource := range resources {
		if u, err := url.Parse(resource); err != nil || !u.IsAbs() || strings.Contains(resource, "#") {
			return rule.Fail(expected, wire.Shown(resource), "resource "+wire.Shown(resource)+" is not "+expected)
		}
	}
	return rule.Pass(expected, cmp.Or(wire.Shown(strings.Join(resources, " ")), "none"))
}

// resources returns what an authorization request names (RFC 8707 section 2.1).
// The rows before have made sure that every scope is known.
func (in *authorization) resources() *resourceAsk {
	return &resourceAsk{sent: in.params.All("resource"), granted: in.t.audience(in.scopes, in.details.list)}
}

// authorizationResourceRows run where the scopes are known to be good.
func authorizationResourceRows() []rule.Row[authorization] {
	named := func(in *authorization) bool { return len(in.params.All("resource")) > 0 }
	return rule.OnlyWhen(named, rule.Lifted(resourceRows(rule.RFC("8707", "2.1")), (*authorization).resources))
}

// resourceTokenRows let a token request choose among what was granted (RFC 8707
// section 2.2). What that is, is looked up when the rows run, since the rows
// before them made sure that there is something; and only where somebody speaks
// of resources, as few requests do.
func resourceTokenRows[R any, P ofToken[R]](granted func(*R) *authorized) []rule.Row[R] {
	named := func(found *R) bool {
		return len(tokenOf[R, P](found).params.All("resource")) > 0 || len(granted(found).resources) > 0
	}
	return rule.OnlyWhen(named, rule.Lifted(resourceRows(rule.RFC("8707", "2.2")), func(found *R) *resourceAsk {
		a, in := granted(found), tokenOf[R, P](found)
		return &resourceAsk{sent: in.params.All("resource"), granted: in.t.as(a.issuer).audienceOf(a), bound: len(a.resources) > 0}
	}))
}

// askedFor is what a token request without an earlier one asks for.
func (in *tokenRequest) askedFor() *authorized {
	return &authorized{client: in.client, scopes: in.scopes, details: in.details.list}
}
