// Package ask puts a question to a run. A question is one line of text, an
// expression over what was recorded, so that lessons, exercises and talks hold
// no answer that could go stale: the run gives it.
//
//	status("mail") == 401
//	first("access-token", "user-agent") == ""
//	count(messages, .From == "attacker") == 2 and rule == "code-unused"
//
// [Compile] reads the line, [Question.Of] asks a run. The package knows neither
// who asks nor in which words, and no flow.
package ask

import (
	"errors"
	"fmt"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Question is an expression that was read and holds for every run.
type Question struct {
	text    string
	program *vm.Program
}

// Compile reads an expression that is true or false. An error says where it is wrong.
//
// The language is that of github.com/expr-lang/expr; [Run] lists what it can ask of a run.
func Compile(text string) (*Question, error) {
	if text == "" {
		return nil, errors.New("the expression is empty; write what has to be true of the run, such as status(\"token\") == 200")
	}
	program, err := expr.Compile(text, expr.Env(names(&Run{trace: new(trace.Trace)})), expr.AsBool(), expr.MaxNodes(maxNodes))
	if err != nil {
		return nil, fmt.Errorf("the expression %q can't be read: %w", text, err)
	}
	return &Question{text: text, program: program}, nil
}

// maxNodes keeps an expression from a file that nobody has read small.
const maxNodes = 200

// String is the expression as it was written.
func (q *Question) String() string { return q.text }

// Which of several expressions is true of a run, counted from 0; the first one
// that is. None is an error: the question has no answer.
func Which(t *trace.Trace, texts []string) (int, error) {
	for i, text := range texts {
		q, err := Compile(text)
		if err != nil {
			return 0, err
		}
		if is, err := q.Of(t); err == nil && is {
			return i, nil
		}
	}
	return 0, fmt.Errorf("none of these is true of the run: %q", texts)
}

// Of asks a run. It fails where the run lacks what the question is about, as a
// step that never came: a question that cannot be asked has no answer.
func (q *Question) Of(t *trace.Trace) (bool, error) {
	yes, err := expr.Run(q.program, names(newRun(t)))
	if err != nil {
		return false, fmt.Errorf("the run cannot answer %q: %w", q.text, err)
	}
	is, ok := yes.(bool)
	if !ok {
		return false, fmt.Errorf("the run answers %q with %v and not with yes or no", q.text, yes)
	}
	return is, nil
}
