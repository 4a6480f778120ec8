package player

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/telling"
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

// Bench is a run as the workbench for tokens uses it.
type Bench struct{ player *Player }

// Bench returns the run as the workbench for tokens uses it.
func (p *Player) Bench() Bench { return Bench{p} }

// Sample is the first signed token that the run gives out, whether it has
// crossed or not; "" where it gives none.
func (b Bench) Sample() string {
	for i := range b.player.Len() {
		for _, t := range telling.Tokens(b.player.At(i)) {
			return t.Raw
		}
	}
	return ""
}

// Carried lists the signed tokens that have crossed, each once.
func (b Bench) Carried(n tutorials.Narrator) []Carried {
	var out []Carried
	seen := map[string]bool{}
	for i := range b.player.Crossed() {
		for _, t := range tokens(b.player, b.player.At(i), n) {
			if !t.Opaque && !seen[t.Raw] {
				seen[t.Raw] = true
				out = append(out, Carried{Name: t.Name, Raw: t.Raw, Step: i + 1})
			}
		}
	}
	return out
}

// Check runs the rules of a receiver of this run on a token, at the time of the step that is looked at.
func (b Bench) Check(kind token.Kind, raw string) []trace.Check {
	now := b.player.walk.Now()
	if m := b.player.Current(); m != nil {
		now = m.At
	}
	return verify(b.player, kind, raw, now)
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
func (b Bench) Slot(kind token.Kind) int {
	if s := b.slot(kind); s != nil {
		return s.index + 1
	}
	return 0
}

func (b Bench) slot(kind token.Kind) *slot {
	for n := range b.player.Len() {
		i := (max(0, b.player.cursor) + n) % b.player.Len()
		if s := slotIn(b.player.At(i), kind); s != nil {
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

// Put sends a token instead of the one of its kind in the request that [Bench.Slot] names.
func (b Bench) Put(kind token.Kind, raw string) error {
	s := b.slot(kind)
	if s == nil {
		return errNoSlot
	}
	e := b.player.EditOf(s.index)
	change := []stage.Change{{Name: s.name, Value: s.scheme + raw}}
	if s.header {
		e.Headers = merge(e.Headers, change)
	} else {
		e.Params = merge(e.Params, change)
	}
	return b.player.Send(s.index, e)
}
