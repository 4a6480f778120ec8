package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// bindingRows are about tokens that are bound to whoever they were given to.
func bindingRows() []rule.Row[bearerUse] {
	whose := func(in *bearerUse) *proofUse { return &in.proof }
	return slices.Concat(
		[]rule.Row[bearerUse]{bound("token-scheme", "a token that is bound to a key is sent as DPoP", "7.2", func(in *bearerUse) rule.Finding {
			got := cmp.Or(strings.Join(in.schemes, " and "), "a form field")
			return rule.Verdict(in.provesKey(), "the scheme DPoP", got,
				"the token is bound to a key; send it as Authorization: DPoP, with a proof in the DPoP header")
		})},
		rule.OnlyWhen((*bearerUse).provesKey, slices.Concat(
			[]rule.Row[bearerUse]{{
				ID: "dpop-sent", Rule: "a DPoP proof is sent",
				Spec: rule.RFC("9449", "7.1"), Error: errProof, Status: http.StatusUnauthorized,
				Check: func(in *bearerUse) rule.Finding {
					got := "none"
					if in.proof.sent() {
						got = "sent"
					}
					return rule.Verdict(in.proof.sent(), "a DPoP header", got,
						"the token is sent as DPoP, but the request has no DPoP header with a proof")
				},
			}},
			rule.Lifted(proofRows(http.StatusUnauthorized), whose),
			proofTokenRows(),
		)),
		[]rule.Row[bearerUse]{tokenCertificateRow()},
	)
}

// bound is a rule for tokens that are bound to a key.
func bound(id, phrase, section string, check func(*bearerUse) rule.Finding) rule.Row[bearerUse] {
	return rule.Row[bearerUse]{
		ID: id, Rule: phrase, Spec: rule.RFC("9449", section), Error: "invalid_token", Status: http.StatusUnauthorized,
		When: func(in *bearerUse) bool { return in.token.Confirmation.Key() != "" }, Check: check,
	}
}

// proofTokenRows tie proof and token together.
func proofTokenRows() []rule.Row[bearerUse] {
	return []rule.Row[bearerUse]{
		{
			ID: "dpop-ath", Rule: "the proof is for this token",
			Spec: rule.RFC("9449", "4.3"), Error: errProof, Status: http.StatusUnauthorized,
			Check: func(in *bearerUse) rule.Finding {
				want, got := keys.Digest(in.token.Raw), ""
				if in.proof.Hash != nil {
					got = *in.proof.Hash
				}
				return rule.Verdict(keys.Same(want, got), "ath "+want, cmp.Or(wire.Prefixed(wire.Shown(got), " in ath"), "no ath"),
					"ath of the DPoP proof is not the hash of the access token, "+want)
			},
		},
		{
			ID: "token-bound-key", Rule: "the token is bound to the key of the proof",
			Spec: rule.RFC("9449", "7.1"), Error: "invalid_token", Status: http.StatusUnauthorized,
			Check: func(in *bearerUse) rule.Finding {
				want := in.token.Confirmation.Key()
				reason := "the token is bound to another key than the one of the DPoP proof"
				if want == "" {
					reason = "the token is bound to no key; send it as Authorization: Bearer"
				}
				return rule.Verdict(keys.Same(want, in.proof.Thumbprint), "the key with the thumbprint "+in.proof.Thumbprint,
					cmp.Or(wire.Prefixed(want, " in cnf.jkt"), "a token without cnf.jkt"), reason)
			},
		},
	}
}

// challenges say how to get in: by Bearer, by DPoP, or both. Where an error is
// told, it goes with the scheme that was tried (RFC 9449 section 7.2). Whoever
// used Bearer hears of DPoP only if the token is bound to a key.
func (in *bearerUse) challenges(details string) []string {
	bearer := `Bearer realm="` + in.t.name + `"`
	dpop := `DPoP realm="` + in.t.name + `", algs="` + strings.Join(keys.Names(keys.AsymmetricAlgorithms()), " ") + `"`
	switch {
	case details == "":
		return []string{bearer, dpop}
	case len(in.schemes) > 1:
		return []string{bearer + details, dpop + details}
	case in.provesKey():
		return []string{dpop + details}
	case in.token.Confirmation.Key() != "":
		return []string{bearer + details, dpop}
	}
	return []string{bearer + details}
}

// provesKey reports whether the token is sent as DPoP.
func (in *bearerUse) provesKey() bool {
	return len(in.schemes) == 1 && in.schemes[0] == keys.TokenTypeDPoP
}
