package tape

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxEvent bounds a line of a stream that is followed: an exchange whose bodies
// are as large as the usual bounds let them be, with room for what JSON adds.
const maxEvent = 1 << 20

// alive is how often a quiet stream says that it is still there.
const alive = 15 * time.Second

// calm is between two messages, so that what comes at once is told at once: a
// message for each exchange costs the server more than the exchange's words.
const calm = 50 * time.Millisecond

// atOnce is how many exchanges are taken from the tape in one go.
const atOnce = 64

// mostHeld bounds the buffer that a quiet stream holds.
const mostHeld = 1 << 20

// Events of a stream, in the terms of server-sent events.
const (
	eventExchange = "exchange"
	eventGone     = "gone" // with how many exchanges gave way before they could be told
)

// Media types of a stream. The second is between our own programs and changes with
// its number; see [parcels].
const (
	asEvents = "text/event-stream"
	asPacked = "application/vnd.grantwalk.tape.v1"
)

// Stream answers with all that is on the tape and then with what comes, as
// server-sent events (HTML Standard, 9.2) until the client goes away or the
// server's context ends. It goes on after the header Last-Event-ID, or after
// the parameter after. Put it behind a door: it tells secrets.
func (t *Tape) Stream(w http.ResponseWriter, r *http.Request) {
	after, err := startOf(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	out := http.NewResponseController(w)
	_ = errors.Join(out.SetWriteDeadline(time.Time{}), out.SetReadDeadline(time.Time{})) // a writer that has none needs none lifted
	var told telling = &events{tape: t}
	if first, _, _ := strings.Cut(r.Header.Get("Accept"), ","); first == asPacked {
		told = &parcels{tape: t}
	}
	w.Header().Set("Content-Type", told.kind())
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusOK)
	for going := true; going && r.Context().Err() == nil; {
		after, going = t.tellOn(r.Context(), w, told, after)
	}
}

// tellOn tells what came after an exchange, or waits for something to tell, and
// reports whether somebody still listens.
func (t *Tape) tellOn(ctx context.Context, w http.ResponseWriter, told telling, after int) (last int, going bool) {
	text, last, more, err := told.tell(after)
	if err != nil {
		return after, false
	}
	if _, err := w.Write(text); err != nil || http.NewResponseController(w).Flush() != nil {
		return after, false // whoever listened went away
	}
	switch {
	case more:
	case last > after:
		pause(ctx, calm)
	default:
		waiting, stop := context.WithTimeout(ctx, alive)
		defer stop()
		if errors.Is(t.Wait(waiting, last), context.DeadlineExceeded) && ctx.Err() == nil {
			_, _ = w.Write(told.quiet()) // the next one notices who went away
		}
	}
	return last, true
}

// telling is one of the ways in which a stream is written.
type telling interface {
	kind() string // media type
	// tell writes what comes after an exchange, and says which is the last of it and
	// whether there is more. The text is good until it is called again.
	tell(after int) (text []byte, last int, more bool, err error)
	quiet() []byte // that there is nothing, but somebody
}

func pause(ctx context.Context, long time.Duration) {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// startOf reads after which exchange a client wants to go on.
func startOf(r *http.Request) (int, error) {
	for _, said := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")} {
		if said == "" {
			continue
		}
		n, err := strconv.Atoi(said)
		if err != nil || n < 0 {
			return 0, fmt.Errorf("after which exchange to go on is a number, 0 for all; %.40q is none", said)
		}
		return n, nil
	}
	return 0, nil
}

// events are server-sent events, which are for everybody. What they are written with
// is kept from one message to the next, so that telling leaves no garbage behind.
type events struct {
	tape  *Tape
	kept  []entry
	found []Exchange
	words words
}

func (s *events) kind() string { return asEvents }

func (s *events) quiet() []byte { return []byte(": still here\n\n") }

func (s *events) tell(after int) (text []byte, last int, more bool, err error) {
	of := s.tape.take(s.kept, after, atOnce)
	s.kept, s.found = of.kept, of.open(s.found[:0])
	clear(s.kept) // what gives way on the tape is not held here
	w := &s.words
	if cap(w.text) > mostHeld {
		w.text = nil
	}
	w.text = w.text[:0]
	if of.gone > 0 {
		w.put("event: " + eventGone + "\ndata: ")
		w.int(int64(of.gone))
		w.put("\n\n")
	}
	for i := range s.found {
		w.put("event: " + eventExchange + "\nid: ")
		w.int(int64(s.found[i].Number))
		w.put("\ndata: ")
		w.exchange(&s.found[i])
		w.put("\n\n")
	}
	clear(s.found)
	return w.text, of.last(), of.left > 0, w.rare
}

// RefusedError means that the other side does not let us listen.
type RefusedError struct {
	Status int
	Said   string
}

func (e *RefusedError) Error() string {
	if e.Status == http.StatusUnauthorized {
		return "the key is not the one that the server printed when it started"
	}
	return fmt.Sprintf("the server answered %d instead of a stream: %s", e.Status, e.Said)
}

// Follow copies what another process tells at the address of its stream onto
// this tape, until ctx ends or the stream does. A key that is not empty is shown
// as a bearer token. To go on after a break, call it again with what it returned.
func (t *Tape) Follow(ctx context.Context, address, key string, after int) (last int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return after, fmt.Errorf("ask for the stream: %w", err)
	}
	req.Header.Set("Accept", asPacked+", "+asEvents)
	if after > 0 {
		req.Header.Set("Last-Event-ID", strconv.Itoa(after))
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	if ip := net.ParseIP(req.URL.Hostname()); req.URL.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return after, fmt.Errorf("%q is not on this machine, and what is told there are secrets; use an address of 127.0.0.1", req.URL.Hostname())
	}
	transport := &http.Transport{} // of its own: no proxy has to know
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return after, fmt.Errorf("ask for the stream: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // read to where we wanted
	kind := resp.Header.Get("Content-Type")
	if resp.StatusCode != http.StatusOK || kind != asPacked && !strings.HasPrefix(kind, asEvents) {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, 200)) // as much as there is
		return after, &RefusedError{Status: resp.StatusCode, Said: strings.TrimSpace(string(said))}
	}
	if kind == asPacked {
		after, err = t.unpackFrom(resp.Body, after)
	} else {
		after, err = t.copyFrom(resp.Body, after)
	}
	return after, cmp.Or(context.Cause(ctx), err)
}

// copyFrom reads the events of a stream until it ends.
func (t *Tape) copyFrom(stream io.Reader, after int) (last int, err error) {
	lines := bufio.NewScanner(stream)
	lines.Buffer(make([]byte, 0, 64<<10), maxEvent)
	event := ""
	var words reading
	for lines.Scan() {
		switch name, value, _ := bytes.Cut(lines.Bytes(), []byte(": ")); string(name) {
		case "event":
			event = string(value)
		case "data":
			if after, err = t.hear(event, value, &words, after); err != nil {
				return after, err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return after, fmt.Errorf("read the stream: %w", err)
	}
	return after, nil
}

// hear takes the data of one event.
func (t *Tape) hear(event string, data []byte, words *reading, after int) (last int, err error) {
	switch event {
	case eventExchange:
		e, err := words.exchange(data)
		if err != nil {
			return after, err
		}
		number := e.Number
		t.hold(&e)
		return number, nil
	case eventGone:
		n, err := strconv.Atoi(string(data))
		if err != nil {
			return after, fmt.Errorf("read how many exchanges were lost: %w", err)
		}
		t.lose(n)
		return after + n, nil
	}
	return after, nil
}
