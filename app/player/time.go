package player

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Now is the time on the stage at the cursor: that of the message which is
// looked at, and what the learner lets pass before the next one.
func (p *Player) Now() time.Time {
	next := p.At(p.cursor + 1)
	switch {
	case p.Current() == nil && next == nil:
		return time.Time{}
	case p.Current() == nil:
		return next.At
	case next == nil:
		return p.Current().At
	}
	return p.Current().At.Add(next.Waited)
}

// Jump lets the clock run by so much before the next message, in addition to
// what passes there already. The run replays with that, and the cursor stays.
// At the end there is nothing to come, and nothing happens.
func (p *Player) Jump(by time.Duration) error {
	if p.AtEnd() {
		return nil
	}
	return p.jump(p.cursor+1, p.walk.JumpOf(p.cursor+1)+by)
}

// Jumped returns the jump that can be taken back from here, and the index of
// the message that it comes before: the next one, else the last before it.
func (p *Player) Jumped() (i int, by time.Duration) {
	for i := min(p.cursor+1, p.Len()-1); i >= 0; i-- {
		if by := p.walk.JumpOf(i); by > 0 {
			return i, by
		}
	}
	return -1, 0
}

// TakeBack takes the jump back that [Player.Jumped] tells of.
func (p *Player) TakeBack() error {
	if i, _ := p.Jumped(); i >= 0 {
		return p.jump(i, 0)
	}
	return nil
}

func (p *Player) jump(i int, by time.Duration) error {
	at := p.cursor
	if err := p.walk.Jump(context.Background(), i, by); err != nil {
		return err
	}
	return p.Seek(min(at, p.Len()-1))
}

// Expired lists by name what was given out so far and is good no more.
func (p *Player) Expired() []string {
	var names []string
	for _, l := range p.read().living(p.Current()) {
		if l.Ended(p.Now()) {
			names = append(names, l.Name)
		}
	}
	return names
}

// lives tells what is left of everything that expires, at the cursor.
func lives(p *Player, n tutorials.Narrator) []inspector.Life {
	living := p.read().living(p.Current())
	out := make([]inspector.Life, 0, len(living))
	for i, l := range living {
		id := string(telling.ArtefactIn(trace.Place{Part: trace.InBody, Name: l.Name}))
		name := n.Artefact(id)
		if id == "" { // a code of a device, or a pushed request: handed in once as well
			id, name = look.Code, strings.ReplaceAll(l.Name, "_", " ")
		}
		older := false // of its kind
		for _, later := range living[i+1:] {
			older = older || later.Name == l.Name
		}
		if older {
			name = n.Say().Text("player.token.earlier", "token", name)
		}
		out = append(out, inspector.Life{
			Artefact: id, Name: n.Say().Capital(name), Says: l.Words(n.Say(), p.Now()), Held: held(p, n, l.Value),
			Over: l.Ended(p.Now()), Used: l.Spent(p.Now()),
		})
	}
	return append(out, kept(p, n)...)
}

// kept is what was shown so far and of which nothing says when it ends: secrets and passwords.
func kept(p *Player, n tutorials.Narrator) []inspector.Life {
	var out []inspector.Life
	seen := map[telling.Artefact]bool{}
	for _, c := range p.read().cargos {
		if lasting := c.artefact == telling.Secret || c.artefact == telling.ClientSecret || c.artefact == telling.Password; !lasting ||
			c.at > p.cursor || seen[c.artefact] {
			continue
		}
		seen[c.artefact] = true
		out = append(out, inspector.Life{
			Artefact: string(c.artefact), Name: n.Say().Capital(n.Artefact(string(c.artefact))), Held: held(p, n, c.value),
		})
	}
	return out
}

// held says who has a value: whoever sent it or was sent it so far.
func held(p *Player, n tutorials.Narrator, value string) string {
	var met []trace.Role
	for _, c := range p.read().cargos {
		if c.value != value || c.at > p.cursor {
			continue
		}
		for _, r := range []trace.Role{p.At(c.at).From, p.At(c.at).To} {
			if !slices.Contains(met, r) {
				met = append(met, r)
			}
		}
	}
	if len(met) == 0 {
		return ""
	}
	names := make([]string, 0, len(met))
	for _, r := range met {
		names = append(names, party(n, r))
	}
	return n.Say().Text("inspector.words.held", "parties", strings.Join(names, " · ")) // a name may hold a comma
}
