package tape

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// usualChecks is room for the rules of most requests, so that it is made once.
const usualChecks = 32

// Around returns the handler with everything that it receives and answers on
// the tape. By says who it is, where no rule that ran names another party. The
// checks that it records are heard here and by whoever listened before.
func (t *Tape) Around(h http.Handler, by trace.Role) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var mu sync.Mutex // a handler may run its rules in goroutines
		var checks []trace.Check
		ctx := r.Context()
		body := &heard{ReadCloser: r.Body, most: t.bounds.Body}
		answer := &spoken{ResponseWriter: w, most: t.bounds.Body}
		began := t.now()
		in := r.WithContext(trace.WithRecorder(ctx, func(c trace.Check) {
			mu.Lock()
			if checks == nil { // most requests run twenty to forty rules
				checks = make([]trace.Check, 0, usualChecks)
			}
			checks = append(checks, c)
			mu.Unlock()
			trace.Record(ctx, c)
		}))
		if r.Body != nil && r.Body != http.NoBody {
			in.Body = body
		}
		defer func() {
			e := Exchange{Request: request(r), CutRequest: body.cut, CutAnswer: answer.cut}
			mu.Lock()
			e.Request.Checks = slices.Clone(checks)
			mu.Unlock()
			e.Request.At, e.Request.To, e.Request.Body = began, by, body.text
			if len(e.Request.Checks) > 0 {
				e.Request.To = e.Request.Checks[0].By
			}
			e.Request.From, e.Request.Channel, e.Guessed = sender(r)
			e.Answer = answer.message()
			e.Answer.From, e.Answer.To, e.Answer.Channel = e.Request.To, e.Request.From, e.Request.Channel
			e.Answer.At = t.now()
			e.Answer.Took = e.Answer.At.Sub(began)
			t.add(e)
		}()
		h.ServeHTTP(answer, in)
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
