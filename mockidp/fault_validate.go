package mockidp

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// FaultErrors returns the error codes that the standards allow at an endpoint,
// which a [Fault] of the kind "error" may name; none for an endpoint that has
// no errors of its own.
func FaultErrors(endpoint Endpoint) []FaultCode { return faultErrors(endpoint, allTables().grants) }

func faultErrors(endpoint Endpoint, grants grantTable) []FaultCode {
	switch endpoint {
	case "authorization":
		return authorizationCodes()
	case "pushed-authorization":
		// None that has to do with the person: nobody is asked here.
		return slices.Concat(clientCodes(),
			faultCodes(rule.RFC("9126", "2.3"), "access_denied", "unsupported_response_type", "server_error", "temporarily_unavailable",
				"invalid_request_object", "request_not_supported", "registration_not_supported"),
			faultCodes(rule.RFC("9396", "5"), errInvalidDetails),
			faultCodes(rule.RFC("8707", "2"), errInvalidTarget),
			faultCodes(unmetSpec(), "unmet_authentication_requirements"),
			faultCodes(rule.RFC("9449", "10.1"), errProof),
			faultCodes(rule.RFC("9449", "8"), errNonce))
	case "token":
		return slices.Concat(clientCodes(),
			grants.errors(),
			faultCodes(rule.RFC("9396", "6"), errInvalidDetails),
			faultCodes(rule.RFC("9449", "5"), errProof),
			faultCodes(rule.RFC("9449", "8"), errNonce))
	case "device-authorization":
		return append(faultCodes(rule.RFC("8628", "3.2"), "invalid_request", "invalid_client", "unauthorized_client", "invalid_scope"),
			faultCodes(rule.RFC("9396", "5"), errInvalidDetails)...)
	case "revocation":
		return append(clientCodes(), faultCodes(rule.RFC("7009", "2.2.1"), "unsupported_token_type")...)
	case "introspection":
		return faultCodes(rule.RFC("7662", "2.3"), "invalid_request", "invalid_client")
	case "userinfo":
		return append(bearerCodes(),
			FaultCode{"insufficient_scope", rule.RFC("6750", "3.1"), http.StatusForbidden},
			FaultCode{"insufficient_user_authentication", rule.RFC("9470", "3"), http.StatusUnauthorized},
			FaultCode{errProof, rule.RFC("9449", "7.1"), http.StatusUnauthorized},
			FaultCode{errNonce, rule.RFC("9449", "9"), http.StatusUnauthorized})
	case "registration", "client-configuration":
		return append(bearerCodes(), registrationCodes()...)
	}
	return nil
}

func (f Fault) code(grants grantTable) FaultCode {
	for _, c := range faultErrors(f.Endpoint, grants) {
		if c.Error == f.Error {
			return c
		}
	}
	return FaultCode{}
}

