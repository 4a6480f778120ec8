package serve

import (
	"errors"
	"net"
	"slices"
	"sync"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/amend"
)

// succession puts one provider in the place of another while the server runs:
// because the file was read again, or because somebody changed who is served.
type succession struct {
	flags *serveFlags
	base  string // as open returned it
	at    net.Addr
	front *front
	lines *serverLog

	mu      sync.Mutex    // guards all below, and which provider is shown
	asked   *order        // without the changes
	changes amend.Changes // that no file has
}

// desk takes changes of clients, people and scopes.
func (s *succession) desk() *amend.Desk {
	file := ""
	if s.flags.file() {
		file = s.flags.config
	}
	return amend.New(amend.Options{
		Config:   func() mockidp.Config { return s.front.served.Load().asServed() },
		Provider: s.front.provider.Load, Serve: s.amend, Reread: s.reread, File: file, Tape: s.front.tape,
	})
}

// amend serves what was asked for with other changes, or says what is wrong with them.
func (s *succession) amend(changes amend.Changes) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.put(s.asked, changes)
	var at *mockidp.ConfigError
	if errors.As(err, &at) { // its line would be one of a file that does not have the change
		return errors.New(at.InFile())
	}
	return err
}

// reread serves what the file says, without any change.
func (s *succession) reread() error {
	next, err := s.flags.load(nil)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.put(next, nil)
}

// serve serves another file, with the changes that it may not have.
func (s *succession) serve(next *order) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.put(next, s.changes)
}

// put serves an order with changes.
func (s *succession) put(asked *order, changes amend.Changes) error {
	next := *asked
	var err error
	if next.config, err = changes.Apply(asked.config); err != nil {
		return err //nolint:wrapcheck // says what is wrong
	}
	next.config.OnLogoutCall = s.front.logoutCall(s.lines)
	old := s.front.provider.Load()
	provider, around, err := next.provider(s.flags, s.base, s.at, old.Reconfigure)
	if err != nil {
		return err
	}
	s.asked, s.changes = asked, changes
	s.front.show(provider, around, &next)
	before := old.Notices()
	for _, notice := range provider.NoticesAbout() {
		if !slices.Contains(before, notice.Text) {
			s.lines.notice(notice)
		}
	}
	return nil
}
