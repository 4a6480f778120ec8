package page

import "strings"

// Said is the texts of a page in their order, for whoever asks what stands on
// it. A page that is drawn anew begins with an empty one.
type Said []*Text

// Add remembers a text, and returns it.
func (s *Said) Add(t *Text) *Text {
	*s = append(*s, t)
	return t
}

// Clear forgets them all.
func (s *Said) Clear() { *s = (*s)[:0] }

// Words is all that the texts say, a line for each.
func (s Said) Words() string {
	all := make([]string, 0, len(s))
	for _, t := range s {
		all = append(all, t.Words())
	}
	return strings.Join(all, "\n")
}