// checkFault refuses a fault that cannot strike, or that no standard-abiding
// provider could be seen to make.
func (m *mischiefs) checkFault(t *tenant, f Fault) error {
	if !slices.Contains(FaultKinds(), f.Kind) {
		return wrong("kind", "%q is not one of %s", f.Kind, listed(FaultKinds()))
	}
	if f.Endpoint != "" && !slices.Contains(Endpoints(), f.Endpoint) {
		return wrong("endpoint", "%q is not one of %s", f.Endpoint, listed(Endpoints()))
	}
	if f.Client != "" && t.clients.get(f.Client) == nil {
		return wrong("client", "no client %q is registered in realm %s; use the client_id of one that is", f.Client, t.name)
	}
	if f.Times < 0 || f.Times > maxTimes {
		return wrong("times", "%d must be from 0, which means until cleared, to %d", f.Times, maxTimes)
	}
	if f.Kind == FaultRotateKeys && t.keys.Demo() {
		return wrong("kind", "%w; leave rotate-keys out", keys.ErrRotateDemo)
	}
	for _, err := range []error{
		checkFaultError(f, m.services.token.grants), checkFaultToken(f), checkFaultBy(f), checkFaultLogin(f), checkFaultValue(f),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// listed is what may be written, for whoever wrote something else.
func listed[T ~string](allowed []T) string {
	words := make([]string, 0, len(allowed))
	for _, a := range allowed {
		words = append(words, string(a))
	}
	return strings.Join(words, ", ")
}

func checkFaultError(f Fault, grants grantTable) error {
	if f.Kind != FaultError {
		if f.Error != "" {
			return wrong("error", "kind %s answers with no code; leave error out", f.Kind)
		}
		return nil
	}
	allowed := faultErrors(f.Endpoint, grants)
	switch {
	case f.Endpoint == "":
		return wrong("endpoint", "kind error needs one, because each endpoint has codes of its own")
	case len(allowed) == 0:
		return wrong("error", "the %s endpoint has no error codes of its own; the kinds unavailable, delay and drop work there", f.Endpoint)
	case f.code(grants).Error == "":
		var names []string
		for _, c := range allowed {
			names = append(names, c.Error+" ("+c.Spec.String()+")")
		}
		return wrong("error", "%q is not allowed at the %s endpoint; allowed: %s", f.Error, f.Endpoint, strings.Join(names, ", "))
	}
	return nil
}

func checkFaultToken(f Fault) error {
	switch {
	case !slices.Contains(spoils(), f.Kind):
		if f.Token != "" {
			return wrong("token", "kind %s spoils none; leave token out", f.Kind)
		}
	case f.Token != "" && f.Token != tokenAccess && f.Token != tokenID:
		return wrong("token", "%q is neither %s nor %s", f.Token, tokenAccess, tokenID)
	case slices.Contains(ofIDTokens(), f.Kind) && f.Token == tokenAccess:
		return wrong("token", "kind %s is about a claim of ID tokens; leave token out, or say %s", f.Kind, tokenID)
	case f.Endpoint != "" && f.Endpoint != "token" && f.Endpoint != "authorization":
		return wrong("endpoint", "the %s endpoint gives out no tokens; use token or authorization, or leave it out", f.Endpoint)
	}
	return nil
}

func checkFaultBy(f Fault) error {
	most := map[FaultKind]time.Duration{FaultDelay: MaxDelay, FaultMoveClock: MaxClockMove}[f.Kind]
	switch {
	case most == 0 && f.By != 0:
		return wrong("by", "kind %s takes no time; leave by out", f.Kind)
	case most != 0 && (f.By <= 0 || f.By > most):
		return wrong("by", "%s must be more than 0s and at most %s", f.By, most)
	}
	return nil
}

// checkFaultLogin refuses what a login does not have: trouble that concerns
// everybody, and endpoints that nobody comes to within one.
func checkFaultLogin(f Fault) error {
	everybody := []FaultKind{FaultRotateKeys, FaultMoveClock, FaultForgetSession, FaultForgetSessions}
	within := []Endpoint{"authorization", "token", "userinfo"}
	switch {
	case !f.OneLogin:
	case slices.Contains(everybody, f.Kind):
		return wrong("one_login", "kind %s strikes the whole realm; leave one_login out", f.Kind)
	case f.Endpoint != "" && !slices.Contains(within, f.Endpoint):
		return wrong("one_login", "nothing at the %s endpoint belongs to a login; use one of %s, or leave one_login out",
			f.Endpoint, listed(within))
	}
	return nil
}

func checkFaultValue(f Fault) error {
	needs := []FaultKind{FaultOldCode, FaultOldIDToken}
	takes := append(slices.Clone(needs), FaultWrongState, FaultWrongAnswerIss)
	switch {
	case f.Value == "" && slices.Contains(needs, f.Kind):
		return wrong("value", "kind %s needs one: what came of an earlier login", f.Kind)
	case f.Value != "" && !slices.Contains(takes, f.Kind):
		return wrong("value", "kind %s puts nothing in; leave value out", f.Kind)
	}
	return nil
}

// checkFaults holds the faults of a realm's configuration to the rules.
func (m *mischiefs) checkFaults(t *tenant, faults []Fault) error {
	if len(faults) > maxFaults {
		return within(ConfigError{Realm: t.name}, wrong("fault", "%d are too many; at most %d", len(faults), maxFaults))
	}
	for i, f := range faults {
		if err := m.checkFault(t, f); err != nil {
			return within(ConfigError{Realm: t.name, Fault: i + 1}, err)
		}
	}
	return nil
}
