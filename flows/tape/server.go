package tape

import (
	"context"
	"errors"
	"net/http"
)

// Why a server could not listen: another program does so there, or this user may not.
var (
	ErrPortUsed   = errors.New("another program uses this port")
	ErrPortDenied = errors.New("this port is not for this user")
)

// Server is one whose exchanges are on a tape, and what is known of it.
type Server struct {
	Tape   *Tape
	Realms []Realm // none where nothing is known
	// Control answers the orders of an operator, which show the key as a bearer
	// token; nil where nobody takes any.
	Control http.Handler
	Key     string
	End     func() error
}

// Realm is an issuer and who can use it, as a control endpoint tells it, too.
type Realm struct {
	Name    string   `json:"name"`
	Issuer  string   `json:"issuer"`
	Clients []Client `json:"clients"`
	People  []Person `json:"people"`
}

// Client is an app that is registered.
type Client struct {
	ID           string   `json:"client_id"`
	Secret       string   `json:"client_secret,omitempty"` // empty for one that has none to show
	RedirectURIs []string `json:"redirect_uris,omitempty"`
	Grants       []string `json:"grant_types,omitempty"`
}

// Person is somebody who can sign in.
type Person struct {
	Username string `json:"username"`
	Password string `json:"password,omitempty"`
	About    string `json:"about,omitempty"`
}

// Wish is what somebody wants to be served on this machine.
type Wish struct {
	Listen string   // such as 127.0.0.1:8180
	Config string   // a file; empty for the realms of the lessons
	Realms []string // of it, by name; none means all
}

// Serve starts a server.
type Serve func(ctx context.Context, wish Wish) (*Server, error)
