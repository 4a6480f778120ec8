package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// bearerUse is a request with an access token (RFC 6750).
type bearerUse struct {
	p       *userInfoEndpoint
	t       *tenant
	r       *request
	header  []string // tokens in Authorization headers of the scheme Bearer or DPoP
	schemes []string // of those headers, each once
	proof   proofUse
	body    string
	token   jwt
	signed  bool    // this provider gave the token out
	client  *Client // that it was given to; nil when that is no longer registered
	over    string  // why a token that was given out is no longer good
}

// userInfoEndpoint is the UserInfo endpoint.
type userInfoEndpoint struct {
	auth       *authenticator
	possession *possession
	mint       *mint
	rows       []rule.Row[bearerUse]
}

func (e *userInfoEndpoint) newBearerUse(t *tenant, r *request) *bearerUse {
	in := &bearerUse{p: e, t: t, r: r, proof: e.possession.newProofUse(t, r)}
	in.readHeaders()
	in.body = r.Form.Get("access_token")
	raw := in.body
	if len(in.header) > 0 {
		raw = in.header[0]
	}
	in.token, in.signed = e.mint.readAccessToken(t, raw, r.Now)
	if in.signed {
		in.client = t.clients.get(in.token.ClientID)
		in.over = cmp.Or(gone(in.client), t.tokens.over(in.token.ID, r.Now))
	}
	return in
}

// readHeaders finds the tokens in the Authorization headers. Other schemes are
// somebody else's.
func (in *bearerUse) readHeaders() {
	for _, h := range in.r.Header.Values("Authorization") {
		scheme, token, _ := strings.Cut(h, " ")
		for _, known := range []string{keys.TokenTypeBearer, keys.TokenTypeDPoP} {
			if !strings.EqualFold(scheme, known) {
				continue
			}
			in.header = append(in.header, strings.TrimSpace(token))
			if !slices.Contains(in.schemes, known) {
				in.schemes = append(in.schemes, known)
			}
		}
	}
}

// userInfoRows are the rules of the UserInfo endpoint (OpenID Connect Core
// section 5.3).
func userInfoRows() []rule.Row[bearerUse] {
	return slices.Concat(bearerRows(), tokenClaimRows(), bindingRows(), tokenScopeRows())
}

// bearerRows are about how the token is sent.
func bearerRows() []rule.Row[bearerUse] {
	return []rule.Row[bearerUse]{
		{
			ID: "method-get-or-post", Rule: "the request uses GET or POST",
			Spec: rule.OIDC("5.3.1"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *bearerUse) rule.Finding { return in.r.CheckMethod(http.MethodGet, http.MethodPost) },
		},
		{
			ID: "token-not-in-query", Rule: "the access token is not in the URL",
			Spec: rule.RFC("9700", "4.3.2"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *bearerUse) rule.Finding {
				got := "not in the URL"
				if in.r.Query.Has("access_token") {
					got = "in the URL"
				}
				return rule.Verdict(!in.r.Query.Has("access_token"), "not in the URL", got,
					"the access token is in the URL, where logs and histories keep it; send it in the Authorization header")
			},
		},
		{
			// Without an error: somebody who brought no token made no
			// mistake yet (RFC 6750 section 3.1).
			ID: "token-present", Rule: "an access token is sent",
			Spec: rule.RFC("6750", "3.1"), Status: http.StatusUnauthorized,
			Check: func(in *bearerUse) rule.Finding {
				ok := len(in.header) > 0 || in.body != ""
				got := "none"
				switch {
				case ok:
					got = "sent"
				case len(in.r.Header.Values("Authorization")) > 0:
					got = "an Authorization header of another scheme"
				}
				return rule.Verdict(ok, "an access token", got, "no access token is sent")
			},
		},
		{
			ID: "token-sent-once", Rule: "the access token is sent in one way only",
			Spec: rule.RFC("6750", "2"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *bearerUse) rule.Finding {
				n := len(in.header) + in.r.Form.Count("access_token")
				got := "once"
				if n > 1 {
					got = "more than once"
				}
				return rule.Verdict(n == 1, "once", got, "the access token is sent more than once")
			},
		},
	}
}

