//go:build soak

package mockidp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// soak is a provider on a port, with good clients and hostile ones at once.
type soak struct {
	t      *testing.T
	p      *mockidp.Provider
	issuer string
	ctx    context.Context //nolint:containedctx // of the whole run
	count  sync.Map        // kind of request to *atomic.Int64
	wrong  atomic.Int64
}

// TestSoak is "make soak": SOAK=10m, in go test's own words.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("SOAK"))
	if err != nil {
		t.Fatalf("SOAK is how long, e.g. SOAK=10m: %v", err)
	}
	clock := &movedClock{}
	realm := rulesRealm()
	realm.Registration = &mockidp.Registration{}
	p := mockidp.Start(t, mockidp.Config{Keys: keys(t), Now: clock.Now, Realms: []mockidp.Realm{realm}})
	defer func() { _ = p.Close() }()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := &soak{t: t, p: p, issuer: p.Issuer("demo"), ctx: ctx}

	// What never goes away again, such as tables that have grown once, is there
	// after the first tenth.
	s.run(ctx, long/10)
	base := s.rest(clock)
	s.sampled(ctx, long-long/10)
	end := s.rest(clock)
	t.Logf("heap at rest: %s before, %s after", mib(base), mib(end))
	s.summary(long)
	if end > base+16<<20 {
		t.Errorf("the heap grew from %s to %s", mib(base), mib(end))
	}
	if s.wrong.Load() > 0 {
		t.Errorf("%d answers were wrong", s.wrong.Load())
	}
}

// movedClock is the real clock, which can be moved forward.
type movedClock struct{ by atomic.Int64 }

func (c *movedClock) Now() time.Time { return time.Now().Add(time.Duration(c.by.Load())) }

// rest lets everything expire and returns the size of the heap.
func (s *soak) rest(clock *movedClock) uint64 {
	clock.by.Add(int64(60 * 24 * time.Hour))
	s.p.ForgetExpired()
	return heap()
}

func heap() uint64 {
	for range 3 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func mib(n uint64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// sampled runs and looks at the memory at intervals.
func (s *soak) sampled(ctx context.Context, long time.Duration) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.run(ctx, long)
	}()
	tick := time.NewTicker(max(long/12, 2*time.Second))
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			size, routines, kept := heap(), runtime.NumGoroutine(), s.p.Kept("demo")
			s.t.Logf("heap %s, %d goroutines, kept %v", mib(size), routines, kept)
			if size > 512<<20 || routines > 2000 {
				s.t.Errorf("heap %s, %d goroutines", mib(size), routines)
			}
			for shelf, n := range kept {
				if n > mockidp.Caps()[shelf] {
					s.t.Errorf("%d %s", n, shelf)
				}
			}
		}
	}
}

// run sends traffic of all kinds for a while.
func (s *soak) run(ctx context.Context, long time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var group sync.WaitGroup
	for _, w := range []func(context.Context, *visitor){
		s.login, s.login, s.service, s.device, s.hostile, s.hostile, s.guess, s.raw, s.flood, s.register, s.trouble, s.watch,
	} {
		group.Go(func() {
			for ctx.Err() == nil {
				v := s.visitor("127.0.0.1")
				w(ctx, v)
				v.client.CloseIdleConnections()
			}
		})
	}
	group.Wait()
}

// visitor is somebody with a browser or a client of their own.
type visitor struct {
	s      *soak
	client *http.Client
}

