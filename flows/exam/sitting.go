package exam

import (
	"fmt"
	"slices"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// Provider makes trouble on order.
type Provider interface {
	// Order has the provider do something wrong in the next login of a client,
	// in all that comes of it and for nobody else. The value is what is put in
	// the place of the right one, where the trouble says so.
	Order(client string, t Trouble, value string) (id int, err error)
	// Cancel ends it.
	Cancel(id int)
}

// Client is who is examined.
type Client struct {
	ID           string
	RedirectURIs []string
}

// Sitting is one exam of one client. It is safe for concurrent use.
type Sitting struct {
	provider  Provider
	client    Client
	questions []Question

	mu     sync.Mutex // guards all below
	joiner *logins.Joiner
	read   int
	asked  map[string]bool // of the latest authorization request
	logins []*login
	order  int  // id of the trouble that waits
	before int  // of the one before, which a login was given
	waits  bool // a question waits for the next login
	next   int  // index of the question that is asked next
	closed bool // nothing is asked any more
	err    error
}

// New begins an exam with some questions; none means all of them.
func New(p Provider, c Client, questions ...Question) *Sitting {
	if len(questions) == 0 {
		questions = Questions()
	}
	return &Sitting{provider: p, client: c, questions: questions, joiner: logins.NewJoiner(), asked: map[string]bool{}}
}

// Purpose is what the next login of the client is for.
type Purpose string

// The purposes.
const (
	First Purpose = "first" // an ordinary login, which must succeed
	Ask   Purpose = "ask"   // a question
	Last  Purpose = "last"  // an ordinary login again: does the client still work?
	Over  Purpose = "over"
)

// Next says what the next login is for, and with which question. Number counts
// the questions from 1.
func (s *Sitting) Next() (purpose Purpose, q Question, number int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.first() == nil:
		return First, Question{}, 0
	case s.next < len(s.questions):
		return Ask, s.questions[s.next], s.next + 1
	case s.last() == nil:
		return Last, Question{}, len(s.questions)
	}
	return Over, Question{}, len(s.questions)
}

// Err is why a trouble could not be ordered, or nil.
func (s *Sitting) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Latest is the question of the login that was answered last; false where that
// was an ordinary one, or there was none yet.
func (s *Sitting) Latest() (Question, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.logins); n > 0 && s.logins[n-1].question >= 0 {
		return s.questions[s.logins[n-1].question], true
	}
	return Question{}, false
}

// Close cancels what waits. What crosses afterwards can still be read, and is
// asked nothing.
func (s *Sitting) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waits {
		s.provider.Cancel(s.order)
	}
	if s.before != 0 {
		s.provider.Cancel(s.before)
	}
	s.waits, s.before, s.closed = false, 0, true
}

// Log is everything that crossed, for a diagnosis.
func (s *Sitting) Log() *logins.Log {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.joiner.Log()
}

// atOnce is how many exchanges are taken from a tape in one go.
const atOnce = 256

// Read takes what is new on the tape, and orders the next trouble as soon as the
// one before was given to a login.
func (s *Sitting) Read(t *tape.Tape) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		found, gone := t.After(s.read, atOnce)
		s.read += gone + len(found)
		for i := range found {
			if found[i].Event != nil {
				continue // nobody asked and nobody answered
			}
			e, of := s.joiner.Add(&found[i].Request, &found[i].Answer)
			s.hear(e, of)
		}
		if len(found) == 0 {
			break
		}
	}
	s.arm()
}

// Skip passes over what is on the tape already: the exam begins after it.
func (s *Sitting) Skip(t *tape.Tape) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = t.Last()
}

// At is the number of the exchange that was read last, for [tape.Tape.Wait].
func (s *Sitting) At() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read
}

// arm orders the next trouble, passing over those that make no sense for this client.
func (s *Sitting) arm() {
	first := s.first()
	for !s.waits && !s.closed && s.err == nil && first != nil && s.next < len(s.questions) {
		q := s.questions[s.next]
		if s.lacks(q.Needs) {
			s.next++
			continue
		}
		value := map[string]string{"code": first.code, idToken: first.idToken}[q.Earlier]
		s.order, s.err = s.provider.Order(s.client.ID, q.Trouble, value)
		if s.err != nil {
			s.err = fmt.Errorf("order the trouble of question %s: %w", q.ID, s.err)
			return
		}
		s.waits = true
	}
}

// lacks reports whether the first login shows that the client does not do what a
// question needs.
func (s *Sitting) lacks(n Need) bool {
	first := s.first()
	switch n {
	case NeedsState:
		return !first.asked["state"]
	case NeedsNonce:
		return !first.asked["nonce"] || first.idToken == ""
	case NeedsIDToken:
		return first.idToken == ""
	case NeedsUserInfo:
		return !slices.ContainsFunc(first.used, func(e *logins.Exchange) bool { return e.Endpoint == logins.UserInfo })
	case NeedsNothing:
	}
	return false
}

// done is the order that was carried out before the one that was given to a
// login now: that one goes on to strike what comes of it.
func (s *Sitting) done() int {
	before := s.before
	s.before, s.waits = s.order, false
	return before
}
