package export_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/serve"
)

// provider is grantwalk serve as it starts for everybody, on a port of its own, with its control port.
type provider struct {
	issuer, control, key, ca string

	machine machine
}

// secured is the provider with TLS, for clients with a certificate.
func secured(t *testing.T) provider {
	t.Helper()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	idp := startServe(t, "--tls", "--tls-ca-file", ca)
	idp.ca = ca
	return idp
}

// startServe runs the command until the test ends.
func startServe(t *testing.T, more ...string) provider {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	read, write := io.Pipe()
	p := provider{machine: newMachine(t)}
	command := serve.Command(nil, "0", p.machine.apis())
	command.SetArgs(append([]string{"--listen", "127.0.0.1:0", "--control=127.0.0.1:0", "--api"}, more...))
	command.SetOut(write)
	command.SilenceUsage = true
	ended := make(chan error, 1)
	go func() { ended <- command.ExecuteContext(ctx) }()
	lines := bufio.NewScanner(read)
	for p.issuer == "" || p.control == "" {
		if !lines.Scan() {
			t.Fatalf("serve said no more: %v", lines.Err())
		}
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 2 && words[0] == "issuer":
			p.issuer = words[1]
		case len(words) == 4 && words[0] == "control":
			p.control, p.key = words[1], words[3]
		}
	}
	drained := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, read) // the lines of the requests
		close(drained)
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		_ = write.Close()
		<-drained
	})
	return p
}

// environment is what somebody types in front of sh; the shell finds the clock
// of the machine that the provider runs on.
func (p provider) environment(t *testing.T, more ...string) []string {
	t.Helper()
	address, _, _ := strings.Cut(p.issuer, "/realms/")
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "CONTROL") || strings.HasPrefix(v, "CLOCK=") })
	if p.ca != "" {
		env = append(env, "CURL_CA_BUNDLE="+p.ca)
	}
	return append(append(env, "PROVIDER="+address, "TMPDIR="+t.TempDir(), "PATH="+p.machine.bin+":"+os.Getenv("PATH")), more...)
}

// shell runs a script in an environment.
func shell(t *testing.T, script string, env []string) (status int, said string) {
	t.Helper()
	run := exec.CommandContext(t.Context(), "/bin/sh")
	run.Stdin, run.Env, run.Dir = strings.NewReader(script), env, t.TempDir()
	out, _ := run.CombinedOutput()
	return run.ProcessState.ExitCode(), string(out)
}

// hasShellTools says whether scripts can be run here, where they run at all.
func hasShellTools(t *testing.T) bool {
	t.Helper()
	for _, tool := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Logf("no %s on this machine: only the reading of the script was tested", tool)
			return false
		}
	}
	return true
}

// timely reports whether a script does nothing before it is told how time passes.
func timely(script string) bool { return strings.Contains(script, "\n\texit 2\n") }

// needsClock reports whether time passes in a script.
func needsClock(script string) bool { return strings.Contains(script, "\npasses ") }

// deeds is a script without its comments: what it does.
func deeds(script string) string {
	return regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(script, "")
}

// TestTheScriptOfEveryRunRunsAgainstWhatIsServed is the judge of the scripts: a
// real shell, a real curl and grantwalk serve as it starts, which issues other
// codes and tokens than the run had. It walks every mistake and every alternative of each flow; what two runs do
// alike is done once, and so is a mistake of several flows.
func TestTheScriptOfEveryRunRunsAgainstWhatIsServed(t *testing.T) {
	t.Parallel()
	if !hasShellTools(t) {
		return
	}
	for _, f := range flows.All() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel() // shells and curls wait for each other most of the time
			j := judge{startServe(t)}
			j.repeatsMistakes(t, f)
			j.repeatsSwitches(t, f)
			good := mistaken(t, f, "")
			j.repeats(t, f.ID+", masked", script(t, good, developer(), true),
				"PASSWORD="+good.Latest("password"), "CLIENT_SECRET="+good.Latest("client_secret"), "INITIAL_ACCESS_TOKEN="+mockidp.StoryIntroduction)
		})
	}
}

// judge runs scripts against what is served to their flow.
type judge struct{ idp provider }

