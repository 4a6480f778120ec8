package mockidp

import (
	"context"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
)

// newDeviceCodeGrant is the grant of RFC 8628 section 3.4: a device that
// cannot show a sign-in page asks again and again until a person has answered
// for it elsewhere.
func newDeviceCodeGrant() grant {
	return newGrant(grant{
		name: grantDeviceCode, secrets: []string{"device_code"}, details: detailsPick, open: true,
		errors:   faultCodes(rule.RFC("8628", "3.5"), "authorization_pending", "slow_down", "access_denied", "expired_token"),
		metadata: func(t *tenant, m *metadata) { m.DeviceEndpoint = t.calls + pathDeviceAuthorization },
	}, granting[deviceCodeRequest]{
		rows: deviceCodeRows,
		read: func(in *tokenRequest) *deviceCodeRequest {
			return &deviceCodeRequest{in, in.t.devices.poll(in.params.Get("device_code"), in.client, in.r.Now)}
		},
		give: func(ctx context.Context, in *deviceCodeRequest) (tokenResponse, error) {
			a := in.device.authorized()
			a.forAccess, a.only = in.forAccess(a.details), in.params.All("resource")
			return in.issueFirst(ctx, a)
		},
	})
}

// deviceCodeRequest is a token request of a device that waits.
type deviceCodeRequest struct {
	*tokenRequest
	device *devicePoll // nil when nobody here was given the code
}

// authorized is what the device was allowed. Its ID token has no nonce: there
// was no authentication request that could have held one.
func (d *devicePoll) authorized() *authorized {
	return &authorized{
		client: d.client, person: d.allowed.person, scopes: d.allowed.scopes, authTime: d.allowed.authTime,
		issuer: d.issuer, sid: d.allowed.visit.sid, license: d.allowed.license, visit: d.allowed.visit, details: d.details,
	}
}

// deviceCodeRows are the rules of RFC 8628 section 3.5 in the order in which a
// device comes across them.
func deviceCodeRows() []rule.Row[deviceCodeRequest] {
	here := rule.RFC("8628", "3.5")
	return slices.Concat([]rule.Row[deviceCodeRequest]{
		{
			ID: "device-code-present", Rule: "device_code is sent",
			Spec: rule.RFC("8628", "3.4"), Error: "invalid_request",
			Check: func(in *deviceCodeRequest) rule.Finding { return in.params.CheckPresent("device_code") },
		},
		{
			ID: "device-code-known", Rule: "device_code was issued by this provider",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *deviceCodeRequest) rule.Finding {
				got := "a code that nobody here was given, or long ago"
				if in.device != nil {
					got = "such a code"
				}
				return rule.Verdict(in.device != nil, "a device_code issued by this provider", got,
					"device_code is not one that this provider issued recently, or the person who allowed it signed out before it was used")
			},
		},
		{
			ID: "device-code-issued-to-client", Rule: "device_code was issued to this client",
			Spec: rule.RFC("8628", "3.4"), Error: "invalid_grant",
			Check: func(in *deviceCodeRequest) rule.Finding {
				return rule.Verdict(in.device.client.is(in.client), in.device.client.ClientID, in.client.ClientID,
					"device_code was issued to another client than "+in.client.ClientID)
			},
		},
		{
			ID: "device-code-unused", Rule: "device_code gave no tokens yet",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *deviceCodeRequest) rule.Finding {
				got := "not used"
				if in.device.usedBefore {
					got = "used before"
				}
				return rule.Verdict(!in.device.usedBefore, "not used", got, "device_code gave its tokens before; it is good once")
			},
		},
		{
			ID: "device-code-fresh", Rule: "device_code has not expired",
			Spec: here, Error: "expired_token",
			Check: func(in *deviceCodeRequest) rule.Finding {
				limit, age := inSeconds(in.device.lifetime), in.r.Now.Sub(in.device.issued).Round(time.Second)
				return rule.Verdict(!in.device.expired, "younger than "+limit, inSeconds(age),
					"device_code was good for "+limit+" and nobody allowed the device in that time; start again with a new one")
			},
		},
	}, deviceAnswerRows(), []rule.Row[deviceCodeRequest]{
		detailsNotWiderRow(func(in *deviceCodeRequest) []detail { return in.device.details }),
	}, resourceTokenRows(func(in *deviceCodeRequest) *authorized { return in.device.authorized() }))
}

// deviceAnswerRows are about what the person said.
func deviceAnswerRows() []rule.Row[deviceCodeRequest] {
	here := rule.RFC("8628", "3.5")
	return []rule.Row[deviceCodeRequest]{
		{
			ID: "device-not-refused", Rule: "the person did not refuse the device",
			Spec: here, Error: "access_denied",
			Check: func(in *deviceCodeRequest) rule.Finding {
				got := "not refused"
				if in.device.refused {
					got = "refused"
				}
				return rule.Verdict(!in.device.refused, "not refused", got, "the person refused the device; do not ask again")
			},
		},
		{
			ID: "device-patient", Rule: "the device waits between two questions for as long as it was told",
			Spec: here, Error: "slow_down",
			Check: func(in *deviceCodeRequest) rule.Finding {
				wait := inSeconds(in.device.wait)
				got := "in time"
				if in.device.hasty {
					got = "too early"
				}
				return rule.Verdict(!in.device.hasty, "a pause between two questions", got,
					"the device asks too often; from now on it waits "+wait+" between two questions, which is 5 s more than before")
			},
		},
		{
			ID: "device-allowed", Rule: "the person allowed the device",
			Spec: here, Error: "authorization_pending",
			Check: func(in *deviceCodeRequest) rule.Finding {
				got := "no answer yet"
				if in.device.allowed != nil {
					got = "allowed"
				}
				return rule.Verdict(in.device.allowed != nil, "allowed", got,
					"nobody has allowed the device yet; ask again in "+inSeconds(in.device.wait))
			},
		},
	}
}
