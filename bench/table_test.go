//go:build bench

package bench_test

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is one line of the table. Figures are in the unit.
type row struct {
	what, unit     string
	ours, baseline float64 // no baseline: 0
	ratio          float64 // of ours to the baseline, or 0
	aim            float64 // bounds the ratio, or ours where there is no baseline; 0: for information
	atLeast        bool    // the aim is what is to be reached, not what must not be passed
	note           string
}

// atLeast turns the aim of a row round.
func atLeast(r row) row {
	r.atLeast = true
	return r
}

// against is a row of two sides that were measured in turn. The ratio is the
// median of the pairs' ratios, which holds when the machine's speed drifts.
func against(what, unit string, ours, baseline []float64, aim float64) row {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i] / baseline[i]
	}
	return row{what: what, unit: unit, ours: median(ours), baseline: median(baseline), ratio: median(ratios), aim: aim}
}

func (r row) kept() bool {
	reached := r.ratio
	if r.baseline == 0 {
		reached = r.ours
	}
	if r.atLeast {
		return reached >= r.aim
	}
	return reached <= r.aim
}

type table struct{ rows []row }

// put adds a row, or replaces what an earlier round of the same benchmark put there.
func (t *table) put(r row) {
	if i := slices.IndexFunc(t.rows, func(old row) bool { return old.what == r.what }); i >= 0 {
		t.rows[i] = r
		return
	}
	t.rows = append(t.rows, r)
}

func (t *table) print(w io.Writer) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\nwhat\tours\tbaseline\tratio\taim\tkept\tmore")
	for _, r := range t.rows {
		baseline, ratio, aim, kept := "–", "–", "–", "–"
		if r.baseline != 0 {
			baseline, ratio = fmt.Sprintf("%.2f %s", r.baseline, r.unit), fmt.Sprintf("%.2f", r.ratio)
		}
		if r.aim != 0 {
			aim, kept = fmt.Sprintf("≤ %.1f", r.aim), "yes"
			if r.atLeast {
				aim = fmt.Sprintf("≥ %.2f", r.aim)
			}
			if r.baseline == 0 {
				aim += " " + r.unit
			}
			if !r.kept() {
				kept = "NO"
			}
		}
		fmt.Fprintf(out, "%s\t%.2f %s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.ours, r.unit, baseline, ratio, aim, kept, r.note)
	}
	_ = out.Flush() // to the terminal
	fmt.Fprintln(w)
}

// median of at least one figure.
func median[T float64 | time.Duration](of []T) T {
	sorted := slices.Sorted(slices.Values(of))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func inMilliseconds(of []time.Duration) []float64 {
	out := make([]float64, len(of))
	for i, d := range of {
		out[i] = milliseconds(d)
	}
	return out
}
