//go:build !race

package tutorials

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const decision = `[late]
title = "Late"
grade = 2
run = "walk/implicit"
step = "authorize"
everyone = "E"
executive = "X"
developer = "D"

[late.send]
method = "POST"
form = ["token={code}"]

[[late.change]]
wait = "90s"

[early]
title = "Early"
grade = 1
run = "walk/implicit"
step = "authorize"
everyone = "E"
executive = "X"
developer = "D"
`

// deciding is English with these exercises and no others.
func deciding(t *testing.T, exercises string) (*Library, error) {
	t.Helper()
	fsys := copyOfEnglish(t)
	for name := range fsys {
		if strings.HasPrefix(name, "en/exercises/") {
			delete(fsys, name)
		}
	}
	fsys["en/exercises/some.toml"] = &fstest.MapFile{Data: []byte(exercises)}
	return Open(fsys, "en")
}

func TestExercisesStandInTheOrderOfTheirGrades(t *testing.T) {
	words, err := deciding(t, decision)
	if err != nil {
		t.Fatal(err)
	}
	all, err := words.Exercises()
	if err != nil || len(all) != 2 || all[0].ID != "early" || all[1].ID != "late" {
		t.Fatalf("the exercises are %+v, %v", all, err)
	}
	e := all[1]
	sends := e.Send.Method == http.MethodPost && e.Send.Form[0] == "token={code}"
	if e.Changes[0].Late != 90*time.Second || !sends || e.Because[Executive] != "X" {
		t.Errorf("the exercise is %+v", e)
	}
}

func TestADamagedExerciseIsNamedTogetherWithThePlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"no walk":          {`run = "walk/implicit"`, "", "needs title, run (the address of a walk) and step"},
		"no grade":         {"grade = 2", "", "the grade is 1 to 3, not 0"},
		"a grade too high": {"grade = 2", "grade = 4", "the grade is 1 to 3, not 4"},
		"a silent voice":   {`executive = "X"`, "", `the words for the voice "executive" are missing`},
		"a wait of words":  {`"90s"`, `"soon"`, `wait is a time such as "90s", and "soon" is none`},
		"an unknown key":   {`method = "POST"`, `methods = "POST"`, `"late.send.methods" is not known`},
	} {
		t.Run(name, func(t *testing.T) {
			damaged := strings.Replace(decision, c.old, c.new, 1)
			_, err := deciding(t, damaged)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "exercises/some") {
				t.Errorf("the error is %v; it should name the file and say: %s", err, c.want)
			}
		})
	}
}
