package serve

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// served is the serve command, running inside the test.
type served struct {
	issuer string
	head   string // what it said at start
	host   string // as in the Host header
	cancel context.CancelFunc
	status chan int
	out    io.Reader
	rest   strings.Builder
	mu     sync.Mutex
	said   sync.WaitGroup
}

// startServe returns once the command has said everything that it says at start.
func startServe(t *testing.T, listen string, more ...string) *served {
	t.Helper()
	read, write := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	s := &served{cancel: cancel, status: make(chan int, 1), out: read}
	go func() {
		var errOut bytes.Buffer
		status := run(ctx, append([]string{"serve", "--listen", listen}, more...), write, &errOut)
		fmt.Fprint(write, errOut.String())
		_ = write.Close()
		s.status <- status
	}()
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		s.head += lines.Text() + "\n"
		if _, issuer, ok := strings.Cut(lines.Text(), "issuer     "); ok {
			s.issuer = issuer
		}
		if at, ok := strings.CutPrefix(lines.Text(), "listening  "); ok {
			s.host = at
		}
		if found := regexp.MustCompile(`"issuer":"([^"]+)"`).FindStringSubmatch(lines.Text()); found != nil {
			s.issuer = found[1]
			break
		}
		if strings.Contains(lines.Text(), "for each request") {
			break
		}
	}
	u, err := url.Parse(s.issuer)
	if err != nil || u.Host == "" {
		t.Fatalf("serve --listen %s names no issuer: %q, status %d", listen, s.issuer, <-s.status)
	}
	s.host = cmp.Or(s.host, u.Host)
	s.said.Go(func() {
		for lines.Scan() {
			s.mu.Lock()
			fmt.Fprintln(&s.rest, lines.Text())
			s.mu.Unlock()
		}
	})
	return s
}

// stop is Ctrl-C. It returns the exit status and what was said since the start.
func (s *served) stop() (status int, log string) {
	s.cancel()
	status = <-s.status
	s.said.Wait()
	return status, s.rest.String()
}

// Clients compare the issuer as a string (OpenID Connect Discovery section
// 4.3), so it is the one that they were told to use, however we listen.
func TestTheIssuerIsWhatClientsAreTold(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, listen := range loopbacks() {
		s := startServe(t, listen)
		asked, _, _ := net.SplitHostPort(listen)
		if host, _, _ := net.SplitHostPort(s.host); host != strings.ToLower(asked) {
			t.Errorf("--listen %s: the issuer is %s", listen, s.issuer)
		}
		status, body := get(t, s.issuer+"/.well-known/openid-configuration")
		if status != http.StatusOK || !strings.Contains(body, `"`+s.issuer+`"`) {
			t.Errorf("--listen %s: discovery answers %d\n%s", listen, status, body)
		}
		if status, log := s.stop(); status != usage.StatusOK ||
			!strings.Contains(log, "200  GET  /realms/demo/.well-known/openid-configuration") {
			t.Errorf("--listen %s: exit status %d, and the log is\n%s", listen, status, log)
		}
	}
}

