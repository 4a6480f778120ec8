package player

import "github.com/grantwalk/grantwalk/app/page"

// tampering has a request be changed in the place where it is told of.
type tampering struct {
	screen *Screen
	tamper *tamper // the pane; nil while it is not open
}

// Tampering reports whether the pane for changing a request is open.
func (p *tampering) Tampering() bool { return p.tamper != nil }

// ToggleTamper opens or closes the pane for changing a request.
func (p *tampering) ToggleTamper() {
	s := p.screen
	if p.tamper != nil {
		p.closeTamper()
		return
	}
	s.with(func() error {
		if s.player.IsSaved() {
			return ErrSaved
		}
		if i := s.player.Target(); i >= 0 {
			p.openTamper(i)
		}
		return nil
	})
}

func (p *tampering) openTamper(i int) {
	s := p.screen
	s.auto.stop()
	p.tamper = newTamper(s, i)
	s.panes.showRight(p.tamper.card)
	s.panes.details = true
	s.body.Refresh()
	s.transport.tamper.SetChosen(true)
	s.lead()
	if s.OnFocus != nil {
		s.OnFocus(p.tamper.first)
	}
	s.changed()
}

func (p *tampering) closeTamper() {
	if p.tamper == nil {
		return
	}
	s := p.screen
	p.tamper = nil
	s.panes.showRight(page.NewCard(s.inspector, 1))
	s.transport.tamper.SetChosen(false)
	s.lead()
	s.release()
	s.changed()
}
