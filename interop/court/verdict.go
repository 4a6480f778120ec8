package court

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Verdict is what a judge has proved, in the order in which it did.
type Verdict struct {
	name, version string
	kind          string // how its file ends
	proved        []string
}

// Client opens the verdict of a client in the version that ran.
func Client(name, version string) *Verdict {
	return &Verdict{name: name, version: version, kind: ".verdict"}
}

// Proved adds a sentence.
func (v *Verdict) Proved(what string) { v.proved = append(v.proved, what) }

// Verdicts reads what a judge printed: "== name version" for each client, and
// below it a line that begins with "ok  " for each thing that it proved.
func Verdicts(printed []byte) []*Verdict {
	var all []*Verdict
	for line := range strings.Lines(string(printed)) {
		line = strings.TrimSpace(line)
		if client, ok := strings.CutPrefix(line, "== "); ok {
			name, version, _ := strings.Cut(client, " ")
			all = append(all, Client(name, version))
		} else if what, ok := strings.CutPrefix(line, "ok  "); ok && len(all) > 0 {
			all[len(all)-1].Proved(what)
		}
	}
	return all
}

// Hold compares the verdict with the one in testdata, from which docs/clients.md
// is made; GRANTWALK_ACCEPT=1 in the environment writes it.
func (v *Verdict) Hold(t *testing.T) {
	t.Helper()
	if t.Failed() {
		return
	}
	if os.Getenv("GRANTWALK_ACCEPT") != "" {
		if err := os.WriteFile(v.file(), []byte(v.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := v.difference(t); diff != "" {
		t.Errorf("%s came to something else than its file and the docs say (GRANTWALK_ACCEPT=1 accepts it; then make golden):\n%s", v.name, diff)
	}
}

// String is the verdict as its file has it.
func (v *Verdict) String() string {
	return v.name + " " + v.version + "\n" + strings.Join(v.proved, "\n") + "\n"
}

func (v *Verdict) file() string {
	return filepath.Join("testdata", strings.NewReplacer("@", "", "/", "-", " ", "-").Replace(strings.ToLower(v.name))+v.kind)
}

func (v *Verdict) difference(t *testing.T) string {
	t.Helper()
	accepted, err := os.ReadFile(v.file())
	if err != nil {
		t.Fatal(err)
	}
	return cmp.Diff(string(accepted), v.String())
}