// tokenClaimRows are about the token itself (RFC 9068 section 4).
func tokenClaimRows() []rule.Row[bearerUse] {
	invalid := func(id, phrase, section string, check func(*bearerUse) rule.Finding) rule.Row[bearerUse] {
		return rule.Row[bearerUse]{
			ID: id, Rule: phrase, Spec: rule.RFC("9068", section), Error: "invalid_token",
			Status: http.StatusUnauthorized, Check: check,
		}
	}
	jwt := func(in *bearerUse) bool { return !in.token.opaque }
	return slices.Concat(rule.OnlyWhen(func(in *bearerUse) bool { return !jwt(in) }, opaqueRows()), rule.OnlyWhen(jwt, []rule.Row[bearerUse]{
		invalid("token-is-jwt", "the access token is a signed JWT", "2", func(in *bearerUse) rule.Finding {
			wrong := in.token.Malformed
			return rule.Verdict(wrong == "", "a JWT", cmp.Or(wrong, "a JWT"), "the access token is no JWT: "+wrong)
		}),
		invalid("token-type", "the token says that it is an access token", "4", func(in *bearerUse) rule.Finding {
			return rule.Verdict(in.token.isAccess(), "typ "+typeAccessToken, "typ "+cmp.Or(wire.Shown(in.token.Typ), "not set"),
				"this is no access token, its typ is "+cmp.Or(wire.Shown(in.token.Typ), "not set"))
		}),
		invalid("token-signature", "the signature is the provider's", "4", func(in *bearerUse) rule.Finding {
			got := "another, or a changed token"
			if in.signed {
				got = "a signature with one"
			}
			return rule.Verdict(in.signed, "a signature with a key of this provider", got,
				"the signature does not verify; the token was changed or comes from somebody else")
		}),
	}), []rule.Row[bearerUse]{
		invalid("token-issuer", "iss is this issuer", "4", func(in *bearerUse) rule.Finding {
			return rule.Verdict(in.t.isIssuer(in.token.Issuer), in.t.issuer, wire.Shown(in.token.Issuer),
				"the token was issued by "+wire.Shown(in.token.Issuer)+", and this is "+in.t.issuer)
		}),
		invalid("token-audience", "aud holds this issuer", "4", func(in *bearerUse) rule.Finding {
			return rule.Verdict(slices.ContainsFunc(in.token.Audience, in.t.isIssuer), in.t.issuer,
				wire.Shown(strings.Join(in.token.Audience, " and ")),
				"the token is for "+wire.Shown(strings.Join(in.token.Audience, " and "))+", and this is "+in.t.issuer)
		}),
		invalid("token-not-expired", "exp is in the future", "4", func(in *bearerUse) rule.Finding {
			exp := time.Unix(in.token.Expires, 0).UTC()
			return rule.Verdict(in.r.Now.Before(exp), "after "+in.r.Now.UTC().Format(time.RFC3339), exp.Format(time.RFC3339),
				"the token expired at "+exp.Format(time.RFC3339))
		}),
		{
			ID: "token-not-revoked", Rule: "the access token is not revoked",
			Spec: rule.RFC("6749", "4.1.2"), Error: "invalid_token", Status: http.StatusUnauthorized,
			Check: func(in *bearerUse) rule.Finding {
				got := "revoked"
				if in.over == "" {
					got = "in force"
				}
				return rule.Verdict(in.over == "", "in force", got, "the token was revoked, because "+in.over)
			},
		},
	})
}

