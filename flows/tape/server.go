package tape

import (
	"context"
	"errors"
	"net/http"
)

// ErrPortUsed means that another program listens where a server was to listen.
var ErrPortUsed = errors.New("another program uses this port")

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

// Realm is an issuer and who can use it.
type Realm struct {
	Name, Issuer string
	Clients      []Client
	People       []Person
}

// Client is an app that is registered.
type Client struct {
	ID           string
	Secret       string // empty for one that has none to show
	RedirectURIs []string
	Grants       []string
}

// Person is somebody who can sign in.
type Person struct{ Username, Password, About string }

// Serve starts a server at an address of this machine, such as 127.0.0.1:8180.
type Serve func(ctx context.Context, listen string) (*Server, error)
