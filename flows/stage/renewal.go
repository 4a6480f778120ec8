package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of an app that stays signed in.
const (
	StepTimePasses = "time-passes"
	StepMoreTime   = "more-time-passes"
	StepClickTrips = "click-trips"
)

// visitor is somebody whose tokens the app keeps.
type visitor struct {
	tokens   tokenResponse
	subject  string // who it is, by the ID token; empty without one
	provider *metadata
	keys     *jose.JSONWebKeySet // with which the ID token was verified
	spent    string              // the refresh token before this one, which a careful app throws away
}

// keep remembers the tokens of a sign-in under the browser's cookie.
func (a *WebApp) keep(r *http.Request, l *login, t tokenResponse, subject string) {
	if session := a.session(r); session != "" && (a.Stays || a.LogsOut != "") {
		a.sessions.keep(session, &visitor{tokens: t, subject: subject, provider: l.provider, keys: l.keys})
	}
}

// trips shows a person who signed in earlier what the app is for. An access
// token that the API does not take any more is renewed without asking anybody.
func (a *WebApp) trips(w http.ResponseWriter, r *http.Request) {
	v := a.sessions.visitor(a.session(r))
	if v == nil {
		a.pages.write(w, a.pages.fail(http.StatusUnauthorized, a.say.Text("stage.fail.log-in-again"), a.say.Text("stage.fail.no-session")))
		return
	}
	body, err := a.readAs(r.Context(), v, "flights")
	var refused *statusError
	if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
		if err = a.renew(r.Context(), v, ""); err != nil {
			a.sessions.forget(v)
			a.pages.write(w, a.pages.failed(a.say.Text("stage.fail.log-in-again"), err))
			return
		}
		body, err = a.readAs(r.Context(), v, "flights")
	}
	if err != nil {
		a.pages.write(w, a.pages.failed(a.guard.text(a.say, "closed"), err))
		return
	}
	owner, lines := a.guard.Read(a.say, body)
	a.pages.write(w, a.pages.trips(owner, lines))
}

// readAs calls the API for somebody who is not asked again: what is told apart by the folder.
func (a *WebApp) readAs(ctx context.Context, v *visitor, folder string) ([]byte, error) {
	return getJSON(ctx, a.http, a.api+a.Reads+"?folder="+folder, v.tokens.AccessToken, &json.RawMessage{})
}

// renew trades the refresh token for new tokens (RFC 6749 section 6). A scope
// asks for less than was granted; "" asks for the same.
func (a *WebApp) renew(ctx context.Context, v *visitor, scope string) error {
	form := append([]trace.Field{
		{Name: "grant_type", Value: "refresh_token"},
		{Name: "refresh_token", Value: v.tokens.RefreshToken},
	}, a.credentials()...)
	if scope != "" {
		form = append(form, trace.Field{Name: "scope", Value: scope})
	}
	t, err := a.tokenRequest(ctx, a.http, v.provider.Token, form)
	if err != nil {
		return err
	}
	if t.RefreshToken == "" {
		t.RefreshToken = v.tokens.RefreshToken // RFC 6749 section 6: none came, so the old one stays
	} else {
		v.spent = v.tokens.RefreshToken
	}
	v.tokens = t
	if t.IDToken == "" {
		return nil // OpenID Connect Core 1.0 section 12.2: it might not come
	}
	return a.recognise(v)
}

// recognise verifies an ID token that came with renewed tokens: it has to speak
// of the person who signed in (OpenID Connect Core 1.0 section 12.2).
func (a *WebApp) recognise(v *visitor) error {
	raw := v.tokens.IDToken
	checks := slices.DeleteFunc(token.VerifyIDToken(raw, token.IDTokenExpectations{
		By: trace.Client, Issuer: v.provider.Issuer, ClientID: a.ID, AccessToken: v.tokens.AccessToken,
		Algorithm: string(jose.RS256), Keys: v.keys, Now: a.now(),
	}), func(c trace.Check) bool { return c.ID == "id-token-nonce" }) // it belongs to the sign-in and should not come again
	jwt, _ := trace.DecodeJWT(raw) // what it says counts only with the checks before
	who := subjects{before: v.subject, now: jwt.Claim("sub")}
	checks = append(checks, rule.Each(trace.Client, renewalRows(), &who)...)
	calc := trace.Calc{Inputs: []trace.Field{
		{Name: "id_token", Value: raw}, {Name: "sub of the sign-in", Value: who.before}, {Name: "sub of the renewal", Value: orNothing(who.now)},
	}}
	if err := a.note(trace.Client, "validate-new-id-token", calc, checks); err != nil {
		return err
	}
	if broken := firstBroken(checks); broken != nil {
		return errors.New(brokenRule(a.say, broken))
	}
	return nil
}

// Sync is the app working while nobody looks: it asks for a token that can do
// no more than read, and reads.
func (a *WebApp) Sync(ctx context.Context, scope string) error {
	v := a.sessions.only()
	if v == nil {
		return nil // nobody is signed in, so there is nothing to do
	}
	err := a.renew(ctx, v, scope)
	if err == nil {
		_, err = a.readAs(ctx, v, "new")
	}
	var refused *statusError
	if errors.As(err, &refused) {
		return nil // a refusal is an outcome
	}
	return err
}

// Held is the refresh token that the app would use next, as a thief might copy it; "" when there is none.
func (a *WebApp) Held() string {
	if v := a.sessions.only(); v != nil {
		return v.tokens.RefreshToken
	}
	return ""
}

// Spent is a refresh token that the app used already, as a thief might find it; "" when there is none.
func (a *WebApp) Spent() string {
	if v := a.sessions.only(); v != nil {
		return v.spent
	}
	return ""
}

// Lets lets time pass while the app holds a token, and writes down how old the token is then.
func (a *WebApp) Lets(s *Stage, step string, pass time.Duration) error {
	v := a.sessions.only()
	if v == nil {
		return nil
	}
	return a.lets(s, step, v, pass)
}

func (a *WebApp) lets(s *Stage, step string, v *visitor, pass time.Duration) error {
	s.clock.advance(pass)
	var steps []trace.CalcStep
	if jwt, err := trace.DecodeJWT(v.tokens.AccessToken); err == nil { // what the person may see of it, not what the app may rely on
		steps = append(steps, trace.CalcStep{Does: "the access token was good until", Result: clockOf(jwt.Claim("exp"))})
	}
	return a.note(trace.Client, step, trace.Calc{
		Inputs: []trace.Field{{Name: "time that passes", Value: pass.String()}},
		Steps:  append(steps, trace.CalcStep{Does: "now it is", Result: s.Now().UTC().Format(time.RFC3339)}),
	}, nil)
}

// clockOf writes a NumericDate (RFC 7519 section 2) as people read it.
func clockOf(seconds string) string {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return orNothing(seconds)
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
