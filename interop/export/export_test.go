//go:build interop

// Package export_test has judges that are not ours read what Grantwalk
// exports: Mermaid's own parser and the schema of HAR 1.2. It needs Node.js and
// what `npm ci` installs in this folder; `make interop` sees to that.
package export_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
)

func TestMermaidAndTheSchemaOfHARTakeEveryFlow(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "grantwalk")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", program, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var files []string
	write := func(flow, name string, args ...string) {
		for _, format := range []string{"har", "mermaid"} {
			file := filepath.Join(folder, name+"."+map[string]string{"har": "har", "mermaid": "mmd"}[format])
			walk := exec.CommandContext(t.Context(), program, append([]string{"walk", flow, "--format", format, "-o", file}, args...)...)
			var said bytes.Buffer
			walk.Stderr = &said
			_ = walk.Run() // a refusal ends with another status; what counts is the file
			if _, err := os.Stat(file); err != nil {
				t.Fatalf("%v: %s", walk.Args, said.Bytes())
			}
			files = append(files, file)
		}
	}
	for _, f := range flows.All() {
		write(f.ID, f.ID)
		write(f.ID, f.ID+" masked", "--mask", "--voice", "developer")
		for _, m := range f.Mistakes {
			write(f.ID, f.ID+" "+m.ID, "--mistake", m.ID, "--lens", "hotel")
		}
	}
	judged(t, files...)
}

func judged(t *testing.T, files ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "node", append([]string{"judge.mjs"}, files...)...).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

func TestMermaidTakesTheDrawingOfTheHouse(t *testing.T) {
	page, err := os.ReadFile("../../docs/house.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(page), "```mermaid\n")
	picture, _, _ = strings.Cut(picture, "```")
	file := filepath.Join(t.TempDir(), "house.mmd")
	if err := os.WriteFile(file, []byte(picture), 0o600); err != nil {
		t.Fatal(err)
	}
	judged(t, file)
}
