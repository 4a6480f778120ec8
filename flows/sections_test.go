//go:build !race

package flows_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
)

// TestEveryCheckRestsOnASectionThatExists holds the parties to the table of
// headings that the texts are held to.
func TestEveryCheckRestsOnASectionThatExists(t *testing.T) {
	known, err := tutorials.ReadStandards()
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]string{}
	look := func(s trace.Spec, where string) {
		if _, ok := known.Heading(s.Doc, s.Section); !ok && s.Section != "" {
			missing[s.String()] = where
		}
	}
	for _, r := range mockidp.Rules() {
		look(r.Spec, "the provider’s rule "+r.ID)
	}
	for _, r := range stage.Rules() {
		look(r.Spec, "the cast’s rule "+r.ID)
	}
	for _, row := range diagnosis.Rows() {
		look(row.Spec, "the cause "+row.ID)
	}
	for _, f := range flows.All() {
		for _, s := range f.Specs {
			look(s, f.ID)
		}
		for name, tr := range runs(t, f) {
			eachCheck(tr, func(c trace.Check) { look(c.Spec, f.ID+", "+name+", "+c.ID) })
		}
	}
	for spec, where := range missing {
		t.Errorf("%s (%s) is not in the table of headings", spec, where)
	}
}

func eachCheck(tr *trace.Trace, look func(trace.Check)) {
	for _, m := range tr.Messages {
		for _, c := range m.Checks {
			look(c)
		}
	}
}
