package player

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Carried is a signed token that has crossed in this run.
type Carried struct {
	Name string // in the words of the lens
	Raw  string
	Step int // number of the step that brought it first
}

// Carried lists the signed tokens that have crossed, each once.
func (p *Player) Carried(n tutorials.Narrator) []Carried {
	var out []Carried
	seen := map[string]bool{}
	for i := range p.Crossed() {
		for _, t := range tokens(p, p.At(i), n) {
			if !t.Opaque && !seen[t.Raw] {
				seen[t.Raw] = true
				out = append(out, Carried{Name: t.Name, Raw: t.Raw, Step: i + 1})
			}
		}
	}
	return out
}

// Check runs the rules of a receiver of this run on a token, at the time of the step that is looked at.
func (p *Player) Check(kind token.Kind, raw string) []trace.Check {
	now := p.walk.Now()
	if m := p.Current(); m != nil {
		now = m.At
	}
	return verify(p, kind, raw, now)
}

// slot is where in a request a token stands.
type slot struct {
	index  int // of the request
	header bool
	name   string
	scheme string // of an Authorization header
}

// Slot returns the number of the next request that brings a token of that
// kind; behind the cursor it looks from the beginning. 0 when there is none.
func (p *Player) Slot(kind token.Kind) int {
	if s := p.slot(kind); s != nil {
		return s.index + 1
	}
	return 0
}

func (p *Player) slot(kind token.Kind) *slot {
	for n := range p.Len() {
		i := (max(0, p.cursor) + n) % p.Len()
		if s := slotIn(p.At(i), kind); s != nil {
			s.index = i
			return s
		}
	}
	return nil
}

// slotIn is where a request brings a token of that kind, or nil. index is left 0.
func slotIn(m *trace.Message, kind token.Kind) *slot {
	if m.Kind != trace.Request {
		return nil
	}
	for _, place := range m.Places() {
		if _, err := trace.DecodeJWT(place.Value); err != nil || token.KindOf(place.Value) != kind {
			continue
		}
		scheme, _, inHeader := strings.Cut(m.HeaderValue(place.Name), " ")
		switch {
		case place.Part == trace.InURL || place.Part == trace.InBody:
			return &slot{name: place.Name}
		case place.Part == trace.InHeader && place.Name == "Authorization" && inHeader:
			return &slot{header: true, name: place.Name, scheme: scheme + " "}
		}
	}
	return nil
}

// Put sends a token instead of the one of its kind in the request that [Player.Slot] names.
func (p *Player) Put(kind token.Kind, raw string) error {
	s := p.slot(kind)
	if s == nil {
		return errNoSlot
	}
	e := p.EditOf(s.index)
	change := []stage.Change{{Name: s.name, Value: s.scheme + raw}}
	if s.header {
		e.Headers = merge(e.Headers, change)
	} else {
		e.Params = merge(e.Params, change)
	}
	return p.Send(s.index, e)
}
