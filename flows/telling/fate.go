package telling

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Fate is what became of a message, or of a whole run, in the eyes of those who
// are honest. Everybody who colours something asks for it: red is what got
// through, and what broke; an attacker who is refused is a good end.
type Fate string

// The fates.
const (
	Fine    Fate = "fine"    // nobody said no
	Stopped Fate = "stopped" // somebody meant harm and was refused
	Broke   Fate = "broke"   // somebody honest was refused
	Lost    Fate = "lost"    // somebody meant harm and got what was wanted
)

// Good reports whether nothing was lost and nothing broke.
func (f Fate) Good() bool { return f == Fine || f == Stopped }

// Refuses reports whether a message is where a no was said: a check failed, or the answer tells of one.
func Refuses(m *trace.Message) bool { return m.Failed() || m.Status >= 400 }

// fates are what became of the messages of a run, and of the run.
type fates struct {
	run     *trace.Trace
	mistake Mistake
	attack  int // where somebody begins to mean harm; see [fates.attacked]
}

// Changed is the index of the first message that the learner changed, or -1.
func (f *fates) Changed() int {
	for i := range f.run.Messages {
		if len(f.run.Messages[i].Edited) > 0 {
			return i
		}
	}
	return -1
}

// FateOf is what became of message i. Once an attack is under way, every no
// is part of what stops it: the app that has to sign in anew because the
// provider noticed the thief is not what broke.
func (f *fates) FateOf(i int) Fate {
	attacked := f.attacked(i)
	switch {
	case Refuses(&f.run.Messages[i]) && attacked:
		return Stopped
	case Refuses(&f.run.Messages[i]):
		return Broke
	case f.loot(i):
		return Lost
	}
	return Fine
}

// Fate is what became of the run: the worst that became of anything in it that
// the run did not go on from.
func (f *fates) Fate() Fate {
	stopped := false
	for i := range f.run.Messages {
		switch f.FateOf(i) {
		case Lost:
			return Lost
		case Stopped:
			stopped = true
		case Fine, Broke:
		}
	}
	switch last := len(f.run.Messages) - 1; {
	case stopped:
		return Stopped
	case f.run.Outcome.State != trace.Refused:
		return Fine
	case f.attacked(last):
		return Stopped
	}
	return Broke
}

// attacked reports whether somebody meant harm with message i or with one before it.
func (f *fates) attacked(i int) bool {
	if f.attack == unknown {
		f.attack = f.findAttack()
	}
	return f.attack <= i
}

// unknown is a place that nobody has looked for yet.
const unknown = -1

// findAttack is where an attack begins, or behind the last message where there is none.
func (f *fates) findAttack() int {
	begins := slices.IndexFunc(f.run.Messages, func(m trace.Message) bool { return m.From == trace.Attacker })
	if begins < 0 {
		begins = len(f.run.Messages)
	}
	if changed := f.Changed(); f.mistake.Attack && changed >= 0 {
		begins = min(begins, changed)
	}
	return begins
}

// loot reports whether message i of an attack got somebody something, or is what was got:
// what was sent in bad faith and was not refused, and the answer to it.
func (f *fates) loot(i int) bool {
	request, answer := i, i
	switch f.run.Messages[i].Kind {
	case trace.Request:
		answer = f.run.Response(i)
	case trace.Response:
		request = f.run.Request(i)
	default:
		return false
	}
	if request < 0 || answer < 0 || Refuses(&f.run.Messages[request]) || Refuses(&f.run.Messages[answer]) {
		return false
	}
	sent := &f.run.Messages[request]
	meant := f.mistake.Attack && len(sent.Edited) > 0 && f.run.Outcome.State == trace.Completed
	return sent.From == trace.Attacker || meant
}

// StoppedBy says which rule stopped an attack, by its name in the words of the
// voice: "Stopped by “The code is used for the first time”".
func (t *Teller) StoppedBy(c trace.Check) string {
	return t.Say("stopped-by", "rule", strings.TrimRight(markup.Words(t.Rule(c)), "."))
}

// stopper is the check that stopped the attack, in one bold sentence; nothing
// where the run was not stopped by a rule.
func (t *Teller) stopper() []markup.Block {
	i := t.Failed()
	if i < 0 || t.Fate() != Stopped {
		return nil
	}
	return []markup.Block{{Spans: []markup.Span{{Text: t.StoppedBy(*t.run.Messages[i].FailedCheck()) + ".", Bold: true}}}}
}
