package mockidp

import (
	"context"
	"slices"
	"time"
)

const grantDeviceCode = "urn:ietf:params:oauth:grant-type:device_code"

// newDeviceCodeGrant is the grant of RFC 8628 section 3.4: a device that
// cannot show a sign-in page asks again and again until a person has answered
// for it elsewhere.
func newDeviceCodeGrant() grant {
	rows := deviceCodeRows()
	return grant{
		name: grantDeviceCode,
		rules: func() []Rule {
			return ruleList("token", grantDeviceCode, deviceCodeRows())
		},
		answer: func(ctx context.Context, in *tokenRequest) (tokenResponse, *refusal, error) {
			in.device = in.t.pollDevice(in.params.get("device_code"), in.client, in.r.now)
			if broken := run(ctx, rows, in); broken != nil {
				return tokenResponse{}, broken, nil
			}
			a := in.device.authorized()
			a.forAccess, a.only = in.forAccess(a.details), in.params.all("resource")
			tokens, err := in.issueFirst(ctx, a)
			return tokens, nil, err
		},
	}
}

// authorized is what the device was allowed. Its ID token has no nonce: there
// was no authentication request that could have held one.
func (d *devicePoll) authorized() *authorized {
	return &authorized{
		client: d.client, person: d.allowed.person, scopes: d.allowed.scopes, authTime: d.allowed.authTime,
		sid: d.allowed.visit.sid, license: d.allowed.license, visit: d.allowed.visit, details: d.details,
	}
}

// deviceCodeRows are the rules of RFC 8628 section 3.5 in the order in which a
// device comes across them.
func deviceCodeRows() []row[tokenRequest] {
	here := rfc("8628", "3.5")
	return slices.Concat([]row[tokenRequest]{
		{
			id: "device-code-present", rule: "device_code is sent",
			spec: rfc("8628", "3.4"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return present(in.params, "device_code") },
		},
		{
			id: "device-code-known", rule: "device_code was issued by this provider",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				got := "a code that nobody here was given, or long ago"
				if in.device != nil {
					got = "such a code"
				}
				return verdict(in.device != nil, "a device_code issued by this provider", got,
					"device_code is not one that this provider issued recently, or the person who allowed it signed out before it was used")
			},
		},
		{
			id: "device-code-issued-to-client", rule: "device_code was issued to this client",
			spec: rfc("8628", "3.4"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				return verdict(in.device.client.is(in.client), in.device.client.ClientID, in.client.ClientID,
					"device_code was issued to another client than "+in.client.ClientID)
			},
		},
		{
			id: "device-code-unused", rule: "device_code gave no tokens yet",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding {
				got := "not used"
				if in.device.usedBefore {
					got = "used before"
				}
				return verdict(!in.device.usedBefore, "not used", got, "device_code gave its tokens before; it is good once")
			},
		},
		{
			id: "device-code-fresh", rule: "device_code has not expired",
			spec: here, err: "expired_token",
			check: func(in *tokenRequest) finding {
				limit, age := inSeconds(in.device.lifetime), in.r.now.Sub(in.device.issued).Round(time.Second)
				return verdict(!in.device.expired, "younger than "+limit, inSeconds(age),
					"device_code was good for "+limit+" and nobody allowed the device in that time; start again with a new one")
			},
		},
	}, deviceAnswerRows(), []row[tokenRequest]{
		detailsNotWiderRow(func(in *tokenRequest) []detail { return in.device.details }),
	}, resourceTokenRows(func(in *tokenRequest) *authorized { return in.device.authorized() }))
}

// deviceAnswerRows are about what the person said.
func deviceAnswerRows() []row[tokenRequest] {
	here := rfc("8628", "3.5")
	return []row[tokenRequest]{
		{
			id: "device-not-refused", rule: "the person did not refuse the device",
			spec: here, err: "access_denied",
			check: func(in *tokenRequest) finding {
				got := "not refused"
				if in.device.refused {
					got = "refused"
				}
				return verdict(!in.device.refused, "not refused", got, "the person refused the device; do not ask again")
			},
		},
		{
			id: "device-patient", rule: "the device waits between two questions for as long as it was told",
			spec: here, err: "slow_down",
			check: func(in *tokenRequest) finding {
				wait := inSeconds(in.device.wait)
				got := "in time"
				if in.device.hasty {
					got = "too early"
				}
				return verdict(!in.device.hasty, "a pause between two questions", got,
					"the device asks too often; from now on it waits "+wait+" between two questions, which is 5 s more than before")
			},
		},
		{
			id: "device-allowed", rule: "the person allowed the device",
			spec: here, err: "authorization_pending",
			check: func(in *tokenRequest) finding {
				got := "no answer yet"
				if in.device.allowed != nil {
					got = "allowed"
				}
				return verdict(in.device.allowed != nil, "allowed", got,
					"nobody has allowed the device yet; ask again in "+inSeconds(in.device.wait))
			},
		},
	}
}
