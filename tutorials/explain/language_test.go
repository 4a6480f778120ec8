package explain_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
)

// A provider says what it saw without our words; those are found again by the English of these texts.
func TestEachPhraseOfEvidenceIsOneThatTheDiagnosisSays(t *testing.T) {
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
			if !strings.Contains(sources.String(), part) {
				t.Errorf("%s: nothing in flows/diagnosis says %q", id, part)
			}
		}
	}
}

func TestNoEnglishIsLeftInADiagnosisInAnotherLanguage(t *testing.T) {
	files, err := pseudo.Files(tutorials.Files())
	if err != nil {
		t.Fatal(err)
	}
	words, err := tutorials.Open(files, pseudo.Language)
	if err != nil {
		t.Fatal(err)
	}
	code, err := pseudo.Code(tutorials.Files())
	if err != nil {
		t.Fatal(err)
	}
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
		src, err := os.ReadFile(run)
		if err != nil {
			t.Fatal(err)
		}
		brought, err := intake.Read(strings.NewReader(string(src)), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		known := pseudo.Names(code, statuses, documents, "one plus") // in a token, and a client
		all := diagnosis.Of(logins.Join(brought.Trace), brought.Known)
		for i, voice := range tutorials.Voices() {
			stack := tutorials.Stacks()[(i+len(run))%len(tutorials.Stacks())]
			var out strings.Builder
			o := explain.Options{Words: words, Voice: voice, Stack: stack, Width: 10_000}
			if err := explain.Text(&out, all, o); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				for _, word := range known.Left(line) {
					if !strings.Contains(strings.ToLower(string(src)), strings.ToLower(word)) {
						t.Errorf("%s, %s: %q is English in %s", filepath.Base(run), voice, word, line)
					}
				}
			}
		}
	}
}
