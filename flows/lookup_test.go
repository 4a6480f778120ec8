package flows_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

const seenFile = "lookup/seen.json"

// TestWhereNamesAndRulesAreSeenIsWrittenDown holds the table of package lookup
// to what crosses when every flow is walked as it is told.
func TestWhereNamesAndRulesAreSeenIsWrittenDown(t *testing.T) {
	table := lookup.Table{Seen: map[string][]string{}, Rules: map[string]lookup.Rule{}}
	for _, r := range stage.Rules() {
		table.Rules[r.ID] = lookup.Rule{Exact: r.Rule, Spec: r.Spec.String()}
	}
	for _, r := range mockidp.Rules() {
		table.Rules[r.ID] = lookup.Rule{Exact: r.Rule, Spec: r.Spec.String(), Error: r.Error}
	}
	for _, f := range flows.All() {
		seenIn(run(t, f, "happy"), table.Seen)
	}
	got, err := json.MarshalIndent(table, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(seenFile, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(seenFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("other names or rules are seen than " + seenFile + " says; go test ./flows -run Seen -update writes it")
	}
}

// seenIn adds the steps of a run at which one sees a name or a rule, up to enough of each.
func seenIn(tr *trace.Trace, seen map[string][]string) {
	const enough = 8
	for i := range tr.Messages {
		m := &tr.Messages[i]
		see := func(kind, name string) {
			key, at := kind+" "+name, tr.Flow+"/"+m.Step
			if len(seen[key]) < enough && !slices.Contains(seen[key], at) {
				seen[key] = append(seen[key], at)
			}
		}
		names(m, see)
		for _, c := range m.Checks {
			see("rule", c.ID)
		}
	}
}
