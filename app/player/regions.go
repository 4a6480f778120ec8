package player

import (
	"github.com/grantwalk/grantwalk/app/room"
)

// Regions are the diagram, what is told of the step or the pane in which it is
// changed, and the bar below.
func (s *Screen) Regions() []room.Region {
	var regions []room.Region
	if s.panes.left.Visible() {
		regions = append(regions, room.Region{Area: s.panes.left, First: s.diagram})
	}
	if s.panes.right.Visible() {
		told := room.Region{Area: s.panes.right, First: s.inspector.First()}
		if s.tamper != nil {
			told.First = s.tamper.first
		}
		regions = append(regions, told)
	}
	return append(regions, room.Region{Area: s.transport.card, First: s.transport.first()})
}
