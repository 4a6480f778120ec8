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
	"github.com/grantwalk/grantwalk/mockidp"
)

const seenFile = "lookup/seen.json"

// TestWhereNamesAndRulesAreSeenIsWrittenDown holds the table of package lookup
// to what crosses when every flow is walked as it is told.
func TestWhereNamesAndRulesAreSeenIsWrittenDown(t *testing.T) {
	const enough = 8 // steps of each
	table := lookup.Table{Seen: map[string][]string{}, Rules: map[string]lookup.Rule{}}
	for _, r := range stage.Rules() {
		table.Rules[r.ID] = lookup.Rule{Exact: r.Rule, Spec: r.Spec.String()}
	}
	for _, r := range mockidp.Rules() {
		table.Rules[r.ID] = lookup.Rule{Exact: r.Rule, Spec: r.Spec.String(), Error: r.Error}
	}
	for _, f := range flows.All() {
		tr := run(t, f, "happy")
		for i := range tr.Messages {
			m := &tr.Messages[i]
			see := func(kind, name string) {
				key, at := kind+" "+name, f.ID+"/"+m.Step
				if seen := table.Seen[key]; len(seen) < enough && !slices.Contains(seen, at) {
					table.Seen[key] = append(seen, at)
				}
			}
			names(m, see)
			for _, c := range m.Checks {
				see("rule", c.ID)
			}
		}
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
