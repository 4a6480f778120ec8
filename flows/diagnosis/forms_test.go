package diagnosis_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/serve"
)

// firstOf is the cause that comes first, without its sureness where that does not matter.
func firstOf(run *trace.Trace, known diagnosis.Known) string {
	if c := diagnosis.First(diagnosis.Of(logins.Join(run), known)); c != nil {
		return c.ID
	}
	return "nothing"
}

func brought(t *testing.T, text string) *intake.Brought {
	t.Helper()
	b, err := intake.Read(strings.NewReader(text), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lessInALog are the causes that a log tells as another one, with what it lacks: what it has of a secret is a mark.
func lessInALog() map[string]string {
	return map[string]string{
		"verifier-is-challenge": "verifier-lost",
		"verifier-encoding":     "verifier-lost",
		"code-mangled":          "code-unknown",
		"token-truncated":       "token-signature",
		"client-of-other-realm": "client-unknown", // whom other realms know stands in the config
	}
}

// The log of serve says of each broken client what the whole run says.
func TestTheLogOfServeTellsWhatTheRunTells(t *testing.T) {
	clients, less, told := brokenClients(), lessInALog(), 0
	for _, id := range names(clients) {
		w := newWorld(t)
		watch := w.provider.Watch(1 << 10).WithTrails()
		clients[id](w)
		watch.Stop()
		lines, n := `{"event":"serving","realm":"demo","issuer":"`+w.url+`"}`+"\n", 0
		for e := range watch.Exchanges() {
			lines += serve.Line(&e) + "\n"
			n++
		}
		run := w.recorded()
		if n == 0 || 2*n < len(run.Messages) {
			continue // others took part, of whom the log of serve knows nothing
		}
		told++
		want := firstOf(run, w.known())
		if other := less[id]; other != "" {
			want = other
		}
		b := brought(t, lines)
		if got := firstOf(b.Trace, b.Known); got != want {
			t.Errorf("%s: the log tells %s, want %s:\n%s", id, got, want, lines)
		}
	}
	if told < 90 {
		t.Errorf("only %d clients are told of by the log alone", told)
	}
}

// A HAR file says of each recording what the recording says without the provider's rules.
func TestAHARTellsWhatTheRunTells(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d recordings were found: %v", len(files), err)
	}
	for _, file := range files {
		run := foreign(readRun(t, file))
		var out bytes.Buffer
		if err := export.HAR(&out, run, "test"); err != nil {
			t.Fatal(err)
		}
		b := brought(t, out.String())
		if got, want := firstOf(b.Trace, b.Known), firstOf(run, b.Known); got != want {
			t.Errorf("%s: the HAR tells %s, and the run %s", filepath.Base(file), got, want)
		}
	}
}
