package leaflet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestAPaperIsAPageThatNeedsNothingElse(t *testing.T) {
	var out bytes.Buffer
	p := tutorials.Paper{
		Kind: tutorials.PaperCourses, ID: "one", Title: "A & B", Line: "For **all**.",
		Blocks: []tutorials.Block{
			{Head: "First"},
			{Words: "Go to [the lesson](at:lesson/tokens/what-is-inside).\n\n- one\n- <two>"},
			{Table: tutorials.Table{Head: []string{"Min"}, Rows: [][]string{{"`5`"}}}},
			{Code: "a < b"},
		},
	}
	if err := Paper(&out, wordstest.English(t), &p); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<h1>A &amp; B</h1>", "For <b>all</b>.", "<h2>First</h2>", `the lesson <code class="address">lesson/tokens/what-is-inside</code>`,
		"<ul><li>one</li><li>&lt;two&gt;</li></ul>", "<td><code>5</code></td>", "<pre>a &lt; b</pre>", "default-src 'none'", "<h3>Tokens</h3>",
		"Key card for doors, photo ID for the app",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the page has no %s:\n%s", want, out.String())
		}
	}
	for _, never := range []string{"<script", "http://", "https://", " src="} {
		if strings.Contains(out.String(), never) {
			t.Errorf("the page has %s", never)
		}
	}
}

// A board reads half a page a topic: what is short stands side by side, under small headings.
func TestASheetForABoardPutsShortSectionsSideBySide(t *testing.T) {
	words := wordstest.English(t)
	sheets, err := words.Papers().Of(tutorials.PaperBoard)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sheets {
		var out bytes.Buffer
		if err := Paper(&out, words, &sheets[i]); err != nil {
			t.Fatal(err)
		}
		page := out.String()
		topic := strings.Contains(page, "What to decide")
		if !strings.Contains(page, `<main class="half">`) || topic && !strings.Contains(page, `<div class="beside">`) {
			t.Errorf("%s is set like a course", sheets[i].ID)
		}
		for _, tag := range []string{"div", "section"} {
			if opened, closed := strings.Count(page, "<"+tag), strings.Count(page, "</"+tag+">"); opened != closed {
				t.Errorf("%s opens %d times <%s> and closes %d", sheets[i].ID, opened, tag, closed)
			}
		}
	}
}

func TestACardHasTheThreeSentencesOfALesson(t *testing.T) {
	words := wordstest.English(t)
	lessons, err := words.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lessons {
		for _, v := range tutorials.Voices() {
			var out bytes.Buffer
			if err := Card(&out, words, &lessons[i], v); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(out.String(), "<li>"); n != 3 {
				t.Errorf("%s, %s: a card has three sentences, and this one %d", lessons[i].ID, v, n)
			}
		}
	}
}

func TestALessonInATerminalAsksItsQuestionsAndSaysWhoAnswers(t *testing.T) {
	words := wordstest.English(t)
	lessons, err := words.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lessons {
		var out strings.Builder
		if err := LessonText(&out, words, &lessons[i], tutorials.Everyone, func(text, _ string) string { return text }); err != nil {
			t.Fatal(err)
		}
		for _, s := range lessons[i].Screens {
			q, ok := words.Lessons().Question(s.Question)
			if ok && !strings.Contains(out.String(), markup.Plain(q.Choices[1].Says[tutorials.Everyone])) {
				t.Errorf("%s: the question %s is not asked", lessons[i].ID, q.ID)
			}
		}
		if !strings.Contains(out.String(), "grantwalk quiz "+lessons[i].ID) {
			t.Errorf("%s: nobody answers", lessons[i].ID)
		}
	}
}

func TestATableIsReadAtAnyWidthOfATerminal(t *testing.T) {
	var out strings.Builder
	p := tutorials.Paper{Title: "T", Line: "L", Blocks: []tutorials.Block{
		{Table: tutorials.Table{Head: []string{"", "Who?", ""}, Rows: [][]string{{"**Jane**", "a guest", "at home"}}}},
	}}
	if err := PaperText(&out, &p, func(text, indent string) string { return indent + text }); err != nil {
		t.Fatal(err)
	}
	if want := "\n  Jane\n    Who: a guest\n    at home\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("the table is told as %q", out.String())
	}
}

// A terminal cannot be clicked: a link says where it leads, and the command for it can be pasted into a shell.
func TestALinkInATerminalSaysWhereItLeads(t *testing.T) {
	words := wordstest.English(t)
	course, _ := words.Papers().Paper(tutorials.PaperCourses, "staff")
	var out strings.Builder
	if err := PaperText(&out, &course, func(text, _ string) string { return text }); err != nil {
		t.Fatal(err)
	}
	if want := "Open: Jane says no (walk/authorization-code-pkce/consent?deny=yes)"; !strings.Contains(out.String(), want) {
		t.Errorf("the course does not say %q:\n%s", want, out.String())
	}
	mixUp, _ := words.MixUps().MixUp("state-nonce-pkce")
	out.Reset()
	if err := MixUpText(&out, words, &mixUp, tutorials.Everyone, func(text, _ string) string { return text }); err != nil {
		t.Fatal(err)
	}
	if want := "  grantwalk '" + mixUp.Watch + "'\n"; !strings.Contains(out.String(), want) {
		t.Errorf("the mix-up does not end with %q:\n%s", want, out.String())
	}
}

func TestEveryNameOfAPageIsThereOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range Names(wordstest.English(t)) {
		if seen[name] {
			t.Errorf("two pages are called %s", name)
		}
		seen[name] = true
	}
	if len(seen) < 35 {
		t.Errorf("there are %d pages", len(seen))
	}
}
