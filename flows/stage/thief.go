package stage

import (
	"encoding/json"
	"errors"

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
