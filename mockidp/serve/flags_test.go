package serve

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

func TestControlTakesItsAddressBehindASpace(t *testing.T) {
	for _, given := range [][]string{{"--control", "127.0.0.2:0"}, {"--control=127.0.0.2:0"}} {
		s := startServe(t, "127.0.0.1:0", given...)
		if !strings.Contains(s.head, "control    http://127.0.0.2:") {
			t.Errorf("%v: the control port is elsewhere:\n%s", given, s.head)
		}
		if status, log := s.stop(); status != usage.StatusOK {
			t.Errorf("%v: exit status %d\n%s", given, status, log)
		}
	}
}

func TestTheBaseURLIsThatOfTheCommandLineOrTheEnvironment(t *testing.T) {
	t.Setenv("GRANTWALK_BASE_URL", "https://env.example.test")
	for want, given := range map[string][]string{
		"https://flag.example.test/realms/demo": {"--base-url", "https://flag.example.test"},
		"https://env.example.test/realms/demo":  nil,
	} {
		s := startServe(t, "127.0.0.1:0", given...)
		if s.issuer != want {
			t.Errorf("%v: the issuer is %s, want %s", given, s.issuer, want)
		}
		if status, log := s.stop(); status != usage.StatusOK {
			t.Errorf("%v: exit status %d\n%s", given, status, log)
		}
	}
}
