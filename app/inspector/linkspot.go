package inspector

import "fyne.io/fyne/v2"

// linkSpot lies over a link.
type linkSpot struct {
	pressable
	link string
}

func newLinkSpot(k *kit) *linkSpot {
	s := &linkSpot{}
	s.extend(s, k, func() { k.link(s.link) })
	return s
}

func (s *linkSpot) heightFor(float32) float32 { return 1 }

func (s *linkSpot) arrange(size fyne.Size) {
	s.all = s.all[:0]
	s.drawRing(0, 0, size.Width, size.Height)
}
