package player

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
)

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
