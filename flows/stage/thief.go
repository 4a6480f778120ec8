package stage

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// StepCopyToken is somebody getting hold of a refresh token that is not theirs.
const StepCopyToken = "copy-refresh-token"

// Thief has a copy of somebody's refresh token. For an app without a secret
// that is all it takes to ask as the app does; the answers of the provider and
// of the API are all that the thief learns.
type Thief struct {
	party
	stage    *Stage
	provider metadata
	tokens   tokenResponse
}

// Thief brings somebody on stage who copies a refresh token; "" is one that there was not.
func (s *Stage) Thief(refreshToken string) (*Thief, error) {
	t := &Thief{party: s.party(), stage: s, tokens: tokenResponse{RefreshToken: refreshToken}}
	if refreshToken == "" {
		return t, nil
	}
	t.port = s.network.port(trace.Attacker, trace.Back)
	if _, err := getJSON(s.Context(), client(t.offstage), t.issuer+"/.well-known/openid-configuration", "", &t.provider); err != nil {
		return nil, err
	}
	return t, t.note(trace.Attacker, StepCopyToken, trace.Calc{
		Inputs: []trace.Field{{Name: "refresh_token", Value: refreshToken}, {Name: "client_id", Value: t.ID}},
	}, nil)
}

// OtherApp brings an app on stage that runs on the same phone and claims the
// same addresses (RFC 7636 section 1). It has all that is in the app of the
// story, since anybody can look into that: a secret, too.
func (s *Stage) OtherApp() (*Thief, error) {
	t := &Thief{party: s.party(), stage: s}
	t.port, t.random = s.network.port(trace.Attacker, trace.Back), stream(s.seed, "thief")
	_, err := getJSON(s.Context(), client(t.offstage), t.issuer+"/.well-known/openid-configuration", "", &t.provider)
	return t, err
}

// Opens is the phone handing the answer to this app instead of the other.
func (t *Thief) Opens(page *Page) error {
	return t.stage.handed(trace.UserAgent, trace.Attacker, StepOpensOther, page)
}

// Redeems trades a code that was meant for the app, with a verifier that it
// makes up where the app has one (RFC 7636 section 4.5).
func (t *Thief) Redeems(a *OwnApp, page *Page) error {
	u, err := url.Parse(page.URL)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	form := append([]trace.Field{
		{Name: "grant_type", Value: "authorization_code"},
		{Name: "code", Value: u.Query().Get("code")},
		{Name: "redirect_uri", Value: a.URL("/callback")},
	}, t.credentials()...)
	if a.PKCE {
		form = append(form, trace.Field{Name: "code_verifier", Value: t.draw(32)})
	}
	got, err := t.tokenRequest(t.stage.Context(), client(t.port), t.provider.Token, form)
	if err == nil {
		t.tokens = got
	}
	return outcome(err)
}

// Renews uses the refresh token as the app would.
func (t *Thief) Renews() error {
	if t.tokens.RefreshToken == "" {
		return nil
	}
	got, err := t.tokenRequest(t.stage.Context(), client(t.port), t.provider.Token, append([]trace.Field{
		{Name: "grant_type", Value: "refresh_token"},
		{Name: "refresh_token", Value: t.tokens.RefreshToken},
	}, t.credentials()...))
	if err == nil {
		t.tokens = got
	}
	return outcome(err)
}

// Got reports whether the loot was worth anything.
func (t *Thief) Got() bool { return t.tokens.AccessToken != "" }

// Reads takes from the API what the tokens of the thief open.
func (t *Thief) Reads(path string) error {
	if !t.Got() {
		return nil // nothing was got, so there is nothing to open a door with
	}
	_, err := getJSON(t.stage.Context(), client(t.port), t.api+path, t.tokens.AccessToken, &json.RawMessage{})
	return outcome(err)
}

// outcome takes a refusal for what it is: a result, and no fault of the program.
func outcome(err error) error {
	var refused *statusError
	if errors.As(err, &refused) {
		return nil
	}
	return err
}
