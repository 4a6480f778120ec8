//go:build unix

package serve

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// Ctrl-C, and what a container or a service manager sends.
func TestSignalsEndServeWithStatusZero(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		if last, err := interrupted(t, signal); err != nil || last != "stopped" {
			t.Errorf("%v: %v; its last words were %q", signal, err, last)
		}
	}
}

// A service manager has a server read its config again by SIGHUP.
func TestAHangUpReadsTheConfigAgain(t *testing.T) {
	name := file(t, oneRealm)
	cmd := exec.CommandContext(t.Context(), "grantwalk", "serve", "--listen", "127.0.0.1:0", "--config", name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	again := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var signal os.Signal
		switch {
		case strings.Contains(lines.Text(), "for each request"):
			write(t, name, withAnApp)
			signal = syscall.SIGHUP
		case strings.HasPrefix(lines.Text(), "read again: "):
			again, signal = true, syscall.SIGTERM
		default:
			continue
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil || !again {
		t.Errorf("it was read again: %t; then %v", again, err)
	}
}

// interrupted starts serve, sends it the signal, and returns its last line and how it ended.
func interrupted(t *testing.T, signal os.Signal) (last string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "grantwalk", "serve", "--listen", "127.0.0.1:0") // see TestMain
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		last = lines.Text()
		if !strings.Contains(last, "for each request") {
			continue
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
	}
	return last, cmd.Wait()
}