// loopbacks are the ways to say this machine that this machine understands.
func loopbacks() []string {
	var can []string
	for _, listen := range []string{"127.0.0.1:0", "localhost:0", "LocalHost:0", "[::1]:0", "127.0.0.2:0"} {
		if ln, err := net.Listen("tcp", listen); err == nil { //nolint:noctx // closed at once
			_ = ln.Close()
			can = append(can, listen)
		}
	}
	return can
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// x/oauth2 is the client and a cookie jar the browser: nobody of the cast takes part.
func TestAClientOfSomebodyElseLogsIn(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0")
	endpoint := s.issuer + "/protocol/openid-connect/"
	const redirect = "http://127.0.0.1:7777/callback" // any port is registered, and nobody need listen
	client := oauth2.Config{
		ClientID: "mobile-pkce-client", RedirectURL: redirect, Scopes: []string{"openid", "mail.read"},
		Endpoint: oauth2.Endpoint{AuthURL: endpoint + "auth", TokenURL: endpoint + "token", AuthStyle: oauth2.AuthStyleInParams},
	}
	browser := newBrowser(t)
	verifier := oauth2.GenerateVerifier()
	browser.open(client.AuthCodeURL("some-state", oauth2.S256ChallengeOption(verifier)))
	browser.submit(url.Values{"username": {"jane"}, "password": {"not-hers"}, "action": {"sign-in"}})
	browser.submit(url.Values{"fill": {"jane"}}) // one click on a person …
	if !strings.Contains(browser.page, `value="jane"`) {
		t.Errorf("… does not fill the form in:\n%s", browser.page)
	}
	browser.submit(url.Values{"username": {"jane"}, "password": {"jane"}, "action": {"sign-in"}})
	browser.submit(url.Values{"decision": {"approve"}})
	back, err := url.Parse(browser.location)
	if err != nil || !strings.HasPrefix(browser.location, redirect+"?") || back.Query().Get("state") != "some-state" ||
		back.Query().Get("iss") != s.issuer {
		t.Fatalf("the browser was sent to %q, %v", browser.location, err)
	}
	ctx := context.WithValue(t.Context(), oauth2.HTTPClient, browser.client)
	token, err := client.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if token.Type() != "Bearer" || token.Extra("id_token") == nil {
		t.Errorf("got %+v", token)
	}
	if _, err := client.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier)); err == nil {
		t.Error("the code worked twice")
	}
	browser.close()
	status, log := s.stop()
	if status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
	for _, line := range []string{
		"200  GET  /realms/demo/protocol/openid-connect/auth  client=mobile-pkce-client",
		"refused: user name and password belong together",
		"303  POST  /realms/demo/protocol/openid-connect/auth/consent",
		"200  POST  /realms/demo/protocol/openid-connect/token",
		"400  POST  /realms/demo/protocol/openid-connect/token",
	} {
		if !strings.Contains(log, line) {
			t.Errorf("the log lacks %q:\n%s", line, log)
		}
	}
	for what, secret := range map[string]string{
		"the code": back.Query().Get("code"), "the access token": token.AccessToken, "the ID token": fmt.Sprint(token.Extra("id_token")),
		"the verifier": verifier, "a password": "not-hers",
	} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %s:\n%s", what, log)
		}
	}
}

