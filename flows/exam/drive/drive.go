// Package drive logs in to an app as a browser without a screen does, so that an
// exam needs nobody: it opens the address that the app's login begins at, follows
// where it is sent, allows what the provider asks, and looks whether the app let
// it in. No script runs, and nothing is opened but what the app and the provider
// lead to.
package drive

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/exam"
)

// Driver logs in again and again, each time with a new browser.
type Driver struct {
	Start    string            // where the app's login begins
	Provider string            // the issuer, which tells its pages from the app's
	When     Mark              // how to tell that somebody is logged in
	Person   []string          // words of whoever signs in, as an app may show them
	Others   []string          // of everybody else
	Through  http.RoundTripper // nil: the usual one

	usual *look // what the first login came to
	empty *look // the same place without a login
}

// Bounds of one login.
const (
	mostHops = 30
	mostBody = 256 << 10
)

// look is a page at the end of a chain of redirects.
type look struct {
	address string
	status  int
	body    string
	cookies []string // names that were set on the way
	shut    bool     // it led to the provider instead
}

// visit is a browser with its cookies.
type visit struct {
	d        *Driver
	client   *http.Client
	callback *look // the answer of the client's redirection endpoint
	started  bool  // the provider was reached
	cookies  []string
}

func (d *Driver) browser() (*visit, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make a browser: %w", err)
	}
	return &visit{d: d, client: &http.Client{
		Jar: jar, Transport: d.Through,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// lookEvery is how often somebody looks whether an app is there already.
const lookEvery = 100 * time.Millisecond

// Await waits until something listens where the login begins, or ctx ends. It
// calls tell with the host as soon as it has to wait.
func (d *Driver) Await(ctx context.Context, tell func(host string)) error {
	start, err := url.Parse(d.Start)
	if err != nil {
		return fmt.Errorf("read %s: %w", d.Start, err)
	}
	port := start.Port()
	if port == "" {
		port = start.Scheme // which names a port as well
	}
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for told := false; ; told = true {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(start.Hostname(), port))
		if err == nil {
			return conn.Close() //nolint:wrapcheck // it was opened to see that it opens
		}
		if !told {
			tell(start.Host)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nothing answers at %s: %w", start.Host, err)
		case <-look.C:
		}
	}
}

// Login logs in once. The first time it learns what it looks like when that
// succeeds; call it so for an ordinary login.
func (d *Driver) Login(ctx context.Context) (exam.Sight, error) {
	v, err := d.browser()
	if err != nil {
		return exam.Sight{}, err
	}
	end, err := v.open(ctx, http.MethodGet, d.Start, nil)
	if err != nil {
		return exam.Sight{}, err
	}
	if !v.started {
		return exam.Sight{}, &NotStartedError{Address: d.Start, Status: end.status, Links: links(end)}
	}
	if d.usual == nil {
		return d.learn(ctx, v, end)
	}
	return d.judge(ctx, v, end)
}

// open follows an address to where it ends, through the pages of the provider.
func (v *visit) open(ctx context.Context, method, address string, form url.Values) (*look, error) {
	for range mostHops {
		l, next, err := v.send(ctx, method, address, form)
		if err != nil {
			return nil, err
		}
		atProvider := v.isProvider(address)
		v.started = v.started || atProvider
		if came, err := url.Parse(address); err == nil && !atProvider && v.started && v.callback == nil && comesBack(came.Query(), form) {
			v.callback = l
		}
		if next != "" {
			method, address, form = http.MethodGet, next, nil
			continue
		}
		method, address, form = formOf(l)
		if !atProvider || address == "" {
			return l, nil
		}
	}
	return nil, fmt.Errorf("after %d redirects from %s there is no end to it", mostHops, v.d.Start)
}

func comesBack(query, form url.Values) bool {
	for _, name := range []string{"code", "error", "response", "id_token"} {
		if query.Has(name) || form.Has(name) {
			return true
		}
	}
	return false
}

func (v *visit) isProvider(address string) bool {
	issuer, err := url.Parse(v.d.Provider)
	at, wrong := url.Parse(address)
	return err == nil && wrong == nil && at.Host == issuer.Host
}

// send makes one request. Next is where it is redirected to.
func (v *visit) send(ctx context.Context, method, address string, form url.Values) (l *look, next string, err error) {
	var body io.Reader = http.NoBody
	if method == http.MethodPost {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, "", fmt.Errorf("open %s: %w", address, err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	r.Header.Set("User-Agent", "grantwalk-exam")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := v.client.Do(r)
	if err != nil {
		return nil, "", fmt.Errorf("open %s: %w", address, err)
	}
	defer func() { _ = res.Body.Close() }() // it was read to where we wanted
	text, err := io.ReadAll(io.LimitReader(res.Body, mostBody))
	if err != nil {
		return nil, "", fmt.Errorf("read %s: %w", address, err)
	}
	for _, c := range res.Cookies() {
		if c.MaxAge >= 0 && c.Value != "" {
			v.cookies = append(v.cookies, c.Name)
		}
	}
	l = &look{address: address, status: res.StatusCode, body: string(text), cookies: slices.Clone(v.cookies)}
	if to, err := res.Location(); err == nil && res.StatusCode >= 300 && res.StatusCode < 400 {
		next = to.String()
	}
	return l, next, nil
}

// NotStartedError means that an address does not lead to the provider.
type NotStartedError struct {
	Address string
	Status  int
	Links   []string // of the page, that look as if they did
}

func (e *NotStartedError) Error() string {
	said := fmt.Sprintf("%s answered %d and did not lead to the provider; give the address that the button “log in” opens",
		e.Address, e.Status)
	if len(e.Links) > 0 {
		said += ", perhaps " + strings.Join(e.Links, " or ")
	}
	return said
}
