package serve

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// Where the control server says why logins failed, which is to tests in any
// language what Provider.Explain is to those in Go.
const (
	pathLogins = "/logins"
	pathLogin  = pathLogins + "/{id}"
	pathReport = "/report.xml"
)

func diagnosisPaths() []string { return []string{pathLogins, pathLogin, pathReport} }

// diagnoses are made of what crossed when somebody asks; until then there is
// neither a word nor a joined login in memory.
type diagnoses struct {
	crosses *tape.Tape
	front   *front
	words   func() (*tutorials.Library, error)
}

func newDiagnoses(crosses *tape.Tape, front *front, language string) *diagnoses {
	return &diagnoses{crosses: crosses, front: front, words: sync.OnceValues(func() (*tutorials.Library, error) {
		tag, err := usage.Language(language)
		if err != nil {
			return nil, err
		}
		return tutorials.Load(tag)
	})}
}

func (d *diagnoses) register(mux *http.ServeMux) {
	mux.HandleFunc("GET "+pathLogins, func(w http.ResponseWriter, r *http.Request) { d.answer(w, r, "application/json", explain.JSON) })
	mux.HandleFunc("GET "+pathLogin, func(w http.ResponseWriter, r *http.Request) { d.answer(w, r, "application/json", explain.JSON) })
	mux.HandleFunc("GET "+pathReport, func(w http.ResponseWriter, r *http.Request) { d.answer(w, r, "application/xml", explain.JUnit) })
}

// question is what is asked of the logins.
type question struct {
	id     int // of a login, or of an exchange in it; 0 asks for all
	after  int // only what crossed after this exchange
	client string
	stack  string
	voice  tutorials.Voice
	ended  bool // nothing more will come, so that silence can be judged
}

// questionOf reads the query. A parameter that nobody knows is a slip, and
// would otherwise be taken for an answer without a fault.
func questionOf(r *http.Request) (question, error) {
	q := question{voice: tutorials.Developer, ended: true}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return q, fmt.Errorf("the query cannot be read: %w", err)
	}
	for name, values := range query {
		if len(values) > 1 {
			return q, fmt.Errorf("%.40q stands twice in the query", name)
		}
		if err := q.take(name, values[0]); err != nil {
			return q, err
		}
	}
	if id := r.PathValue("id"); id != "" {
		if q.id, err = strconv.Atoi(id); err != nil || q.id < 1 {
			return q, fmt.Errorf("%.40q is no number of a login; GET %s lists them with their id", id, pathLogins)
		}
	}
	return q, nil
}

func (q *question) take(name, value string) (err error) {
	switch name {
	case "client":
		q.client = value
	case "stack":
		q.stack, err = value, oneOf(name, value, tutorials.Stacks())
	case "voice":
		q.voice = tutorials.Voice(value)
		err = oneOf(name, q.voice, tutorials.Voices())
	case "ended":
		if q.ended, err = strconv.ParseBool(value); err != nil {
			err = fmt.Errorf("ended is true or false; %.40q is neither", value)
		}
	case "after":
		if q.after, err = strconv.Atoi(value); err != nil || q.after < 0 {
			err = fmt.Errorf("after is the number of an exchange, 0 for all; %.40q is none", value)
		}
	default:
		err = fmt.Errorf("there is no parameter %.40q; there are after, client, ended, stack and voice", name)
	}
	return err
}

func oneOf[T ~string](name string, value T, allowed []T) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s: %.40q is none of %q", name, value, allowed)
}

// answer tells the diagnoses in one of the forms.
func (d *diagnoses) answer(
	w http.ResponseWriter, r *http.Request, media string, tell func(io.Writer, []diagnosis.Diagnosis, explain.Options) error,
) {
	q, err := questionOf(r)
	if err != nil {
		wire.Refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	words, err := d.words()
	if err != nil {
		wire.Refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	o := explain.Options{Words: words, Voice: q.voice, Stack: q.stack, Width: 100}
	all := d.made(q, &o)
	if q.id > 0 && len(all) == 0 {
		none := fmt.Sprintf("exchange %d is of no login, or gave way to newer ones; GET %s lists them", q.id, pathLogins)
		wire.Refuse(w, http.StatusNotFound, none)
		return
	}
	var text bytes.Buffer
	if err := tell(&text, all, o); err != nil {
		wire.Refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(text.Bytes()) // a caller that went away is nobody to tell
}

// mostDiagnosed is how many exchanges are looked at: each login is held to the
// others, so that twice as many take four times as long.
const mostDiagnosed = 2_000

// made joins what crossed, the newest mostDiagnosed, and diagnoses what is asked for.
func (d *diagnoses) made(q question, o *explain.Options) []diagnosis.Diagnosis {
	o.Last = d.crosses.Last()
	from := max(q.after, o.Last-mostDiagnosed)
	found, _ := d.crosses.After(from, mostDiagnosed)
	if len(found) > 0 {
		from = found[0].Number - 1
	}
	o.Left = max(0, from-q.after)
	joiner := logins.NewJoiner()
	for i := range found {
		e := &found[i]
		if e.Event != nil {
			continue
		}
		joiner.From(e.Number)
		_, _ = joiner.Add(&e.Request, &e.Answer) // the log has them
	}
	known := d.front.provider.Load().Known()
	known.Ended = q.ended
	log := joiner.Log()
	if q.id == 0 && q.client == "" {
		return diagnosis.Of(log, known)
	}
	asked := slices.DeleteFunc(slices.Clone(log.Logins), func(l *logins.Login) bool { return !q.asksFor(l) })
	return diagnosis.OfLogins(log, asked, known)
}

// asksFor reports whether a login is one of those that were asked for.
func (q *question) asksFor(l *logins.Login) bool {
	if q.client != "" && q.client != l.Client {
		return false
	}
	return q.id == 0 || slices.ContainsFunc(l.Exchanges, func(e *logins.Exchange) bool { return e.Number == q.id })
}
