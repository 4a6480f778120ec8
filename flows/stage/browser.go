package stage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Browser is the user agent: it keeps cookies, and it makes every redirect a
// request of its own so that each can be watched. It runs no scripts;
// what the script of a [PageApp] does, that app does with the browser's own connection.
type Browser struct {
	ctx  context.Context // the life of the run
	port http.RoundTripper
	jar  http.CookieJar
	seen []string // addresses of the pages that were shown
	// claimed is the scheme of addresses that belong to an app on the same phone; "" is none.
	claimed string
}

var errTooManyHops = errors.New("the page redirects in circles")

const userAgent = "Mozilla/5.0 (Grantwalk)"

func newBrowser(ctx context.Context, port http.RoundTripper) *Browser {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &Browser{ctx: ctx, port: port, jar: jar}
}

// Open loads an address and follows redirects until a page is there.
func (b *Browser) Open(address string) (*Page, error) {
	return b.load(http.MethodGet, address, nil)
}

// Submit sends the page's form with what the person typed and the button they pressed.
func (b *Browser) Submit(page *Page, typed map[string]string, button Button) (*Page, error) {
	if page.Form == nil {
		return nil, fmt.Errorf("the page at %s has no form", page.URL)
	}
	return b.load(page.Form.Method, page.Form.Action, page.Form.Fill(typed, button))
}

// History lists the addresses of the pages that were shown, fragments included, as a browser keeps them.
func (b *Browser) History() []string { return slices.Clone(b.seen) }

// ReplaceState changes the address of the page that is shown, as its script may
// (HTML standard, section 7.2.5): the history keeps only the new one.
func (b *Browser) ReplaceState(address string) {
	if len(b.seen) > 0 {
		b.seen[len(b.seen)-1] = address
	}
}

func (b *Browser) load(method, address string, form []trace.Field) (*Page, error) {
	for range maxHops {
		resp, at, err := b.send(method, address, form)
		if err != nil {
			return nil, err
		}
		next, err := location(resp, at)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return b.arrive(method, resp, at)
		}
		if err := resp.Body.Close(); err != nil {
			return nil, fmt.Errorf("close the answer: %w", err)
		}
		address = next.String()
		if b.isForAnApp(next) {
			return &Page{URL: address, Status: resp.StatusCode}, nil // no page: an app is to open it
		}
		if resp.StatusCode != http.StatusTemporaryRedirect && resp.StatusCode != http.StatusPermanentRedirect {
			method, form = http.MethodGet, nil // RFC 9110 sections 15.4.2 to 15.4.4
		}
	}
	return nil, errTooManyHops
}

// arrive reads the page at which a way ends.
func (b *Browser) arrive(method string, resp *http.Response, at *url.URL) (*Page, error) {
	if method == http.MethodGet {
		b.seen = append(b.seen, at.String())
	}
	return readPage(resp, at)
}

// isForAnApp reports whether an app on the same phone has claimed such addresses (RFC 8252 section 7.1).
func (b *Browser) isForAnApp(address *url.URL) bool {
	return b.claimed != "" && address.Scheme == b.claimed
}

func (b *Browser) send(method, address string, form []trace.Field) (*http.Response, *url.URL, error) {
	body := ""
	if method == http.MethodPost {
		body = trace.EncodePairs(form)
	} else if len(form) > 0 {
		address, _, _ = strings.Cut(address, "?")
		address += "?" + trace.EncodePairs(form)
	}
	req, err := http.NewRequestWithContext(b.ctx, method, address, strings.NewReader(body))
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", address, err)
	}
	req.Header.Set("Accept", "text/html")
	req.Header.Set("User-Agent", userAgent)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", formType)
	}
	if cookies := b.jar.Cookies(req.URL); len(cookies) > 0 {
		pairs := make([]string, 0, len(cookies))
		for _, c := range cookies {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
		req.Header.Set("Cookie", strings.Join(pairs, "; "))
	}
	resp, err := b.port.RoundTrip(req)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", req.URL.Redacted(), err)
	}
	at := req.URL
	if resp.Request != nil { // where it really went: a learner may have changed the address
		at = resp.Request.URL
	}
	b.jar.SetCookies(at, resp.Cookies())
	return resp, at, nil
}

// location returns where an answer redirects to, or nil.
func location(resp *http.Response, from *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil //nolint:nilnil // no redirect is not an error
	}
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil {
		return nil, fmt.Errorf("read Location (RFC 9110 section 10.2.2): %w", err)
	}
	return to, nil
}

func readPage(resp *http.Response, at *url.URL) (page *Page, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("read the page at %s: %w", at.Redacted(), err)
	}
	return ParsePage(at.String(), resp.StatusCode, body)
}
