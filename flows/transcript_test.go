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
	"github.com/grantwalk/grantwalk/flows/stage"
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

func TestARunIsTheSameByteForByte(t *testing.T) {
	tests := map[string]stage.Choices{
		"happy":          {},
		"sam":            {Person: "sam"},
		"denied":         {Deny: true},
		"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		"unknown-person": {Typed: &stage.Typed{Username: "mallory", Password: "secret"}},
	}
	for name, choices := range tests {
		t.Run(name, func(t *testing.T) {
			golden(t, "authorization-code-pkce/"+name, transcript(t, walk(t, choices)))
		})
	}
}

// TestEveryMistakeIsRefusedByItsRule holds each classic mistake to the party
// and the rule that answer it, and to its transcript from the mistake on.
func TestEveryMistakeIsRefusedByItsRule(t *testing.T) {
	tests := map[string]struct {
		by   trace.Role
		rule string
	}{
		"other-redirect-uri":       {trace.AuthorizationServer, "redirect-uri-registered"},
		"unknown-client":           {trace.AuthorizationServer, "client-known"},
		"missing-challenge":        {trace.AuthorizationServer, "code-challenge-present"},
		"plain-challenge":          {trace.AuthorizationServer, "code-challenge-method"},
		"missing-state":            {trace.Client, "state-matches"},
		"other-nonce":              {trace.Client, "id-token-nonce"},
		"other-response-type":      {trace.AuthorizationServer, "response-type-supported"},
		"unknown-scope":            {trace.AuthorizationServer, "scope-allowed"},
		"forged-form":              {trace.AuthorizationServer, "form-genuine"},
		"other-state":              {trace.Client, "state-matches"},
		"other-issuer":             {trace.Client, "iss-matches"},
		"unknown-code":             {trace.AuthorizationServer, "code-known"},
		"other-verifier":           {trace.AuthorizationServer, "code-verifier-matches"},
		"missing-verifier":         {trace.AuthorizationServer, "code-verifier-present"},
		"token-other-redirect-uri": {trace.AuthorizationServer, "redirect-uri-same"},
		"replayed-code":            {trace.AuthorizationServer, "code-unused"},
		"other-client":             {trace.AuthorizationServer, "code-issued-to-client"},
		"late-code":                {trace.AuthorizationServer, "code-fresh"},
		"no-token":                 {trace.ResourceServer, "bearer-present"},
		"tampered-token":           {trace.ResourceServer, "token-signature"},
		"id-token-instead":         {trace.ResourceServer, "token-typ"},
		"token-in-query":           {trace.ResourceServer, "token-not-in-query"},
		"expired-token":            {trace.ResourceServer, "token-exp"},
	}
	flow, _ := flows.Find("authorization-code-pkce")
	if len(tests) != len(flow.Mistakes) {
		t.Errorf("%d mistakes are tested, the flow offers %d", len(tests), len(flow.Mistakes))
	}
	for _, m := range flow.Mistakes {
		t.Run(m.ID, func(t *testing.T) {
			want, ok := tests[m.ID]
			if !ok {
				t.Fatal("this mistake has no test")
			}
			tr, i := mistaken(t, m)
			if o := tr.Outcome; o.State != trace.Refused || o.By != want.by || o.Rule != want.rule {
				t.Errorf("the run ended as %+v; want it refused by %s because of %s", o, want.by, want.rule)
			}
			golden(t, "authorization-code-pkce/mistake-"+m.ID, tail(transcript(t, tr), i))
		})
	}
}

// mistaken plays a run with a classic mistake, made at message i.
func mistaken(t *testing.T, m flows.Mistake) (tr *trace.Trace, i int) {
	t.Helper()
	w := start(t, flows.Options{Provider: provider(t), Classroom: true})
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
