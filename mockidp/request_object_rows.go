package mockidp

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	errRequestObject = "invalid_request_object"

	longestWindow = time.Hour
)

func hasObject(in *authorization) bool { return in.object != nil }

func objectRow(id, phrase string, spec trace.Spec, check func(*authorization) rule.Finding) rule.Row[authorization] {
	return rule.Row[authorization]{ID: id, Rule: phrase, Spec: spec, Error: errRequestObject, Check: check}
}

// objectShapeRows run before the redirection URI is looked at: it is inside.
// An object whose signature is wrong is refused by redirect all the same, as
// any request is that nobody signed.
func objectShapeRows() []rule.Row[authorization] {
	readable := objectRow("request-object-readable", "the request object is a JWT that can be read", rule.RFC("9101", "6.2"),
		func(in *authorization) rule.Finding {
			return rule.Verdict(in.object.malformed == "", "a signed JWT", cmp.Or(in.object.malformed, "a JWT"),
				"the request object cannot be read: "+in.object.malformed)
		})
	readable.Status = http.StatusBadRequest
	return rule.OnlyWhen(hasObject, []rule.Row[authorization]{
		{
			ID: "request-or-request-uri", Rule: "request and request_uri are not sent together",
			Spec: rule.RFC("9101", "5"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding {
				got := "one of them"
				both := in.sent.Has("request") && in.sent.Has("request_uri")
				if both {
					got = "both"
				}
				return rule.Verdict(!both, "one of the two", got,
					"request and request_uri are both sent, so nobody can tell which one counts")
			},
		},
		readable,
	})
}

// objectRows are the rules of request objects (RFC 9101 section 6).
func objectRows() []rule.Row[authorization] {
	return append(rule.OnlyWhen(hasObject, slices.Concat(objectKeyRows(), objectPartyRows(), objectContentRows())), objectRequiredRow())
}

// objectRequiredRow is for clients that must sign what they ask for. A request
// that was pushed has been through it already.
func objectRequiredRow() rule.Row[authorization] {
	return rule.Row[authorization]{
		ID: "request-object-required", Rule: "a client that must sign its requests does",
		Spec: rule.RFC("9101", "10.5"), Error: "invalid_request",
		When: func(in *authorization) bool { return in.client.RequireSignedRequestObject && in.pushed == nil },
		Check: func(in *authorization) rule.Finding {
			got := "plain parameters"
			if in.object != nil {
				got = "a request object"
			}
			return rule.Verdict(in.object != nil, "a signed request object", got,
				"client "+in.client.ClientID+" must send a signed request object in the parameter request")
		},
	}
}

func objectKeyRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "request-object-supported", Rule: "the client has registered keys to sign requests with",
			Spec: rule.OIDC("3.1.2.6"), Error: "request_not_supported",
			Check: func(in *authorization) rule.Finding {
				got := "none"
				if in.client.hasKeys() {
					got = "such keys"
				}
				return rule.Verdict(in.client.hasKeys(), "jwks or jwks_uri", got,
					"client "+in.client.ClientID+" is registered without keys, so nobody could tell who signed; send the parameters themselves")
			},
		},
		objectRow("request-object-alg", "the request object is signed with an algorithm that was agreed on", rule.RFC("9101", "6.2"),
			func(in *authorization) rule.Finding {
				allowed := in.client.requestObjectAlgorithms()
				want, got := strings.Join(keys.Names(allowed), " or "), cmp.Or(wire.Shown(in.object.alg), "no alg")
				return rule.Verdict(slices.Contains(allowed, jose.SignatureAlgorithm(in.object.alg)), want, got,
					"the request object is signed with "+got+"; client "+in.client.ClientID+" may use "+want)
			}),
		// A type is not demanded, since clients in use send none.
		objectRow("request-object-kind", "the request object says of no other kind of token that it is one", rule.RFC("9101", "10.8"),
			func(in *authorization) rule.Finding {
				typ := strings.TrimPrefix(strings.ToLower(in.object.typ), "application/")
				return rule.Verdict(slices.Contains([]string{"", "jwt", "oauth-authz-req+jwt"}, typ),
					"typ oauth-authz-req+jwt, JWT or not set", cmp.Or(wire.Shown(in.object.typ), "not set"),
					"the typ of the request object is "+wire.Shown(in.object.typ)+", so it was made for something else")
			}),
		objectRow("request-object-key", "the request object is signed with a key that the client is registered with", rule.RFC("9101", "6.2"),
			func(in *authorization) rule.Finding {
				return rule.Verdict(in.object.keyWrong == "", "a key of "+in.client.ClientID, cmp.Or(wire.Shown(in.object.keyID), "no kid"),
					in.object.keyWrong)
			}),
		objectRow("request-object-signature", "the signature of the request object verifies", rule.RFC("9101", "6.2"),
			func(in *authorization) rule.Finding {
				got := "another, or a changed object"
				if in.object.signed {
					got = "a signature with it"
				}
				return rule.Verdict(in.object.signed, "a signature with the client's key", got,
					"the signature of the request object does not verify with the client's key")
			}),
	}
}

