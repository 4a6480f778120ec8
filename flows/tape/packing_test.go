//go:build !race

package tape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// TestAnExchangeIsOpenedAsItWasPacked fills every field, so that one that is added
// has to be packed.
func TestAnExchangeIsOpenedAsItWasPacked(t *testing.T) {
	draw := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same in every run
	kept := New(Bounds{Exchanges: 1})
	for round := range 400 {
		var e Exchange
		fill(reflect.ValueOf(&e).Elem(), draw, round)
		kept.add(&e)
		e.Number = round + 1
		if e.Event == nil {
			e.Request.Exchange, e.Answer.Exchange = e.Number, e.Number
		} else {
			e.Request.Exchange, e.Answer.Exchange = 0, 0 // nobody asked
		}
		for _, m := range []*trace.Message{&e.Request, &e.Answer} { // encoding/json makes UTF-8 of them
			m.Act, m.Calc, m.Edited = asRead(t, m.Act), asRead(t, m.Calc), asRead(t, m.Edited)
		}
		got, _ := kept.After(round, 1)
		if diff := cmp.Diff([]Exchange{e}, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("exchange %d of the draw is opened as another one:\n%s", round, diff)
		}
		if diff := cmp.Diff(asJSON(t, e), asJSON(t, got[0])); diff != "" { // which tells zones apart
			t.Fatalf("exchange %d of the draw is told as another one:\n%s", round, diff)
		}
	}
}

