package live

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// FlowOf is the id of the flow that a login comes closest to.
func FlowOf(login *logins.Login) string {
	asked, _ := login.Challenge()
	kinds := strings.Fields(login.Asked("response_type"))
	switch {
	case len(login.At(logins.DeviceAuthorization)) > 0:
		return "device-code"
	case len(kinds) > 0 && !slices.Contains(kinds, "code"):
		return "implicit"
	case slices.Contains(strings.Fields(login.Asked("scope")), "openid"):
		return "openid-connect"
	case asked != "":
		return "authorization-code-pkce"
	case len(login.At(logins.Authorization, logins.Pushed)) > 0:
		return "authorization-code"
	}
	for _, e := range login.At(logins.Token) {
		if e.Param("code_verifier") != "" { // what began it was not seen
			return "authorization-code-pkce"
		}
		switch e.Param("grant_type") {
		case "client_credentials":
			return "client-credentials"
		case "password":
			return "password"
		case "refresh_token":
			return "refresh-token"
		case "urn:ietf:params:oauth:grant-type:device_code":
			return "device-code"
		}
	}
	return "authorization-code"
}
