package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// returnAddress reads where the answer goes. A response_mode that cannot be
// used leads to an error, which then goes the usual way for the response type.
func (in *authorization) returnAddress() returnAddress {
	to := returnAddress{redirectURI: in.redirectURI(), state: in.state(), mode: in.kind.defaultMode()}
	if in.params.Count("response_mode") == 1 && in.modeFits() {
		to.mode, to.signed = in.carrier()
	}
	return to
}

// carrier is how the answer travels, and whether it does so in a signed JWT.
func (in *authorization) carrier() (mode string, signed bool) {
	mode = in.params.Get("response_mode")
	if mode == modeJWT {
		return in.kind.defaultMode(), true
	}
	return strings.CutSuffix(mode, "."+modeJWT)
}

// modeFits reports whether the mode that was sent can carry the answer.
func (in *authorization) modeFits() bool {
	switch mode, _ := in.carrier(); mode {
	case modeQuery:
		return !in.kind.front()
	case modeFragment:
		return true
	case modeFormPost:
		return originOf(in.redirectURI()) != ""
	}
	return false
}

// responseModeRows are about how the answer is to travel.
func responseModeRows() []rule.Row[authorization] {
	here := trace.Spec{Doc: "OAuth 2.0 Multiple Response Types 1.0", Section: "2.1"}
	sent := func(in *authorization) bool { return in.params.Has("response_mode") }
	return append(rule.OnlyWhen(sent, []rule.Row[authorization]{
		{
			ID: "response-mode-known", Rule: "response_mode is one that this provider knows",
			Spec: here, Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				mode := in.params.Get("response_mode")
				for _, known := range responseModes() {
					if mode == known {
						return rule.Pass(mode, mode)
					}
				}
				return rule.Fail(strings.Join(responseModes(), " or "), wire.Shown(mode),
					"response_mode "+wire.Shown(mode)+" is not supported; supported: "+strings.Join(responseModes(), ", "))
			},
		},
		{
			ID: "response-mode-fits", Rule: "response_mode can carry the answer",
			Spec: trace.Spec{Doc: here.Doc, Section: "5"}, Error: "invalid_request",
			Check: checkModeFits,
		},
	}), rule.Row[authorization]{
		ID: "response-mode-allowed", Rule: "response_mode is one that the client is registered for",
		Spec: trace.Spec{Doc: "FAPI 2.0 Message Signing", Section: "5.4.1"}, Error: "invalid_request",
		When: func(in *authorization) bool { return len(in.client.ResponseModes) > 0 },
		Check: func(in *authorization) rule.Finding {
			mode, allowed := cmp.Or(in.params.Get("response_mode"), in.kind.defaultMode()), strings.Join(in.client.ResponseModes, ", ")
			return rule.Verdict(slices.Contains(in.client.ResponseModes, mode), allowed, mode,
				"response_mode "+mode+" is not registered for "+in.client.ClientID+"; its response_modes are "+allowed)
		},
	})
}

func checkModeFits(in *authorization) rule.Finding {
	mode, kind := in.params.Get("response_mode"), in.params.Get("response_type")
	switch carrier, _ := in.carrier(); {
	case in.modeFits():
		return rule.Pass(mode, mode)
	case carrier == modeQuery:
		const fit = modeFragment + " or " + modeFormPost
		return rule.Fail(fit, mode, "response_mode "+mode+" is refused for response_type "+kind+
			": a token in the query ends up in logs and in the Referer header; send "+fit)
	}
	return rule.Fail(modeQuery+" or "+modeFragment, mode,
		"response_mode "+mode+" needs a redirect_uri with http or https; nothing can be posted to "+wire.Shown(in.redirectURI()))
}
