package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

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
	issued   time.Time
	provider *metadata
	spent    string // the refresh token before this one, which a careful app throws away
}

// keep remembers the tokens of a sign-in under the browser's cookie.
func (a *WebApp) keep(r *http.Request, l *login, t tokenResponse) {
	cookie, err := r.Cookie(a.cookie())
	if err != nil || !a.Stays {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.visitors) >= maxLogins {
		clear(a.visitors)
	}
	a.visitors[cookie.Value] = &visitor{tokens: t, issued: a.now(), provider: l.provider}
}

func (a *WebApp) visitorOf(r *http.Request) *visitor {
	cookie, err := r.Cookie(a.cookie())
	if err != nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.visitors[cookie.Value]
}

// trips shows a person who signed in earlier what the app is for. An access
// token that the API does not take any more is renewed without asking anybody.
func (a *WebApp) trips(w http.ResponseWriter, r *http.Request) {
	v := a.visitorOf(r)
	if v == nil {
		writePage(w, a.failPage(http.StatusUnauthorized, "Please log in again.", "The app keeps no tokens for this browser."))
		return
	}
	body, err := a.readAs(r.Context(), v, "flights")
	var refused *statusError
	if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
		if err = a.Renew(r.Context(), v, ""); err != nil {
			writePage(w, a.failed("Please log in again.", err))
			return
		}
		body, err = a.readAs(r.Context(), v, "flights")
	}
	if err != nil {
		writePage(w, a.failed("The "+a.guard.Realm+" stayed closed.", err))
		return
	}
	owner, lines := a.guard.Read(body)
	writePage(w, a.tripsPage(owner, lines))
}

// readAs calls the API for somebody who is not asked again: what is told apart by the folder.
func (a *WebApp) readAs(ctx context.Context, v *visitor, folder string) ([]byte, error) {
	return getJSON(ctx, a.http, a.api+a.Reads+"?folder="+folder, v.tokens.AccessToken, &json.RawMessage{})
}

// Renew trades the refresh token for new tokens (RFC 6749 section 6). A scope
// asks for less than was granted; "" asks for the same.
func (a *WebApp) Renew(ctx context.Context, v *visitor, scope string) error {
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
	v.spent = v.tokens.RefreshToken
	if t.RefreshToken == "" {
		t.RefreshToken = v.tokens.RefreshToken // RFC 6749 section 6: none came, so the old one stays
	}
	v.tokens, v.issued = t, a.now()
	return nil
}

// Sync is the app working while nobody looks: it asks for a token that can do
// no more than read, and reads.
func (a *WebApp) Sync(ctx context.Context, scope string) error {
	v := a.only()
	if v == nil {
		return nil // nobody is signed in, so there is nothing to do
	}
	err := a.Renew(ctx, v, scope)
	if err == nil {
		_, err = a.readAs(ctx, v, "new")
	}
	var refused *statusError
	if errors.As(err, &refused) {
		return nil // a refusal is an outcome
	}
	return err
}

// only is the visitor of a story with one person.
func (a *WebApp) only() *visitor {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, v := range a.visitors {
		return v
	}
	return nil
}

// Spent is a refresh token that the app used already, as a thief might have copied it; "" when there is none.
func (a *WebApp) Spent() string {
	if v := a.only(); v != nil {
		return v.spent
	}
	return ""
}

// Lets lets time pass while the app holds a token, and writes down how old the token is then.
func (a *WebApp) Lets(s *Stage, step string, pass time.Duration) error {
	v := a.only()
	if v == nil {
		return nil
	}
	s.clock.advance(pass)
	jwt, _ := trace.DecodeJWT(v.tokens.AccessToken) // what the person may see of it, not what the app may rely on
	return a.note(trace.Client, step, trace.Calc{
		Inputs: []trace.Field{{Name: "time that passes", Value: pass.String()}},
		Steps: []trace.CalcStep{
			{Does: "the access token expires at", Result: jwt.Claim("exp")},
			{Does: "now it is", Result: s.Now().UTC().Format(time.RFC3339)},
		},
	}, nil)
}

// Thief uses a refresh token that is not theirs: the provider's answer is all they get.
func (s *Stage) Thief(refreshToken string) error {
	if refreshToken == "" {
		return nil
	}
	p := s.party()
	p.port = s.network.port(trace.Attacker, trace.Back)
	var m metadata
	if _, err := getJSON(s.network.ctx, client(p.offstage), p.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return err
	}
	_, err := p.tokenRequest(s.network.ctx, client(p.port), m.Token, append([]trace.Field{
		{Name: "grant_type", Value: "refresh_token"},
		{Name: "refresh_token", Value: refreshToken},
	}, p.credentials()...))
	var refused *statusError
	if errors.As(err, &refused) {
		return nil // a refusal is an outcome
	}
	return err
}
