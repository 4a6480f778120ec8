package diagnosis

import (
	"net/http"
	"slices"
	"strings"
)

// stands reports whether a sighting holds although something was left out of the
// exchanges, and takes from it what does not: a status that nobody told, a value
// that nobody brought, a request whose body is not there. What might have stood in
// a header that was left out makes nothing certain.
func (c *Case) stands(s *sighting) bool {
	leftOut := c.Known.LeftOut
	if len(leftOut) == 0 {
		return true
	}
	shown := len(s.shown)
	s.shown = slices.DeleteFunc(s.shown, c.blank)
	if len(s.shown) < shown {
		s.sure = Possible
	}
	told := &sighting{shown: slices.Clone(s.shown)}
	answered := told.fromAnswer()
	if slices.Contains(leftOut, UnknownStatus) {
		s.shown = told.shown
	}
	if slices.Contains(leftOut, UnknownBody) && s.at.Request.Method == http.MethodPost && !answered && !inHead(s) {
		return false
	}
	if s.sure == Certain && slices.Contains(leftOut, UnknownHeaders) {
		s.sure = Likely
	}
	return len(s.shown) > 0
}

// inHead reports whether what was seen of a request stands in its first line and its header, which were brought.
func inHead(s *sighting) bool {
	return !slices.ContainsFunc(s.shown, func(e Evidence) bool {
		known := e.Field == "address" || e.Field == "method" || s.at.Request.HeaderValue(e.Field) != ""
		return !strings.HasPrefix(e.Where, "answer") && !known
	})
}

// blank reports whether a piece of evidence rests on a value that nobody brought,
// also where it is told as its beginning alone.
func (c *Case) blank(e Evidence) bool {
	if strings.Contains(e.Value, LeftOut) {
		return true
	}
	for _, o := range c.Log.Exchanges {
		if o.Number == e.Exchange && !strings.HasPrefix(e.Where, "answer") {
			return strings.Contains(o.Param(e.Field), LeftOut) || strings.Contains(o.Request.HeaderValue(e.Field), LeftOut)
		}
	}
	return false
}
