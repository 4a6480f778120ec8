package configfile

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryRowOfTheTablesIsWhole(t *testing.T) {
	for _, table := range tables() {
		seen := map[string]bool{}
		if table.words == "" || len(table.keys) == 0 {
			t.Errorf("%q has no words or no keys", table.header)
		}
		for _, k := range table.keys {
			field, ok := table.of.FieldByName(k.field)
			if !ok || k.words == "" || seen[k.name] || seen[k.field] {
				t.Errorf("%s %s: field %s, words %q", table.header, k.name, k.field, k.words)
			}
			if _, own := tableFor(elementOf(field.Type)); ok && own != (k.example == "") {
				t.Errorf("%s %s: a table of its own has no example, and everything else has one", table.header, k.name)
			}
			seen[k.name], seen[k.field] = true, true
		}
	}
}

func TestNoReasonIsStale(t *testing.T) {
	for name, why := range LeftOut() {
		found := false
		for _, table := range tables() {
			field, ok := strings.CutPrefix(name, table.of.Name()+".")
			if _, exists := table.of.FieldByName(field); !ok || !exists {
				continue
			}
			found = true
			if slices.ContainsFunc(table.keys, func(k key) bool { return k.field == field }) {
				t.Errorf("%s is in the file and left out", name)
			}
		}
		if !found || why == "" {
			t.Errorf("%s is left out, and is not there or has no reason", name)
		}
	}
}
