// Package wire is what the provider reads and writes: a request with its
// parameters, within limits and exactly as it was sent, texts that can be shown
// and logged, JSON that no two readers take differently, and the answer.
//
// Call [Read] for a request; an endpoint returns an [Answer], which is written
// in one place. The package knows HTTP and the alphabets of the standards; it
// knows no realm, no client and no endpoint.
package wire

import (
	"crypto/x509"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// The limits of a request, in bytes.
const (
	MaxBody      = 64 << 10
	MaxURL       = 16 << 10
	MaxParameter = 4 << 10 // its name with its value
)

// Request is an HTTP request, read once and within limits.
type Request struct {
	*http.Request
	Now       time.Time
	Query     Params
	Form      Params // of the body
	MediaType string // of the body, as sent
	Body      []byte // of media types other than a form's

	hosts    []string
	contrary string // what proxies say of it that cannot both be true; empty when they do not
	isForm   bool   // the body says that it is a form
	bodySize int    // at most MaxBody+1
}

// Read reads a request that came at a time, maybe by way of these proxies, to a
// provider that answers for these hosts; none means for every host.
func Read(r *http.Request, now time.Time, hosts []string, by Proxies) Request {
	r, contrary := by.unforwarded(r)
	if lower := strings.ToLower(r.Host); lower != r.Host { // names of hosts have no case (RFC 3986 section 3.2.2)
		r = r.WithContext(r.Context())
		r.Host = lower
	}
	req := Request{Request: r, Now: now, hosts: hosts, contrary: contrary}
	if len(r.URL.RawQuery) <= MaxURL {
		req.Query = ParseParams(r.URL.RawQuery)
	}
	if r.Method != http.MethodPost && r.Method != http.MethodPut || r.Body == nil {
		return req
	}
	req.MediaType = r.Header.Get("Content-Type")
	req.isForm = isForm(req.MediaType)
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	req.bodySize = len(body)
	switch {
	case len(body) > MaxBody:
	case req.isForm:
		req.Form = ParseParams(string(body))
	default:
		req.Body = body
	}
	if err != nil {
		req.Form = Params{malformed: "a body that broke off"}
	}
	return req
}

// isForm reads a Content-Type. Nearly every client sends the same, for which
// nothing needs to be parsed.
func isForm(contentType string) bool {
	const form = "application/x-www-form-urlencoded"
	if contentType == form {
		return true
	}
	media, attributes, err := mime.ParseMediaType(contentType)
	charset := attributes["charset"]
	return err == nil && media == form && (charset == "" || strings.EqualFold(charset, "utf-8"))
}

// ReadMethod returns the method, with HEAD taken for the GET that it stands for.
func (r *Request) ReadMethod() string {
	if r.Method == http.MethodHead {
		return http.MethodGet
	}
	return r.Method
}

// Certificate returns the one that the client presented in the TLS handshake,
// or nil.
func (r *Request) Certificate() *x509.Certificate {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return nil
	}
	return r.TLS.PeerCertificates[0]
}
