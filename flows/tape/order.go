package tape

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Orders sends orders to the control endpoint of a server: over the network, or
// straight to its handler where that runs in this program.
type Orders struct {
	At  string       // address of the endpoint, without a path
	Key string       // that is shown as a bearer token
	In  http.Handler // of this program; nil: At is called
}

// maxAnswer bounds what is read of an answer.
const maxAnswer = 4 << 20

// Do sends an order with a body of JSON, unless that is nil, and reads the answer
// into out, unless that is nil. What the server says against it is the error.
func (o Orders) Do(ctx context.Context, method, path string, body, out any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return fmt.Errorf("write an order: %w", err)
		}
	}
	at := o.At
	if o.In != nil {
		at = "http://127.0.0.1"
	}
	r, err := http.NewRequestWithContext(ctx, method, at+path, bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("send an order: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+o.Key)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	status, answer, err := o.send(r)
	switch {
	case err != nil:
		return err
	case status >= http.StatusBadRequest:
		return refusal(status, answer)
	case out == nil:
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("read what the server answers: %w", err)
	}
	return nil
}

func (o Orders) send(r *http.Request) (status int, answer []byte, err error) {
	if o.In != nil {
		w := &written{header: http.Header{}, status: http.StatusOK}
		o.In.ServeHTTP(w, r)
		return w.status, w.text.Bytes(), nil
	}
	transport := &http.Transport{} // of its own: no proxy has to know
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return 0, nil, fmt.Errorf("send an order: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // read to where we wanted
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return 0, nil, fmt.Errorf("read what the server answers: %w", err)
	}
	return resp.StatusCode, answer, nil
}

func refusal(status int, answer []byte) error {
	var said struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(answer, &said) == nil && said.Error != "" {
		return errors.New(said.Error)
	}
	return fmt.Errorf("the server answers %d %s", status, strings.TrimSpace(string(answer[:min(len(answer), 200)])))
}

// written is an answer of a handler of this program.
type written struct {
	header http.Header
	status int
	text   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *written) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *written) WriteHeader(status int) { w.status = status }

// Write implements http.ResponseWriter.
func (w *written) Write(b []byte) (int, error) { return w.text.Write(b) }
