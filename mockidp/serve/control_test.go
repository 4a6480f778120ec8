package serve

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestServeSaysWhereToAskForTroubleAndWithWhichKey(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--control")
	found := regexp.MustCompile(`control    (\S+)  key (\S+)`).FindStringSubmatch(s.head)
	if found == nil {
		t.Fatalf("no address and key in\n%s", s.head)
	}
	if status := orderTrouble(t, found[1], "wrong"); status != http.StatusUnauthorized {
		t.Errorf("another key: %d", status)
	}
	if status := orderTrouble(t, found[1], found[2]); status != http.StatusCreated {
		t.Errorf("%d", status)
	}
	if status, _ := get(t, s.issuer+"/.well-known/openid-configuration"); status != http.StatusServiceUnavailable {
		t.Errorf("no trouble: %d", status)
	}
	if status, _ := get(t, strings.TrimSuffix(s.issuer, "/realms/demo")+"/trouble"); status != http.StatusNotFound {
		t.Errorf("the provider itself answers for the control endpoint: %d", status)
	}
	status, log := s.stop()
	if status != usage.StatusOK || !strings.Contains(log, "deliberate trouble: this provider is made to be unavailable, once") {
		t.Errorf("exit status %d, and the log is\n%s", status, log)
	}
}

func TestServeTellsWhatCrossesToWhoHasTheKey(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--control")
	found := regexp.MustCompile(`control    (\S+)/trouble  key (\S+)`).FindStringSubmatch(s.head)
	if found == nil {
		t.Fatalf("no address and key in\n%s", s.head)
	}
	get(t, s.issuer+"/protocol/openid-connect/auth?client_id=nobody")
	kept := tape.New(tape.Bounds{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = kept.Follow(ctx, found[1]+"/exchanges", found[2], 0) // ends because the server does
	}()
	if err := kept.Wait(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	exchanges, _ := kept.After(0, 1)
	e := exchanges[0]
	if broken := e.Request.FailedCheck(); broken == nil || broken.ID != "client-known" || e.Answer.Status != http.StatusBadRequest ||
		!strings.HasPrefix(e.Request.URL, s.issuer) || e.Request.To != trace.AuthorizationServer {
		t.Errorf("told of %s, answered %d, broken %+v", e.Request.URL, e.Answer.Status, broken)
	}
	if _, err := kept.Follow(t.Context(), found[1]+"/exchanges", "wrong", 0); err == nil {
		t.Error("another key is told, too")
	}
	if status, _ := s.stop(); status != usage.StatusOK { // at once, though somebody listens
		t.Errorf("exit status %d", status)
	}
	<-ended
	stop()
}

func orderTrouble(t *testing.T, address, key string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/demo", strings.NewReader(`{"kind":"unavailable","times":1}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+key)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

func TestTheControlEndpointIsForThisMachineOnly(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "nonsense", "localhost:0"} {
		var out, errOut bytes.Buffer
		status := run(context.Background(), []string{"serve", "--listen", "127.0.0.1:0", "--control=" + listen}, &out, &errOut)
		if status != usage.StatusUsage || strings.Count(errOut.String(), "\n") != 1 {
			t.Errorf("--control=%s: exit status %d, %s", listen, status, errOut.String())
		}
	}
}
