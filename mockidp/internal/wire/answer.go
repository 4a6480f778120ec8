package wire

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// Answer is what an endpoint decided to say. Endpoints return one; only
// ServeHTTP writes it.
type Answer struct {
	Status int
	Header [][2]string
	Body   []byte
	Client string // client_id of a known client, for Exchange
	Drop   bool   // deliberate trouble: nothing is to be written
}

// usualHeaders is room for those of most answers, so that it is made once.
const usualHeaders = 6

// Set sets a header field; of Set-Cookie and Vary it adds one more.
func (a *Answer) Set(name, value string) {
	for i := range a.Header {
		if a.Header[i][0] == name && name != "Set-Cookie" && name != "Vary" {
			a.Header[i][1] = value
			return
		}
	}
	if a.Header == nil {
		a.Header = make([][2]string, 0, usualHeaders)
	}
	a.Header = append(a.Header, [2]string{name, value})
}

// Challenge says how to get in, a header for each way (RFC 9110 section
// 11.6.1).
func (a *Answer) Challenge(ways ...string) {
	for _, way := range ways {
		a.Header = append(a.Header, [2]string{"WWW-Authenticate", way})
	}
}

// Write sends the answer.
func (a *Answer) Write(w http.ResponseWriter, r *http.Request) {
	if a.Drop {
		hangUp(w, r)
		return
	}
	h := w.Header()
	for _, f := range a.Header {
		h.Add(f[0], f[1])
	}
	h.Set("X-Content-Type-Options", "nosniff")
	if len(a.Body) > 0 {
		h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	}
	if len(r.TransferEncoding) > 0 && r.ProtoMajor == 1 {
		// A request with a Content-Length as well may be an attempt to smuggle
		// another one past a proxy, so the connection ends after the answer (RFC
		// 9112 section 6.1). net/http has taken the length out by now, so every
		// request in chunks is answered so.
		h.Set("Connection", "close")
	}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.Body) // a caller that went away is nobody to tell
	}
}

// JSON writes v without escaping HTML: the media type says what it is,
// and people read it.
func JSON(status int, v any) (Answer, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return Answer{}, err
	}
	a := Answer{Status: status, Body: bytes.TrimSpace(b.Bytes())}
	a.Set("Content-Type", "application/json")
	return a, nil
}

// Uncached marks an answer that nobody may keep (RFC 6749 section 5.1).
func Uncached(a Answer) Answer {
	a.Set("Cache-Control", "no-store")
	a.Set("Pragma", "no-cache")
	return a
}

// Redirect sends the browser on. 303, never 307: the browser must not send
// the password form again to the client (RFC 9700 section 4.12).
func Redirect(to string) Answer {
	a := Uncached(Answer{Status: http.StatusSeeOther})
	a.Set("Location", to)
	a.Set("Referrer-Policy", "no-referrer")
	return a
}

// ServerError is the answer when the provider itself is broken: its source of
// randomness or its keys, never anything that a request can bring about.
func ServerError(err error) Answer {
	a := Uncached(Answer{Status: http.StatusInternalServerError, Body: []byte("the provider is broken: " + err.Error() + "\n")})
	a.Set("Content-Type", "text/plain; charset=utf-8")
	return a
}

// ErrorResponse is RFC 6749 section 5.2.
type ErrorResponse struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter, r *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
		return
	}
	if r.ProtoMajor > 1 {
		panic(http.ErrAbortHandler) // what net/http documents for ending a stream; it catches this itself
	}
	// A network in memory has no connection to end; the next best is an
	// answer that no provider gives.
	w.WriteHeader(http.StatusGatewayTimeout)
}
