package connect

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// turned stands for the room in which a part stands: it writes down where that turns.
type turned struct {
	at    leaf
	login int
	drawn int
}

func (l *turned) turn(to leaf) {
	l.at = to
	l.redraw()
}
func (l *turned) stay(at leaf)         { l.turn(at) }
func (l *turned) gone(leaf)            { l.at = nil }
func (l *turned) shows(one leaf) bool  { return l.at == one }
func (l *turned) showLogin(number int) { l.login = number }

func (l *turned) redraw() {
	l.drawn++
	if l.at != nil {
		l.at.draw()
	}
}

// alone is what a part is handed that is tested without the room.
func alone(t *testing.T) (*desk, tools, *turned) {
	t.Helper()
	looktest.App(t)
	library := wordstest.English(t)
	d, l := &desk{t: t}, &turned{}
	out := newErrands()
	t.Cleanup(out.close)
	out.away = d.elsewhere
	w := &words{Manner: room.Manner{Words: library, Voice: tutorials.Developer}}
	return d, tools{window: d, words: w, sheet: newSheet(d, mostWide), errands: out, leaves: l}, l
}

// orderly is a server that does whatever a handler says.
func orderly(t tools, do http.HandlerFunc) *server {
	s := &tape.Server{Tape: tape.New(tape.Bounds{})}
	return &server{
		Server: s, log: live.New(s.Tape, knownOf(s)), orders: tape.Orders{In: do}, errands: t.errands,
		refused: func(err error) { t.window.Notice("refused", err) }, news: func() {}, learned: func() {}, stop: func() {},
	}
}

// sent is what was ordered.
type sent struct {
	method, path string
	body         map[string]any
}

// heard is a server that writes down what it is ordered, and answers with JSON.
func heard(t tools, into *[]sent, answer string) *server {
	return orderly(t, func(w http.ResponseWriter, r *http.Request) {
		one := sent{method: r.Method, path: r.URL.Path}
		_ = json.NewDecoder(r.Body).Decode(&one.body) // many have none
		*into = append(*into, one)
		_, _ = io.WriteString(w, answer)
	})
}