func (s *soak) visitor(from string) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	return &visitor{s, &http.Client{
		Jar: jar, Transport: &http.Transport{DialContext: dialer.DialContext}, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// send returns the answer, or a status of 0 when there was none.
func (v *visitor) send(ctx context.Context, kind, method, address, body string, headers ...string) (int, http.Header, string) {
	n, _ := v.s.count.LoadOrStore(kind, &atomic.Int64{})
	n.(*atomic.Int64).Add(1) //nolint:forcetypeassert // nothing else is stored
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return 0, nil, ""
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.client.Do(r)
	if err != nil {
		return 0, nil, ""
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, nil, ""
	}
	if res.StatusCode >= http.StatusInternalServerError {
		v.s.fault(ctx, "%s %s: %d %s", method, address, res.StatusCode, said)
	}
	return res.StatusCode, res.Header, string(said)
}

// fault reports what should not be, but not what the end of the run cut off.
func (s *soak) fault(ctx context.Context, format string, args ...any) {
	if ctx.Err() == nil && s.wrong.Add(1) <= 20 {
		s.t.Errorf(format, args...)
	}
}

func (s *soak) summary(long time.Duration) {
	var lines []string
	total := int64(0)
	s.count.Range(func(kind, n any) bool {
		sent := n.(*atomic.Int64).Load() //nolint:forcetypeassert // nothing else is stored
		total += sent
		lines = append(lines, fmt.Sprintf("%9d  %s", sent, kind))
		return true
	})
	slices.Sort(lines)
	s.t.Logf("%d requests in %s\n%s", total, long, strings.Join(lines, "\n"))
}

// login is a whole login of jane, with all that an app does afterwards.
func (s *soak) login(ctx context.Context, v *visitor) {
	oidc := s.issuer + "/protocol/openid-connect"
	status, _, page := v.send(ctx, "good: authorization", "GET", oidc+"/auth?"+with("client_id", "app-client", "scope", "openid").Encode(), "")
	if status != http.StatusOK {
		s.fault(ctx, "authorization: %d %s", status, page)
		return
	}
	base := strings.TrimSuffix(s.issuer, "/realms/demo")
	action, fields := readForm(s.t, page)
	fields.Set("username", "jane")
	fields.Set("password", "jane")
	if status, _, page = v.send(ctx, "good: sign-in", "POST", base+action, fields.Encode()); status != http.StatusOK {
		s.fault(ctx, "sign-in: %d %s", status, page)
		return
	}
	action, fields = readForm(s.t, page)
	fields.Set("decision", "approve")
	status, header, page := v.send(ctx, "good: consent", "POST", base+action, fields.Encode())
	to, err := url.Parse(header.Get("Location"))
	if err != nil || to.Query().Get("code") == "" {
		s.fault(ctx, "consent: %d %s", status, page)
		return
	}
	redeem := redeeming(to.Query().Get("code"), "client_id", "app-client").Encode()
	status, _, body := v.send(ctx, "good: token", "POST", oidc+"/token", redeem)
	var tokens struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		ID      string `json:"id_token"`
	}
	if json.Unmarshal([]byte(body), &tokens) != nil || tokens.Refresh == "" || tokens.ID == "" {
		s.fault(ctx, "token: %d %s", status, body)
		return
	}
	for kind, want := range map[string]func() (int, string){
		"userinfo": func() (int, string) {
			got, _, said := v.send(ctx, "good: userinfo", "GET", oidc+"/userinfo", "", "Authorization", "Bearer "+tokens.Access)
			return got, said
		},
		"refresh": func() (int, string) {
			got, _, said := v.send(ctx, "good: refresh", "POST", oidc+"/token",
				"grant_type=refresh_token&client_id=app-client&refresh_token="+tokens.Refresh)
			return got, said
		},
	} {
		if got, said := want(); got != http.StatusOK {
			s.fault(ctx, "%s: %d %s", kind, got, said)
		}
	}
	if got, _, said := v.send(ctx, "good: logout", "GET", oidc+"/logout?id_token_hint="+tokens.ID, ""); got != http.StatusOK {
		s.fault(ctx, "logout: %d %s", got, said)
	}
	if got, _, _ := v.send(ctx, "hostile: replay", "POST", oidc+"/token", redeem); got == http.StatusOK {
		s.fault(ctx, "a code gave tokens twice")
	}
	if got, _, _ := v.send(ctx, "hostile: old token", "GET", oidc+"/userinfo", "", "Authorization",
		"Bearer "+tokens.Access); got == http.StatusOK {
		s.fault(ctx, "a token outlived its session")
	}
}

func (s *soak) service(ctx context.Context, v *visitor) {
	for range 20 {
		status, _, body := v.send(ctx, "good: client credentials", "POST", s.issuer+"/protocol/openid-connect/token", asService().Encode(),
			"Authorization", basic("my-service-client", "my-service-secret"))
		if status != http.StatusOK {
			s.fault(ctx, "client credentials: %d %s", status, body)
		}
	}
}

func (s *soak) device(ctx context.Context, v *visitor) {
	oidc := s.issuer + "/protocol/openid-connect"
	status, _, body := v.send(ctx, "good: device", "POST", oidc+"/auth/device", "client_id=tv-client")
	var got struct {
		Code string `json:"device_code"`
	}
	if json.Unmarshal([]byte(body), &got) != nil || got.Code == "" {
		s.fault(ctx, "device: %d %s", status, body)
		return
	}
	for range 3 {
		v.send(ctx, "hostile: hasty device", "POST", oidc+"/token",
			"grant_type="+url.QueryEscape("urn:ietf:params:oauth:grant-type:device_code")+"&client_id=tv-client&device_code="+got.Code)
	}
}

// dice is a number below n.
func dice(n int) int { return rand.IntN(n) } //nolint:gosec // what a stranger sends next is no secret

// hostile sends odd parameters to odd places.
func (s *soak) hostile(ctx context.Context, v *visitor) {
	endpoints, names, values := mockidp.EndpointsForTest(), hostileNames(), awkward()
	for range 50 {
		e := endpoints[dice(len(endpoints))]
		sent := cloned(goodRequest(e.Name))
		for range 1 + dice(4) {
			sent.Add(names[dice(len(names))], values[dice(len(values))])
		}
		method := []string{"GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "BREW"}[dice(8)]
		address, body := s.issuer+e.Path, sent.Encode()
		if method == "GET" && len(body) < 4000 {
			address, body = address+"?"+body, ""
		}
		v.send(ctx, "hostile: parameters", method, address, body, "Origin", "https://evil.example")
	}
	v.send(ctx, "hostile: too long", "POST", s.issuer+"/protocol/openid-connect/token", strings.Repeat("x", 200_000))
	v.send(ctx, "hostile: too long", "GET", s.issuer+"/protocol/openid-connect/auth?x="+strings.Repeat("x", 40_000), "")
}

// guess guesses passwords, from an address of its own.
func (s *soak) guess(ctx context.Context, _ *visitor) {
	v := s.visitor("127.0.0.2")
	defer v.client.CloseIdleConnections()
	for i := range 50 {
		got, _, _ := v.send(ctx, "hostile: guess", "POST", s.issuer+"/protocol/openid-connect/token",
			fmt.Sprintf("grant_type=password&client_id=legacy-password-client&scope=openid&username=jane&password=%d", i))
		if got == http.StatusOK {
			s.fault(ctx, "jane's password is %d", i)
		}
	}
}

// raw speaks something that is hardly HTTP, and leaves.
func (s *soak) raw(ctx context.Context, _ *visitor) {
	u, err := url.Parse(s.issuer)
	if err != nil {
		s.t.Fatal(err)
	}
	n, _ := s.count.LoadOrStore("hostile: raw", &atomic.Int64{})
	for _, said := range []string{
		"", "GET", "GET / HTTP/1.1\r\n",
		"POST /realms/demo/protocol/openid-connect/token HTTP/1.1\r\nHost: " + u.Host + "\r\nContent-Length: 100\r\n\r\nx",
		"\x16\x03\x01\x00", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: " + u.Host + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n",
	} {
		n.(*atomic.Int64).Add(1) //nolint:forcetypeassert // nothing else is stored
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", u.Host)
		if err != nil {
			return
		}
		_, _ = conn.Write([]byte(said))
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}
}

// flood asks for what the provider then has to remember.
func (s *soak) flood(ctx context.Context, v *visitor) {
	oidc := s.issuer + "/protocol/openid-connect"
	for range 20 {
		v.client.Jar = nil
		v.send(ctx, "hostile: forms", "GET", oidc+"/auth?"+with("state", strings.Repeat("s", 3000)).Encode(), "")
		v.send(ctx, "hostile: pushed", "POST", oidc+"/ext/par/request", with("state", strings.Repeat("s", 3000)).Encode())
		v.send(ctx, "hostile: devices", "POST", oidc+"/auth/device", "client_id=tv-client")
	}
}

func (s *soak) register(ctx context.Context, v *visitor) {
	at := s.issuer + "/clients-registrations/openid-connect"
	status, _, body := v.send(ctx, "good: registration", "POST", at, `{"redirect_uris":["https://app.example/cb"]}`, "Content-Type",
		"application/json")
	if status != http.StatusCreated {
		s.fault(ctx, "registration: %d %s", status, body)
	}
	v.send(ctx, "hostile: registration", "POST", at, `{"redirect_uris":["javascript:alert(1)"]}`, "Content-Type", "application/json")
}

// trouble comes and goes, for a client of its own, and keys are rotated.
func (s *soak) trouble(ctx context.Context, v *visitor) {
	for _, kind := range []mockidp.FaultKind{mockidp.FaultDrop, mockidp.FaultUnsigned, mockidp.FaultExpired, mockidp.FaultTampered} {
		id, err := s.p.Trouble("demo", mockidp.Fault{Kind: kind, Client: "free-service", Times: 2})
		if err != nil {
			s.fault(ctx, "trouble: %v", err)
		}
		for range 3 {
			v.send(ctx, "good: troubled", "POST", s.issuer+"/protocol/openid-connect/token", "grant_type=client_credentials&scope=mail.read",
				"Authorization", basic("free-service", "free-secret"))
		}
		s.p.ClearTrouble("demo", id)
	}
	if dice(20) == 0 {
		if err := s.p.RotateKeys(); err != nil {
			s.fault(ctx, "rotate: %v", err)
		}
	}
}

// watch watches for a while, too slowly.
func (s *soak) watch(ctx context.Context, _ *visitor) {
	w := s.p.Watch(8)
	defer w.Stop()
	for range 200 {
		select {
		case <-ctx.Done():
			return
		case e, open := <-w.Exchanges():
			if !open || e.Took < 0 {
				s.fault(ctx, "%+v", e)
			}
		}
	}
}
