package practice

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// desk is the room in a window that writes down what it is asked for.
type desk struct {
	room.Window
	t     *testing.T
	room  *Room
	win   fyne.Window
	store fyne.Preferences
	now   time.Time
	went  []string
	said  []string
}

// Go writes down where it leads, and opens what is in this room.
func (d *desk) Go(to address.Address) {
	d.went = append(d.went, to.String())
	if to.Place == Place || to.Place == PlaceSetup {
		d.room.Go(to)
	}
}

func (d *desk) Read(to address.Address)     { d.Go(to) }
func (d *desk) Say(words string)            { d.said = append(d.said, words) }
func (d *desk) SayBack(words string)        { d.said = append(d.said, words) }
func (d *desk) Changed()                    {}
func (d *desk) Store() fyne.Preferences     { return d.store }
func (d *desk) Typed(k *fyne.KeyEvent) bool { return room.Typed(d.room.Commands(), k) }

func provider(tb testing.TB) func(stage.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// practising opens the room.
func practising(t *testing.T, mode look.Mode, size fyne.Size) *desk {
	t.Helper()
	a := looktest.Dressed(t, mode)
	d := &desk{t: t, store: a.Preferences(), now: time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)}
	d.room = New(d, wordstest.English(t), Options{Provider: provider(t), Now: func() time.Time { return d.now }})
	d.tell(tutorials.Everyone)
	d.room.Go(address.At(Place))
	d.room.Open(func() {})
	d.win = test.NewTempWindow(t, d.room.Content())
	d.win.SetPadded(false)
	d.win.Resize(size)
	t.Cleanup(func() {
		if err := d.room.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) tell(v tutorials.Voice) {
	d.room.Tell(room.Manner{Words: d.room.manner.Words, Voice: v, Lens: tutorials.LensOf(v)})
}

func (d *desk) open(text string) {
	d.t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		d.t.Fatal(err)
	}
	d.room.Go(to)
}

func (d *desk) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		d.Typed(&fyne.KeyEvent{Name: k})
	}
}

// pointAt presses Down until the finger is at a line.
func (d *desk) pointAt(line string) {
	d.t.Helper()
	for range d.room.decider.names() {
		if d.press(fyne.KeyDown); d.room.decider.decision.pointed == line {
			return
		}
	}
	d.t.Fatalf("Down never comes to %q; the lines are %q", line, d.room.decider.names())
}

func (d *desk) says(words string) {
	d.t.Helper()
	if on := d.room.sheet.words(); !strings.Contains(on, words) {
		d.t.Errorf("the page does not say %q:\n%s", words, on)
	}
}

func wide() fyne.Size { return fyne.NewSize(1190, 760) }

// to is an address of the room.
func to(path ...string) address.Address { return address.At(Place, path...) }

// benched is the room in a window, for a benchmark.
func benched(b *testing.B) *Room {
	b.Helper()
	a := looktest.App(b)
	d := &desk{store: a.Preferences(), now: time.Unix(0, 0)}
	d.room = New(d, wordstest.English(b), Options{Provider: provider(b), Now: func() time.Time { return d.now }})
	d.room.Go(to())
	test.NewTempWindow(b, d.room.Content()).Resize(wide())
	b.Cleanup(func() {
		if err := d.room.Close(); err != nil {
			b.Error(err)
		}
	})
	return d.room
}

// Each request, in the order of their grades: the aim is 50 ms at most.
func BenchmarkOpeningEveryExercise(b *testing.B) {
	r := benched(b)
	all, err := r.manner.Words.Exercises()
	if err != nil {
		b.Fatal(err)
	}
	worst := time.Duration(0)
	for b.Loop() {
		for i := range all {
			from := time.Now()
			r.Go(to(kindDecide, all[i].ID))
			worst = max(worst, time.Since(from))
		}
	}
	b.ReportMetric(worst.Seconds()*1e3, "worst-ms")
}
