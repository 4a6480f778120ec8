package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// readACR reads the wish. The claims parameter says more than acr_values and
// goes before it; what the client is registered with is for requests that say
// nothing (OpenID Connect Core sections 3.1.2.1 and 5.5.1.1).
//
// acr_values alone is voluntary in OpenID Connect, where its use must not lead
// to an error (Core section 15.1). In plain OAuth it is what a resource server
// demanded, and a token without it would send the client round in circles
// (RFC 9470 section 5).
func (in *authorization) readACR() acrWish {
	if w, asked := in.claims.idToken.find("acr"); asked {
		wish := acrWish{asked: true, must: w.essential && len(w.values) > 0}
		for _, v := range w.values {
			if s, ok := v.(string); ok {
				wish.values = append(wish.values, s)
			}
		}
		return wish
	}
	if sent := wire.Words(in.params.Get("acr_values")); len(sent) > 0 {
		return acrWish{asked: true, values: sent, must: !slices.Contains(in.scopes, "openid")}
	}
	if in.client != nil && len(in.client.DefaultACRValues) > 0 {
		return acrWish{asked: true, values: in.client.DefaultACRValues}
	}
	return acrWish{}
}

// contextRows are about how the person is to be authenticated.
func contextRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.acr.must }, []rule.Row[authorization]{{
		ID: "acr-attainable", Rule: "the authentication that is demanded is one that this provider can do",
		Spec: unmetSpec(), Error: "unmet_authentication_requirements",
		Check: func(in *authorization) rule.Finding {
			known, sent := strings.Join(acrValues(), " or "), wire.Shown(strings.Join(in.acr.values, " "))
			return rule.Verdict(in.acr.dearest() != "", known, cmp.Or(sent, "none that is text"),
				"no acr that is demanded can be reached here; supported: "+known)
		},
	}})
}
