package mockidp

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// deviceRequest is a device authorization request (RFC 8628 section 3.1).
type deviceRequest struct {
	clientRequest
	scopes  []string
	details detailsAsk
}

// deviceResponse is RFC 8628 section 3.2.
type deviceResponse struct {
	DeviceCode string `json:"device_code"`
	UserCode   string `json:"user_code"`
	URI        string `json:"verification_uri"`
	URIWhole   string `json:"verification_uri_complete"`
	ExpiresIn  int    `json:"expires_in"` // seconds
	Interval   int    `json:"interval"`   // seconds
}

// deviceAuthorizationRows are the rules of the device authorization endpoint.
func deviceAuthorizationRows() []rule.Row[deviceRequest] {
	here := rule.RFC("8628", "3.1")
	who := func(in *deviceRequest) *clientRequest { return &in.clientRequest }
	asks := func(in *deviceRequest) *detailsAsk { return &in.details }
	return slices.Concat(rule.Lifted(clientShapeRows(here, here), who), rule.Lifted(clientRows(), who), []rule.Row[deviceRequest]{
		{
			ID: "grant-type-allowed", Rule: "the client may use this grant_type",
			Spec: rule.RFC("8628", "3.2"), Error: "unauthorized_client",
			Check: func(in *deviceRequest) rule.Finding {
				allowed := cmp.Or(strings.Join(in.client.GrantTypes, " or "), "none")
				return rule.Verdict(slices.Contains(in.client.GrantTypes, grantDeviceCode), grantDeviceCode, allowed,
					"client "+in.client.ClientID+" may not use grant_type "+grantDeviceCode)
			},
		},
		{
			ID: "scope-syntax", Rule: "scope is words with one space between them",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *deviceRequest) rule.Finding {
				if !in.params.Has("scope") {
					return rule.Skip("no scope is sent; the default is " + cmp.Or(strings.Join(in.scopes, " "), "none"))
				}
				return checkScopeSyntax(in.params.Get("scope"))
			},
		},
		{
			ID: "scope-allowed", Rule: "every scope is one that the client may ask for",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_scope",
			Check: func(in *deviceRequest) rule.Finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
		{
			ID: "scope-present", Rule: "a scope is sent, or there is a default",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *deviceRequest) rule.Finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return rule.Skip("authorization_details say what is asked for")
				}
				return rule.Verdict(len(in.scopes) > 0, "a scope", cmp.Or(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and no scope that client "+in.client.ClientID+" may ask for could be its default here")
			},
		},
	}, rule.Lifted(detailsRows(), asks))
}

// deviceAuthorizationEndpoint is where a device asks for its codes (RFC 8628
// section 3.1).
type deviceAuthorizationEndpoint struct {
	draw *source
	auth *authenticator
	rows []rule.Row[deviceRequest]
}

// serveDeviceAuthorization is the device authorization endpoint. Who sends no
// scope asks for all that the client may have, save access while away, which
// must be asked for.
func (e *deviceAuthorizationEndpoint) serveDeviceAuthorization(t *tenant, r *request) (wire.Answer, error) {
	in := &deviceRequest{clientRequest: e.auth.newClientRequest(t, r)}
	if in.client != nil {
		in.scopes = t.defaultScopes(in.client, wire.Without(t.allowedScopes(in.client), []string{scopeOffline}))
	}
	if in.params.Has("scope") {
		in.scopes = wire.Words(in.params.Get("scope"))
	}
	in.details = askDetails(t, in.client, in.params)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		return refuseClient(&in.clientRequest, broken, "POST, OPTIONS")
	}
	d, err := e.beginDevice(t, in.client, in.scopes, in.details.list, r)
	if err != nil {
		return wire.Answer{}, err
	}
	t.clients.use(in.client)
	a, err := wire.JSON(http.StatusOK, deviceResponse{
		DeviceCode: d.code, UserCode: d.userCode, URI: t.issuer + pathDevice,
		URIWhole:  t.issuer + pathDevice + "?" + url.Values{"user_code": {d.userCode}}.Encode(),
		ExpiresIn: int(d.lifetime.Seconds()), Interval: int(deviceInterval.Seconds()),
	})
	return in.named(wire.Uncached(a)), err
}

// beginDevice stores a new device with codes of its own.
func (e *deviceAuthorizationEndpoint) beginDevice(t *tenant, c *Client, scopes []string, details []detail, r *request) (*device, error) {
	code, err := e.draw.random(32)
	if err != nil {
		return nil, err
	}
	d := &device{
		issuer: t.issuer, client: c, scopes: scopes, details: details, code: code,
		lifetime: t.devices.lifetimeFor(c), issued: r.Now, interval: deviceInterval,
		network: network(r.RemoteAddr),
	}
	for range 16 { // among at most 4096 codes in use, a second try is already rare
		letters, err := userCode(e.draw)
		if err != nil {
			return nil, err
		}
		if t.devices.put(letters, d, r.Now) {
			return d, nil
		}
	}
	return nil, errUserCodesTaken
}

var errUserCodesTaken = errors.New("Config.Rand draws only user codes that are in use")
