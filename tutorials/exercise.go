package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"
)

// Exercise is a request that somebody decides on in the place of the provider.
// It holds no answer: a walk brings the request, something in it may be changed,
// and the provider decides. Rule only says which answer the words speak of, so
// that a test can hold them to it.
type Exercise struct {
	ID       string
	Title    string
	Grade    int    // 1 to 3
	Run      string // address of the walk that the request comes from
	Step     string // id of the request in it; "renew.2" is the second of its kind
	Send     Send   // makes another request of that one, such as one to an endpoint that no walk comes to
	Changes  []ExerciseChange
	Remember []string // what the provider knows: names of values, or "rule:" and the id of the rule that compares with it
	Points   []string // names of the lines that are wrong, where that is not what was changed
	Rule     string   // id of the rule that the words speak of; "" where nothing is wrong
	Because  map[Voice]string
}

// Send makes a request of another one. Values in braces, {access_token}, are what goes by that name in the run.
type Send struct {
	Method string   `toml:"method"`
	Path   string   `toml:"path"`  // below the issuer
	Query  string   `toml:"query"` // id of a step, the parameters of whose request are sent
	Form   []string `toml:"form"`  // "token={access_token}"
	JSON   string   `toml:"json"`
	Secret string   `toml:"secret"` // "client:secret", in an Authorization header (RFC 6749 section 2.3.1)
	Bearer string   `toml:"bearer"` // a token, in an Authorization header (RFC 6750 section 2.1)
	Drop   []string `toml:"drop"`   // headers that are not sent
}

// ExerciseChange is what is otherwise in the request than it should be: one of its fields.
type ExerciseChange struct {
	Parameter string `toml:"parameter"`
	Header    string `toml:"header"`
	Member    string `toml:"member"` // of a JSON body; its value is JSON
	Value     string `toml:"value"`
	Other     bool   `toml:"other"`  // another value of the same form takes its place
	Remove    bool   `toml:"remove"` // it is not sent
	Secret    string `toml:"secret"` // "client:secret", in an Authorization header (RFC 6749 section 2.3.1)
	Method    string `toml:"method"`
	// Certificate is shown in the TLS handshake in the place of the client's own: "none" or "stranger".
	Certificate string        `toml:"certificate"`
	Late        time.Duration `toml:"-"`
	Wait        string        `toml:"wait"` // how late it comes, such as "90s"
	Twice       bool          `toml:"twice"`
}

// Name is what the line is called that was changed; "" where it is none.
func (c ExerciseChange) Name() string {
	switch {
	case c.Parameter != "":
		return c.Parameter
	case c.Member != "":
		return c.Member
	case c.Secret != "":
		return "Authorization"
	case c.Certificate != "":
		return "certificate"
	}
	return c.Header
}

type exerciseFile map[string]struct {
	Title     string           `toml:"title"`
	Grade     int              `toml:"grade"`
	Run       string           `toml:"run"`
	Step      string           `toml:"step"`
	Send      Send             `toml:"send"`
	Changes   []ExerciseChange `toml:"change"`
	Remember  []string         `toml:"remember"`
	Points    []string         `toml:"points"`
	Rule      string           `toml:"rule"`
	Everyone  string           `toml:"everyone"`
	Executive string           `toml:"executive"`
	Developer string           `toml:"developer"`
}

// grades are how hard an exercise can be.
const grades = 3

// readExercises reads all exercises of a language: grade after grade, each in
// the order of the files. A language without any has none.
func readExercises(fsys fs.FS, dir string) ([]Exercise, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("list the exercises: %w", err)
	}
	var all []Exercise
	var errs []error
	for _, file := range files {
		var read exerciseFile
		ids, err := readTOML(fsys, file, &read, 1)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, key := range ids {
			e, err := read.exercise(key[0])
			if err != nil {
				errs = append(errs, inTable(fsys, file, key[0], err))
				continue
			}
			if slices.ContainsFunc(all, func(other Exercise) bool { return other.ID == e.ID }) {
				errs = append(errs, inTable(fsys, file, e.ID, errors.New("this exercise stands in another file already")))
				continue
			}
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b Exercise) int { return a.Grade - b.Grade })
	return all, errors.Join(errs...)
}

func (f exerciseFile) exercise(id string) (Exercise, error) {
	read := f[id]
	e := Exercise{
		ID: id, Title: read.Title, Grade: read.Grade, Run: read.Run, Step: read.Step, Send: read.Send, Changes: read.Changes,
		Remember: read.Remember, Points: read.Points, Rule: read.Rule,
		Because: map[Voice]string{Everyone: read.Everyone, Executive: read.Executive, Developer: read.Developer},
	}
	if e.Title == "" || e.Run == "" || e.Step == "" {
		return e, errors.New("an exercise needs title, run (the address of a walk) and step (a request of it)")
	}
	if e.Grade < 1 || e.Grade > grades {
		return e, fmt.Errorf("the grade is 1 to %d, not %d", grades, e.Grade)
	}
	for i := range e.Changes {
		c := &e.Changes[i]
		if c.Wait == "" {
			continue
		}
		late, err := time.ParseDuration(c.Wait)
		if err != nil {
			return e, fmt.Errorf("wait is a time such as \"90s\", and %q is none", c.Wait)
		}
		c.Late = late
	}
	return e, inEachVoice(e.Because)
}

// exerciseTexts are the words of exercises.
func exerciseTexts(all []Exercise) []text {
	var out []text
	for i := range all {
		place := "exercises/" + all[i].ID
		out = append(out, text{place: place + ", title", kind: "title", body: all[i].Title})
		for _, v := range Voices() {
			out = append(out, text{place: place + ", " + string(v), kind: "body", voice: v, body: all[i].Because[v]})
		}
	}
	return out
}
