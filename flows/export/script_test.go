package export_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

func script(t *testing.T, tr *trace.Trace, s telling.Story, mask bool) string {
	t.Helper()
	return string(write(t, func(w io.Writer) error { return export.Script(w, tr, s, mask) }))
}

func TestScriptReadsWell(t *testing.T) {
	golden(t, "happy.sh", []byte(script(t, happy(), developer(), false)))
	golden(t, "happy-masked.sh", []byte(script(t, happy(), developer(), true)))
	for _, text := range []string{script(t, happy(), developer(), false), script(t, refused(), everyone(), true)} {
		readsWell(t, text)
	}
}

func TestNothingFromTheWireRunsInTheScript(t *testing.T) {
	for _, evil := range append(nasty(), attacks()...) {
		for _, to := range []trace.Role{trace.AuthorizationServer, trace.Client} {
			tr := hostile(evil)
			for i := range tr.Messages {
				if tr.Messages[i].Kind == trace.Request {
					tr.Messages[i].To, tr.Messages[i].Method = to, "POST"
				}
			}
			staysQuoted(t, evil, tr, to == trace.Client)
		}
	}
}

func staysQuoted(t *testing.T, evil string, tr *trace.Trace, mask bool) {
	t.Helper()
	text := script(t, tr, telling.Story{Title: evil}, mask)
	readsWell(t, text)
	runsAlone(t, evil, text)
}

// runsAlone runs a script with a curl of ours that says nothing, and looks whether a value got to run.
func runsAlone(t *testing.T, evil, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "curl"), []byte("#!/bin/sh\nprintf 200\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "/bin/sh", "-c", text)
	run.Dir, run.Env = dir, []string{"PATH=" + dir + ":/usr/bin:/bin", "TMPDIR=" + dir}
	_ = run.Run() // it may well end in an error
	if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
		t.Errorf("the shell ran %q in\n%s", evil, text)
	}
}

// TestTheScriptRunsAgainstAProvider is the judge of the script: a real shell, a
// real curl and the provider on a real port, which issues other codes and tokens
// than the run had. Of the mistakes of a flow it repeats one of each kind.
func TestTheScriptRunsAgainstAProvider(t *testing.T) {
	for _, tool := range []string{"curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Logf("no %s on this machine: only the reading of the script was tested", tool)
			return
		}
	}
	for _, f := range flows.All() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel() // shells and curls wait for each other most of the time
			idp := served(t, f)
			good := mistaken(t, f, "")
			replays(t, idp, f, good, false)
			replays(t, idp, f, good, true)
			for _, tr := range oneOfEachKind(t, f) { // not masked: a wrong secret would be masked away with the right ones
				replays(t, idp, f, tr, false)
			}
		})
	}
}

// oneOfEachKind are runs with mistakes that are not the same to a shell.
func oneOfEachKind(t *testing.T, f flows.Flow) []*trace.Trace {
	t.Helper()
	seen := map[string]bool{}
	var runs []*trace.Trace
	for _, m := range f.Mistakes {
		tr := mistaken(t, f, m.ID)
		if kind := kindOf(tr, m.Step); !seen[kind] {
			seen[kind] = true
			runs = append(runs, tr)
		}
	}
	return runs
}

// kindOf says in what a mistake differs from others for whoever sends it: where
// it is made, what of the request is changed, and whether that was there and stays.
func kindOf(tr *trace.Trace, step string) string {
	kind := step
	for i := range tr.Messages {
		for _, e := range tr.Messages[i].Edited {
			what, _, _ := strings.Cut(e.What, " ")
			kind += fmt.Sprintf(", %s %t %t", what, e.Before != "", e.After != "")
		}
	}
	return kind
}

// replays runs the script of a run; one whose clock was moved cannot be repeated.
func replays(t *testing.T, idp string, f flows.Flow, tr *trace.Trace, mask bool) {
	t.Helper()
	if moved(tr) {
		return
	}
	dir := t.TempDir()
	// Nobody waits in a test: the provider's clock goes on instead.
	if err := os.WriteFile(filepath.Join(dir, "sleep"), []byte("#!/bin/sh\nexec curl --silent \"$PROVIDER/sleep\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "/bin/sh", "-c", script(t, tr, developer(), mask))
	run.Dir = dir
	run.Env = append(os.Environ(), "PROVIDER="+idp, "TMPDIR="+dir, "PATH="+dir+":"+os.Getenv("PATH"),
		"PASSWORD="+orElse(tr.Latest("password"), "x"), "CLIENT_SECRET="+f.Cast.Client.Secret)
	out, err := run.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "done: ") {
		t.Errorf("%s, masked %v: %v\n%s", f.ID, mask, err, out)
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func moved(tr *trace.Trace) bool {
	for i := range tr.Messages {
		if i > 0 && tr.Messages[i].At.Sub(tr.Messages[i-1].At) > 20*time.Second {
			return true
		}
	}
	return false
}

// served starts the provider with the clients of the lessons, the one of the flow as the flow has it.
func served(t *testing.T, f flows.Flow) string {
	t.Helper()
	realm := mockidp.StoryRealm()
	if f.Cast.Client.Secret != "" {
		realm = realm.WithClient(f.Cast.Client.ID, func(c *mockidp.Client) {
			c.TokenEndpointAuthMethod, c.PKCEOptional = f.Cast.Client.AuthMethod, f.Cast.Client.PKCEOptional
		})
	}
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String()
	var slept atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(slept.Load()) * 6 * time.Second) }
	keys, err := mockidp.DemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	p, err := mockidp.New(mockidp.Config{BaseURL: base, Keys: keys, Realms: []mockidp.Realm{realm}, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sleep" {
			slept.Add(1)
			return
		}
		p.ServeHTTP(w, r)
	})
	server.Start()
	t.Cleanup(server.Close)
	return base
}