// browser is what a person uses: cookies, forms, and it stops at a redirect.
type browser struct {
	t        *testing.T
	client   *http.Client
	at       *url.URL
	page     string
	location string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{
		Jar: jar, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (b *browser) close() { b.client.CloseIdleConnections() }

func (b *browser) open(address string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		b.t.Fatal(err)
	}
	b.send(req)
}

// submit sends the form of the page with its hidden fields and those.
func (b *browser) submit(fields url.Values) {
	b.t.Helper()
	action := regexp.MustCompile(`<form method="post" action="([^"]+)"`).FindStringSubmatch(b.page)
	if action == nil {
		b.t.Fatalf("%s has no form:\n%s", b.at, b.page)
	}
	for _, hidden := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(b.page, -1) {
		fields.Set(hidden[1], html.UnescapeString(hidden[2]))
	}
	to, err := b.at.Parse(html.UnescapeString(action[1]))
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, to.String(), strings.NewReader(fields.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", to.Scheme+"://"+to.Host)
	b.send(req)
}

func (b *browser) send(req *http.Request) {
	b.t.Helper()
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.at, b.page, b.location = req.URL, string(text), resp.Header.Get("Location")
}

// A browser holds connections open, some of which it never used.
func TestServeStopsThoughClientsHoldOn(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0")
	silent, used := dial(t, s.host), dial(t, s.host)
	defer func() { _, _ = silent.Close(), used.Close() }()
	say(t, used, "GET /nothing HTTP/1.1\r\nHost: "+s.host+"\r\n\r\n")
	status, log := s.stop()
	if status != usage.StatusOK || !strings.HasSuffix(log, "stopped\n") {
		t.Errorf("exit status %d, and the log is\n%s", status, log)
	}
	for name, conn := range map[string]net.Conn{"that was never used": silent, "that was used": used} {
		if n, err := conn.Read(make([]byte, 1)); n != 0 || err == nil {
			t.Errorf("the connection %s is still open", name)
		}
	}
}

func dial(t *testing.T, host string) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// say sends that and reads the answer, of which it returns the status.
func say(t *testing.T, conn net.Conn, request string) (status int) {
	t.Helper()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

func TestNobodyCanForgeALineOfTheLog(t *testing.T) {
	s := startServe(t, "127.0.0.1:0")
	requests := []string{
		"GET /a%0a12:00:00%20%20200%20%20GET%20%20/forged HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /%1b[31mred%c2%9b%00%e2%80%ae HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /realms/demo/protocol/openid-connect/auth?client_id=x%0aforged&access_token=SECRET HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /realms/demo/protocol/openid-connect/userinfo HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer SECRET\r\n\r\n",
		"POST /realms/demo/protocol/openid-connect/token HTTP/1.1\r\nHost: HOST\r\nAuthorization: Basic " +
			"U0VDUkVUOlNFQ1JFVA==\r\nContent-Length: 0\r\n\r\n",
		strings.Repeat("A", 3000) + " / HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: SECRET.example\r\n\r\n",
	}
	for _, request := range requests {
		conn := dial(t, s.host)
		say(t, conn, strings.ReplaceAll(request, "HOST", s.host))
		_ = conn.Close()
	}
	_, log := s.stop()
	lines := strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	if len(lines) != len(requests)+1 { // and "stopped"
		t.Errorf("%d requests made %d lines:\n%s", len(requests), len(lines)-1, log)
	}
	row := regexp.MustCompile(`^\d\d:\d\d:\d\d  [1-5]\d\d  [!-~]{1,20}  /[!-~]*  (client=[!-~]+  )?[0-9.µms]+(  refused: [ -~§µ]+)?$`)
	for _, line := range lines[:len(lines)-1] {
		if !row.MatchString(line) || len(line) > 400 {
			t.Errorf("not a row of the log: %q", line)
		}
	}
	if strings.Contains(log, "SECRET") {
		t.Errorf("the log tells a secret:\n%s", log)
	}
}

// "Inactive" is what introspection was asked for, and no refusal (RFC 7662 section 2.2).
func TestAnInactiveTokenIsNoRefusalInTheLog(t *testing.T) {
	s := startServe(t, "127.0.0.1:0")
	const body = "token=made-up"
	conn := dial(t, s.host)
	say(t, conn, "POST /realms/demo/protocol/openid-connect/token/introspect HTTP/1.1\r\nHost: "+s.host+
		"\r\nAuthorization: Basic "+base64.StdEncoding.EncodeToString([]byte("my-service-client:my-service-secret"))+
		"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"+body)
	_ = conn.Close()
	if _, log := s.stop(); !strings.Contains(log, "  200  POST") || !strings.Contains(log, "answered inactive: the token is one") ||
		strings.Contains(log, "refused") {
		t.Errorf("the log says:\n%s", log)
	}
}

// A page of somebody else that points its own name at this machine gets no answer (DNS rebinding).
func TestServeAnswersToItsOwnNamesAlone(t *testing.T) {
	s := startServe(t, "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(s.host)
	for host, want := range map[string]int{
		s.host: http.StatusOK, "localhost:" + port: http.StatusOK, "[::1]:" + port: http.StatusOK,
		"evil.example:" + port: http.StatusMisdirectedRequest, "127.0.0.1": http.StatusMisdirectedRequest,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.issuer+"/.well-known/openid-configuration", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host, req.Close = host, true
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host: %s is answered with %d, want %d", host, resp.StatusCode, want)
		}
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

func TestThePortOfPlainHTTPIsLeftOut(t *testing.T) {
	at := func(port int) net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port} }
	for want, got := range map[string]string{
		"127.0.0.1":      baseHost("127.0.0.1", at(80), "80"),
		"[::1]":          baseHost("::1", at(80), "80"),
		"localhost:8180": baseHost("localhost", at(8180), "80"),
		"[::1]:8180":     baseHost("::1", at(8180), "80"),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
