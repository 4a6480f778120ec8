package court

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Person is Jane with a browser in which no script runs: it follows redirects,
// keeps cookies and fills in the pages of the provider.
type Person struct {
	browser *http.Client
	t       *testing.T
}

// Page is where a person has come to.
type Page struct {
	Status  int
	Address *url.URL
	Body    string
}

// Browser is what is special about a person's browser; the zero value is an ordinary one.
type Browser struct {
	Hosts map[string]string // finds "localhost:8080" at a port that was free
	CA    string            // trusts the certificate in this file
}

// NewPerson returns a person at a browser in which nobody is signed in.
func NewPerson(t *testing.T, browser Browser) *Person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var dialer net.Dialer
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, cmp.Or(browser.Hosts[address], address))
		},
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: trusted(t, browser.CA)},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &Person{browser: &http.Client{Jar: jar, Transport: transport}, t: t}
}

// trusted are the CAs of the system, or the one in a file.
func trusted(t *testing.T, file string) *x509.CertPool {
	t.Helper()
	if file == "" {
		return nil
	}
	certificate, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(certificate) {
		t.Fatalf("%s holds no certificate", file)
	}
	return pool
}

// Leave opens an address and answers the provider's pages until it sends the
// browser elsewhere, and returns that address without going there.
func (p *Person) Leave(address string) *url.URL {
	p.t.Helper()
	var elsewhere *url.URL
	p.browser.CheckRedirect = func(next *http.Request, before []*http.Request) error {
		if next.URL.Host == before[0].URL.Host {
			return nil
		}
		elsewhere = next.URL
		return http.ErrUseLastResponse
	}
	defer func() { p.browser.CheckRedirect = nil }()
	page := p.Visit(address)
	if elsewhere == nil {
		p.t.Fatalf("the provider sends nobody back, but shows %d at %s:\n%s", page.Status, page.Address, page.Body)
	}
	return elsewhere
}

// Visit opens an address and answers the provider's pages until none is left.
func (p *Person) Visit(address string) Page {
	p.t.Helper()
	return p.answer(p.VisitOnly(address))
}

// VisitOnly opens an address and answers nothing.
func (p *Person) VisitOnly(address string) Page {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.send(request)
}

// Press submits the form of a page with its first button.
func (p *Person) Press(page Page) Page {
	p.t.Helper()
	f, ok := formIn(page)
	if !ok {
		p.t.Fatalf("%s has no form:\n%s", page.Address, page.Body)
	}
	if f.first != "" {
		name, value, _ := strings.Cut(f.first, "=")
		f.fields.Set(name, value)
	}
	return p.answer(p.submit(f))
}

func (p *Person) answer(page Page) Page {
	p.t.Helper()
	for range 5 {
		f, ok := formIn(page)
		if !ok || !f.fillIn() {
			return page
		}
		page = p.submit(f)
	}
	p.t.Fatalf("the provider asks in circles, at last at %s", page.Address)
	return page
}

func (p *Person) submit(f form) Page {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, f.action.String(), strings.NewReader(f.fields.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(request)
}

func (p *Person) send(request *http.Request) Page {
	p.t.Helper()
	request.Header.Set("Accept", "text/html") // as who asks for a page: to others some answer 401 and no redirect
	response, err := p.browser.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return Page{Status: response.StatusCode, Address: response.Request.URL, Body: string(body)}
}

// form is the first form of a page that is posted.
type form struct {
	action *url.URL
	fields url.Values
	button map[string]bool // name=value of each button
	first  string          // the first of them that has a name
}

// fillIn answers what the provider asks: who it is, and whether that is all
// right. It is false where there is nothing of that kind to answer.
func (f form) fillIn() bool {
	switch {
	case f.fields.Has("password"):
		f.fields.Set("username", "jane")
		f.fields.Set("password", "jane")
		f.fields.Set("action", "sign-in")
	case f.button["decision=approve"]:
		f.fields.Set("decision", "approve")
	default:
		return false
	}
	return true
}

func formIn(page Page) (form, bool) {
	f := form{fields: url.Values{}, button: map[string]bool{}}
	tokens := html.NewTokenizer(strings.NewReader(page.Body))
	for inside := false; ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return f, f.action != nil
		}
		token := tokens.Token()
		value := attributes(token)
		switch {
		case token.Data == "form" && kind == html.EndTagToken && inside:
			return f, true
		case token.Data == "form" && kind == html.StartTagToken && strings.EqualFold(value["method"], "post"):
			action, err := page.Address.Parse(value["action"])
			f.action, inside = action, err == nil
		case inside && token.Data == "button":
			name := value["name"] + "=" + value["value"]
			f.button[name] = true
			if f.first == "" && value["name"] != "" {
				f.first = name
			}
		case inside && token.Data == "input" && value["name"] != "" && ticked(value):
			f.fields.Add(value["name"], value["value"])
		}
	}
}

func ticked(input map[string]string) bool {
	_, checked := input["checked"]
	return checked || (input["type"] != "checkbox" && input["type"] != "radio")
}

func attributes(token html.Token) map[string]string {
	values := map[string]string{}
	for _, a := range token.Attr {
		values[a.Key] = a.Val
	}
	return values
}
