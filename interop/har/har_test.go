//go:build interop

// Package har_test has two readers that are not ours judge the HAR files that
// Grantwalk writes: mitmproxy's own importer, and Chromium's developer tools,
// which also write one to compare with. It needs Node.js and what `npm ci`
// installs in this folder, Chromium (CHROMIUM says where, if not in /usr/bin),
// and a Python with requirements.txt (PYTHON says which, if not .venv/bin/python).
package har_test

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
)

func TestMitmproxyReadsEveryRun(t *testing.T) {
	judged(t, cmp.Or(os.Getenv("PYTHON"), ".venv/bin/python"), "judge.py")
}

func TestChromiumsDeveloperToolsShowEveryRunAndFillNoMore(t *testing.T) {
	judged(t, "node", "devtools.mjs")
}

// judged runs a judge over a file of each flow and each mistake.
func judged(t *testing.T, judge ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), judge[0], append(judge[1:], written(t)...)...).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// written are the HAR files of every flow, of each with masks and of each mistake.
func written(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "grantwalk")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", program, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var files []string
	write := func(name, flow string, more ...string) {
		file := filepath.Join(folder, name+".har")
		walk := exec.CommandContext(t.Context(), program, append([]string{"walk", flow, "--format", "har", "-o", file}, more...)...)
		var said bytes.Buffer
		walk.Stderr = &said
		_ = walk.Run() // a refusal ends with another status; what counts is the file
		if _, err := os.Stat(file); err != nil {
			t.Fatalf("%v: %s", walk.Args, said.Bytes())
		}
		files = append(files, file)
	}
	for _, f := range flows.All() {
		write(f.ID, f.ID)
		write(f.ID+" masked", f.ID, "--mask")
		for _, m := range f.Mistakes {
			write(f.ID+" "+m.ID, f.ID, "--mistake", m.ID)
		}
	}
	return files
}
