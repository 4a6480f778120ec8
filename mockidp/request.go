package mockidp

import "github.com/grantwalk/grantwalk/mockidp/internal/wire"

// request is an incoming request to this provider.
type request struct {
	wire.Request

	tenant   *tenant // that is asked, once it is known
	endpoint Endpoint
	below    string // the rest of the path, after that of the tenant
}
