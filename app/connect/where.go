package connect

import "github.com/grantwalk/grantwalk/flows/logins"

// where says at which point of a login something happened: to developers by the
// name of the endpoint, to everybody else by what the app did there.
func (w *words) where(at logins.Endpoint, grant string) string {
	if w.developer() {
		return w.say("when.at", "name", w.diagnose("at."+string(at)))
	}
	return w.say("when." + moment(at, grant))
}

// whereOnce is where, with the name of the trade once behind plain words.
func (w *words) whereOnce(at logins.Endpoint, grant string) string {
	plain, name := w.where(at, grant), w.diagnose("at."+string(at))
	if w.developer() || at == logins.Page || at == logins.Other {
		return plain
	}
	return w.say("when.called", "when", plain, "name", name)
}

// moment is what an app does at an endpoint: at that for tokens it depends on the
// grant, of which an app that says none swaps a code.
func moment(at logins.Endpoint, grant string) string {
	if at != logins.Token {
		return string(at)
	}
	switch grant {
	case "client_credentials":
		return "token-for-itself"
	case "refresh_token":
		return "token-renewed"
	case "password":
		return "token-for-password"
	case "urn:ietf:params:oauth:grant-type:device_code":
		return "token-for-device"
	}
	return string(at)
}
