package mockidp

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// proofUse is a request that may carry a DPoP proof, at whatever endpoint: one
// set of rules for all of them.
type proofUse struct {
	keys.Proof

	p      *possession
	t      *tenant
	r      *request
	client *Client // whose nonce policy counts; nil when unknown
	reused bool    // the proof was here before
}

// possession looks at DPoP proofs, wherever they are sent.
type possession struct {
	at     *addresses
	secret []byte // keys the nonces
	rows   []rule.Row[proofUse]
}

func (h *possession) newProofUse(t *tenant, r *request) proofUse {
	return proofUse{p: h, t: t, r: r, Proof: keys.ReadProof(r.Header.Values(keys.HeaderDPoP))}
}

// sent reports whether there is any proof.
func (in *proofUse) sent() bool { return in.Headers > 0 }

// claim marks the proof as used, in one step with looking whether it was, once
// all else about it is right. It must be called before the rules run. The
// client is whose nonce policy counts.
func (in *proofUse) claim(c *Client) {
	in.client = c
	if !in.sent() {
		return
	}
	if rule.Holds(in.p.rows, in) {
		in.reused = !in.t.proofs.claim(clientIDOf(in.client), keys.Digest(in.Thumbprint+" "+*in.ID), in.r.Now)
	}
}

// proofRows are the rules of RFC 9449 section 4.3, in an order in which each
// can rely on those before it. A refusal has this status; zero means the
// endpoint's usual one.
func proofRows(status int) []rule.Row[proofUse] {
	rows := slices.Concat(proofFormRows(), proofKeyRows(), proofClaimRows(), proofTimeRows())
	for i := range rows {
		rows[i].Status = status
	}
	return rows
}

// The errors of RFC 9449 section 12.2.
const (
	errProof = "invalid_dpop_proof"
	errNonce = "use_dpop_nonce"
)

func proofRule(id, phrase string, check func(*proofUse) rule.Finding) rule.Row[proofUse] {
	return rule.Row[proofUse]{ID: id, Rule: phrase, Spec: rule.RFC("9449", "4.3"), Error: errProof, Check: check}
}

// proofFormRows are about the proof as a text.
func proofFormRows() []rule.Row[proofUse] {
	return []rule.Row[proofUse]{
		proofRule("dpop-once", "there is one DPoP header", func(in *proofUse) rule.Finding {
			return rule.Verdict(in.Headers == 1, "one", strconv.Itoa(in.Headers),
				"there are "+strconv.Itoa(in.Headers)+" DPoP headers; which of them counts, nobody can tell")
		}),
		proofRule("dpop-well-formed", "the DPoP header is a single, well-formed JWT", func(in *proofUse) rule.Finding {
			return rule.Verdict(in.Malformed == "", "a JWT", cmp.Or(in.Malformed, "a JWT"), "the DPoP proof is no JWT: "+in.Malformed)
		}),
		proofRule("dpop-typ", "the proof says that it is a DPoP proof", func(in *proofUse) rule.Finding {
			got := cmp.Or(wire.Shown(in.Typ), "not set")
			return rule.Verdict(in.Typ == keys.TypeProof, "typ "+keys.TypeProof, "typ "+got,
				"the typ of the DPoP proof is "+got+"; with "+keys.TypeProof+" no JWT made for something else can pass for a proof")
		}),
		proofRule("dpop-alg", "the proof is signed with an asymmetric algorithm", func(in *proofUse) rule.Finding {
			algs, got := in.algorithms(), cmp.Or(wire.Shown(in.Alg), "not set")
			return rule.Verdict(slices.Contains(algs, in.Alg), strings.Join(algs, " or "), got,
				"the alg of the DPoP proof is "+got+"; supported: "+strings.Join(algs, ", "))
		}),
	}
}

// algorithms lists how the client may sign a proof: with a private key, so that
// there is something to prove possession of.
func (in *proofUse) algorithms() []string {
	if in.client != nil && in.client.Profile == ProfileFAPI2 {
		return keys.Names(keys.FAPIAlgorithms())
	}
	return keys.Names(keys.AsymmetricAlgorithms())
}

