package player

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/page"
)

// Next lets the next message cross.
func (s *Screen) Next() { s.with(func() error { return s.player.Forward() }) }

// goOn is what the filled button does: the next step, and after the last one the walk again.
func (s *Screen) goOn() {
	if s.player != nil && s.player.AtEnd() {
		s.Restart()
		return
	}
	s.Next()
}

// Back looks at the message before.
func (s *Screen) Back() { s.with(func() error { s.player.Back(); return nil }) }

// Seek looks at message i.
func (s *Screen) Seek(i int) { s.with(func() error { return s.player.Seek(i) }) }

// Home looks at the moment before the first message.
func (s *Screen) Home() { s.Seek(-1) }

// End lets everything cross.
func (s *Screen) End() { s.with(func() error { return s.player.Seek(s.player.Len() - 1) }) }

// Restart takes every change back and begins again.
func (s *Screen) Restart() { s.with(s.playerRestart) }

func (s *Screen) playerRestart() error {
	s.closeTamper()
	s.auto.stop()
	return s.player.Restart()
}

// Try makes a classic mistake and shows what comes of it.
func (s *Screen) Try(id string) {
	s.with(func() error {
		err := s.player.Try(id)
		if err == nil {
			s.closeTamper()
		}
		return err
	})
}

// with runs something that needs a player.
func (s *Screen) with(act func() error) {
	if s.player != nil {
		s.do(act())
	}
}

// point lights a value up in the diagram while it is pointed at.
func (s *Screen) point(value string) {
	if s.player == nil || value == s.pointed {
		return
	}
	s.pointed = value
	s.diagram.SetArrows(arrows(s.player, s.told(), s.lit()))
}

// lit is the value that the diagram lights up: the one pointed at, else the one followed.
func (s *Screen) lit() string {
	if s.pointed != "" {
		return s.pointed
	}
	return s.player.Followed()
}

// act does what a button under the end of a run asks for.
func (s *Screen) act(id string) {
	switch id {
	case inspector.ActionSkip:
		s.SkipToNew()
	case actionRed:
		s.Seek(stoppedAt(s.player))
	case actionMistakes:
		if s.OnMistakes != nil {
			s.OnMistakes()
		}
	case actionExport:
		if s.OnExport != nil {
			s.OnExport()
		}
	default:
		if flow, ok := strings.CutPrefix(id, actionFlow); ok && s.OnFlow != nil {
			s.OnFlow(flow)
		}
	}
}

// pageIsOpen reports whether the person's own page is to be used now: then its
// button is the one that moves the story.
func (s *Screen) pageIsOpen() bool {
	if s.player == nil || s.player.Current() == nil || s.Tab() != "page" {
		return false
	}
	shown := pageOf(s.player, s.told())
	return shown != nil && !shown.Disabled && shown.Frame == inspector.Browser
}

// ShowTab opens a tab of the inspector.
func (s *Screen) ShowTab(id string) {
	s.inspector.SelectTab(id)
	s.lead()
}

// lead leaves one filled button: Next, unless a pane has one of its own.
func (s *Screen) lead() { s.transport.lead(s.tamper == nil && !s.pageIsOpen() && !s.endIsTold()) }

// endIsTold reports whether what can be done after the end is offered: then the
// first of that is the filled button.
func (s *Screen) endIsTold() bool { return s.player != nil && s.player.AtEnd() && s.Tab() == "words" }

// Tab returns the tab of the inspector that is open.
func (s *Screen) Tab() string { return s.inspector.Tab() }

// Tampering reports whether the pane for changing a request is open.
func (s *Screen) Tampering() bool { return s.tamper != nil }

// ToggleTamper opens or closes the pane for changing a request.
func (s *Screen) ToggleTamper() {
	if s.tamper != nil {
		s.closeTamper()
		return
	}
	s.with(func() error {
		if s.player.IsSaved() {
			return ErrSaved
		}
		if i := s.player.Target(); i >= 0 {
			s.openTamper(i)
		}
		return nil
	})
}

func (s *Screen) openTamper(i int) {
	s.auto.stop()
	s.tamper = newTamper(s, i)
	s.panes.showRight(s.tamper.card)
	s.panes.details = true
	s.body.Refresh()
	s.transport.tamper.SetChosen(true)
	s.lead()
	if s.OnFocus != nil {
		s.OnFocus(s.tamper.first)
	}
	s.changed()
}

func (s *Screen) closeTamper() {
	if s.tamper == nil {
		return
	}
	s.tamper = nil
	s.panes.showRight(page.NewCard(s.inspector, 1))
	s.transport.tamper.SetChosen(false)
	s.lead()
	s.release()
	s.changed()
}

// Stop ends Play and closes the pane in which a request is changed: another run is about to be opened.
func (s *Screen) Stop() {
	s.auto.stop()
	if s.Tampering() {
		s.ToggleTamper()
	}
}

// Playing reports whether it steps by itself.
func (s *Screen) Playing() bool { return s.auto.on }

// key hands on what a part has no use for: the table of commands says what keys do.
func (s *Screen) key(k *fyne.KeyEvent) bool { return s.OnKey != nil && s.OnKey(k) }

// escape closes what is open, the innermost first.
func (s *Screen) escape() {
	if s.tamper != nil {
		s.closeTamper()
		return
	}
	s.following.end()
}

// CopyCurl puts the request that is looked at on the clipboard, as a curl command.
func (s *Screen) CopyCurl() {
	if s.player == nil {
		return
	}
	if text := s.curl(); text != "" {
		s.copied(text, s.narrator.Say().Text("inspector.what.curl-request"))
	}
}