func asRead[T any](t *testing.T, what T) (read T) {
	t.Helper()
	text, err := json.Marshal(what)
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestAGlossaryThatIsFullSaysTheRestInFull has more rules and texts come again and
// again than there is room for, and another rule under the id of each.
func TestAGlossaryThatIsFullSaysTheRestInFull(t *testing.T) {
	kept := New(Bounds{Exchanges: 1})
	for i := range mostTexts + 10 {
		check := trace.Check{By: trace.Client, ID: fmt.Sprint("rule-", i), Rule: "one", Got: fmt.Sprint("text ", i)}
		other := check
		other.Rule = "another"
		want := append(slices.Repeat([]trace.Check{check}, often), other)
		kept.Put(trace.Message{Kind: trace.Request, Checks: want}, trace.Message{})
		found, _ := kept.After(i, 1)
		if diff := cmp.Diff(want, found[0].Request.Checks); diff != "" {
			t.Fatalf("exchange %d:\n%s", i+1, diff)
		}
	}
	if told := kept.packs.glossary.told; told != (count{mostTexts, mostRules}) {
		t.Errorf("the glossary has %v, and room for %d texts and %d rules", told, mostTexts, mostRules)
	}
}

// TestWhatIsOfOneLoginOnlyFillsNoGlossary has each text come as often as one of a login does.
func TestWhatIsOfOneLoginOnlyFillsNoGlossary(t *testing.T) {
	g := newGlossary()
	for i := range 10 * seenAtOnce {
		for range often - 1 {
			g.text(fmt.Sprint("state of ", i))
		}
	}
	if _, known := g.text(strings.Repeat("long", longestText)); known || g.told.texts != 1 {
		t.Errorf("%d texts are in the glossary", g.told.texts)
	}
}

// packedStream is what is told to another process of some exchanges, an event among them.
func packedStream(tb testing.TB) (stream []byte, tape *Tape) {
	tb.Helper()
	tape = New(Bounds{})
	for range often + 1 {
		e := anExchange()
		e.Request.Body, e.Request.Checks = e.Request.Body[:9], e.Request.Checks[:2]
		e.Answer.Body, e.Answer.Header = e.Answer.Body[:9], e.Answer.Header[:1]
		tape.add(&e)
	}
	tape.Tell(Event{Deed: ClockMoved, Says: "10m"})
	told := parcels{tape: tape}
	for last, more := 0, true; more; {
		var text []byte
		text, last, more, _ = told.tell(last)
		stream = append(append(stream, text...), told.quiet()...)
	}
	return stream, tape
}

func TestAnotherTapeHearsWhatIsPackedOnThisOne(t *testing.T) {
	stream, tape := packedStream(t)
	heard := New(Bounds{})
	if last, err := heard.unpackFrom(bytes.NewReader(stream), 0); last != tape.Last() || err != nil {
		t.Errorf("the last that was heard is %d (%v), not %d", last, err, tape.Last())
	}
	want, _ := tape.After(0, 100)
	got, _ := heard.After(0, 100)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again := parcels{tape: heard} // of what is not packed there
	if text, _, _, _ := again.tell(0); len(text) == 0 {
		t.Error("who heard of it cannot tell of it")
	}
	for cut := 1; cut < len(stream); cut += 7 { // wherever it breaks off
		some := New(Bounds{})
		last, err := some.unpackFrom(bytes.NewReader(stream[:cut]), 0)
		if last != some.Last() {
			t.Fatalf("after %d bytes %d exchanges are there, and the last is said to be %d (%v)", cut, some.Last(), last, err)
		}
	}
}

// TestWhatIsNotPackedSoIsRefused has each reason for which a stream is no stream of ours.
func TestWhatIsNotPackedSoIsRefused(t *testing.T) {
	for name, stream := range map[string]string{
		"a length that never ends":    "x\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		"more than any exchange has":  "x\xff\xff\xff\xff\x0f",
		"less than was said":          "x\x05ab",
		"no number":                   "x\x00",
		"no exchange":                 "x\x01\x01",
		"parts longer than all":       "x\x03\x01\x05\x05",
		"a text outside the glossary": "x\x08\x01\x05\x00\x00\x00\x00\x04\x00",
		"a text that is two":          "t\x04\x01a\x01b",
		"a rule of one text":          "r\x02\x01a",
		"gone without a number":       "g\x00",
		"gone with two":               "g\x02\x01\x01",
	} {
		kept := New(Bounds{})
		if _, err := kept.unpackFrom(strings.NewReader(stream), 0); err == nil || kept.Last() != 0 {
			t.Errorf("%s: %d exchanges are taken (%v)", name, kept.Last(), err)
		}
	}
}

// FuzzUnpacking has nothing that a stream says end the program, or make one exchange
// of what another one was.
func FuzzUnpacking(f *testing.F) {
	stream, _ := packedStream(f)
	f.Add(stream)
	f.Add([]byte("x\x03\x01\x05\x05"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		kept := New(Bounds{})
		last, err := kept.unpackFrom(bytes.NewReader(stream), 0)
		found, _ := kept.After(0, len(stream))
		if len(found) != kept.Last() {
			t.Errorf("%d of %d exchanges are there; the last is %d (%v)", len(found), kept.Last(), last, err)
		}
		again := New(Bounds{})
		for i := range found {
			again.add(&found[i])
			same, _ := again.After(i, 1)
			same[0].Number = found[i].Number
			same[0].Request.Exchange, same[0].Answer.Exchange = found[i].Request.Exchange, found[i].Answer.Exchange
			if a, b := asJSON(t, found[i]), asJSON(t, same[0]); a != b {
				t.Errorf("%s\nis kept as\n%s", a, b)
			}
		}
	})
}

// TestARuleThatRunsTooLateIsOfNoOtherExchange has a handler leave behind who runs
// rules, while the room of its exchange is used again.
func TestARuleThatRunsTooLateIsOfNoOtherExchange(t *testing.T) {
	kept := New(Bounds{})
	var late func(string)
	h := kept.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		record := func(id string) { trace.Record(ctx, trace.Check{ID: id}) }
		if late != nil {
			late("late")
		}
		record("in time")
		late = record
		_, _ = io.Copy(w, r.Body) // a recorder takes everything
	}), trace.AuthorizationServer)
	for _, body := range []string{"one", "other"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body)))
	}
	late("later")
	found, _ := kept.After(0, 2)
	for i := range found {
		if c := found[i].Request.Checks; len(c) != 1 || c[0].ID != "in time" {
			t.Errorf("exchange %d has the rules %v", i+1, c)
		}
	}
	if a, b := string(found[0].Answer.Body), string(found[1].Answer.Body); a != "one" || b != "other" {
		t.Errorf("the answers are %q and %q", a, b)
	}
}

// BenchmarkKeeping is what it costs a server to pack an exchange, and who looks on to open it.
func BenchmarkKeeping(b *testing.B) {
	kept := New(Bounds{Exchanges: 1})
	e := anExchange()
	e.Request.At = time.Now()
	b.Run("packed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			kept.add(&e)
		}
	})
	b.Run("opened", func(b *testing.B) {
		b.ReportAllocs()
		of := kept.take(nil, kept.Last()-1, 1)
		var found []Exchange
		for b.Loop() {
			found = of.open(found[:0])
		}
	})
}
