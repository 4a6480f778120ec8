package ask

import (
	"fmt"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Run is what an expression can name: its fields as variables, its methods as
// functions, both in lower case.
type Run struct {
	Flow     string
	Outcome  string // "completed", "refused"
	Refuser  string // role of whoever ended it with a no, or ""
	Rule     string // id of the rule that ended it, or ""
	Error    string // the protocol's code, such as "invalid_grant", or ""
	Messages []Message

	trace *trace.Trace
}

// Message is one arrow of the run.
type Message struct {
	Number  int    // counted from 1, as on the screen
	Step    string // "token"
	Chapter string
	Kind    string // "request", "response", "gesture", "note"
	From    string // roles
	To      string
	Channel string // "front", "back"
	Method  string
	Status  int
	Carries []string // artefacts: "code", "access-token", "id-token", "refresh-token", "secret", "client-secret", "password"
	Failed  []string // ids of the rules that said no
	Passed  []string // ids of the rules that were kept
}

// names are those that an expression goes by.
func names(r *Run) map[string]any {
	return map[string]any{
		"flow": r.Flow, "outcome": r.Outcome, "refuser": r.Refuser, "rule": r.Rule, "error": r.Error, "messages": r.Messages,
		"status": r.Status, "body": r.Body, "number": r.Number, "comes": r.Comes, "first": r.First, "sees": r.Sees, "value": r.Value,
		"minutes": r.Minutes,
	}
}

func newRun(t *trace.Trace) *Run {
	r := &Run{
		Flow: t.Flow, Outcome: string(t.Outcome.State), Refuser: string(t.Outcome.By), Rule: t.Outcome.Rule, Error: t.Outcome.Error, trace: t,
	}
	for i := range t.Messages {
		r.Messages = append(r.Messages, message(i, &t.Messages[i]))
	}
	return r
}

func message(i int, m *trace.Message) Message {
	out := Message{
		Number: i + 1, Step: m.Step, Chapter: m.Chapter, Kind: string(m.Kind), From: string(m.From), To: string(m.To),
		Channel: string(m.Channel), Method: m.Method, Status: m.Status,
	}
	for _, c := range telling.Cargos(m) {
		out.Carries = append(out.Carries, string(c.Artefact))
	}
	for _, c := range m.Checks {
		switch c.Result {
		case trace.Pass:
			out.Passed = append(out.Passed, c.ID)
		case trace.Fail:
			out.Failed = append(out.Failed, c.ID)
		case trace.Skip:
		}
	}
	return out
}

// Status is that of the answer to the last request of a step.
func (r *Run) Status(step string) (int, error) {
	answer, err := r.answer(step)
	if err != nil {
		return 0, err
	}
	return answer.Status, nil
}

// Body is that of the answer to the last request of a step.
func (r *Run) Body(step string) (string, error) {
	answer, err := r.answer(step)
	if err != nil {
		return "", err
	}
	return string(answer.Body), nil
}

func (r *Run) answer(step string) (*trace.Message, error) {
	for i, m := range slices.Backward(r.Messages) {
		if m.Step != step || m.Kind != string(trace.Request) {
			continue
		}
		if answer := r.trace.Response(i); answer >= 0 {
			return &r.trace.Messages[answer], nil
		}
		return nil, fmt.Errorf("the request of step %q has no answer", step)
	}
	return nil, r.lacks(step)
}

// Number is that of the first message of a step, counted from 1.
func (r *Run) Number(step string) (int, error) {
	if i := slices.IndexFunc(r.Messages, func(m Message) bool { return m.Step == step }); i >= 0 {
		return i + 1, nil
	}
	return 0, r.lacks(step)
}

// Minutes lie between the first messages of two steps; what is left of a minute does not count.
func (r *Run) Minutes(from, to string) (int, error) {
	first, err := r.Number(from)
	if err != nil {
		return 0, err
	}
	last, err := r.Number(to)
	if err != nil {
		return 0, err
	}
	return int(r.trace.Messages[last-1].At.Sub(r.trace.Messages[first-1].At) / time.Minute), nil
}

// Comes reports whether a step was reached.
func (r *Run) Comes(step string) bool {
	return slices.ContainsFunc(r.Messages, func(m Message) bool { return m.Step == step })
}

// First is the step of the first message that hands an artefact to a role, or "".
func (r *Run) First(artefact, role string) string {
	for _, m := range r.Messages {
		if m.To == role && slices.Contains(m.Carries, artefact) {
			return m.Step
		}
	}
	return ""
}

// Sees reports whether a witness ("history", "logs", "network" …) can have seen
// the value that a name, such as "code" or "access_token", had last.
func (r *Run) Sees(witness, name string) (bool, error) {
	value := r.trace.Latest(name)
	if value == "" {
		return false, fmt.Errorf("nothing in the run goes by the name %q", name)
	}
	for _, s := range r.trace.Sights(value) {
		if string(s.Who) == witness {
			return s.Seen, nil
		}
	}
	return false, fmt.Errorf("there is no witness %q", witness)
}

// Value is what a name had last, such as "scope" or "id_token › sub"; "" when it has not occurred.
func (r *Run) Value(name string) string { return r.trace.Latest(name) }

func (r *Run) lacks(step string) error {
	return fmt.Errorf("the run of %q has no step %q", r.Flow, step)
}
