package diagnosis_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

var update = flag.Bool("update", false, "record the broken clients again")

// corpus has a trace of each broken client; the name of the file is the cause.
const corpus = "../../testdata/diagnoses"

// TestEachBrokenClientGetsItsCauseFirst runs them over HTTP against the provider.
func TestEachBrokenClientGetsItsCauseFirst(t *testing.T) {
	clients := brokenClients()
	if len(clients) < 60 {
		t.Errorf("only %d clients are broken", len(clients))
	}
	for _, id := range names(clients) {
		t.Run(id, func(t *testing.T) {
			w := newWorld(t)
			clients[id](w)
			run := w.recorded()
			comesFirst(t, run, w.known(), id)
			if *update {
				keep(t, id, run)
			}
		})
	}
}

func comesFirst(t *testing.T, run *trace.Trace, known diagnosis.Known, id string) {
	t.Helper()
	switch first := diagnosis.First(diagnosis.Of(logins.Join(run), known)); {
	case first == nil:
		t.Errorf("nothing is said of it, want %s", id)
	case first.ID != id:
		t.Errorf("%s is said to be %s because of %v, want %s", first.ID, first.Sure, first.Evidence, id)
	}
}

func keep(t *testing.T, id string, run *trace.Trace) {
	t.Helper()
	var out bytes.Buffer
	if err := export.JSON(&out, run); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(corpus, id+".json"), aMessageALine(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// aMessageALine writes the JSON of a run with each of its messages on one line: a recording is data, which nobody reads by its members.
func aMessageALine(run string) []byte {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(run) {
		switch end := strings.HasPrefix(line, "    }"); {
		case !inside && !strings.HasPrefix(line, "    {"):
			b.WriteString(line)
		case end:
			b.WriteString(strings.TrimSpace(line) + "\n")
			inside = false
		default:
			b.WriteString(strings.TrimSpace(line))
			inside = true
		}
	}
	return []byte(b.String())
}

func TestARecordingHasALineForEachMessage(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if lines, messages := bytes.Count(text, []byte("\n")), len(readRun(t, file).Messages); lines > messages+20 {
			t.Errorf("%s has %d messages on %d lines: record it again with -update", file, messages, lines)
		}
	}
}

// TestEachRecordingGetsItsCauseFirst walks the recordings, as they are and as a
// provider would leave them that says nothing of its rules: there the cause may
// be another, but none that is certain.
func TestEachRecordingGetsItsCauseFirst(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d recordings were found: %v", len(files), err)
	}
	known := newWorld(t).known()
	right := 0
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".json")
		run := readRun(t, file)
		t.Run(id, func(t *testing.T) {
			comesFirst(t, run, known, id)
			if rightWithoutRules(t, run, id) {
				right++
			}
		})
	}
	if right*4 < len(files)*3 {
		t.Errorf("without the provider's rules only %d of %d come first", right, len(files))
	}
	t.Logf("without the provider's rules %d of %d come first", right, len(files))
}

func readRun(t *testing.T, file string) *trace.Trace {
	t.Helper()
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	run, err := export.ReadJSON(in)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// rightWithoutRules wants no other cause to be certain.
func rightWithoutRules(t *testing.T, run *trace.Trace, id string) bool {
	t.Helper()
	first := diagnosis.First(diagnosis.Of(logins.Join(foreign(run)), diagnosis.Known{Ended: true}))
	switch {
	case first == nil:
		return false
	case first.ID == id, strings.HasPrefix(id, address) && strings.HasPrefix(first.ID, address):
		return true
	case first.Sure == diagnosis.Certain && id != "deliberate-trouble": // which only the provider can know
		t.Errorf("without the provider's rules %s is said to be certain because of %v", first.ID, first.Evidence)
	}
	return false
}

// address begins the causes that only whoever knows the registered ones can tell apart.
const address = "redirect-uri-"

// foreign is a run without any check.
func foreign(run *trace.Trace) *trace.Trace {
	out := &trace.Trace{}
	for _, m := range run.Messages {
		m.Checks = nil
		out.Messages = append(out.Messages, m)
	}
	return out
}

// TestNoRecordedSecretIsTold holds every cause to what exports call a secret.
func TestNoRecordedSecretIsTold(t *testing.T) {
	clients := brokenClients()
	for _, id := range []string{
		"verifier-lost", "code-redeemed-twice-at-once", "refresh-twice-at-once", "token-truncated",
		"basic-not-encoded",
	} {
		w := newWorld(t)
		clients[id](w)
		run := w.recorded()
		masker := secret.MaskerOf(run)
		for _, d := range diagnosis.Of(logins.Join(run), w.known()) {
			if said := d.String(); masker.Text(said) != said {
				t.Errorf("%s tells a secret:\n%s", id, said)
			}
		}
	}
}

// TestWhatIsCertainShowsWhereItStands walks the recordings, with the provider's
// rules and without: whatever is said to be certain quotes an exchange of the log.
func TestWhatIsCertainShowsWhereItStands(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	known := newWorld(t).known()
	for _, file := range files {
		run := readRun(t, file)
		for _, all := range [][]diagnosis.Diagnosis{
			diagnosis.Of(logins.Join(run), known), diagnosis.Of(logins.Join(foreign(run)), diagnosis.Known{Ended: true}),
		} {
			for _, d := range all {
				holdCertain(t, filepath.Base(file), &d, len(run.Messages))
			}
		}
	}
}

func holdCertain(t *testing.T, name string, d *diagnosis.Diagnosis, messages int) {
	t.Helper()
	for _, c := range d.Causes {
		if c.Sure != diagnosis.Certain {
			continue
		}
		if c.At == nil || len(c.Evidence) == 0 {
			t.Errorf("%s: %s is certain, and nothing is quoted", name, c.ID)
		}
		for _, e := range c.Evidence {
			if e.Exchange < 1 || e.Exchange > messages || e.Where == "" || e.Value == "" {
				t.Errorf("%s: %s quotes %+v, which is no place in the log", name, c.ID, e)
			}
		}
	}
}
