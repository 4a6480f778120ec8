package player

import "github.com/grantwalk/grantwalk/tutorials"

// stepping goes through the run that shows: a step, all of it, or from the start.
type stepping struct {
	player    *Player                   // nil without a run
	narrating func() tutorials.Narrator // of this run
	failed    func(error)               // is told what came of each
	settle    func()                    // leaves the pane in which a request is changed
	rest      func()                    // ends what steps by itself
}

// Next lets the next message cross.
func (s *stepping) Next() { s.with(func() error { return s.player.Forward() }) }

// goOn is what the filled button does: the next step, and after the last one the walk again.
func (s *stepping) goOn() {
	if s.player != nil && s.player.AtEnd() {
		s.Restart()
		return
	}
	s.Next()
}

// Back looks at the message before.
func (s *stepping) Back() { s.with(func() error { s.player.Back(); return nil }) }

// Seek looks at message i.
func (s *stepping) Seek(i int) { s.with(func() error { return s.player.Seek(i) }) }

// Home looks at the moment before the first message.
func (s *stepping) Home() { s.Seek(-1) }

// End lets everything cross.
func (s *stepping) End() { s.with(func() error { return s.player.Seek(s.player.Len() - 1) }) }

// Restart takes every change back and begins again.
func (s *stepping) Restart() {
	s.with(func() error {
		s.settle()
		s.rest()
		return s.player.Restart()
	})
}

// Try makes a classic mistake and shows what comes of it.
func (s *stepping) Try(id string) {
	s.with(func() error {
		err := s.player.Try(id)
		if err == nil {
			s.settle()
		}
		return err
	})
}

// with runs something that needs a player.
func (s *stepping) with(act func() error) {
	if s.player != nil {
		s.failed(act())
	}
}

// SkipToNew goes to what this flow has of its own.
func (s *stepping) SkipToNew() {
	if s.player != nil && !s.player.AtEnd() {
		s.Seek(nextNew(s.player, s.narrating()))
	}
}
