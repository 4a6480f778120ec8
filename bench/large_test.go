//go:build bench

package bench_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

const many = 10_000 // messages of a long trace

// measureRehearsals plays every flow once, as opening each of them would.
func measureRehearsals(b *testing.B, t *table) {
	b.Helper()
	keys, err := mockidp.GenerateKeys()
	if err != nil {
		b.Fatal(err)
	}
	var totals []float64
	for b.Loop() {
		for range 21 {
			total := time.Duration(0)
			for _, f := range flows.All() {
				rehearsal, _ := play(b, f, flows.Options{Provider: onstage.Provider(keys), Say: english(b)})
				total += rehearsal
			}
			totals = append(totals, milliseconds(total))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(row{what: "rehearsing every flow, in total", unit: "ms", ours: median(totals), aim: 50})
}

// measureLong scrolls, searches and exports a trace of ten thousand messages.
func measureLong(b *testing.B, t *table) {
	b.Helper()
	keys, err := mockidp.GenerateKeys()
	if err != nil {
		b.Fatal(err)
	}
	long := repeated(b, keys)
	token := long.Latest("access_token")
	var frames, searches []float64
	for b.Loop() {
		frames = frameTimes(b, long)
		for range 9 {
			from := time.Now()
			if places := long.Find(token); len(places) == 0 {
				b.Fatal("nothing was found")
			}
			searches = append(searches, milliseconds(time.Since(from)))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(row{what: "ten thousand messages: a frame while scrolling", unit: "ms", ours: median(frames), aim: 16})
	t.put(row{what: "the same: searched for a value", unit: "ms", ours: median(searches), aim: 50})
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"JSON", func(w io.Writer) error { return export.JSON(w, long) }},
		{"HAR", func(w io.Writer) error { return export.HAR(w, long, "bench") }},
		{"Markdown", func(w io.Writer) error { return export.Markdown(w, long, plain()) }},
		{"Mermaid", func(w io.Writer) error { return export.Mermaid(w, long, plain()) }},
	} {
		took, grew := exported(b, f.write)
		t.put(row{what: "the same: exported as " + f.name, unit: "s", ours: took, aim: 1, note: grew})
	}
}

// repeated is the happy run over and over.
func repeated(b *testing.B, keys *mockidp.KeySet) *trace.Trace {
	b.Helper()
	w, err := flows.Start(b.Context(), flows.Default(), flows.Options{Provider: onstage.Provider(keys), Say: english(b)})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	one := w.Plan()
	long := &trace.Trace{Flow: one.Flow, Outcome: one.Outcome}
	for exchange := 0; len(long.Messages) < many; {
		last := 0
		for _, m := range one.Messages {
			if m.Exchange > 0 {
				last = max(last, m.Exchange)
				m.Exchange += exchange
			}
			long.Messages = append(long.Messages, m)
		}
		exchange += last
	}
	long.Messages = long.Messages[:many]
	return long
}

// frameTimes turns the wheel over the diagram and lays out what comes into view.
func frameTimes(b *testing.B, long *trace.Trace) []float64 {
	b.Helper()
	test.NewTempApp(b).Settings().SetTheme(look.NewTheme(look.Light))
	d := diagram.New()
	var lanes []diagram.Lane
	for _, r := range trace.Roles() {
		lanes = append(lanes, diagram.Lane{ID: string(r), Name: string(r)})
	}
	arrows := make([]diagram.Arrow, 0, len(long.Messages))
	for _, m := range long.Messages {
		arrows = append(arrows, diagram.Arrow{From: string(m.From), To: string(m.To), Label: m.Step, State: diagram.Past})
	}
	window := test.NewTempWindow(b, d)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(760, 740))
	d.SetLanes(lanes)
	d.SetArrows(arrows)
	var frames []float64
	for i := range 200 {
		from := time.Now()
		d.SetCurrent(i * 49 % many) // far away each time
		d.Refresh()
		frames = append(frames, milliseconds(time.Since(from)))
	}
	return frames
}

// exported returns the seconds that an export takes and what the heap grew by at most.
func exported(b *testing.B, write func(io.Writer) error) (seconds float64, grew string) {
	b.Helper()
	before := heap()
	from := time.Now()
	if err := write(io.Discard); err != nil {
		b.Fatal(err)
	}
	seconds = time.Since(from).Seconds()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return seconds, "heap then " + megabytes(m.HeapAlloc) + ", before " + megabytes(uint64(before*(1<<20)))
}

func megabytes(n uint64) string { return fmt.Sprintf("%.0f MB", float64(n)/(1<<20)) }

// plain is a story in ids.
func plain() telling.Story {
	return telling.Story{
		Title: "bench", Role: func(r trace.Role) (string, string) { return string(r), "" }, Chapter: func(id string) string { return id },
		Step: func(id string) telling.Words { return telling.Words{Label: id, Title: id} }, Rule: func(c trace.Check) string { return c.Rule },
		Refused: func(trace.Outcome) string { return "" }, Developer: true,
	}
}