// objectPartyRows are about who made it, and for whom.
func objectPartyRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		objectRow("request-object-client", "client_id inside the request object is the one beside it", rule.RFC("9101", "6.3"),
			func(in *authorization) rule.Finding {
				id, _ := in.object.text("client_id")
				return rule.Verdict(id == in.client.ClientID, in.client.ClientID, cmp.Or(wire.Shown(id), "none"),
					"client_id inside the request object is "+cmp.Or(wire.Shown(id), "missing")+", beside it "+in.client.ClientID)
			}),
		objectRow("request-object-issuer", "iss of the request object is the client", rule.RFC("9101", "4"),
			func(in *authorization) rule.Finding {
				iss, sent := in.object.text("iss")
				if !sent {
					return rule.Skip("no iss is in the request object; client_id says who made it")
				}
				return rule.Verdict(iss == in.client.ClientID, in.client.ClientID, wire.Shown(iss),
					"iss of the request object is "+wire.Shown(iss)+"; it must be the client_id, "+in.client.ClientID)
			}),
		objectRow("request-object-audience", "aud of the request object is this provider", rule.RFC("9101", "4"),
			func(in *authorization) rule.Finding {
				if _, sent := in.object.claims["aud"]; !sent && !in.client.timesRequests() {
					return rule.Skip("no aud is in the request object")
				}
				got := cmp.Or(wire.Shown(strings.Join(in.object.audiences(), " and ")), "nobody")
				return rule.Verdict(slices.ContainsFunc(in.object.audiences(), in.t.isIssuer), in.t.issuer, got,
					"the request object was made for "+got+", not for "+in.t.issuer)
			}),
		objectRow("request-object-subject", "the request object could not pass for a client assertion", rule.RFC("9101", "10.8"),
			func(in *authorization) rule.Finding {
				sub, sent := in.object.text("sub")
				if !sent {
					return rule.Skip("no sub is in the request object")
				}
				return rule.Verdict(sub != in.client.ClientID, "no sub that is the client_id", wire.Shown(sub),
					"sub of the request object is the client_id, so whoever sees the object could use it to authenticate as the client")
			}),
	}
}

func objectContentRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		objectRow("request-object-time", "the request object is good now", rule.RFC("7519", "4.1.4"), checkObjectTime),
		objectWindowRow(),
		objectRow("request-object-alone", "the request object holds no other", rule.RFC("9101", "4"),
			func(in *authorization) rule.Finding {
				for _, name := range []string{"request", "request_uri"} {
					if in.params.Has(name) {
						return rule.Fail("neither request nor request_uri", name, name+" is inside the request object, where it must not be")
					}
				}
				return rule.Pass("neither request nor request_uri", "neither")
			}),
		objectRow("request-object-complete", "what the request needs is inside the request object", rule.RFC("9101", "4"),
			func(in *authorization) rule.Finding {
				for _, name := range []string{"response_type", "scope", "redirect_uri", "code_challenge"} {
					if in.sent.Has(name) && !in.params.Has(name) {
						return rule.Fail("all of it inside", name+" beside it only",
							name+" is beside the request object and not in it; only what is signed counts")
					}
				}
				return rule.Pass("all of it inside", "all inside")
			}),
	}
}

