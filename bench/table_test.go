//go:build bench

package bench_test

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is one line of the table. Figures are in the unit; the aim bounds the
// ratio to the baseline, or ours itself where there is nothing to compare with.
type row struct {
	what, unit     string
	ours, baseline float64 // no baseline: 0
	aim            float64 // none, the row is for information: 0
	note           string
}

func (r row) ratio() float64 {
	if r.baseline == 0 {
		return r.ours
	}
	return r.ours / r.baseline
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
			baseline, ratio = fmt.Sprintf("%.2f %s", r.baseline, r.unit), fmt.Sprintf("%.2f", r.ratio())
		}
		if r.aim != 0 {
			aim, kept = fmt.Sprintf("≤ %.1f", r.aim), "yes"
			if r.baseline == 0 {
				aim += " " + r.unit
			}
			if r.ratio() > r.aim {
				kept = "NO"
			}
		}
		fmt.Fprintf(out, "%s\t%.2f %s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.ours, r.unit, baseline, ratio, aim, kept, r.note)
	}
	_ = out.Flush() // to the terminal
	fmt.Fprintln(w)
}

// median of at least one figure.
func median[T int | float64 | time.Duration](of []T) T {
	sorted := slices.Sorted(slices.Values(of))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
