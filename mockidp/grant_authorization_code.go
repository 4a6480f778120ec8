package mockidp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// codeRequest is a token request with a code.
type codeRequest struct {
	*tokenRequest
	code *redemption // nil when nobody here was given the code
}

// newAuthorizationCodeGrant is the grant of RFC 6749 section 4.1.3 with PKCE.
func newAuthorizationCodeGrant() grant {
	return newGrant(grant{
		name: grantAuthorizationCode, secrets: []string{"code", "code_verifier", "redirect_uri"}, details: detailsPick, open: true,
	}, granting[codeRequest]{
		rows: authorizationCodeRows,
		read: func(in *tokenRequest) *codeRequest {
			return &codeRequest{in, in.t.codes.claim(in.params.Get("code"), in.client, in.r.Now)}
		},
		refused: func(in *codeRequest) {
			if in.code != nil && in.code.usedBefore {
				in.t.tokens.end(in.code.license, in.code.client.ClientID, "its code was used a second time", in.r.Now)
			}
		},
		give: func(ctx context.Context, in *codeRequest) (tokenResponse, error) {
			a := in.code.authorized()
			a.forAccess, a.only = in.forAccess(a.details), in.params.All("resource")
			return in.issueFirst(ctx, a)
		},
	})
}

func authorizationCodeRows() []rule.Row[codeRequest] {
	return slices.Concat(codeRows(), codeKeyRows(),
		rule.OnlyWhen(func(in *codeRequest) bool { return in.code.challenge != "" }, verifierRows()),
		rule.OnlyWhen(func(in *codeRequest) bool { return in.code.challenge == "" }, downgradeRows()),
		[]rule.Row[codeRequest]{detailsNotWiderRow(func(in *codeRequest) []detail { return in.code.details })},
		resourceTokenRows(func(in *codeRequest) *authorized { return in.code.authorized() }))
}

// codeRows are about the code itself.
func codeRows() []rule.Row[codeRequest] {
	return []rule.Row[codeRequest]{
		{
			ID: "code-present", Rule: "code is sent",
			Spec: rule.RFC("6749", "4.1.3"), Error: "invalid_request",
			Check: func(in *codeRequest) rule.Finding {
				return in.params.CheckPresent("code")
			},
		},
		{
			ID: "code-known", Rule: "code was issued by this provider",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *codeRequest) rule.Finding {
				got := "a code that nobody here was given, or long ago"
				if in.code != nil {
					got = "such a code"
				}
				return rule.Verdict(in.code != nil, "a code issued by this provider", got, "code is not one that this provider issued recently")
			},
		},
		{
			ID: "code-issued-to-client", Rule: "code was issued to this client",
			Spec: rule.RFC("6749", "4.1.3"), Error: "invalid_grant",
			Check: func(in *codeRequest) rule.Finding {
				return rule.Verdict(in.code.client.is(in.client), in.code.client.ClientID, in.client.ClientID,
					"code was issued to another client than "+in.client.ClientID)
			},
		},
		{
			// Before the lifetime: a second use is noticed, and undone, even
			// when it comes late.
			ID: "code-unused", Rule: "code is used for the first time",
			Spec: rule.RFC("6749", "4.1.2"), Error: "invalid_grant",
			Check: func(in *codeRequest) rule.Finding {
				got := "first use"
				if in.code.usedBefore {
					got = "used before"
				}
				return rule.Verdict(!in.code.usedBefore, "first use", got,
					"code was used before; the tokens that it gave are revoked now, because one of the two users stole it")
			},
		},
		{
			ID: "code-fresh", Rule: "code has not expired",
			Spec: rule.RFC("6749", "4.1.2"), Error: "invalid_grant",
			Check: func(in *codeRequest) rule.Finding {
				good := in.t.lifetimesOf(in.code.client).Code
				limit, age := inSeconds(good), inSeconds(in.code.age)
				return rule.Verdict(in.code.age <= good, "at most "+limit, age,
					"code is "+age+" old; it was good for "+limit)
			},
		},
		{
			ID: "redirect-uri-same", Rule: "redirect_uri is the same as in the authorization request",
			Spec: rule.RFC("6749", "4.1.3"), Error: "invalid_grant",
			Check: checkRedirectSame,
		},
	}
}

