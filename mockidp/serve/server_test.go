package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

// A container is told to end by SIGTERM while people are signing in.
func TestARequestInFlightIsAnsweredBeforeTheEnd(t *testing.T) {
	ln, begun, ending := listen(t), make(chan struct{}), make(chan struct{})
	s := startServer(ln, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-ending
		_, _ = w.Write([]byte("done"))
	}), nil)
	s.RegisterOnShutdown(func() { close(ending) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	body := make(chan string, 1)
	go func() { body <- bodyOf(t.Context(), "http://"+ln.Addr().String()) }()
	if err := s.until(ctx); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	if got := <-body; got != "done" {
		t.Errorf("the request in flight was answered with %q", got)
	}
}

func bodyOf(ctx context.Context, address string) string {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err.Error()
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func asked(f *front, method, address string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	f.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), method, address, nil))
	return w
}

func TestHealthIsToldBeforeTheProviderIsThereAndAfter(t *testing.T) {
	f := newFront("https://dev.example/idp")
	for address, want := range map[string]int{
		"http://10.1.2.3/health": 503, "http://10.1.2.3/health/ready": 503, "http://10.1.2.3/health/live": 200,
		"http://10.1.2.3/idp/health": 503, "http://10.1.2.3/realms/demo": 503,
	} {
		if w := asked(f, http.MethodGet, address); w.Code != want {
			t.Errorf("before, %s is %d", address, w.Code)
		}
	}
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://dev.example/idp", Hosts: []string{"dev.example"}})
	if err != nil {
		t.Fatal(err)
	}
	watch := provider.Watch(1)
	f.provider.Store(provider)
	for _, path := range []string{"/health", "/health/live", "/health/ready", "/idp/health"} {
		w := asked(f, http.MethodGet, "http://10.1.2.3"+path)
		if w.Code != http.StatusOK || w.Body.String() != `{"status":"UP"}` || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s is %d %s", path, w.Code, w.Body)
		}
		if w := asked(f, http.MethodHead, "http://10.1.2.3"+path); w.Code != http.StatusOK || w.Body.Len() != 0 {
			t.Errorf("HEAD %s is %d %s", path, w.Code, w.Body)
		}
		if w := asked(f, http.MethodPost, "http://10.1.2.3"+path); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s is %d", path, w.Code)
		}
	}
	watch.Stop()
	for e := range watch.Exchanges() {
		t.Errorf("the log would tell of %s", e.Path)
	}
}
