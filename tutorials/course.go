package tutorials

import (
	"errors"
	"io/fs"
	"path"
	"slices"
)

// course is what is read when somebody first learns: a start does not wait for it.
type course struct {
	lessons   []Lesson
	questions map[string]Question
	order     []string // the ids of the questions
	papers    []Paper
	chooser   Chooser
}

func readCourse(fsys fs.FS, lang string) (c course, err error) {
	var errs [4]error
	c.lessons, errs[0] = readLessons(fsys, path.Join(lang, "lessons"))
	c.questions, c.order, errs[1] = readQuestions(fsys, path.Join(lang, "questions"))
	c.chooser, errs[2] = readChooser(fsys, path.Join(lang, "chooser.toml"))
	c.papers, errs[3] = readPapers(fsys, lang)
	return c, errors.Join(errs[:]...)
}

// Lessons is the lessons and what they ask. They are read at the first call; an
// error names the file and the line or the section.
type Lessons struct{ read part[course] }

// All returns the lessons in their order.
func (l *Lessons) All() ([]Lesson, error) {
	c, err := l.read()
	return c.lessons, err
}

// Questions returns every question in the order of the files.
func (l *Lessons) Questions() ([]Question, error) {
	c, err := l.read()
	all := make([]Question, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.questions[id])
	}
	return all, err
}

// Question returns the question with that id.
func (l *Lessons) Question(id string) (Question, bool) {
	c, err := l.read()
	q, ok := c.questions[id]
	return q, ok && err == nil
}

// Papers is courses, stacks and sheets for a board. They are read with the lessons.
type Papers struct{ read part[course] }

// Of returns the papers of a kind, in the order of their numbers.
func (p *Papers) Of(kind string) ([]Paper, error) {
	c, err := p.read()
	return slices.DeleteFunc(slices.Clone(c.papers), func(one Paper) bool { return one.Kind != kind }), err
}

// Paper returns one of a kind.
func (p *Papers) Paper(kind, id string) (Paper, bool) {
	all, _ := p.Of(kind)
	i := slices.IndexFunc(all, func(one Paper) bool { return one.ID == id })
	if i < 0 {
		return Paper{}, false
	}
	return all[i], true
}
