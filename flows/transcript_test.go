//go:build !race

package flows_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden holds a text to its file. It tells where the two differ in its own way, or as go-cmp does.
func golden(t *testing.T, name, got string, differ func(want, got string) string) {
	t.Helper()
	file := goldenFile(name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("the run differs from %s; this is how:\n%s", file, differ(string(want), got))
	}
}

func goldenFile(name string) string { return filepath.Join("testdata", name+".golden") }

func linewise(want, got string) string { return cmp.Diff(want, got) }

// TestARunIsTheSameByteForByte holds the happy run of each flow to its whole
// transcript, and every other run to what it has otherwise than the happy one.
func TestARunIsTheSameByteForByte(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		usual := transcript.Of(run(t, f, happy))
		golden(t, f.ID+"/"+happy, usual, transcript.Difference)
		for _, name := range kept(f) {
			if name == happy {
				continue
			}
			t.Run(f.ID+"/"+name, func(t *testing.T) {
				whole := transcript.Of(run(t, f, name))
				difference := transcript.Difference(usual, whole)
				golden(t, f.ID+"/"+name, difference, linewise)
				nothingIsLost(t, usual, difference, whole)
			})
		}
	}
}

// nothingIsLost makes a run again from the happy one and the difference that is kept of it.
func nothingIsLost(t *testing.T, usual, difference, whole string) {
	t.Helper()
	again, err := transcript.Apply(usual, difference)
	if err != nil || again != whole {
		t.Errorf("happy and the difference make another run (%v):\n%s", err, cmp.Diff(whole, again))
	}
}

func TestEveryGoldenIsOfARun(t *testing.T) {
	left := map[string]bool{}
	files, err := filepath.Glob(goldenFile("*/*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		left[file] = true
	}
	for _, f := range flows.All() {
		for _, name := range kept(f) {
			delete(left, goldenFile(f.ID+"/"+name))
		}
	}
	for file := range left {
		t.Errorf("%s is the golden of no run", file)
	}
}

// TestEveryMessageOfAMistakeHasAStepOfItsOwn keeps what is taught from ending in the unforeseen.
func TestEveryMessageOfAMistakeHasAStepOfItsOwn(t *testing.T) {
	for _, f := range flows.All() {
		for _, mistake := range f.Mistakes {
			for _, m := range mistaken(t, f, mistake).Messages {
				if strings.HasPrefix(m.Step, "other-") {
					t.Errorf("%s/%s: a message has no step of its own: %s %s %d", f.ID, mistake.ID, m.Method, m.URL, m.Status)
				}
			}
		}
	}
}
