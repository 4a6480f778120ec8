package mockidp

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// bearerUse is a request with an access token (RFC 6750).
type bearerUse struct {
	p       *Provider
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

func (p *Provider) newBearerUse(t *tenant, r *request) *bearerUse {
	in := &bearerUse{p: p, t: t, r: r, proof: p.newProofUse(t, r)}
	in.readHeaders()
	in.body = r.form.get("access_token")
	raw := in.body
	if len(in.header) > 0 {
		raw = in.header[0]
	}
	in.token, in.signed = p.readAccessToken(t, raw, r.now)
	if in.signed {
		in.client = t.client(in.token.ClientID)
		in.over = orElse(gone(in.client), t.over(in.token.ID, r.now))
	}
	return in
}

// readHeaders finds the tokens in the Authorization headers. Other schemes are
// somebody else's.
func (in *bearerUse) readHeaders() {
	for _, h := range in.r.Header.Values("Authorization") {
		scheme, token, _ := strings.Cut(h, " ")
		for _, known := range []string{tokenTypeBearer, tokenTypeDPoP} {
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
func userInfoRows() []row[bearerUse] {
	return slices.Concat(bearerRows(), tokenClaimRows(), bindingRows(), tokenScopeRows())
}

// bearerRows are about how the token is sent.
func bearerRows() []row[bearerUse] {
	return []row[bearerUse]{
		{
			id: "method-get-or-post", rule: "the request uses GET or POST",
			spec: oidc("5.3.1"), err: "invalid_request", status: http.StatusMethodNotAllowed,
			check: func(in *bearerUse) finding { return checkMethod(in.r, http.MethodGet, http.MethodPost) },
		},
		{
			id: "token-not-in-query", rule: "the access token is not in the URL",
			spec: rfc("9700", "4.3.2"), err: "invalid_request", status: http.StatusBadRequest,
			check: func(in *bearerUse) finding {
				got := "not in the URL"
				if in.r.query.has("access_token") {
					got = "in the URL"
				}
				return verdict(!in.r.query.has("access_token"), "not in the URL", got,
					"the access token is in the URL, where logs and histories keep it; send it in the Authorization header")
			},
		},
		{
			// Without an error: somebody who brought no token made no
			// mistake yet (RFC 6750 section 3.1).
			id: "token-present", rule: "an access token is sent",
			spec: rfc("6750", "3.1"), status: http.StatusUnauthorized,
			check: func(in *bearerUse) finding {
				ok := len(in.header) > 0 || in.body != ""
				got := "none"
				if ok {
					got = "sent"
				}
				return verdict(ok, "an access token", got, "no access token is sent")
			},
		},
		{
			id: "token-sent-once", rule: "the access token is sent in one way only",
			spec: rfc("6750", "2"), err: "invalid_request", status: http.StatusBadRequest,
			check: func(in *bearerUse) finding {
				n := len(in.header) + in.r.form.count("access_token")
				got := "once"
				if n > 1 {
					got = "more than once"
				}
				return verdict(n == 1, "once", got, "the access token is sent more than once")
			},
		},
	}
}

// tokenClaimRows are about the token itself (RFC 9068 section 4).
func tokenClaimRows() []row[bearerUse] {
	invalid := func(id, rule, section string, check func(*bearerUse) finding) row[bearerUse] {
		return row[bearerUse]{
			id: id, rule: rule, spec: rfc("9068", section), err: "invalid_token",
			status: http.StatusUnauthorized, check: check,
		}
	}
	jwt := func(in *bearerUse) bool { return !in.token.opaque }
	return slices.Concat(onlyWhen(func(in *bearerUse) bool { return !jwt(in) }, opaqueRows()), onlyWhen(jwt, []row[bearerUse]{
		invalid("token-is-jwt", "the access token is a JWT", "2", func(in *bearerUse) finding {
			wrong := in.token.malformed
			return verdict(wrong == "", "a JWT", orElse(wrong, "a JWT"), "the access token is no JWT: "+wrong)
		}),
		invalid("token-type", "the token says that it is an access token", "4", func(in *bearerUse) finding {
			typ := strings.TrimPrefix(strings.ToLower(in.token.Typ), "application/")
			return verdict(typ == typeAccessToken, "typ "+typeAccessToken, "typ "+orElse(shown(in.token.Typ), "not set"),
				"this is no access token, its typ is "+orElse(shown(in.token.Typ), "not set"))
		}),
		invalid("token-signature", "the signature is this provider's", "4", func(in *bearerUse) finding {
			got := "another, or a changed token"
			if in.signed {
				got = "a signature with one"
			}
			return verdict(in.signed, "a signature with a key of this provider", got,
				"the signature does not verify; the token was changed or comes from somebody else")
		}),
	}), []row[bearerUse]{
		invalid("token-issuer", "iss is this issuer", "4", func(in *bearerUse) finding {
			return verdict(in.token.Issuer == in.t.issuer, in.t.issuer, shown(in.token.Issuer),
				"the token was issued by "+shown(in.token.Issuer))
		}),
		invalid("token-audience", "aud holds this issuer", "4", func(in *bearerUse) finding {
			return verdict(slices.Contains(in.token.Audience, in.t.issuer), in.t.issuer, shown(strings.Join(in.token.Audience, " and ")),
				"the token is for "+shown(strings.Join(in.token.Audience, " and ")))
		}),
		invalid("token-not-expired", "exp is in the future", "4", func(in *bearerUse) finding {
			exp := time.Unix(in.token.Expires, 0).UTC()
			return verdict(in.r.now.Before(exp), "after "+in.r.now.UTC().Format(time.RFC3339), exp.Format(time.RFC3339),
				"the token expired at "+exp.Format(time.RFC3339))
		}),
		{
			id: "token-not-revoked", rule: "the access token is not revoked",
			spec: rfc("6749", "4.1.2"), err: "invalid_token", status: http.StatusUnauthorized,
			check: func(in *bearerUse) finding {
				got := "revoked"
				if in.over == "" {
					got = "in force"
				}
				return verdict(in.over == "", "in force", got, "the token was revoked, because "+in.over)
			},
		},
	})
}

// tokenScopeRows are about what the token is good for.
func tokenScopeRows() []row[bearerUse] {
	return []row[bearerUse]{
		{
			id: "scope-openid", rule: "scope holds openid",
			spec: oidc("5.3"), err: "insufficient_scope", status: http.StatusForbidden,
			check: func(in *bearerUse) finding {
				return verdict(slices.Contains(words(in.token.Scope), "openid"), "openid", orElse(shown(in.token.Scope), "none"),
					"the token does not have the scope openid")
			},
		},
	}
}

// serveUserInfo is the UserInfo endpoint. It says sub and then what the scopes
// release and the claims parameter asked for, in the order of the config.
func (p *Provider) serveUserInfo(t *tenant, r *request) (answer, error) {
	in := p.newBearerUse(t, r)
	if in.client != nil && in.provesKey() {
		in.proof.claim(in.client)
	}
	if broken := run(r.Context(), p.tables.userInfo, in); broken != nil {
		a, err := in.refuse(broken)
		return in.named(a), err
	}
	claims, err := writeClaims(append([]Claim{{"sub", in.token.Subject}},
		t.about(t.personWith(in.token.Subject), words(in.token.Scope), t.wishesOf(in.token.ID, in.r.now))...))
	if err != nil {
		return answer{}, err
	}
	a, err := p.answerUserInfo(t, in.client, claims)
	return in.named(a), err
}

func (in *bearerUse) named(a answer) answer {
	if in.signed {
		a.client = in.token.ClientID
	}
	if in.provesKey() {
		a = in.proof.nonced(a)
	}
	return a
}

// wishesOf returns what was asked of UserInfo when the token was asked for.
func (t *tenant) wishesOf(jti string, now time.Time) claimWishes {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l, ok := t.tokens.get(jti, now); ok {
		return l.wishes
	}
	return nil
}

// writeClaims keeps the order, which encoding/json does not for a map.
func writeClaims(claims []Claim) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range claims {
		name, err := json.Marshal(c.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(c.Value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// refuse says what is wrong in the way of RFC 6750 section 3. Quoted values
// hold neither quotes nor backslashes.
func (in *bearerUse) refuse(broken *refusal) (answer, error) {
	c := broken.check
	if c.Error == "" {
		a := uncached(answer{status: broken.status})
		a.challenge(in.challenges("")...)
		return a, nil
	}
	a, err := jsonAnswer(broken.status, errorResponse{Error: c.Error, Description: describe(c.Reason)})
	if broken.status == http.StatusMethodNotAllowed {
		a.set("Allow", "GET, HEAD, POST, OPTIONS")
		return uncached(a), err
	}
	details := `, error="` + c.Error + `", error_description="` + describe(c.Reason) + `"`
	if c.Error == "insufficient_scope" {
		details += `, scope="openid"`
	}
	a.challenge(in.challenges(details)...)
	return uncached(a), err
}
