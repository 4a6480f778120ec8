//go:build bench

package bench_test

import (
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// measureSearch types what finds much, little, a slip and nothing, each key one search over everything.
func measureSearch(b *testing.B, t *table) {
	b.Helper()
	words, err := tutorials.Load("en")
	if err != nil {
		b.Fatal(err)
	}
	index := search.New(words, "Demo", tutorials.Developer)
	var took []float64
	for b.Loop() {
		for _, typed := range []string{"t", "token", "acess tokn", "rfc 7636 4.6", "qzxqzxqz"} {
			for i := range typed {
				from := time.Now()
				index.Find(typed[:i+1])
				took = append(took, milliseconds(time.Since(from)))
			}
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(row{what: "search, a key press over everything", unit: "ms", ours: median(took), aim: 5})
}
