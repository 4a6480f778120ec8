package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// What the flags can be set to, for the help and for the messages.

func formats() []string {
	return namesOf(export.Formats(), func(f export.Format) string { return f.ID })
}

// Networks are what can carry the messages.
func Networks() []string { return []string{string(stage.Memory), string(stage.Loopback)} }

// Voices are whom the story can be told to.
func Voices() []string {
	return namesOf(tutorials.Voices(), func(v tutorials.Voice) string { return string(v) })
}

// Lenses are what the words can be looked at through.
func Lenses(words *tutorials.Library) []string {
	return namesOf(words.Lenses(), func(l tutorials.Lens) string { return l.ID })
}

func people() []string {
	return namesOf(stage.People(), func(p stage.Person) string { return p.Username })
}

// FlowIDs are the flows that can be walked.
func FlowIDs() []string { return namesOf(flows.All(), func(f flows.Flow) string { return f.ID }) }

// called are the short names by which people call the flows.
func called() map[string]string {
	return map[string]string{
		"code": "authorization-code", "pkce": "authorization-code-pkce", "client": "client-credentials", "machine": "client-credentials",
		"ropc": "password", "refresh": "refresh-token", "oidc": "openid-connect", "device": "device-code", "tv": "device-code",
		"introspection": "introspection-revocation", "revocation": "introspection-revocation", "revoke": "introspection-revocation",
		"sso": "single-sign-on", "logout": "single-sign-on",
		"mtls": "client-authentication", "private_key_jwt": "client-authentication", "registration": "client-authentication",
	}
}

// shortNames are those of one flow.
func shortNames(id string) []string {
	var names []string
	for name, flow := range called() {
		if flow == id {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// FlowOf finds a flow by its id, by a short name or by the beginning of its id
// if no other one begins so, or says which there are.
func FlowOf(name string) (flows.Flow, error) {
	id := strings.ToLower(name)
	if full, short := called()[id]; short {
		id = full
	}
	if f, ok := flows.Find(id); ok {
		return f, nil
	}
	begun := slices.DeleteFunc(FlowIDs(), func(one string) bool { return !strings.HasPrefix(one, id) })
	if f, ok := flows.Find(strings.Join(begun, " ")); ok && id != "" {
		return f, nil
	}
	known := slices.Concat(FlowIDs(), slices.Sorted(maps.Keys(called())))
	return flows.Flow{}, usage.NearSlip("flow", name, known, "name", usage.Quote(name), "flows", strings.Join(FlowIDs(), ", "))
}

// Mistakes are the classic ones of a flow.
func Mistakes(f flows.Flow) []string {
	return namesOf(f.Mistakes, func(m flows.Mistake) string { return m.ID })
}

// Steps are the places of a flow, in its order.
func Steps(f flows.Flow) []string {
	var steps []string
	for _, s := range f.Steps {
		if !slices.Contains(steps, s.ID) { // one that can come again is named once
			steps = append(steps, s.ID)
		}
	}
	return steps
}

// requestSteps are the steps that can be changed.
func requestSteps(flow flows.Flow) []string {
	var steps []string
	for _, s := range flow.Steps {
		if s.Kind == trace.Request && !s.Again && !slices.Contains(steps, s.ID) {
			steps = append(steps, s.ID)
		}
	}
	return steps
}

func namesOf[T any](list []T, name func(T) string) []string {
	names := make([]string, 0, len(list))
	for _, one := range list {
		names = append(names, name(one))
	}
	return names
}
