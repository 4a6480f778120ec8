//go:build !race

package tutorials

import (
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const lesson = `+++
title = "Passes"
number = 1
minutes = 5
+++
A note to the next writer.

## three
Picture: scene-trade
Ask: door
Watch: walk/implicit/mail

### Everyone
Title: Three passes
Words: A paragraph
of two lines.

Another one.

| Pass | Opens |
|---|---|
| **Key** | a door |
| Paper | nothing |

The last one.
Watch: See it.

### Executive
Title: T
Words: W
Watch: S

### Developer
Title: T
Words: W
Watch: S

## end

### Everyone
Title: Take along
Keep: - One.
- Two.
- Three.
Next: Try it.

### Executive
Title: E
Keep: - One.
Next: N

### Developer
Title: D
Keep: - One.
Next: N
`

const question = `[door]
run = "walk/implicit"
see = "mail"
everyone = "Q"
executive = "Q"
developer = "Q"
[[door.choice]]
when = 'comes("mail")'
everyone = "Yes"
executive = "Yes"
developer = "Yes"
because = { everyone = "B", executive = "B", developer = "B" }
[[door.choice]]
when = 'not comes("mail")'
everyone = "No"
executive = "No"
developer = "No"
because = { everyone = "B", executive = "B", developer = "B" }
`

// onlyWith is English with these files, and in their folders no others.
func onlyWith(t *testing.T, files map[string]string) (*Library, error) {
	t.Helper()
	fsys := copyOfEnglish(t)
	for file := range files {
		for name := range fsys {
			if path.Dir(name) == path.Dir(file) {
				delete(fsys, name)
			}
		}
	}
	for file, text := range files {
		fsys[file] = &fstest.MapFile{Data: []byte(text)}
	}
	return Open(fsys, "en")
}

// taught is English with one lesson and one question, and no other.
func taught(t *testing.T, lesson, question string) (*Library, error) {
	t.Helper()
	return onlyWith(t, map[string]string{"en/lessons/passes.md": lesson, "en/questions/passes.toml": question})
}

func TestALessonIsReadScreenByScreen(t *testing.T) {
	words, err := taught(t, lesson, question)
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := words.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	l := lessons[0]
	if l.ID != "passes" || l.Title != "Passes" || l.Minutes != 5 || len(l.Screens) != 1 {
		t.Errorf("the lesson is %+v", l)
	}
	s := l.Screens[0]
	if s.ID != "three" || s.Picture != "scene-trade" || s.Question != "door" || s.Watch != "walk/implicit/mail" {
		t.Errorf("the screen is %+v", s)
	}
	want := ScreenWords{
		Title: "Three passes", Watch: "See it.",
		Words: []Passage{
			{Words: "A paragraph of two lines.\n\nAnother one."},
			{Table: Table{Head: []string{"Pass", "Opens"}, Rows: [][]string{{"**Key**", "a door"}, {"Paper", "nothing"}}}},
			{Words: "The last one."},
		},
	}
	if diff := cmp.Diff(want, s.Told[Everyone]); diff != "" {
		t.Errorf("everyone reads something else (-want +got):\n%s", diff)
	}
	if end := l.End[Everyone]; end.Title != "Take along" || len(end.Keep) != 3 || end.Keep[1] != "Two." || end.Next != "Try it." {
		t.Errorf("it ends with %+v", end)
	}
	q, ok := words.Lessons().Question("door")
	if !ok || q.Run != "walk/implicit" || q.See != "mail" || len(q.Choices) != 2 || q.Choices[1].When != `not comes("mail")` {
		t.Errorf("the question is %+v", q)
	}
	if _, ok := words.Lessons().Question("window"); ok {
		t.Error("there is a question that nobody wrote")
	}
}

func TestADamagedLessonIsNamedTogetherWithThePlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a lesson without minutes":       {"minutes = 5", "", "title, number (from 1) and minutes"},
		"a number that is not its place": {"number = 1", "number = 2", "has the number 2 and is number 1"},
		"a key that nobody knows":        {"minutes = 5", "minutes = 5\nhours = 1", `"hours" is not known`},
		"a lesson that does not end":     {"## end", "## finish", "Keep is not known"},
		"a field that nobody knows":      {"Ask: door", "Asks: door", "Asks is not known; there are Picture, Ask, Watch and Facts"},
		"a fact without an address":      {"Ask: door", "Ask: door\nFacts: - a door", "a fact is"},
		"a voice that says nothing":      {"### Executive\nTitle: T", "### Protocol\nTitle: T", `the part for the voice "executive" is missing`},
		"a part that is no voice":        {"## end", "### Hotel\nTitle: H\n\n## end", "a part that is no voice"},
		"a screen without words":         {"Words: W\n", "", "a screen needs Title and Words"},
		"an address without words":       {"Watch: See it.\n", "", "both or none"},
		"a row that is too short":        {"| Paper | nothing |", "| Paper |", "2 columns and this row 1"},
		"a table without its dashes":     {"|---|---|\n", "", "a line of dashes"},
		"an end that is no list":         {"Keep: - One.\n- Two.", "Keep: One.\n- Two.", "each line begins with a dash"},
		"an end without a next thing":    {"Next: Try it.\n", "", "Title, Keep and Next"},
		"a link that leads nowhere":      {"Another one.", "[One](glossary:nobody).", `no term "nobody"`},
	} {
		t.Run(name, func(t *testing.T) {
			damaged := strings.Replace(lesson, c.old, c.new, 1)
			if damaged == lesson {
				t.Fatalf("%q does not occur in the lesson", c.old)
			}
			_, err := taught(t, damaged, question)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "lessons/passes") {
				t.Errorf("the error is %v; it should name the file and say: %s", err, c.want)
			}
		})
	}
}

func TestADamagedQuestionIsNamedTogetherWithThePlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"no run":              {`run = "walk/implicit"`, "", "a question needs run"},
		"no step":             {`see = "mail"`, "", "a question needs run"},
		"one choice":          {question[strings.LastIndex(question, "[["):], "", "at least two of [[door.choice]]"},
		"a choice of nothing": {`when = 'comes("mail")'`, "", "choice 1 needs when"},
		"a silent voice":      {`executive = "Q"`, "", `the words for the voice "executive" are missing`},
		"a silent choice":     {`developer = "Yes"`, "", `choice 1: the words for the voice "developer" are missing`},
		"a reason left out":   {`executive = "B", `, "", `choice 1: the words for the voice "executive" are missing`},
		"a voice too many":    {`executive = "B", `, `executive = "B", hotel = "B", `, "a voice that is none"},
		"an unknown key":      {`see = "mail"`, "see = \"mail\"\nlook = 1", `"door.look" is not known`},
	} {
		t.Run(name, func(t *testing.T) {
			damaged := strings.Replace(question, c.old, c.new, 1)
			_, err := taught(t, lesson, damaged)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "questions/passes") {
				t.Errorf("the error is %v; it should name the file and say: %s", err, c.want)
			}
		})
	}
}

func TestAQuestionStandsInOneFile(t *testing.T) {
	fsys := copyOfEnglish(t)
	fsys["en/questions/other.toml"] = &fstest.MapFile{Data: []byte(question)}
	fsys["en/questions/passes.toml"] = &fstest.MapFile{Data: []byte(question)}
	if _, err := Open(fsys, "en"); err == nil || !strings.Contains(err.Error(), `[door]: this question stands in another file already`) {
		t.Errorf("the error is %v", err)
	}
}
