package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of a device without a keyboard and of the person who helps it.
const (
	StepShowsCode   = "tv-shows-code"
	StepScanCode    = "scan-code"
	StepTypeAddress = "type-address"
	StepCompareCode = "compare-code"
	StepTypeCode    = "type-code"
)

// TV is a device without a keyboard: it shows a code, and asks again and again
// whether somebody let it in (RFC 8628).
type TV struct {
	party
	stage *Stage
	ctx   context.Context // the life of the run
	http  *http.Client
	quiet *http.Client

	provider deviceMetadata
	waits    deviceResponse
	interval time.Duration
	asked    time.Time // when it asked last
}

type deviceMetadata struct {
	Device string `json:"device_authorization_endpoint"`
	Token  string `json:"token_endpoint"`
}

// deviceResponse is RFC 8628 section 3.2.
type deviceResponse struct {
	DeviceCode string `json:"device_code"`
	UserCode   string `json:"user_code"`
	Address    string `json:"verification_uri"`
	Complete   string `json:"verification_uri_complete"`
	ExpiresIn  int    `json:"expires_in"`
	Interval   int    `json:"interval"`
}

// TV brings a device without a keyboard on stage.
func (s *Stage) TV() *TV {
	p := s.party()
	s.network.raise(trace.Client, http.NotFoundHandler()) // nobody calls it
	return &TV{party: p, stage: s, ctx: s.network.ctx, http: client(p.port), quiet: client(p.offstage)}
}

// Ask sends the device authorization request (RFC 8628 section 3.1).
func (t *TV) Ask(scope string) error {
	if _, err := getJSON(t.ctx, t.quiet, t.issuer+"/.well-known/openid-configuration", "", &t.provider); err != nil {
		return err
	}
	form := append(t.credentials(), trace.Field{Name: "scope", Value: scope})
	if err := t.postForm(t.ctx, t.http, t.provider.Device, form, &t.waits); err != nil {
		return err
	}
	t.interval = 5 * time.Second // RFC 8628 section 3.2: the default
	if t.waits.Interval > 0 {
		t.interval = time.Duration(t.waits.Interval) * time.Second
	}
	t.asked = t.stage.clock.Now()
	return nil
}

// ShowCode puts code, address and their QR picture on the screen.
func (t *TV) ShowCode() error {
	return t.stage.network.gesture(trace.Client, trace.ResourceOwner, StepShowsCode, trace.Act{
		Verb: "shows", Object: t.waits.UserCode,
		Fields: []trace.Field{
			{Name: "user_code", Value: t.waits.UserCode},
			{Name: "verification_uri", Value: t.waits.Address},
			{Name: "verification_uri_complete", Value: t.waits.Complete},
		},
	}, glance)
}

// Complete is the address with the code in it, as the QR picture has it.
func (t *TV) Complete() string { return t.waits.Complete }

// Address is what a person types who cannot scan the picture.
func (t *TV) Address() string { return t.waits.Address }

// Code is what a person reads off the screen: the user code.
func (t *TV) Code() string { return t.waits.UserCode }

// Poll asks once for tokens (RFC 8628 section 3.4), after the time that the
// provider wants between two questions; an impatient one does not wait. It
// reports whether to ask again.
func (t *TV) Poll(patient bool) (token string, again bool, err error) {
	if rest := t.interval - t.stage.clock.Now().Sub(t.asked); patient && rest > 0 {
		t.stage.clock.advance(rest)
	}
	t.asked = t.stage.clock.Now()
	got, err := t.tokenRequest(t.ctx, t.http, t.provider.Token, append([]trace.Field{
		{Name: "grant_type", Value: "urn:ietf:params:oauth:grant-type:device_code"},
		{Name: "device_code", Value: t.waits.DeviceCode},
	}, t.credentials()...))
	var refused *statusError
	if !errors.As(err, &refused) {
		return got.AccessToken, false, err
	}
	switch trace.JSONMember(refused.body, "error") {
	case "slow_down":
		t.interval += 5 * time.Second // RFC 8628 section 3.5
		return "", true, nil
	case "authorization_pending":
		return "", true, nil
	}
	return "", false, err
}

// WaitsUntilExpiry lets the time pass in which the device would go on asking.
func (t *TV) WaitsUntilExpiry() {
	t.stage.clock.advance(time.Duration(t.waits.ExpiresIn) * time.Second)
}

// Read calls the API and returns the lines to show.
func (t *TV) Read(path, bearer string) ([]string, error) {
	body, err := getJSON(t.ctx, t.http, t.api+path, bearer, &json.RawMessage{})
	if err != nil {
		return nil, err
	}
	_, lines := t.guard.Read(t.say, body)
	return lines, nil
}

// Shows ends the run: the person sees on the screen what came of it.
func (t *TV) Shows(lines []string, err error) error {
	return t.stage.shows(t.guard, lines, err)
}

// Scan is the person taking the address from the screen into the phone's browser.
func (u *User) Scan(address string) (*Page, error) {
	if err := u.acts(StepScanCode, u.withScreen("scans", "stage.tv.picture", "verification_uri_complete", address)); err != nil {
		return nil, err
	}
	return u.browser.Open(address)
}

// TypeAddress is the person opening the page by hand.
func (u *User) TypeAddress(address string) (*Page, error) {
	if err := u.acts(StepTypeAddress, u.withScreen("types", "stage.tv.address", "verification_uri", address)); err != nil {
		return nil, err
	}
	return u.browser.Open(address)
}

// TypeCode is the person typing what the TV shows, where the page asks for it.
func (u *User) TypeCode(page *Page, code string) (*Page, error) {
	if !page.Has("user_code") {
		return page, nil
	}
	if err := u.acts(StepTypeCode, u.withScreen("types", "stage.tv.code", "user_code", code)); err != nil {
		return nil, err
	}
	return u.browser.Submit(page, map[string]string{"user_code": code}, page.Submit())
}

// CompareCode is the person comparing the code on the phone with the one on the TV.
func (u *User) CompareCode(page *Page) (*Page, error) {
	if !page.Has("user_code") {
		return page, nil
	}
	if err := u.acts(StepCompareCode, trace.Act{Verb: "agrees", Object: u.stage.say.Text("stage.tv.same")}); err != nil {
		return nil, err
	}
	return u.browser.Submit(page, nil, page.Submit())
}

// withScreen is the person doing something with a value that the screen of the TV shows.
func (u *User) withScreen(verb, object, name, value string) trace.Act {
	return trace.Act{Verb: verb, Object: u.stage.say.Text(object), Fields: []trace.Field{{Name: name, Value: value}}}
}
