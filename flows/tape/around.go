package tape

import (
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// usualChecks is room for the rules of most requests, so that it is made once.
const usualChecks = 32

// room is what exchanges are written down in while they cross, one after the other:
// what is kept of them is packed.
type room struct {
	checks          []trace.Check
	asked, answered []byte
}

// ruled is which rules ran on one request.
type ruled struct {
	mu     sync.Mutex // a handler may run its rules in goroutines
	checks []trace.Check
	over   bool // what still comes belongs to nobody
}

func (r *ruled) note(c trace.Check) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.checks = append(r.checks, c)
	}
}

func (r *ruled) end() []trace.Check {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	return r.checks
}

// Around returns the handler with everything that it receives and answers on
// the tape. By says who it is, where no rule that ran names another party. The
// checks that it records are heard here and by whoever listened before.
func (t *Tape) Around(h http.Handler, by trace.Role) http.Handler {
	rooms := sync.Pool{New: func() any { return &room{checks: make([]trace.Check, 0, usualChecks)} }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, _ := rooms.Get().(*room)
		ctx := r.Context()
		rules := &ruled{checks: in.checks}
		body := &heard{ReadCloser: r.Body, most: t.bounds.Body, text: in.asked}
		answer := &spoken{ResponseWriter: w, most: t.bounds.Body, text: in.answered}
		began := t.now()
		again := r.WithContext(trace.WithRecorder(ctx, func(c trace.Check) {
			rules.note(c)
			trace.Record(ctx, c)
		}))
		if r.Body != nil && r.Body != http.NoBody {
			again.Body = body
		}
		defer func() {
			e := Exchange{Request: request(r), CutRequest: body.cut, CutAnswer: answer.cut}
			e.Request.Checks = rules.end()
			e.Request.At, e.Request.To, e.Request.Body = began, by, body.text
			if len(e.Request.Checks) > 0 {
				e.Request.To = e.Request.Checks[0].By
			}
			e.Request.From, e.Request.Channel, e.Guessed = sender(r)
			e.Answer = answer.message()
			e.Answer.From, e.Answer.To, e.Answer.Channel = e.Request.To, e.Request.From, e.Request.Channel
			e.Answer.At = t.now()
			e.Answer.Took = e.Answer.At.Sub(began)
			t.add(&e)
			clear(e.Request.Checks)
			*in = room{checks: e.Request.Checks[:0], asked: body.text[:0], answered: answer.text[:0]}
			body.text, answer.text = nil, nil
			rooms.Put(in)
		}()
		h.ServeHTTP(answer, again)
	})
}

// request writes down what came, but for the body.
func request(r *http.Request) trace.Message {
	u := *r.URL
	u.Host, u.Scheme = r.Host, "http"
	if r.TLS != nil {
		u.Scheme = "https"
	}
	m := trace.Message{Kind: trace.Request, Method: r.Method, URL: u.String()}
	m.Header = append([]trace.Field{{Name: "Host", Value: r.Host}}, trace.HeaderFields(r.Header)...)
	return m
}

// sender tells who asks from what a request shows, and whether that is a guess.
// Browsers say what they are after (Fetch Metadata), send cookies and an Origin,
// and ask for pages. Only an app's own program shows credentials without an Origin.
func sender(r *http.Request) (from trace.Role, channel trace.Channel, guessed bool) {
	h := r.Header
	switch {
	case h.Get("Sec-Fetch-Mode") != "", h.Get("Origin") != "", h.Get("Cookie") != "", strings.Contains(h.Get("Accept"), "text/html"):
		return trace.UserAgent, trace.Front, false
	case h.Get("Authorization") != "", r.Method == http.MethodPost:
		return trace.Client, trace.Back, false
	}
	return trace.Client, trace.Back, true
}

// heard is a body that is read once by the handler and once by the tape.
type heard struct {
	io.ReadCloser

	most int
	text []byte
	cut  int
}

func (b *heard) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	room := min(n, b.most-len(b.text))
	b.text = append(b.text, p[:room]...)
	b.cut += n - room
	return n, err //nolint:wrapcheck // the handler must see the error as it is
}

// spoken is an answer that goes to the client and onto the tape.
type spoken struct {
	http.ResponseWriter

	most   int
	status int
	header []trace.Field
	text   []byte
	cut    int
}

// Unwrap lets http.ResponseController reach the writer behind it.
func (s *spoken) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (s *spoken) WriteHeader(status int) {
	if s.status == 0 && status >= http.StatusOK {
		s.status, s.header = status, trace.HeaderFields(s.Header())
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (s *spoken) Write(p []byte) (int, error) {
	if s.status == 0 {
		s.status, s.header = http.StatusOK, trace.HeaderFields(s.Header())
	}
	room := min(len(p), s.most-len(s.text))
	s.text = append(s.text, p[:room]...)
	s.cut += len(p) - room
	return s.ResponseWriter.Write(p) //nolint:wrapcheck // the handler must see the error as it is
}

func (s *spoken) message() trace.Message {
	if s.status == 0 {
		s.status, s.header = http.StatusOK, trace.HeaderFields(s.Header())
	}
	return trace.Message{Kind: trace.Response, Status: s.status, Header: s.header, Body: s.text}
}
