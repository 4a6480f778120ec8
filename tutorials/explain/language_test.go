package explain_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// A provider says what it saw without our words; those are found again by the English of these texts.
func TestEachPhraseOfEvidenceIsOneThatTheDiagnosisSays(t *testing.T) {
	sources := sourcesOfDiagnosis(t)
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	between := regexp.MustCompile(`\{[a-z]+\}|, (?:\{time\}|in another login)|^2, `)
	for _, id := range say.IDs() {
		if !strings.HasPrefix(id, "diagnose.seen.") && !strings.HasPrefix(id, "diagnose.field.") {
			continue
		}
		for _, part := range between.Split(say.Text(id), -1) {
			if !strings.Contains(sources, part) {
				t.Errorf("%s: nothing in flows/diagnosis says %q", id, part)
			}
		}
	}
}

// sourcesOfDiagnosis are its files, tests aside.
func sourcesOfDiagnosis(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("../../flows/diagnosis/*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	var sources strings.Builder
	for _, file := range files {
		src, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			sources.Write(src)
		}
	}
	return sources.String()
}

func TestNoEnglishIsLeftInADiagnosisInAnotherLanguage(t *testing.T) {
	words, code := wordstest.Pseudo(t), wordstest.Code(t)
	documents := ""
	for _, row := range diagnosis.Rows() {
		documents += row.Spec.Doc + " "
	}
	statuses := "" // which are names of the protocol
	for n := range 600 {
		statuses += http.StatusText(n) + " "
	}
	runs, err := filepath.Glob("../../testdata/diagnoses/*.json")
	if err != nil || len(runs) < 60 {
		t.Fatalf("%d recordings were found: %v", len(runs), err)
	}
	for _, run := range runs {
		recorded, all := diagnosed(t, run)
		known := pseudo.Names(code, statuses, documents, "one plus") // in a token, and a client
		for i, voice := range tutorials.Voices() {
			stack := tutorials.Stacks()[(i+len(run))%len(tutorials.Stacks())]
			var out strings.Builder
			o := explain.Options{Words: words, Voice: voice, Stack: stack, Width: 10_000}
			if err := explain.Text(&out, all, o); err != nil {
				t.Fatal(err)
			}
			if left := leftOver(known, out.String(), recorded); len(left) > 0 {
				t.Errorf("%s, %s: English is left: %q", filepath.Base(run), voice, left)
			}
		}
	}
}

// diagnosed reads a recording, and says why its logins failed.
func diagnosed(t *testing.T, file string) (recorded string, all []diagnosis.Diagnosis) {
	t.Helper()
	src, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	brought, err := intake.Read(strings.NewReader(string(src)), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return string(src), diagnosis.Of(logins.Join(brought.Trace), brought.Known)
}

// leftOver are the English words of a text that the recording does not have.
func leftOver(known pseudo.Known, said, recorded string) []string {
	recorded = strings.ToLower(recorded)
	return slices.DeleteFunc(known.Left(said), func(word string) bool { return strings.Contains(recorded, strings.ToLower(word)) })
}
