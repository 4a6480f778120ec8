package main_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// The page on teaching names, for each question, a screen and a sentence that
// answers it: both have to be there.
func TestEveryQuestionOfTheTeachingPageIsAnsweredOnItsScreen(t *testing.T) {
	words := wordstest.English(t)
	row := regexp.MustCompile("(?m)^\\| (.+\\?) \\| `([^`]+)` \\| (.+) \\|$")
	rows := row.FindAllStringSubmatch(read(t, "docs/teaching.md"), -1)
	if len(rows) != 20 {
		t.Fatalf("docs/teaching.md has %d questions, and twice ten are meant", len(rows))
	}
	for _, r := range rows {
		said := saidAt(t, words, r[2])
		if said == "" {
			t.Errorf("%q leads to %s, where there is no screen", r[1], r[2])
		} else if !strings.Contains(said, r[3]) {
			t.Errorf("%q: %s does not say %q", r[1], r[2], r[3])
		}
	}
}

// Whatever the lessons set out to teach has a screen; that it is told in every voice is held by the loader.
func TestEverySubjectOfTheTeachingPageHasItsScreen(t *testing.T) {
	words := wordstest.English(t)
	row := regexp.MustCompile("(?m)^\\| ([^|`]+) \\| `([^`]+)` \\|$")
	rows := row.FindAllStringSubmatch(read(t, "docs/teaching.md"), -1)
	if len(rows) < 18 {
		t.Errorf("docs/teaching.md names %d subjects", len(rows))
	}
	for _, r := range rows {
		if saidAt(t, words, r[2]) == "" {
			t.Errorf("%q leads to %s, where there is no screen", r[1], r[2])
		}
	}
}

// saidAt is what the screen of an address says to everyone, "" where there is none.
func saidAt(t *testing.T, words *tutorials.Library, at string) string {
	t.Helper()
	parts := strings.Split(at, "/")
	if m, ok := words.MixUps().MixUp(parts[1]); ok && parts[0] == "mix-up" {
		return saidOn(&m.Screen)
	}
	if parts[0] == "walk" {
		return saidIn(words, parts[1], parts[2])
	}
	lessons, err := words.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lessons {
		for j := range lessons[i].Screens {
			if s := &lessons[i].Screens[j]; at == "lesson/"+lessons[i].ID+"/"+s.ID {
				return saidOn(s)
			}
		}
	}
	return ""
}

// saidIn is what a step of a walk says to everyone, and what people ask there.
func saidIn(words *tutorials.Library, flow, step string) string {
	n := tutorials.Narrator{Words: words, Flow: flow, Voice: tutorials.Everyone}
	told := n.Step(step)
	all := []string{told.Happened, told.Why, told.Risk}
	for _, a := range words.FAQ().At(flow, step) {
		all = append(all, a.Answer[tutorials.Everyone])
	}
	return strings.Join(all, "\n")
}

func saidOn(s *tutorials.Screen) string {
	var all []string
	for _, p := range s.Told[tutorials.Everyone].Words {
		all = append(all, p.Words)
	}
	return strings.Join(all, "\n")
}