// tokenScopeRows are about what the token is good for.
func tokenScopeRows() []rule.Row[bearerUse] {
	return []rule.Row[bearerUse]{
		{
			ID: "scope-openid", Rule: "scope holds openid",
			Spec: rule.OIDC("5.3"), Error: "insufficient_scope", Status: http.StatusForbidden,
			Check: func(in *bearerUse) rule.Finding {
				return rule.Verdict(slices.Contains(wire.Words(in.token.Scope), "openid"), "openid", cmp.Or(wire.Shown(in.token.Scope), "none"),
					"the token does not have the scope openid")
			},
		},
	}
}

// serveUserInfo is the UserInfo endpoint. It says sub and then what the scopes
// release and the claims parameter asked for, in the order of the config.
func (e *userInfoEndpoint) serveUserInfo(t *tenant, r *request) (wire.Answer, error) {
	in := e.newBearerUse(t, r)
	if in.client != nil && in.provesKey() {
		in.proof.claim(in.client)
	}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		a, err := in.refuse(broken)
		return in.named(a), err
	}
	subject := in.subjectTold()
	claims, err := writeClaims(append([]Claim{{"sub", subject}},
		t.about(t.personKnownAs(in.client, subject), wire.Words(in.token.Scope), t.tokens.wishes(in.token.ID, in.r.Now))...))
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := e.answerUserInfo(t.as(in.token.Issuer), in.client, claims)
	return in.named(a), err
}

func (in *bearerUse) named(a wire.Answer) wire.Answer {
	if in.signed {
		a.Client = in.token.ClientID
	}
	if in.provesKey() {
		a = in.proof.nonced(a)
	}
	return a
}

// refuse says what is wrong in the way of RFC 6750 section 3. Quoted values
// hold neither quotes nor backslashes.
func (in *bearerUse) refuse(broken *rule.Refusal) (wire.Answer, error) {
	c := broken.Check
	if c.Error == "" {
		a := wire.Uncached(wire.Answer{Status: broken.Status})
		a.Challenge(in.challenges("")...)
		return a, nil
	}
	a, err := wire.JSON(broken.Status, wire.ErrorResponse{Error: c.Error, Description: wire.Describe(c.Reason)})
	if broken.Status == http.StatusMethodNotAllowed {
		a.Set("Allow", "GET, HEAD, POST, OPTIONS")
		return wire.Uncached(a), err
	}
	details := `, error="` + c.Error + `", error_description="` + wire.Describe(c.Reason) + `"`
	if c.Error == "insufficient_scope" {
		details += `, scope="openid"`
	}
	a.Challenge(in.challenges(details)...)
	return wire.Uncached(a), err
}

// opaqueRows are about an access token that nobody can read.
func opaqueRows() []rule.Row[bearerUse] {
	return []rule.Row[bearerUse]{{
		ID: "token-known", Rule: "the access token is one that this provider gave out",
		Spec: rule.RFC("6750", "3.1"), Error: "invalid_token", Status: http.StatusUnauthorized,
		Check: func(in *bearerUse) rule.Finding {
			got := "a text that nobody here gave out, or long ago"
			if in.signed {
				got = "such a token"
			}
			return rule.Verdict(in.signed, "a token that this provider gave out", got,
				"the access token is not one that this provider knows: nobody gave it out here, or it was forgotten, long after its time or "+
					"because its client has very many")
		},
	}}
}

// tokenCertificateRow is about the use of a token that is bound.
func tokenCertificateRow() rule.Row[bearerUse] {
	return rule.Row[bearerUse]{
		ID: "token-certificate", Rule: "the certificate is the one that the token is bound to",
		Spec: rule.RFC("8705", "3"), Error: "invalid_token", Status: http.StatusUnauthorized,
		When: func(in *bearerUse) bool { return in.token.Confirmation.Certificate() != "" },
		Check: func(in *bearerUse) rule.Finding {
			return checkSameCertificate(in.token.Confirmation.Certificate(), keys.CertificateThumbprint(in.p.auth.clientCertificate(in.r)),
				"the token")
		},
	}
}