// proofKeyRows are about the key that the proof brings along.
func proofKeyRows() []rule.Row[proofUse] {
	return []rule.Row[proofUse]{
		proofRule("dpop-key-public", "jwk holds no private key", func(in *proofUse) rule.Finding {
			return rule.Verdict(in.Private == "", "a public key", cmp.Or(wire.Prefixed(in.Private, ", a part of a private key"), "a public key"),
				"jwk holds "+in.Private+", a part of a private key; whoever saw this request can now make proofs, so throw the key away")
		}),
		proofRule("dpop-key-usable", "jwk is a key that goes with alg", func(in *proofUse) rule.Finding {
			return rule.Verdict(in.KeyWrong == "", "a public key for "+in.Alg, cmp.Or(in.KeyWrong, "such a key"),
				"jwk is not a public key for "+in.Alg+": "+in.KeyWrong)
		}),
		proofRule("dpop-signature", "the signature verifies with jwk", func(in *proofUse) rule.Finding {
			got := "another signature, or a changed proof"
			if in.Signed {
				got = "a signature with it"
			}
			return rule.Verdict(in.Signed, "a signature with the key in jwk", got,
				"the signature of the DPoP proof does not verify with the key in jwk")
		}),
	}
}

// proofClaimRows are about which request the proof is for.
func proofClaimRows() []rule.Row[proofUse] {
	return []rule.Row[proofUse]{
		proofRule("dpop-claims", "the proof has jti, htm, htu and iat", func(in *proofUse) rule.Finding {
			missing := in.missingClaim()
			return rule.Verdict(missing == "", "jti, htm, htu and iat",
				cmp.Or(wire.Prefixed(missing, " is missing or of another type"), "all of them"),
				"the DPoP proof has no "+missing+", or not of the right type")
		}),
		proofRule("dpop-method", "htm is the method of this request", func(in *proofUse) rule.Finding {
			return rule.Verdict(*in.Method == in.r.Method, in.r.Method, cmp.Or(wire.Shown(*in.Method), "nothing"),
				"the DPoP proof is for the method "+wire.Shown(*in.Method)+", but this request is "+wire.Printable(in.r.Method, 16))
		}),
		proofRule("dpop-uri", "htu is the address of this request", func(in *proofUse) rule.Finding {
			targets := in.p.at.targets(in.r)
			return rule.Verdict(slices.Contains(targets, keys.NormalTarget(*in.URI)), strings.Join(targets, " or "),
				cmp.Or(wire.Shown(*in.URI), "nothing"),
				"the DPoP proof is for "+wire.Shown(*in.URI)+", but this request is to "+targets[0])
		}),
	}
}

func (in *proofUse) missingClaim() string {
	switch {
	case in.ID == nil || *in.ID == "":
		return "jti"
	case in.Method == nil:
		return "htm"
	case in.URI == nil:
		return "htu"
	case in.IssuedAt == nil:
		return "iat"
	}
	return ""
}

// proofTimeRows are about whether the proof is a new one. The nonce comes
// after iat and before jti: whoever is sent back for a nonce has used nothing
// up.
func proofTimeRows() []rule.Row[proofUse] {
	return []rule.Row[proofUse]{
		proofRule("dpop-fresh", "the proof was made just now", func(in *proofUse) rule.Finding {
			const expected = "at most 60 s ago, and at most 30 s ahead"
			age := float64(in.r.Now.UnixMilli())/1000 - *in.IssuedAt
			got := strconv.FormatFloat(math.Round(age), 'g', 10, 64) + " s ago"
			return rule.Verdict(age <= proofAge.Seconds() && age >= -proofAhead.Seconds(), expected, got,
				"iat of the DPoP proof is "+got+" by the clock of this provider; it may be "+expected)
		}),
		{
			ID: "dpop-nonce", Rule: "the proof holds a nonce that this provider gave out",
			Spec: rule.RFC("9449", "8"), Error: errNonce,
			When: func(in *proofUse) bool { return in.t.nonceDemanded(in.client) },
			Check: func(in *proofUse) rule.Finding {
				const expected = "the nonce of the last DPoP-Nonce header"
				switch {
				case in.Nonce == nil:
					return rule.Fail(expected, "none",
						"the DPoP proof holds no nonce; make a new one with the nonce of the DPoP-Nonce header of this answer")
				case !in.p.knowsNonce(in.t, *in.Nonce, in.r.Now):
					return rule.Fail(expected, "another one, or an old one",
						"the nonce of the DPoP proof is not a recent one; make a new proof with that of the DPoP-Nonce header of this answer")
				}
				return rule.Pass(expected, "a recent one")
			},
		},
		{
			ID: "dpop-unused", Rule: "the proof is used for the first time",
			Spec: rule.RFC("9449", "11.1"), Error: errProof,
			Check: func(in *proofUse) rule.Finding {
				got := "first use"
				if in.reused {
					got = "used before"
				}
				return rule.Verdict(!in.reused, "first use", got,
					"a DPoP proof with this key and jti was used before; make a new proof for every request")
			},
		},
	}
}
