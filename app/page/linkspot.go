package page

import "fyne.io/fyne/v2"

// linkSpot lies over a link.
type linkSpot struct {
	Pressable
	link string
}

func newLinkSpot(k *Kit) *linkSpot {
	s := &linkSpot{}
	s.Extend(s, k, func() { k.Link(s.link) })
	return s
}

func (s *linkSpot) HeightFor(float32) float32 { return 1 }

func (s *linkSpot) Arrange(size fyne.Size) {
	s.Shown = s.Shown[:0]
	s.DrawRing(0, 0, size.Width, size.Height)
}
