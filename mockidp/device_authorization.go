package mockidp

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
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
func deviceAuthorizationRows() []row[deviceRequest] {
	here := rfc("8628", "3.1")
	who := func(in *deviceRequest) *clientRequest { return &in.clientRequest }
	asks := func(in *deviceRequest) *detailsAsk { return &in.details }
	return slices.Concat(lifted(clientShapeRows(here, here), who), lifted(clientRows(), who), []row[deviceRequest]{
		{
			id: "grant-type-allowed", rule: "the client may use the device code grant",
			spec: rfc("8628", "3.2"), err: "unauthorized_client",
			check: func(in *deviceRequest) finding {
				allowed := orElse(strings.Join(in.client.GrantTypes, " or "), "none")
				return verdict(slices.Contains(in.client.GrantTypes, grantDeviceCode), grantDeviceCode, allowed,
					"client "+in.client.ClientID+" may not use grant_type "+grantDeviceCode)
			},
		},
		{
			id: "scope-syntax", rule: "scope is words with one space between them",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *deviceRequest) finding {
				if !in.params.has("scope") {
					return skip("no scope is sent; the default is " + orElse(strings.Join(in.scopes, " "), "none"))
				}
				return checkScopeSyntax(in.params.get("scope"))
			},
		},
		{
			id: "scope-allowed", rule: "every scope is one that the client may ask for",
			spec: rfc("6749", "5.2"), err: "invalid_scope",
			check: func(in *deviceRequest) finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
		{
			id: "scope-present", rule: "a scope is sent, or there is a default",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *deviceRequest) finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return skip("authorization_details say what is asked for")
				}
				return verdict(len(in.scopes) > 0, "a scope", orElse(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and no scope that client "+in.client.ClientID+" may ask for could be its default here")
			},
		},
	}, lifted(detailsRows(), asks))
}

// serveDeviceAuthorization is the device authorization endpoint. Who sends no
// scope asks for all that the client may have, save access while away, which
// must be asked for.
func (p *Provider) serveDeviceAuthorization(t *tenant, r *request) (answer, error) {
	in := &deviceRequest{clientRequest: p.newClientRequest(t, r)}
	if in.client != nil {
		in.scopes = without(t.allowedScopes(in.client), []string{scopeOffline})
	}
	if in.params.has("scope") {
		in.scopes = words(in.params.get("scope"))
	}
	in.details = askDetails(t, in.client, in.params)
	if broken := run(r.Context(), p.tables.deviceAuthorization, in); broken != nil {
		return refuseClient(&in.clientRequest, broken, "POST, OPTIONS")
	}
	d, err := p.beginDevice(t, in.client, in.scopes, in.details.list, r)
	if err != nil {
		return answer{}, err
	}
	t.useClient(in.client)
	a, err := jsonAnswer(http.StatusOK, deviceResponse{
		DeviceCode: d.code, UserCode: d.userCode, URI: t.issuer + pathDevice,
		URIWhole:  t.issuer + pathDevice + "?" + url.Values{"user_code": {d.userCode}}.Encode(),
		ExpiresIn: int(d.lifetime.Seconds()), Interval: int(deviceInterval.Seconds()),
	})
	return in.named(uncached(a)), err
}
