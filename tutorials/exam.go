package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// ExamQuestion is what a question of the exam for a client asks, in words.
type ExamQuestion struct {
	ID    string
	Title map[Voice]string
	Done  string // what the provider does; for developers
	Good  string // what a good client makes of it; for developers
	Why   map[Voice]string
	Cure  string // what helps in every stack; for developers
	Cures string // the id of the table with a line for each stack; may be empty
}

// examWords is a table of the file.
type examWords struct {
	Title     string `toml:"title"`
	Plain     string `toml:"plain"`
	Done      string `toml:"done"`
	Good      string `toml:"good"`
	Everyone  string `toml:"everyone"`
	Executive string `toml:"executive"`
	Developer string `toml:"developer"`
	Cure      string `toml:"cure"`
	Cures     string `toml:"cures"`
}

// exam are the words of all questions.
type exam struct {
	order    []string
	question map[string]ExamQuestion
}

func readExam(fsys fs.FS, lang string) (exam, error) {
	all := exam{question: map[string]ExamQuestion{}}
	var tables map[string]examWords
	keys, err := readTOML(fsys, path.Join(lang, "examination.toml"), &tables, 1)
	if err != nil {
		return all, err
	}
	for _, key := range keys {
		q, err := tables[key[0]].question(key[0])
		if err != nil {
			return all, fmt.Errorf("examination.toml: [%s]: %w", key[0], err)
		}
		all.order = append(all.order, q.ID)
		all.question[q.ID] = q
	}
	return all, nil
}

func (w examWords) question(id string) (ExamQuestion, error) {
	q := ExamQuestion{
		ID: id, Done: w.Done, Good: w.Good, Cure: w.Cure, Cures: w.Cures,
		Title: map[Voice]string{Everyone: w.Plain, Executive: w.Plain, Developer: w.Title},
		Why:   map[Voice]string{Everyone: w.Everyone, Executive: w.Executive, Developer: w.Developer},
	}
	if slices.Contains([]string{w.Title, w.Plain, w.Done, w.Good, w.Everyone, w.Executive, w.Developer, w.Cure}, "") {
		return q, errors.New("title, plain, done, good, everyone, executive, developer and cure are all needed")
	}
	return q, nil
}

// Exam is the questions of the exam for a client, in words. They are read when somebody first asks.
type Exam struct{ read part[exam] }

// Question returns the words of a question.
func (e *Exam) Question(id string) (ExamQuestion, bool) {
	all, err := e.read()
	q, ok := all.question[id]
	return q, ok && err == nil
}

// IDs returns the ids of all questions that have words, in file order.
func (e *Exam) IDs() ([]string, error) {
	all, err := e.read()
	return slices.Clone(all.order), err
}

// texts are the words of the questions.
func (e *Exam) texts() []text {
	var out []text
	all, err := e.read()
	if err != nil {
		return nil
	}
	for _, id := range all.order {
		q := all.question[id]
		place := "examination.toml, " + id
		for _, v := range Voices() {
			out = append(out, text{place: place + ", title, " + string(v), kind: "title", voice: v, body: q.Title[v]},
				text{place: place + ", " + string(v), kind: "body", voice: v, body: q.Why[v]})
		}
		for _, said := range []string{q.Done, q.Good, q.Cure} {
			out = append(out, text{place: place, kind: "body", voice: Developer, body: said})
		}
	}
	return out
}

// check reports a question that names cures which there are not.
func (e *Exam) check(of *Causes) error {
	all, err := e.read()
	if err != nil {
		return err
	}
	cures, err := of.read()
	if err != nil {
		return err
	}
	for _, id := range all.order {
		q := all.question[id]
		if _, ok := cures.cures[q.Cures]; q.Cures != "" && !ok {
			return fmt.Errorf("examination.toml: [%s]: there are no cures %q in cures.toml", id, q.Cures)
		}
	}
	return nil
}
