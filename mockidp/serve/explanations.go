package serve

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// explainer says in the log why a login fails, as soon as it does.
type explainer struct {
	tape  *tape.Tape
	front *front
	lines *serverLog
	words *tutorials.Library

	read   int
	joiner *logins.Joiner
	silent silences
}

// tape is where what crosses is kept: for whoever looks through the control
// port, or for the explanations, or nowhere.
func (f *serveFlags) tape(c *control) *tape.Tape {
	if kept := c.tape(); kept != nil || !f.explain {
		return kept
	}
	return tape.New(tape.Bounds{Exchanges: 4096, Bytes: 16 << 20})
}

// explainer is nil where nobody asked for explanations.
func (f *serveFlags) explainer(front *front, lines *serverLog) (*explainer, error) {
	if !f.explain {
		return nil, nil
	}
	language, err := usage.Language(f.language)
	if err != nil {
		return nil, err
	}
	words, err := tutorials.Load(language)
	if err != nil {
		return nil, fmt.Errorf("load the words: %w", err)
	}
	return &explainer{
		tape: front.tape, front: front, lines: lines, words: words, joiner: logins.NewJoiner(), silent: silences{now: time.Now},
	}, nil
}

// Bounds of what is joined: of more exchanges, the oldest are forgotten.
const (
	mostJoined = 10_000
	atATime    = 256
)

// follow explains until ctx ends. It never makes a client wait.
func (x *explainer) follow(ctx context.Context) {
	for x.wait(ctx) == nil {
		found, gone := x.tape.After(x.read, atATime)
		x.read += gone + len(found)
		for i := range found {
			if found[i].Event == nil {
				x.hear(&found[i])
			}
		}
		x.joiner.Keep(mostJoined)
	}
	x.tellSilences(true)
}

// hear explains an exchange if it was refused, or if a browser is sure to keep
// its answer from the script that asked, which no status tells.
func (x *explainer) hear(e *tape.Exchange) {
	joined, login := x.joiner.Add(&e.Request, &e.Answer)
	x.hearCode(joined, login)
	failed := joined.Failed()
	if !failed && !byScript(joined) || joined.Error() == "authorization_pending" {
		return
	}
	log := x.joiner.Log()
	if login == nil {
		login = &logins.Login{Exchanges: []*logins.Exchange{joined}}
	}
	d := diagnosis.OfLogin(log, login, x.front.provider.Load().Known())
	if len(d.Causes) == 0 || d.Causes[0].At != joined || !failed && d.Causes[0].Sure != diagnosis.Certain {
		return
	}
	x.tell(&d)
}

// tell writes a diagnosis into the log.
func (x *explainer) tell(d *diagnosis.Diagnosis) {
	var text strings.Builder
	o := explain.Options{Words: x.words, Voice: tutorials.Developer, Width: 100, Asked: true}
	if explain.Text(&text, []diagnosis.Diagnosis{*d}, o) != nil {
		return // a builder takes everything
	}
	x.lines.write(x.lines.form.event(logged{Event: "explanation", Message: indented(text.String())}))
}

// byScript reports whether a script in a browser asked (Fetch Metadata).
func byScript(e *logins.Exchange) bool {
	return e.Preflight || e.Request.HeaderValue("Sec-Fetch-Mode") == "cors"
}

func indented(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("    "+line, " ")
	}
	return strings.Join(lines, "\n")
}
