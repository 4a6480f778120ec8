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

// Lessons returns the lessons in their order. They are read at the first call;
// an error names the file and the line or the section.
func (l *Library) Lessons() ([]Lesson, error) {
	c, err := l.course()
	return c.lessons, err
}

// Questions returns every question in the order of the files.
func (l *Library) Questions() ([]Question, error) {
	c, err := l.course()
	all := make([]Question, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.questions[id])
	}
	return all, err
}

// Question returns the question with that id.
func (l *Library) Question(id string) (Question, bool) {
	c, err := l.course()
	q, ok := c.questions[id]
	return q, ok && err == nil
}

// MixUps returns what people take for something else, in the order of their
// numbers. They are read apart from the course, because each step of a walk asks
// for its own, and whoever walks need not learn.
func (l *Library) MixUps() ([]MixUp, error) { return l.mixUps() }

// MixUp returns the one with that id.
func (l *Library) MixUp(id string) (MixUp, bool) {
	all, _ := l.MixUps()
	i := slices.IndexFunc(all, func(m MixUp) bool { return m.ID == id })
	if i < 0 {
		return MixUp{}, false
	}
	return all[i], true
}

// MixUpsAt returns those that a step of a flow brings up.
func (l *Library) MixUpsAt(flow, step string) []MixUp {
	all, _ := l.MixUps()
	return slices.DeleteFunc(slices.Clone(all), func(m MixUp) bool { return !slices.Contains(m.At, flow+"/"+step) })
}

// MixUpsAbout returns those that belong to a term of the glossary or to a name on the wire.
func (l *Library) MixUpsAbout(name string) []MixUp {
	all, _ := l.MixUps()
	return slices.DeleteFunc(slices.Clone(all), func(m MixUp) bool { return !slices.Contains(m.About, name) })
}

// Papers returns the papers of a kind, in the order of their numbers.
func (l *Library) Papers(kind string) ([]Paper, error) {
	c, err := l.course()
	return slices.DeleteFunc(slices.Clone(c.papers), func(p Paper) bool { return p.Kind != kind }), err
}

// Paper returns one of a kind.
func (l *Library) Paper(kind, id string) (Paper, bool) {
	all, _ := l.Papers(kind)
	i := slices.IndexFunc(all, func(p Paper) bool { return p.ID == id })
	if i < 0 {
		return Paper{}, false
	}
	return all[i], true
}

// Chooser returns the questions that lead to a flow; it has none where a language has none.
func (l *Library) Chooser() (Chooser, error) {
	c, err := l.course()
	return c.chooser, err
}
