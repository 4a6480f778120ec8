package player

import (
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// reading is what is the same at every step of a run. It is read from its plan once.
type reading struct {
	plan      *trace.Trace
	lives     []lifetime.Lifetime // of all that this run gives out
	cargos    []cargo             // of all that it carries
	asked     []string            // see [Player.Asked]
	codeLimit time.Duration       // as the last run told it in which a code came back
}

// read is what there is to know of the run as it is planned now.
func (p *Player) read() *reading {
	p.known.of(p.Plan())
	return &p.known
}

func (r *reading) of(plan *trace.Trace) {
	if r.plan == plan {
		return
	}
	if limit := lifetime.CodeLimit(plan); limit > 0 {
		r.codeLimit = limit
	}
	r.plan, r.lives, r.cargos = plan, lifetime.Of(plan, r.codeLimit), cargosOf(plan)
	if asked := flows.Permissions(plan); len(asked) > 0 {
		r.asked = asked
	}
}

// life returns how long a value is good; the zero value where it is not known to end.
func (r *reading) life(value string) lifetime.Lifetime {
	for _, l := range r.lives {
		if l.Value == value {
			return l
		}
	}
	return lifetime.Lifetime{}
}

// living is everything that was given out up to a message and of which it is
// known how it ends.
func (r *reading) living(m *trace.Message) []lifetime.Lifetime {
	if m == nil {
		return nil
	}
	var out []lifetime.Lifetime
	for _, l := range r.lives {
		if known := !l.Ends.IsZero() || !l.Used.IsZero(); known && !l.Born.After(m.At) {
			out = append(out, l)
		}
	}
	return out
}

// cargo is something of worth that message at carries.
type cargo struct {
	at       int
	artefact telling.Artefact
	value    string
}

func cargosOf(t *trace.Trace) []cargo {
	var all []cargo
	for i := range t.Messages {
		for _, c := range telling.Cargos(&t.Messages[i]) {
			all = append(all, cargo{at: i, artefact: c.Artefact, value: c.Place.Value})
		}
	}
	return all
}
