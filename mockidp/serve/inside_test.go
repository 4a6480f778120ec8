package serve

import (
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
)

func TestAnotherProgramServesTheRealmsOfTheLessonsAndLooksOn(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s, err := Inside(t.Context(), tape.Wish{Listen: "127.0.0.1:0"}, APIs{})
	if err != nil {
		t.Fatal(err)
	}
	clients, issuer := 0, ""
	for _, r := range s.Realms {
		clients += len(r.Clients)
		if r.Name == "demo" {
			issuer = r.Issuer
		}
	}
	if !strings.HasPrefix(issuer, "http://127.0.0.1:") || clients < 10 {
		t.Fatalf("the realm of the lessons is at %q, with %d clients in all", issuer, clients)
	}
	if status, _ := get(t, issuer+"/.well-known/openid-configuration"); status != http.StatusOK {
		t.Errorf("its metadata is answered %d", status)
	}
	found, _ := s.Tape.After(0, 10)
	if len(found) != 1 || found[0].Request.URL != issuer+"/.well-known/openid-configuration" {
		t.Errorf("on the tape is %+v", found)
	}
	if err := s.End(); err != nil {
		t.Error(err)
	}
	if _, err := Inside(t.Context(), tape.Wish{Listen: "192.0.2.1:0"}, APIs{}); err == nil {
		t.Error("it listens where other machines could come in")
	}
}

// A file is refused in the words of a port that this user may not have.
func TestAConfigFileThatCannotBeReadIsNoPort(t *testing.T) {
	refused := &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)}
	if err := listenSlip("--listen ", "127.0.0.1:80", refused); !usage.AddressDenied(err) {
		t.Errorf("of a port that is denied it says %v", err)
	}
	unread := &fs.PathError{Op: "open", Path: "mine.toml", Err: syscall.EACCES}
	if err := fileSlip("--config", "mine.toml", unread); usage.AddressDenied(err) {
		t.Errorf("a file that may not be read counts as a port: %v", err)
	}
}

func TestAPortThatAnotherProgramUsesIsKnownAsSuch(t *testing.T) {
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if _, err := Inside(t.Context(), tape.Wish{Listen: other.Addr().String()}, APIs{}); !errors.Is(err, tape.ErrPortUsed) {
		t.Errorf("of a port that is taken it says %v", err)
	}
}
