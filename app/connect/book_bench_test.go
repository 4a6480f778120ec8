package connect

import (
	"context"
	"runtime"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// manyExchanges is a long day's work.
const manyExchanges = 100_000

// aDay is a tape with a hundred thousand token requests, each a login.
func aDay() *tape.Tape {
	kept := tape.New(tape.Bounds{})
	form := []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
	began := time.Now()
	for i := range manyExchanges {
		kept.Put(trace.Message{
			Kind: trace.Request, Method: "POST", URL: issuer + "/protocol/openid-connect/token", Header: form,
			From: trace.Client, To: trace.AuthorizationServer, Channel: trace.Back, At: began.Add(time.Duration(i) * time.Millisecond),
			Body: []byte("grant_type=client_credentials&client_id=my-service-client&client_secret=" + strconv.Itoa(i)),
		}, trace.Message{
			Kind: trace.Response, Status: 200, Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}},
			Body: []byte(`{"access_token":"a-token-of-` + strconv.Itoa(i) + `","token_type":"Bearer","expires_in":300}`),
		})
	}
	return kept
}

// BenchmarkScrolling turns the wheel over the list of a hundred thousand
// exchanges; aim: 16 ms for a frame. It tells how long the search for a value
// takes, what news costs while they are there, and how much memory they take.
func BenchmarkScrolling(b *testing.B) {
	looktest.App(b)
	words := wordstest.English(b)
	d := &desk{}
	d.room = New(d, words, Options{})
	d.room.errands.watch = func(context.Context, *tape.Tape, func()) {}
	d.room.Tell(room.Manner{Words: words, Voice: tutorials.Developer})
	win := test.NewTempWindow(b, d.room.Content())
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1440, 900))
	before := memory()
	d.room.begin(&tape.Server{Tape: aDay()}, false)
	d.room.page = d.room.book
	from := time.Now()
	d.room.news()
	reading, grew := time.Since(from), float64(memory()-before)/(1<<20)
	d.room.book.open()
	from = time.Now()
	d.room.book.search.SetText("a-token-of-50000")
	searching := time.Since(from)
	d.room.book.search.SetText("")
	at := float32(0)
	for b.Loop() {
		at += 120
		d.room.book.list.ScrollTo(at)
	}
	b.ReportMetric(float64(reading.Milliseconds()), "ms/reading-all")
	b.ReportMetric(grew, "MB/all")
	b.ReportMetric(float64(searching.Milliseconds()), "ms/search")
	if n := len(d.room.book.runs); n < manyExchanges/2 {
		b.Errorf("only %d logins are listed", n)
	}
}

func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