// verifierRows are the second half of PKCE.
func verifierRows() []rule.Row[codeRequest] {
	return []rule.Row[codeRequest]{
		{
			// A code with a challenge is no grant without its verifier: so the
			// certification suite reads RFC 7636 section 4.6, and an attacker who
			// holds the code alone is told no more than one with a wrong verifier.
			ID: "code-verifier-present", Rule: "code_verifier is sent",
			Spec: rule.RFC("7636", "4.6"), Error: "invalid_grant",
			Check: func(in *codeRequest) rule.Finding {
				return in.params.CheckPresent("code_verifier")
			},
		},
		{
			ID: "code-verifier-syntax", Rule: "code_verifier has the right length and alphabet",
			Spec: rule.RFC("7636", "4.1"), Error: "invalid_request",
			Check: func(in *codeRequest) rule.Finding {
				v := in.params.Get("code_verifier")
				got := strconv.Itoa(len(v)) + " characters of that alphabet"
				if !wire.IsUnreserved(v) {
					got = strconv.Itoa(len(v)) + " bytes, some outside that alphabet"
				}
				return rule.Verdict(isVerifier(v), verifierForm, got, "code_verifier is not "+verifierForm)
			},
		},
		{
			ID: "code-verifier-matches", Rule: "the hash of code_verifier equals code_challenge",
			Spec: rule.RFC("7636", "4.6"), Error: "invalid_grant",
			Check: checkVerifier,
		},
	}
}

// downgradeRows are about a code that was asked for without PKCE, which only
// clients with PKCEOptional can do.
func downgradeRows() []rule.Row[codeRequest] {
	return []rule.Row[codeRequest]{{
		ID: "code-verifier-unexpected", Rule: "no code_verifier is sent for a code that was asked for without PKCE",
		Spec: rule.RFC("9700", "4.8.2"), Error: "invalid_grant",
		Check: func(in *codeRequest) rule.Finding {
			got := "none"
			if in.params.Has("code_verifier") {
				got = "a code_verifier"
			}
			return rule.Verdict(got == "none", "no code_verifier", got,
				"code_verifier is sent, but the authorization request had no code_challenge; "+
					"somebody may have taken it out on the way (PKCE downgrade)")
		},
	}}
}

func checkRedirectSame(in *codeRequest) rule.Finding {
	sent, asked := in.params.Get("redirect_uri"), in.code.redirectURI
	if sent == "" && !in.code.redirectSent {
		return rule.Skip("the authorization request named no redirect_uri")
	}
	return rule.Verdict(sent == asked, asked, cmp.Or(wire.Shown(sent), "none"),
		"redirect_uri "+cmp.Or(wire.Shown(sent), "(none)")+" is not the one of the authorization request, "+asked)
}

// checkVerifier compares hash and challenge (RFC 7636 section 4.6). Both may
// be shown: the challenge went through the browser already, and the hash does
// not lead back to the verifier. A verifier that is a plain challenge is not.
func checkVerifier(in *codeRequest) rule.Finding {
	verifier := in.params.Get("code_verifier")
	if in.code.method == "plain" {
		ok := keys.Same(in.code.challenge, verifier)
		got := "another value"
		if ok {
			got = "that value"
		}
		return rule.Verdict(ok, "the code_challenge itself (plain)", got, "code_verifier is not the code_challenge of the authorization request")
	}
	sum := sha256.Sum256([]byte(verifier))
	hash := wire.Base64URL(sum[:])
	return rule.Verdict(keys.Same(in.code.challenge, hash), in.code.challenge, hash,
		"the SHA-256 hash of code_verifier is "+hash+", but code_challenge was "+in.code.challenge)
}

func inSeconds(d time.Duration) string {
	return strings.TrimSuffix(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".0") + " s"
}

// codeKeyRows are about the key that a code is bound to.
func codeKeyRows() []rule.Row[codeRequest] {
	bound := func(in *codeRequest) bool { return in.code.dpopKey != "" }
	return rule.OnlyWhen(bound, []rule.Row[codeRequest]{{
		ID: "code-key", Rule: "the proof is made with the key that the code is bound to",
		Spec: rule.RFC("9449", "10"), Error: "invalid_grant",
		Check: func(in *codeRequest) rule.Finding { return checkSameKey(in.code.dpopKey, &in.proof, "code") },
	}})
}
