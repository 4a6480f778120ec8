//go:build !race

package flows_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/flows/pkce"
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
		table.Rules[r.ID] = lookup.Rule{Spec: r.Spec.String()}
	}
	for _, r := range mockidp.Rules() {
		table.Rules[r.ID] = lookup.Rule{Spec: r.Spec.String(), Error: r.Error}
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

const rulesFile = "../tutorials/en/screen/rules.toml"

// What a rule demands stands in its row, which a program without our words can say, and among the words, for
// languages: one id, one phrase, and the same in both.
func TestWhatARuleDemandsIsSaidAmongTheWordsAsInItsRow(t *testing.T) {
	demands := map[string]string{}
	add := func(id, phrase string) {
		if other := demands[id]; other != "" && other != phrase {
			t.Errorf("two rules are called %s: %q and %q", id, other, phrase)
		}
		demands[id] = phrase
	}
	for _, r := range mockidp.Rules() {
		add(r.ID, r.Rule)
	}
	for _, r := range stage.Rules() {
		add(r.ID, r.Rule)
	}
	for _, r := range pkce.Rules() {
		add(r.ID, r.Rule)
	}
	var file strings.Builder
	file.WriteString("# What each rule demands, as a developer reads it. The English ones are those of the rules themselves:\n" +
		"# go test ./flows -run ARuleDemands -update writes this file.\n\n")
	for _, id := range slices.Sorted(maps.Keys(demands)) {
		fmt.Fprintf(&file, "%s = %q\n", id, demands[id])
	}
	if *update {
		if err := os.WriteFile(rulesFile, []byte(file.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != file.String() {
		t.Error(rulesFile + " says something else than the rules; go test ./flows -run ARuleDemands -update writes it")
	}
}
