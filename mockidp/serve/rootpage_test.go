package serve

import (
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

func TestTheStartSaysWhereThePageIs(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--control")
	address := "http://" + s.host + "/"
	if !strings.Contains(s.head, "page       "+address+"  ") {
		t.Errorf("the start does not say that there is a page at %s:\n%s", address, s.head)
	}
	status, page := get(t, address)
	_, after, found := strings.Cut(s.head, "  key ")
	if key, _, _ := strings.Cut(after, "\n"); status != http.StatusOK || !found || strings.Contains(page, key) {
		t.Errorf("the page is answered %d and tells the key of the control server", status)
	}
	if status, log := s.stop(); status != usage.StatusOK || log != "stopped\n" {
		t.Errorf("exit status %d, and the log is\n%s", status, log)
	}
}

func TestThePageIsWhereTheServerListensWhenTheIssuersAreElsewhere(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--base-url", "https://login.example/idp")
	address := "http://" + s.host + "/idp/"
	if status, page := get(t, address); status != http.StatusOK || !strings.Contains(page, `data-stream="/idp/requests"`) {
		t.Errorf("%s is answered %d", address, status)
	}
	if !strings.Contains(s.head, address) {
		t.Errorf("the start does not name %s:\n%s", address, s.head)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}
