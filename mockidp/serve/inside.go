package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Inside serves the realms of the lessons or those of a file, and the APIs beside
// them, from within another program, which looks on. The address is one of this machine.
func Inside(ctx context.Context, wish tape.Wish, apis APIs) (*tape.Server, error) {
	f := &serveFlags{listen: wish.Listen, config: wish.Config, realms: wish.Realms, apis: apis}
	if len(apis.Ways) > 0 {
		f.api = apis.Ways[0]
	}
	hosted, err := f.host(ctx, strings.NewReader(""))
	switch {
	case usage.AddressInUse(err):
		return nil, fmt.Errorf("%w: %w", tape.ErrPortUsed, err)
	case usage.AddressDenied(err):
		return nil, fmt.Errorf("%w: %w", tape.ErrPortDenied, err)
	case err != nil:
		return nil, err
	}
	key := rand.Text() // nobody but the window has use for it
	again := (&reloader{succession: hosted.next}).begin()
	reading, stop := context.WithCancel(context.WithoutCancel(ctx))
	var background sync.WaitGroup
	background.Go(func() { again(reading) })
	return &tape.Server{
		Tape:    hosted.Tape,
		Realms:  hosted.next.asked.told(hosted.Provider),
		Control: orders(hosted.next.front, hosted.next.front.gate, hosted.next.desk(), key),
		Key:     key,
		End: func() error {
			stop()
			background.Wait()
			return hosted.End()
		},
	}, nil
}

// tellRealms says to who has the key what a client has to know of each realm, as
// it is served now.
func (f *front) tellRealms(w http.ResponseWriter, _ *http.Request) {
	wire.Tell(w, http.StatusOK, struct {
		Realms []tape.Realm `json:"realms"`
	}{f.served.Load().told(f.provider.Load())})
}

// told is what a client has to know of each realm, the one with the most clients first.
func (o *order) told(provider *mockidp.Provider) []tape.Realm {
	var realms []tape.Realm
	for i := range o.config.Realms {
		r := &o.config.Realms[i]
		told := tape.Realm{Name: r.Name, Issuer: provider.Issuer(r.Name)}
		for j := range r.Clients {
			c := &r.Clients[j]
			told.Clients = append(told.Clients, tape.Client{
				ID: c.ClientID, Secret: c.ClientSecret, RedirectURIs: c.RedirectURIs, Grants: c.GrantTypes,
			})
		}
		for _, p := range r.People {
			told.People = append(told.People, tape.Person{Username: p.Username, Password: p.Password, About: p.About})
		}
		realms = append(realms, told)
	}
	slices.SortStableFunc(realms, func(a, b tape.Realm) int { return len(b.Clients) - len(a.Clients) })
	return realms
}