// objectWindowRow has whoever signs say when that was, and for how long it is
// meant: a signature that is to be proof of who asked for what needs both.
func objectWindowRow() rule.Row[authorization] {
	row := objectRow("request-object-window", "nbf and exp say for which hour, or less, the request object is meant",
		trace.Spec{Doc: "FAPI 2.0 Message Signing", Section: "5.3.1"},
		func(in *authorization) rule.Finding {
			const want = "nbf at most 60 minutes ago, exp at most 60 minutes after it"
			from, _, ok := in.object.seconds("nbf")
			until, _, also := in.object.seconds("exp")
			age, length := -secondsUntil(from, in.r.Now), until-from
			switch {
			case !ok || !also:
				return rule.Fail(want, "not both", "nbf and exp must both be in the request object; client "+in.client.ClientID+
					" has require_request_object_times, or the profile fapi2")
			case age > longestWindow.Seconds():
				return rule.Fail(want, "nbf "+fromNow(-age), "nbf of the request object is more than 60 minutes ago: "+fromNow(-age))
			}
			return rule.Verdict(length <= longestWindow.Seconds(), want, "exp "+strconv.FormatFloat(length, 'f', 0, 64)+" s after nbf",
				"the request object is meant for more than 60 minutes: exp is "+strconv.FormatFloat(length, 'f', 0, 64)+" s after nbf")
		})
	row.When = func(in *authorization) bool { return in.client.timesRequests() }
	return row
}

// checkObjectTime holds the object to the times that it names. Clocks may
// differ by ten seconds.
func checkObjectTime(in *authorization) rule.Finding {
	const want = "exp in the future, nbf and iat not"
	for _, name := range []string{"exp", "nbf", "iat"} {
		at, sent, ok := in.object.seconds(name)
		if !sent {
			continue
		}
		left := secondsUntil(at, in.r.Now)
		switch {
		case !ok:
			return rule.Fail(want, name+" is not a number", name+" of the request object is not a number of seconds")
		case name == "exp" && left <= 0:
			return rule.Fail(want, "exp "+fromNow(left), "the request object expired "+fromNow(left))
		case name != "exp" && left > clockSkew.Seconds():
			return rule.Fail(want, name+" "+fromNow(left), "the request object is not good yet: "+name+" is "+fromNow(left)+"; is a clock wrong?")
		}
	}
	return rule.Pass(want, "such times, or none")
}

// readRequestObject reads the request parameter, or what request_uri refers to,
// and verifies its signature with the client's keys; nil means that there is
// none.
func (e *authorizationEndpoint) readRequestObject(in *authorization) *requestObject {
	raw, c := in.sent.Get("request"), in.client
	if in.refers != nil {
		raw = in.refers.raw
	}
	if raw == "" {
		return nil
	}
	o := &requestObject{raw: raw}
	o.malformed = o.parse()
	switch {
	case o.malformed == "" && c != nil:
		o.signed, o.keyWrong = e.verifyRequestObject(in.r.Context(), in.t, c, o)
	case in.refers != nil && in.t.clients.selfRegistered(c):
		in.refers.wrong = unheard
		return nil
	}
	return o
}

func (e *authorizationEndpoint) verifyRequestObject(ctx context.Context, t *tenant, c *Client, o *requestObject) (signed bool,
	keyWrong string,
) {
	alg := jose.SignatureAlgorithm(o.alg)
	if !c.hasKeys() || !slices.Contains(c.requestObjectAlgorithms(), alg) {
		return false, ""
	}
	return e.auth.signedByClient(ctx, t, c, o.raw, alg, o.keyID)
}
