package connect

import (
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
)

// where says at which point of a login something happened: to developers by the
// name of the endpoint, to everybody else by what the app did there.
func (r *Room) where(at logins.Endpoint, grant string) string {
	if r.manner.Voice == tutorials.Developer {
		return r.say()("when.at", "name", r.diagnose("at."+string(at)))
	}
	return r.say()("when." + moment(at, grant))
}

// whereOnce is where, with the name of the trade once behind plain words.
func (r *Room) whereOnce(at logins.Endpoint, grant string) string {
	plain, name := r.where(at, grant), r.diagnose("at."+string(at))
	if r.manner.Voice == tutorials.Developer || at == logins.Page || at == logins.Other {
		return plain
	}
	return r.say()("when.called", "when", plain, "name", name)
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
