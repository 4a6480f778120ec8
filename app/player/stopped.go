package player

import "github.com/grantwalk/grantwalk/flows/trace"

// stoppedAt is the message at which a run was stopped: by a rule, or by a
// browser that kept an answer from a page; -1 where it was not, or by nothing that was sent.
func stoppedAt(p *Player) int {
	if i := p.Plan().Failed(); i >= 0 {
		return i
	}
	return keptAt(p)
}

// keptAt is the answer that a browser kept from a page, where that ended the run; -1 where nothing of the kind did.
func keptAt(p *Player) int {
	if plan := p.Plan(); plan.Failed() < 0 && plan.Outcome.State == trace.Refused {
		return plan.Kept()
	}
	return -1
}

// tellsKept reports whether the words on such an answer belong to the step that is looked at: to the answer, and to the end.
func tellsKept(p *Player) bool {
	i := keptAt(p)
	return i >= 0 && (p.AtEnd() || i == p.cursor)
}
