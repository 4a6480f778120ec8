package mockidp

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func call(t *testing.T, c *http.Client, address string) (int, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(r)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}

func TestOutboundCallsReachThisMachineOnly(t *testing.T) {
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Redirect(w, &http.Request{}, "https://elsewhere.example/", http.StatusFound)
	}))
	defer here.Close()
	strict := newOutbound(&Config{})
	if status, err := call(t, strict, here.URL); err != nil || status != http.StatusFound {
		t.Errorf("loopback, with a redirect that is not followed: %d %v", status, err)
	}
	for _, address := range []string{
		"http://192.0.2.1/", "http://169.254.169.254/latest/meta-data", "http://[2001:db8::1]/",
		"http://0.0.0.0/", "http://[::ffff:192.0.2.1]:80/",
	} {
		if _, err := call(t, strict, address); !errors.Is(err, errNotLoopback) {
			t.Errorf("%s: %v", address, err)
		}
	}
	given := &http.Client{}
	if newOutbound(&Config{Outbound: given}) != given {
		t.Error("Config.Outbound is not used")
	}
}