// repeatsMistakes runs the scripts of the good run and of each mistake that no flow before has.
func (j judge) repeatsMistakes(t *testing.T, f flows.Flow) {
	t.Helper()
	done := map[string]bool{}
	for _, m := range append([]flows.Mistake{{}}, f.Mistakes...) {
		if m.ID != "" && !firstWith(f, m.ID) {
			continue
		}
		text := script(t, mistaken(t, f, m.ID), developer(), false)
		if !done[deeds(text)] {
			done[deeds(text)] = true
			j.repeats(t, runName(f, m.ID), text)
		}
	}
}

// repeatsSwitches runs the scripts of a flow with each other value of each of its switches.
func (j judge) repeatsSwitches(t *testing.T, f flows.Flow) {
	t.Helper()
	for _, s := range f.Switches {
		for _, value := range s.Values[1:] {
			text := script(t, switched(t, f, s.ID, value), developer(), false)
			name := f.ID + " " + s.ID + "=" + value
			if name == "authorization-code-pkce runs=thief-no-pkce" {
				needsOtherClient(t, j.idp, name, text)
				continue
			}
			j.repeats(t, name, text)
		}
	}
}

// repeats runs one script to its end. Where time passes in it, that goes by the
// control port, and once more by waiting.
func (j judge) repeats(t *testing.T, name, text string, more ...string) {
	t.Helper()
	idp := suited(t, j.idp, text)
	env := idp.environment(t, more...)
	if timely(text) {
		status, said := shell(t, text, env)
		if status != 2 || !strings.Contains(said, "CLOCK=wait") || !strings.Contains(said, "CONTROL_KEY=") || strings.Contains(said, ": 200") {
			t.Errorf("%s, whose answers come of time, ended with %d before anybody said how time passes:\n%s", name, status, said)
		}
	}
	ways := [][]string{nil}
	if needsClock(text) {
		ways = [][]string{{"CONTROL=" + idp.control, "CONTROL_KEY=" + idp.key}, {"CLOCK=wait"}}
	}
	for _, way := range ways {
		if status, said := shell(t, text, append(env, way...)); status != 0 || !strings.Contains(said, "done: ") {
			t.Errorf("%s, %v: exit status %d\n%s", name, way, status, said)
		}
	}
}

// suited is the provider that a script says to start: one with TLS, where a certificate is shown.
func suited(t *testing.T, idp provider, text string) provider {
	t.Helper()
	if !strings.Contains(text, "grantwalk serve --tls") {
		return idp
	}
	return secured(t)
}

// needsOtherClient: in this run a public client has a secret instead of PKCE,
// and serve is not so careless. Its script says so before it begins.
func needsOtherClient(t *testing.T, idp provider, name, text string) {
	t.Helper()
	status, said := shell(t, text, idp.environment(t))
	if first, _, _ := strings.Cut(said, "\n"); status != 1 || !strings.Contains(first, "pkce_optional") {
		t.Errorf("%s ended with %d and did not say first which client it needs:\n%s", name, status, said)
	}
}

// TestAClientThatRegistersItselfIsToldBeforeAnythingIsSent: the first thing that
// such a script says, and what its collection is described with, is what a realm needs for that.
func TestAClientThatRegistersItselfIsToldBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		run := mistaken(t, f, "")
		text := script(t, run, developer(), false)
		told, _, _ := strings.Cut(text, "\nsend ")
		if strings.Contains(told, "[realm.registration]") != f.Cast.Registers {
			t.Errorf("%s: a client registers itself: %v; the script said before its first request:\n%s", f.ID, f.Cast.Registers, told)
		}
		collection := write(t, func(w io.Writer) error { return export.Postman(w, run, developer(), false) })
		about, _, _ := strings.Cut(string(collection), `"item"`)
		if strings.Contains(about, "[realm.registration]") != f.Cast.Registers {
			t.Errorf("%s: a client registers itself: %v; the collection is described as\n%s", f.ID, f.Cast.Registers, about)
		}
	}
}

// switched is a run of a flow with another value of one of its switches.
func switched(t *testing.T, f flows.Flow, id, value string) *trace.Trace {
	t.Helper()
	tr, err := playSwitched(f, map[string]string{id: value})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}
