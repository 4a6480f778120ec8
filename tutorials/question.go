package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Question is asked before something is told. It has no answer of its own: each
// choice is a claim about a run, and the run decides which of them is true.
type Question struct {
	ID      string
	Run     string // address of the run that decides, such as "walk/openid-connect?mistake=id-token-instead"
	See     string // id of the step at which one sees it
	Asks    map[Voice]string
	Choices []Choice
}

// Choice is one of the answers that are offered.
type Choice struct {
	When    string // what has to be true of the run, see package flows/ask
	Says    map[Voice]string
	Because map[Voice]string // why it is so, or what would have to be different for it to be so
}

// Whens are the expressions of the choices, in their order.
func (q *Question) Whens() []string {
	all := make([]string, 0, len(q.Choices))
	for _, c := range q.Choices {
		all = append(all, c.When)
	}
	return all
}

type questionFile map[string]struct {
	Run       string       `toml:"run"`
	See       string       `toml:"see"`
	Everyone  string       `toml:"everyone"`
	Executive string       `toml:"executive"`
	Developer string       `toml:"developer"`
	Choices   []choiceFile `toml:"choice"`
}

type choiceFile struct {
	When      string           `toml:"when"`
	Everyone  string           `toml:"everyone"`
	Executive string           `toml:"executive"`
	Developer string           `toml:"developer"`
	Because   map[Voice]string `toml:"because"`
}

// readQuestions reads all questions of a language, by id, and their ids in the order of the files.
func readQuestions(fsys fs.FS, dir string) (map[string]Question, []string, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, nil, fmt.Errorf("list the questions: %w", err)
	}
	all, order := map[string]Question{}, []string(nil)
	var errs []error
	for _, file := range files {
		var read questionFile
		ids, err := readTOML(fsys, file, &read, 1)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, key := range ids {
			id := key[0]
			if _, twice := all[id]; twice {
				errs = append(errs, inTable(fsys, file, id, errors.New("this question stands in another file already")))
				continue
			}
			q, err := read.question(id)
			if err != nil {
				errs = append(errs, inTable(fsys, file, id, err))
				continue
			}
			all[id], order = q, append(order, id)
		}
	}
	return all, order, errors.Join(errs...)
}

func (f questionFile) question(id string) (Question, error) {
	read := f[id]
	q := Question{
		ID: id, Run: read.Run, See: read.See,
		Asks: map[Voice]string{Everyone: read.Everyone, Executive: read.Executive, Developer: read.Developer},
	}
	if q.Run == "" || q.See == "" || len(read.Choices) < 2 {
		return q, fmt.Errorf("a question needs run (the address of a run), see (a step of it) and at least two of [[%s.choice]]", id)
	}
	if err := inEachVoice(q.Asks); err != nil {
		return q, err
	}
	for i, c := range read.Choices {
		choice := Choice{
			When: c.When, Because: c.Because,
			Says: map[Voice]string{Everyone: c.Everyone, Executive: c.Executive, Developer: c.Developer},
		}
		if choice.When == "" {
			return q, fmt.Errorf("choice %d needs when, an expression that is true of a run", i+1)
		}
		for _, words := range []map[Voice]string{choice.Says, choice.Because} {
			if err := inEachVoice(words); err != nil {
				return q, fmt.Errorf("choice %d: %w", i+1, err)
			}
		}
		q.Choices = append(q.Choices, choice)
	}
	return q, nil
}

func inEachVoice(words map[Voice]string) error {
	for _, v := range Voices() {
		if words[v] == "" {
			return fmt.Errorf("the words for the voice %q are missing", v)
		}
	}
	if len(words) > len(Voices()) {
		return fmt.Errorf("there are words for a voice that is none; the voices are %v", Voices())
	}
	return nil
}
