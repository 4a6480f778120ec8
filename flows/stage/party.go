package stage

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// party is what every app of a story has: its registration, where the others
// are, its connections to them, its clock and its randomness.
type party struct {
	Registration
	key               ed25519.PrivateKey // where it signs
	kid               string             // of that key
	guard             Guard
	say               *catalog.Catalog
	base, issuer, api string
	port, offstage    http.RoundTripper
	note              func(by trace.Role, step string, calc trace.Calc, checks []trace.Check) error
	now               func() time.Time
	random            io.Reader
}

// draw returns n random bytes in base64url.
func (p *party) draw(n int) string {
	b := make([]byte, n)
	_, _ = io.ReadFull(p.random, b) // the stage's stream never ends
	return base64.RawURLEncoding.EncodeToString(b)
}

// client takes redirects for the answers that they are.
func client(transport http.RoundTripper) *http.Client {
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// statusError is an answer other than 200 or 201.
type statusError struct {
	status int
	body   []byte
}

func (e *statusError) Error() string { return fmt.Sprintf("the answer was %d", e.status) }

// postJSON sends a document; it returns the text of the answer too.
func postJSON(ctx context.Context, c *http.Client, address, bearer string, document any) ([]byte, error) {
	return sendJSON(ctx, c, http.MethodPost, address, bearer, document)
}

// sendJSON is postJSON by any method.
func sendJSON(ctx context.Context, c *http.Client, method, address, bearer string, document any) ([]byte, error) {
	text, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("send to %s: %w", address, err)
	}
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("send to %s: %w", address, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	return doJSON(c, req, &json.RawMessage{})
}

// getJSON fetches and decodes; it returns the text of the body too.
func getJSON(ctx context.Context, c *http.Client, address, bearer string, into any) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", address, err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	return doJSON(c, req, into)
}

// credentials is what the body of a request to the token endpoint says about
// who asks (RFC 6749 section 2.3.1): nothing when the header says it.
func (p *party) credentials() []trace.Field {
	switch {
	case p.AuthMethod == AuthKey: // the assertion says it
		return nil
	case p.Secret == "":
		return []trace.Field{{Name: "client_id", Value: p.ID}}
	case p.AuthMethod == AuthPost:
		return []trace.Field{{Name: "client_id", Value: p.ID}, {Name: "client_secret", Value: p.Secret}}
	}
	return nil
}

// tokenRequest sends a form, which holds the credentials, to the token endpoint
// (RFC 6749 section 3.2).
func (p *party) tokenRequest(ctx context.Context, c *http.Client, address string, form []trace.Field) (tokenResponse, error) {
	var t tokenResponse
	err := p.postForm(ctx, c, address, form, &t)
	return t, err
}

func (p *party) postForm(ctx context.Context, c *http.Client, address string, form []trace.Field, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(trace.EncodePairs(form)))
	if err != nil {
		return fmt.Errorf("post to %s: %w", address, err)
	}
	req.Header.Set("Content-Type", formType)
	if p.Secret != "" && p.AuthMethod != AuthPost {
		// RFC 6749 section 2.3.1: form-encoded before they are joined.
		req.SetBasicAuth(url.QueryEscape(p.ID), url.QueryEscape(p.Secret))
	}
	_, err = doJSON(c, req, into)
	return err
}

func doJSON(c *http.Client, req *http.Request, into any) (body []byte, err error) {
	req.Header.Set("Accept", "application/json")
	resp, err := c.Do(req) //nolint:bodyclose // readBody closes it
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err
		}
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Redacted(), err)
	}
	body, err = readBody(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Redacted(), err)
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		return body, &statusError{status: resp.StatusCode, body: body}
	}
	if into == nil {
		return body, nil // there is nothing to read
	}
	if err := json.Unmarshal(body, into); err != nil {
		return body, fmt.Errorf("%s %s: the answer is not the JSON that was expected: %w", req.Method, req.URL.Redacted(), err)
	}
	return body, nil
}
