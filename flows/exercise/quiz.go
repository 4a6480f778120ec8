package exercise

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Sort is a sort of question that can be made from any run, so that a new flow
// brings its own.
type Sort string

// The sorts, by which addresses and words call them.
const (
	Order      Sort = "order"       // put what happens in order
	Sees       Sort = "sees"        // who can see a value
	WhichToken Sort = "which-token" // which of them a request has to bring
	Difference Sort = "difference"  // which line of a request is another one
)

// Sorts lists them.
func Sorts() []Sort { return []Sort{Order, Sees, WhichToken, Difference} }

// Quiz is the questions of one sort that a flow brings.
type Quiz struct {
	sort  Sort
	flow  flows.Flow
	play  flows.Options
	run   *trace.Trace
	items []Question
}

// Question is one of them.
type Question struct {
	ID       string // within the quiz: a step, an artefact or a mistake
	Sort     Sort
	Run      *trace.Trace
	At       int    // index of the message that it is about; -1 where it is about none
	Artefact string // that it is about, or ""
	Many     bool   // any number of options can be right
	Options  []Option

	Plain, Other []Line        // of [Difference]: the request, and the one with something else in it
	Mistake      string        // that was made in the other one
	Outcome      trace.Outcome // of the run of the other one
	Broken       *trace.Check  // the rule that noticed it, nil where none did
}

// Option is one of the answers that are offered.
type Option struct {
	ID    string // a step, a witness, an artefact or the name of a line
	Right bool
	At    int         // of [Order]: index of the message
	Sight trace.Sight // of [Sees]
}

// None is the option that none of the artefacts is brought.
const None = "none"

// OpenQuiz plays a flow and makes its questions of that sort. A flow may have
// none of a sort. The choices in o are those of the run.
func OpenQuiz(ctx context.Context, sort Sort, f flows.Flow, o flows.Options) (*Quiz, error) {
	run, err := flows.Rehearse(ctx, f, o)
	if err != nil {
		return nil, fmt.Errorf("questions about %s: %w", f.ID, err)
	}
	q := &Quiz{sort: sort, flow: f, play: o, run: run}
	switch sort {
	case Order:
		q.items = q.orders()
	case Sees:
		q.items = q.sights()
	case WhichToken:
		q.items = q.tokens()
	case Difference:
		q.items = q.differences()
	}
	return q, nil
}

// Flow is what the questions are about.
func (q *Quiz) Flow() flows.Flow { return q.flow }

// Len is how many questions there are.
func (q *Quiz) Len() int { return len(q.items) }

// Index is where the question with an id is, -1 where there is none.
func (q *Quiz) Index(id string) int {
	return slices.IndexFunc(q.items, func(item Question) bool { return item.ID == id })
}

// Question returns one of them, counted from 0. A difference is played when it
// is asked for the first time.
func (q *Quiz) Question(ctx context.Context, i int) (Question, error) {
	item := q.items[i]
	if item.Mistake == "" || item.Run != nil {
		return item, nil
	}
	played, err := q.different(ctx, item)
	if err == nil {
		q.items[i] = played
	}
	return played, err
}

// mostSteps are as many as people can put in order at one look.
const mostSteps = 7

// orders asks for the order of what people do and what is asked over the network.
func (q *Quiz) orders() []Question {
	var all []Option
	for i := range q.run.Messages {
		m := &q.run.Messages[i]
		acts := m.Kind == trace.Gesture && m.From == trace.ResourceOwner ||
			m.Kind == trace.Request && m.To != trace.Client && m.Method != http.MethodOptions
		if acts && !slices.ContainsFunc(all, func(o Option) bool { return o.ID == m.Step }) {
			all = append(all, Option{ID: m.Step, At: i})
		}
	}
	if len(all) < 3 {
		return nil
	}
	all = thinned(all, mostSteps)
	for i := range all {
		all[i].Right = i == 0
	}
	return []Question{{ID: string(Order), Sort: Order, Run: q.run, At: -1, Options: shuffled(all, q.flow.ID)}}
}

// thinned leaves the first and the last, and of the others as many as fit, evenly.
func thinned(all []Option, most int) []Option {
	if len(all) <= most {
		return all
	}
	out := make([]Option, 0, most)
	for i := range most {
		out = append(out, all[i*(len(all)-1)/(most-1)])
	}
	return out
}

// shuffled is another order, the same each time.
func shuffled(all []Option, seed string) []Option {
	place := func(o Option) uint32 {
		h := fnv.New32a()
		_, _ = h.Write([]byte(seed + o.ID)) // a hash never fails
		return h.Sum32()
	}
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b Option) int {
		if place(a) < place(b) {
			return -1
		}
		return 1
	})
	if out[0].At == all[0].At {
		out = append(out[1:], out[0])
	}
	return out
}
