package mockidp

import (
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// answerer answers the client of a request that a person allowed.
type answerer struct {
	draw  *source
	mint  *mint
	pages *printer
}

// answerClient ends a successful authorization with what the response type
// asks for: a code, tokens, or both (OAuth 2.0 Multiple Response Type Encoding
// Practices section 5). What comes of one authorization is revoked together.
// There is never a refresh token among it (RFC 6749 section 4.2.2).
func (e *answerer) answerClient(t *tenant, r *request, req *approved, s *session) (wire.Answer, error) {
	if broken := e.usePushed(r, req); broken != nil {
		return e.pages.refuseBack(t, req.client, req.returnAddress, broken.Check), nil
	}
	l := t.tokens.begin(s.visit, t.reachable(req.client, req.claims.userInfo))
	if slices.Contains(req.scopes, scopeOffline) {
		l.visit = nil // the person agreed to access while away
	}
	if broken := t.trouble.begin(r.Context(), req.client.ClientID, l.grant); broken != nil {
		return e.pages.refuseBack(t, req.client, req.returnAddress, *broken), nil
	}
	c := &code{
		approved: req, person: s.person, authTime: s.authTime, visit: s.visit, issued: r.Now, license: l,
		wishes: t.reachable(req.client, req.claims.idToken),
	}
	var fields []trace.Field
	var front inFront
	var err error
	if req.kind.code {
		if front.code, err = e.draw.random(32); err != nil {
			return wire.Answer{}, err
		}
		t.codes.put(front.code, c, t.lifetimesOf(req.client), r.Now)
		if front.code, err = e.swapCode(t, r, c, front.code); err != nil {
			return wire.Answer{}, err
		}
		fields = append(fields, trace.Field{Name: "code", Value: front.code})
	}
	if req.kind.token {
		tokens, err := e.mint.issueAccessToken(r.Context(), t, c.authorized(), r.Now)
		if err != nil {
			return wire.Answer{}, err
		}
		front.access = tokens.AccessToken
		fields = append(fields,
			trace.Field{Name: "access_token", Value: tokens.AccessToken}, trace.Field{Name: "token_type", Value: tokens.TokenType},
			trace.Field{Name: "expires_in", Value: strconv.Itoa(tokens.ExpiresIn)}, trace.Field{Name: "scope", Value: tokens.Scope},
			trace.Field{Name: "authorization_details", Value: string(tokens.Details)})
	}
	if req.kind.idToken {
		given := c.authorized()
		given.alone = req.kind == responseType{idToken: true}
		id, err := e.mint.issueIDToken(r.Context(), t, given, front, r.Now)
		if err != nil {
			return wire.Answer{}, err
		}
		t.sessions.remember(s.visit, req.client, t.issuer)
		t.clients.use(req.client)
		fields = append(fields, trace.Field{Name: "id_token", Value: id})
	}
	return e.pages.sendBack(t, req.client, e.lies(t, r, c), fields), nil
}

// inFront is what an ID token comes with and must be bound to by a hash, so
// that nobody can put another one in its place (OpenID Connect Core sections
// 3.2.2.10 and 3.3.2.11).
type inFront struct{ code, access string }

// usePushed marks a pushed request answered, in one step, and returns the rule
// that is broken when it was.
func (e *answerer) usePushed(r *request, req *approved) *rule.Refusal {
	if req.pushed == nil || req.pushed.used.CompareAndSwap(false, true) {
		return nil
	}
	return rule.Run(r.Context(), trace.AuthorizationServer, []rule.Row[pushed]{pushedUnusedRow()}, req.pushed)
}
