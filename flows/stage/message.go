package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/trace"
)

const formType = "application/x-www-form-urlencoded"

// errBodyTooLarge means that a party sent more than [MaxBody].
var errBodyTooLarge = errors.New("the body is larger than the stage carries")

// requestMessage writes a request down.
func requestMessage(req *http.Request) (trace.Message, error) {
	m := trace.Message{Kind: trace.Request, Method: req.Method, URL: req.URL.String()}
	if req.Body != nil {
		body, err := readBody(req.Body)
		if err != nil {
			return m, err
		}
		m.Body = body
	}
	host := req.Host
	if host == "" {
		host = req.URL.Host
	}
	m.Header = append([]trace.Field{{Name: "Host", Value: host}}, trace.HeaderFields(req.Header)...)
	fitLength(&m)
	return m, nil
}

// httpRequest makes the request again from what was written down, so that what is shown is what is sent.
func httpRequest(ctx context.Context, m *trace.Message) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, m.Method, m.URL, bytes.NewReader(m.Body))
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	for _, h := range m.Header {
		switch h.Name {
		case "Host":
			req.Host = h.Value
		case "Content-Length": // set from the body
		default:
			req.Header.Add(h.Name, h.Value)
		}
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "") // keeps net/http from adding its own, which would not be shown
	}
	return req, nil
}

// responseMessage writes an answer down and consumes its body.
func responseMessage(resp *http.Response) (trace.Message, error) {
	body, err := readBody(resp.Body)
	if err != nil {
		return trace.Message{}, err
	}
	return trace.Message{Kind: trace.Response, Status: resp.StatusCode, Header: trace.HeaderFields(resp.Header), Body: body}, nil
}

func readBody(body io.ReadCloser) (data []byte, err error) {
	defer func() { err = errors.Join(err, body.Close()) }()
	data, err = io.ReadAll(io.LimitReader(body, MaxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if len(data) > MaxBody {
		return nil, errBodyTooLarge
	}
	if len(data) == 0 {
		return nil, nil
	}
	return data, nil
}

// serve runs a handler on a request and completes the answer in the way that a
// server on a port would, with the stage's time as its date.
func serve(h http.Handler, req *http.Request, c *clock) *http.Response {
	w := &answer{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(w, req)
	w.header.Set("Date", c.Now().UTC().Format(http.TimeFormat))
	return w.response(req)
}

// response is what a client gets of it.
func (a *answer) response(req *http.Request) *http.Response {
	if req.Method != http.MethodHead && bodyAllowed(a.status) {
		a.header.Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: a.header,
		Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len()), Request: req,
	}
}

func bodyAllowed(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

// answer collects what a handler writes.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header returns the headers to be sent.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader fixes the status.
func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

// Write adds to the body.
func (a *answer) Write(p []byte) (int, error) {
	a.wrote = true
	if a.header.Get("Content-Type") == "" {
		a.header.Set("Content-Type", http.DetectContentType(p))
	}
	return a.body.Write(p)
}
