package export_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func script(t *testing.T, tr *trace.Trace, s telling.Story, mask bool) string {
	t.Helper()
	return string(write(t, func(w io.Writer) error { return export.Script(w, tr, s, mask) }))
}

func TestScriptReadsWell(t *testing.T) {
	golden(t, "happy.sh", []byte(script(t, happy(), developer(), false)))
	beside(t, "happy-masked.sh", []byte(script(t, happy(), developer(), true)), "happy.sh")
	for _, text := range []string{script(t, happy(), developer(), false), script(t, refused(), everyone(), true)} {
		readsWell(t, text)
	}
}

func TestNothingFromTheWireRunsInTheScript(t *testing.T) {
	t.Parallel()
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
	run := exec.CommandContext(t.Context(), "/bin/sh", "-c", "curl() { printf 200; }\n"+text)
	run.Dir, run.Env = dir, []string{"PATH=/usr/bin:/bin", "TMPDIR=" + dir}
	_ = run.Run() // it may well end in an error
	if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
		t.Errorf("the shell ran %q in\n%s", evil, text)
	}
}
