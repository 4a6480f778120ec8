package connect

import (
	"context"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// orderTime is how long a server elsewhere has to answer an order.
const orderTime = 5 * time.Second

// server is the one that is looked at: what is known of it, what crossed there,
// and the way for orders to it. Without one, nil, nothing is looked at.
type server struct {
	*tape.Server

	ours   bool   // the window serves
	saved  string // name of the file that it was read from; "" for a server
	log    *live.Log
	orders tape.Orders

	errands *errands
	refused func(error)        // what it said against an order
	news    func()             // something was done to it
	learned func()             // who can log in there is known anew
	stop    context.CancelFunc // ends looking on
	left    bool               // nobody looks at it any more
}

// operable reports whether it takes orders.
func (s *server) operable() bool { return s != nil && (s.orders.In != nil || s.orders.At != "") }

// order sends an order, out of the way of whoever draws, and has said what the
// server says against it; then is called where it did it.
func (s *server) order(method, path string, body, out any, then func()) {
	s.ask(method, path, body, out, func(err error) {
		if err != nil {
			s.refused(err)
			return
		}
		s.news()
		then()
	})
}

// ask is order for whoever says by themselves what came of it.
func (s *server) ask(method, path string, body, out any, then func(error)) {
	orders, within := s.orders, s.errands.ctx
	s.errands.away(func() error {
		ctx, stop := context.WithTimeout(within, orderTime)
		defer stop()
		return orders.Do(ctx, method, path, body, out)
	}, func(err error) {
		if !s.errands.closed() && !s.left {
			then(err)
		}
	})
}

// read takes in what crossed since, and reports whether a request began or ceased
// to be held, and whether others may log in now.
func (s *server) read() (held, setup bool) {
	before := s.log.Events()
	for s.log.Read() {
	}
	now := s.log.Events()
	return since(before, now, heldNow), since(before, now, setupNow)
}

// learnRealms asks who can log in there and where it sends them back to. One that
// is not there says so by its stream.
func (s *server) learnRealms() {
	var said struct {
		Realms []tape.Realm `json:"realms"`
	}
	s.ask(http.MethodGet, "/realms", nil, &said, func(err error) {
		if err != nil {
			return
		}
		s.Realms = said.Realms
		s.log.Know(knownOf(s.Server))
		s.learned()
	})
}

// realmOf is the realm that a login is of; without one the first.
func (s *server) realmOf(login *logins.Login) string {
	if login != nil {
		for _, e := range login.Exchanges {
			if name := e.Realm(); name != "" {
				return name
			}
		}
	}
	if len(s.Realms) == 0 {
		return ""
	}
	return s.Realms[0].Name
}

// issuerOf is what apps are configured with for a realm.
func (s *server) issuerOf(realm string) string {
	for i := range s.Realms {
		if s.Realms[i].Name == realm {
			return s.Realms[i].Issuer
		}
	}
	return realm
}

// knownOf is what a server says of its clients, for a diagnosis.
func knownOf(s *tape.Server) diagnosis.Known {
	var k diagnosis.Known
	for _, realm := range s.Realms {
		for _, c := range realm.Clients {
			known := diagnosis.Client{ID: c.ID, Realm: realm.Name, RedirectURIs: c.RedirectURIs}
			if c.Secret != "" {
				known.Secrets = []string{c.Secret}
			}
			k.Clients = append(k.Clients, known)
		}
	}
	return k
}
