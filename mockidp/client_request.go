package mockidp

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// clientShapeRows are about the form of a client's request. The method and
// the body are what each endpoint's own standard demands.
func clientShapeRows(method, body trace.Spec) []rule.Row[clientRequest] {
	return []rule.Row[clientRequest]{
		{
			ID: "method-post", Rule: "the request uses POST",
			Spec: method, Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *clientRequest) rule.Finding { return in.r.CheckMethod(http.MethodPost) },
		},
		{
			ID: "body-is-form", Rule: "the body is form-encoded",
			Spec: body, Error: "invalid_request",
			Check: func(in *clientRequest) rule.Finding { return in.r.CheckFormBody() },
		},
		{
			ID: "parameters-encoded", Rule: "the parameters are form-encoded UTF-8",
			Spec: rule.RFC("6749", "B"), Error: "invalid_request",
			Check: func(in *clientRequest) rule.Finding { return in.params.CheckEncoding() },
		},
		{
			ID: "parameters-once", Rule: "no parameter is sent twice",
			Spec: rule.RFC("6749", "3.2"), Error: "invalid_request",
			Check: func(in *clientRequest) rule.Finding {
				// RFC 8707 section 2 and RFC 8693 section 2.1 let these two be.
				return in.params.CheckOnce("resource", "audience")
			},
		},
		{
			ID: "parameters-in-body", Rule: "parameters are in the body, not in the URL",
			Spec: rule.RFC("6749", "2.3.1"), Error: "invalid_request",
			Check: checkNothingInURL,
		},
	}
}

// checkNothingInURL keeps secrets out of logs and histories. A query that
// belongs to the endpoint's own address is nobody's concern.
func checkNothingInURL(in *clientRequest) rule.Finding {
	for _, name := range in.p.secrets {
		if in.r.Query.Has(name) {
			return rule.Fail("none of them in the URL", name+" in the URL", name+" is in the URL, where logs keep it; send it in the body")
		}
	}
	return rule.Pass("none of them in the URL", "none")
}

// secretNames lists what must not stand in a URL: what says who the client is,
// and what its grants are about.
func secretNames(grants grantTable) []string {
	return append([]string{"client_id", "client_secret", "grant_type", "token", "client_assertion"}, grants.secrets()...)
}

// refuseClient answers a client whose request broke a rule. A 405 says which
// methods are allowed.
func refuseClient(in *clientRequest, broken *rule.Refusal, allow string) (wire.Answer, error) {
	status := broken.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	// RFC 6749 section 5.2: who tried the Authorization header is told by 401
	// which scheme would do; others get the usual 400, unless the endpoint's
	// own standard says otherwise.
	challenge := broken.Check.Error == "invalid_client" && (in.creds.header || status == http.StatusUnauthorized)
	if challenge {
		status = http.StatusUnauthorized
	}
	a, err := wire.JSON(status, wire.ErrorResponse{Error: broken.Check.Error, Description: wire.Describe(broken.Check.Reason)})
	if challenge {
		a.Set("WWW-Authenticate", `Basic realm="`+in.t.name+`", charset="UTF-8"`)
	}
	if status == http.StatusMethodNotAllowed {
		a.Set("Allow", allow)
	}
	return in.named(wire.Uncached(a)), err
}
