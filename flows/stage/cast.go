package stage

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Cast says who plays in a flow: which app asks for access, and which API
// guards what it wants. The provider, the browser and the people are always
// there, whether a flow needs them or not.
type Cast struct {
	Client Registration
	API    Guard
	// Person is the user name of whom the story is about when nobody else is
	// chosen; empty for the first of [People].
	Person string
}

// Registration is how the app of a flow is known to the provider (RFC 7591 section 2).
type Registration struct {
	ID     string // client_id
	Name   string // what people call it: "Travel app"
	Secret string // client_secret; empty for a public client
	Host   string // where it answers in memory: "travel.example"
}

// TravelApp is the public client of the stories about Jane's flights.
func TravelApp() Registration {
	return Registration{ID: "mobile-pkce-client", Name: "Travel app", Host: "travel.example"}
}

// person is the user name of whoever signs in.
func (k Cast) person(c Choices) string {
	if c.Person == "" {
		return k.Person
	}
	return c.Person
}

// FirstName is what the story calls whoever signs in.
func (k Cast) FirstName(c Choices) string {
	c.Person = k.person(c)
	first, _, _ := strings.Cut(c.person().Name, " ")
	return first
}

// roles lists who of the cast answers at an address, in the order of [Options].Ports.
func roles() []trace.Role {
	return []trace.Role{trace.Client, trace.AuthorizationServer, trace.ResourceServer}
}
