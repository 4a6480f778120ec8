package mockidp

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// clientShapeRows are about the form of a client's request. The method and
// the body are what each endpoint's own standard demands.
func clientShapeRows(method, body trace.Spec) []row[clientRequest] {
	return []row[clientRequest]{
		{
			id: "method-post", rule: "the request uses POST",
			spec: method, err: "invalid_request", status: http.StatusMethodNotAllowed,
			check: func(in *clientRequest) finding { return checkMethod(in.r, http.MethodPost) },
		},
		{
			id: "body-is-form", rule: "the body is form-encoded",
			spec: body, err: "invalid_request",
			check: func(in *clientRequest) finding { return checkFormBody(in.r) },
		},
		{
			id: "parameters-encoded", rule: "the parameters are form-encoded UTF-8",
			spec: rfc("6749", "B"), err: "invalid_request",
			check: func(in *clientRequest) finding { return checkEncoding(in.params) },
		},
		{
			id: "parameters-once", rule: "no parameter is sent twice",
			spec: rfc("6749", "3.2"), err: "invalid_request",
			check: func(in *clientRequest) finding {
				// RFC 8707 section 2 and RFC 8693 section 2.1 let these two be.
				return checkOnce(in.params, "resource", "audience")
			},
		},
		{
			id: "parameters-in-body", rule: "parameters are in the body, not in the URL",
			spec: rfc("6749", "2.3.1"), err: "invalid_request",
			check: checkNothingInURL,
		},
	}
}

// checkNothingInURL keeps secrets out of logs and histories. A query that
// belongs to the endpoint's own address is nobody's concern.
func checkNothingInURL(in *clientRequest) finding {
	for _, name := range secretNames() {
		if in.r.query.has(name) {
			return fail("none of them in the URL", name+" in the URL", name+" is in the URL, where logs keep it; send it in the body")
		}
	}
	return pass("none of them in the URL", "none")
}

// secretNames lists what must not stand in a URL.
func secretNames() []string {
	return []string{
		"client_id", "client_secret", "grant_type", "code", "code_verifier", "redirect_uri",
		"refresh_token", "username", "password", "token", "client_assertion", "device_code",
		"subject_token", "actor_token",
	}
}

// errorResponse is RFC 6749 section 5.2.
type errorResponse struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// refuseClient answers a client whose request broke a rule. A 405 says which
// methods are allowed.
func refuseClient(in *clientRequest, broken *refusal, allow string) (answer, error) {
	status := broken.status
	if status == 0 {
		status = http.StatusBadRequest
	}
	// RFC 6749 section 5.2: who tried the Authorization header is told by 401
	// which scheme would do; others get the usual 400, unless the endpoint's
	// own standard says otherwise.
	challenge := broken.check.Error == "invalid_client" && (in.creds.header || status == http.StatusUnauthorized)
	if challenge {
		status = http.StatusUnauthorized
	}
	a, err := jsonAnswer(status, errorResponse{Error: broken.check.Error, Description: describe(broken.check.Reason)})
	if challenge {
		a.set("WWW-Authenticate", `Basic realm="`+in.t.name+`", charset="UTF-8"`)
	}
	if status == http.StatusMethodNotAllowed {
		a.set("Allow", allow)
	}
	return in.named(uncached(a)), err
}
