// Package court is where clients that are not ours judge `grantwalk serve`: it
// starts what is judged, plays the person who signs in, and holds each judge to
// what it has proved before. It knows the built program alone, as its users do.
package court

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Served is a running `grantwalk serve`.
type Served struct {
	Address string // http://127.0.0.1:12345
	Issuer  string // of the realm demo
	CA      string // the file with the certificate of its CA, over TLS
	Control string // http://127.0.0.1:12345, with --control
	Key     string // that the control server wants to be shown
}

// Program returns the path of the program that is judged: the one in
// GRANTWALK_HEADLESS, or one that is built for this test.
func Program(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("GRANTWALK_HEADLESS"); built != "" {
		return built
	}
	program := filepath.Join(t.TempDir(), "grantwalk")
	Run(t, Command(t, "go", "build", "-tags", "headless", "-o", program, "../.."))
	return program
}

// Demo returns the config that is served without a file, with a file of further
// clients of the realm demo below it, in which each ${NAME} is what values says.
func Demo(t *testing.T, file string, values map[string]string) string {
	t.Helper()
	more, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	printed := Run(t, Command(t, Program(t), "serve", "--print-config"))
	return string(printed) + "\n" + os.Expand(string(more), func(name string) string { return values[name] })
}

// Serve starts the program at a free port. An empty config is what it serves by itself.
func Serve(t *testing.T, config string, options ...string) Served {
	t.Helper()
	args := append([]string{"serve", "--listen", "127.0.0.1:0", "--access-log", "json"}, options...)
	if config != "" {
		file := filepath.Join(t.TempDir(), "idp.toml")
		if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", file)
	}
	return start(t, args)
}

// ServeTLS is Serve over https, with a CA that is made for the run.
func ServeTLS(t *testing.T, config string, options ...string) Served {
	t.Helper()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	served := Serve(t, config, append([]string{"--tls", "--tls-ca-file", ca}, options...)...)
	served.CA = ca
	return served
}

func start(t *testing.T, args []string) Served {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context())) // it lives until the clean-up, to be asked for its log
	cmd := exec.CommandContext(ctx, Program(t), args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	found, said := servedIn(lines)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines.Scan() {
			said.WriteString(refusal(lines.Text()))
		}
	}()
	t.Cleanup(func() {
		stop()
		<-done
		_ = cmd.Wait() // it was ended
		if t.Failed() {
			t.Logf("the provider said:\n%s", said.String())
		}
	})
	if found.Issuer == "" {
		t.Fatal("the provider named no issuer of the realm demo")
	}
	return found
}

// servedIn reads the log until it says where the realm demo is served.
func servedIn(lines *bufio.Scanner) (found Served, said *bytes.Buffer) {
	said = &bytes.Buffer{}
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		var entry struct {
			Event, Realm, Issuer, URL string
			ControlKey                string `json:"control_key"`
		}
		if json.Unmarshal(lines.Bytes(), &entry) != nil {
			continue
		}
		switch {
		case entry.Event == "control":
			found.Control, found.Key = strings.TrimSuffix(entry.URL, "/trouble"), entry.ControlKey
		case entry.Event == "serving" && entry.Realm == "demo":
			found.Issuer, found.Address = entry.Issuer, strings.TrimSuffix(entry.Issuer, "/realms/demo")
			return found, said
		}
	}
	return Served{}, said
}

// refusal returns a line of the log that tells of something refused, and "" for any other.
func refusal(line string) string {
	var entry struct{ Status int }
	if err := json.Unmarshal([]byte(line), &entry); err == nil && entry.Status < 400 {
		return ""
	}
	return line + "\n"
}

// Installed returns the version of a package of Node.js that is installed for the judges.
func Installed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "node_modules", filepath.FromSlash(name), "package.json"))
	if err != nil {
		t.Fatalf("%v; make interop installs it", err)
	}
	var installed struct{ Version string }
	if err := json.Unmarshal(text, &installed); err != nil {
		t.Fatal(err)
	}
	return installed.Version
}

// FreeAddress returns an address that nothing listens at, for a judge that has
// to be told where to listen before it starts.
func FreeAddress(t *testing.T) string {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// Command is a program that ends a little before the test would be ended, so that what it said by then is told.
func Command(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	ctx := t.Context()
	if deadline, ok := t.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-10*time.Second))
		t.Cleanup(cancel)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	return cmd
}

// Run returns what a program printed, and fails with all of it when the program did.
func Run(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out, errs.Bytes())
	}
	return out
}
