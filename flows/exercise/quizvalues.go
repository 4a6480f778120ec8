package exercise

import (
	"context"
	"fmt"
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// sights asks of each artefact that travels who can see it.
func (q *Quiz) sights() []Question {
	var all []Question
	for i := range q.run.Messages {
		for _, c := range telling.Cargos(&q.run.Messages[i]) {
			id := string(c.Artefact)
			if slices.ContainsFunc(all, func(other Question) bool { return other.ID == id }) {
				continue
			}
			item := Question{ID: id, Sort: Sees, Run: q.run, At: i, Artefact: id, Many: true}
			for _, s := range q.run.Sights(c.Place.Value) {
				item.Options = append(item.Options, Option{ID: string(s.Who), Right: s.Seen, Sight: s})
			}
			all = append(all, item)
		}
	}
	return all
}

// shown are the artefacts that requests bring to prove that they may ask.
func shown() []telling.Artefact {
	return []telling.Artefact{telling.Code, telling.AccessToken, telling.IDToken, telling.RefreshToken}
}

// tokens asks of requests to the provider and to APIs what they bring: one for
// each artefact, and one that brings none.
func (q *Quiz) tokens() []Question {
	var all []Question
	for i := range q.run.Messages {
		m := &q.run.Messages[i]
		if m.Kind != trace.Request || m.To != trace.AuthorizationServer && m.To != trace.ResourceServer {
			continue
		}
		brought := broughtBy(m)
		if brought == "" || slices.ContainsFunc(all, func(other Question) bool { return other.Artefact == brought }) {
			continue
		}
		item := Question{ID: m.Step, Sort: WhichToken, Run: q.run, At: i, Artefact: brought}
		for _, a := range shown() {
			item.Options = append(item.Options, Option{ID: string(a), Right: string(a) == brought})
		}
		item.Options = append(item.Options, Option{ID: None, Right: brought == None})
		all = append(all, item)
	}
	return all
}

// broughtBy is the one artefact that a request brings, or [None]; "" where it brings two.
func broughtBy(m *trace.Message) string {
	brought := None
	for _, c := range telling.Cargos(m) {
		if !slices.Contains(shown(), c.Artefact) {
			continue
		}
		if brought != None {
			return ""
		}
		brought = string(c.Artefact)
	}
	return brought
}

// differences asks where a request with a classic mistake is another one than
// without. Mistakes that no line shows, such as coming late, are left out.
func (q *Quiz) differences() (all []Question) {
	for _, m := range q.flow.Mistakes {
		at, err := find(q.run, m.Step)
		if err != nil {
			continue // it is a mistake of another choice
		}
		e := m.Make(&q.run.Messages[at], q.run.Upto(at))
		if e.Twice || e.Wait > 0 || len(e.Params)+len(e.Headers) == 0 {
			continue
		}
		all = append(all, Question{ID: m.ID, Sort: Difference, At: at, Mistake: m.ID, Many: false})
	}
	return all
}

// different plays the run with the mistake, once and to its end, and compares
// the two requests. The one without it is in the run of the quiz already.
func (q *Quiz) different(ctx context.Context, item Question) (Question, error) {
	m, _ := q.flow.Mistake(item.Mistake)
	with := q.play
	e := m.Make(&q.run.Messages[item.At], q.run.Upto(item.At))
	with.Choices.Edits = append(slices.Clone(with.Choices.Edits), flows.Aimed(e, q.run, item.At))
	run, err := flows.Rehearse(ctx, q.flow, with)
	if err != nil {
		return item, fmt.Errorf("question %s: %w", item.ID, err)
	}
	item.Run, item.Outcome = run, run.Outcome
	if failed := run.Failed(); failed >= 0 {
		item.Broken = run.Messages[failed].FailedCheck()
	}
	item.Plain, item.Other = Lines(&q.run.Messages[item.At]), Lines(&run.Messages[item.At])
	for _, l := range item.Other {
		same := slices.ContainsFunc(item.Plain, func(p Line) bool { return p.Name == l.Name && p.Wire == l.Wire })
		item.Options = append(item.Options, Option{ID: l.Name, Right: !same})
	}
	gone := slices.ContainsFunc(item.Plain, func(p Line) bool {
		return !slices.ContainsFunc(item.Other, func(l Line) bool { return l.Name == p.Name })
	})
	item.Options = append(item.Options, Option{ID: LineMissing, Right: gone})
	return item, nil
}
