package flows_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func transcript(t *testing.T, tr *trace.Trace) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Transcript(&b, tr); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
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
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the run differs from %s (-want +got):\n%s", file, diff)
	}
}

// mistaken plays a run with a classic mistake, made at message i.
func mistaken(t *testing.T, f flows.Flow, m flows.Mistake) (tr *trace.Trace, i int) {
	t.Helper()
	w := startFlow(t, f, flows.Options{Provider: provider(t), Classroom: true})
	i = indexOf(t, w.Plan(), m.Step)
	if err := w.Edit(t.Context(), i, m.Edit(&w.Plan().Messages[i], w.Plan().Upto(i))); err != nil {
		t.Fatal(err)
	}
	tr = finish(t, w)
	for _, m := range tr.Messages {
		if strings.HasPrefix(m.Step, "other-") {
			t.Errorf("a message of this run has no step of its own: %s %s %d", m.Method, m.URL, m.Status)
		}
	}
	return tr, i
}

// tail leaves out the messages before number i, which are those of the happy run.
func tail(transcript string, i int) string {
	lines := strings.SplitAfter(transcript, "\n")
	for n, line := range lines {
		number, rest, ok := strings.Cut(line, " ")
		if ok && number == strconv.Itoa(i+1) && strings.Contains(rest, ": ") {
			return strings.Join(lines[n:], "")
		}
	}
	return transcript
}

func indexOf(t *testing.T, tr *trace.Trace, step string) int {
	t.Helper()
	for i := range tr.Messages {
		if tr.Messages[i].Step == step {
			return i
		}
	}
	t.Fatalf("the run has no step %s", step)
	return -1
}
