package tutorials

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Lesson is one idea after the other, each on a screen of its own.
type Lesson struct {
	ID      string // "tokens"
	Number  int    // its place among the lessons, from 1
	Title   string // "Tokens"
	Minutes int    // that it takes to read and to answer
	Try     string // address of an exercise that goes with it, or ""
	Screens []Screen
	End     map[Voice]LessonEnd
}

// Screen is one step of a lesson.
type Screen struct {
	ID       string // "three-passes", for its address
	Picture  string // name of an illustration in assets, or ""
	Question string // id of what is asked before it is told, or ""
	Watch    string // address of the step where it can be seen, or ""
	Facts    []Fact // what its tables say of runs
	Told     map[Voice]ScreenWords
}

// ScreenWords is what a screen says in one voice.
type ScreenWords struct {
	Title string
	Words []Passage
	Watch string // what there is to be seen at Screen.Watch
}

// Passage is some paragraphs, or a table.
type Passage struct {
	Words string // for the one reader of words; "" where it is a table
	Table Table
}

// Table is one that people compare things in. Each cell is words; the first of a row names it.
type Table struct {
	Head []string
	Rows [][]string
}

// LessonEnd closes a lesson in one voice.
type LessonEnd struct {
	Title string
	Keep  []string // three sentences to take along
	Next  string   // what to try next
}

// endSection closes a lesson and is no screen of it.
const endSection = "end"

type lessonFront struct {
	Title   string `toml:"title"`
	Number  int    `toml:"number"`
	Minutes int    `toml:"minutes"`
	Try     string `toml:"try"`
}

// readLessons reads every lesson of a language in the order of their numbers.
// A language without lessons has none.
func readLessons(fsys fs.FS, dir string) ([]Lesson, error) {
	return readNumbered(fsys, dir, func(file string) (Lesson, error) {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return Lesson{}, fmt.Errorf("read a lesson: %w", err)
		}
		return readLesson(file, string(src))
	}, func(l Lesson) (string, int) { return l.ID, l.Number })
}

func readLesson(file, src string) (Lesson, error) {
	doc, err := parseMarkdown(file, src)
	if err != nil {
		return Lesson{}, err
	}
	var front lessonFront
	if err := decodeFront(file, doc.front, doc.frontLine, &front); err != nil {
		return Lesson{}, err
	}
	if front.Title == "" || front.Number < 1 || front.Minutes < 1 {
		return Lesson{}, fmt.Errorf("%s:1: front matter: title, number (from 1) and minutes are all needed", file)
	}
	l := Lesson{ID: baseName(file), Number: front.Number, Title: front.Title, Minutes: front.Minutes, Try: front.Try}
	for i := range doc.sections {
		s := &doc.sections[i]
		if s.name == endSection {
			l.End, err = readEnd(file, s)
		} else {
			var screen Screen
			screen, err = readScreen(file, s)
			l.Screens = append(l.Screens, screen)
		}
		if err != nil {
			return Lesson{}, err
		}
	}
	if l.End == nil || len(l.Screens) == 0 {
		return Lesson{}, fmt.Errorf("%s:1: a lesson has screens and ends with a section %q", file, "## "+endSection)
	}
	return l, nil
}

// readScreen reads a section: what holds in each voice, then a part for each voice.
func readScreen(file string, s *section) (Screen, error) {
	screen := Screen{ID: s.name, Told: map[Voice]ScreenWords{}}
	for _, f := range s.fields {
		switch f.key {
		case "Picture":
			screen.Picture = f.text
		case "Ask":
			screen.Question = f.text
		case "Watch":
			screen.Watch = f.text
		case "Facts":
			var err error
			if screen.Facts, err = readFacts(f.text); err != nil {
				return screen, fmt.Errorf("%s:%d: section %q: %w", file, f.line, s.name, err)
			}
		default:
			return screen, fmt.Errorf("%s:%d: section %q: %s is not known; there are Picture, Ask, Watch and Facts", file, f.line, s.name, f.key)
		}
	}
	err := eachVoice(file, s, []string{"Title", "Words", "Watch"}, func(v Voice, part *section) error {
		told := ScreenWords{Title: part.get("Title").text, Watch: part.get("Watch").text}
		var err error
		if told.Words, err = passages(part.get("Words").text); err != nil {
			return fmt.Errorf("%s:%d: section %q: %w", file, part.get("Words").line, s.name, err)
		}
		if told.Title == "" || len(told.Words) == 0 {
			return fmt.Errorf("%s:%d: section %q: a screen needs Title and Words", file, part.line, s.name)
		}
		if (told.Watch == "") != (screen.Watch == "") {
			return fmt.Errorf("%s:%d: section %q: the section's Watch has the address and each voice's Watch the words; both or none",
				file, part.line, s.name)
		}
		screen.Told[v] = told
		return nil
	})
	return screen, err
}

func readEnd(file string, s *section) (map[Voice]LessonEnd, error) {
	ends := map[Voice]LessonEnd{}
	return ends, eachVoice(file, s, []string{"Title", "Keep", "Next"}, func(v Voice, part *section) error {
		end := LessonEnd{Title: part.get("Title").text, Next: part.get("Next").text}
		for line := range strings.SplitSeq(part.get("Keep").text, "\n") {
			item, ok := strings.CutPrefix(strings.TrimSpace(line), "- ")
			if !ok {
				return fmt.Errorf("%s:%d: section %q: Keep is a list: each line begins with a dash", file, part.get("Keep").line, s.name)
			}
			end.Keep = append(end.Keep, item)
		}
		if end.Title == "" || end.Next == "" {
			return fmt.Errorf("%s:%d: section %q: Title, Keep and Next are all needed", file, part.line, s.name)
		}
		ends[v] = end
		return nil
	})
}

// eachVoice hands the part of each voice on. Every voice has one, and no part has another field.
func eachVoice(file string, s *section, fields []string, read func(Voice, *section) error) error {
	for _, v := range Voices() {
		i := slices.IndexFunc(s.parts, func(p section) bool { return Voice(strings.ToLower(p.name)) == v })
		if i < 0 {
			return fmt.Errorf("%s:%d: section %q: the part for the voice %q is missing", file, s.line, s.name, v)
		}
		for _, f := range s.parts[i].fields {
			if !slices.Contains(fields, f.key) {
				return fmt.Errorf("%s:%d: section %q: %s is not known; there are %s", file, f.line, s.name, f.key, strings.Join(fields, ", "))
			}
		}
		if err := read(v, &s.parts[i]); err != nil {
			return err
		}
	}
	if len(s.parts) > len(Voices()) {
		return fmt.Errorf("%s:%d: section %q: there is a part that is no voice", file, s.line, s.name)
	}
	return nil
}
