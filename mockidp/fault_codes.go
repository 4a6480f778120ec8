package mockidp

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// FaultCode is an error code that an endpoint may answer with.
type FaultCode struct {
	Error  string
	Spec   trace.Spec // the section that allows it there
	status int        // where it is not the endpoint's usual one
}

func faultCodes(spec trace.Spec, names ...string) []FaultCode {
	list := make([]FaultCode, 0, len(names))
	for _, name := range names {
		list = append(list, FaultCode{Error: name, Spec: spec})
	}
	return list
}

func authorizationCodes() []FaultCode {
	return slices.Concat(faultCodes(rule.RFC("6749", "4.1.2.1"),
		"invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope",
		"server_error", "temporarily_unavailable"),
		faultCodes(rule.OIDC("3.1.2.6"), "interaction_required", "login_required", "account_selection_required", "consent_required",
			"invalid_request_uri", "invalid_request_object", "request_not_supported", "request_uri_not_supported",
			"registration_not_supported"),
		faultCodes(rule.RFC("9396", "5"), errInvalidDetails),
		faultCodes(rule.RFC("8707", "2"), errInvalidTarget),
		faultCodes(unmetSpec(), "unmet_authentication_requirements"))
}

// bearerCodes are those of RFC 6750 that have to do with the token alone.
func bearerCodes() []FaultCode {
	return []FaultCode{
		{"invalid_request", rule.RFC("6750", "3.1"), http.StatusBadRequest},
		{"invalid_token", rule.RFC("6750", "3.1"), http.StatusUnauthorized},
	}
}

func registrationCodes() []FaultCode {
	list := faultCodes(rule.RFC("7591", "3.2.2"), "invalid_redirect_uri", "invalid_client_metadata", "invalid_software_statement",
		"unapproved_software_statement")
	for i := range list {
		list[i].status = http.StatusBadRequest
	}
	return list
}

// clientCodes are those of every endpoint where a client says who it is.
func clientCodes() []FaultCode {
	return faultCodes(rule.RFC("6749", "5.2"), "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
		"unsupported_grant_type", "invalid_scope")
}

const errInvalidTarget = "invalid_target"
