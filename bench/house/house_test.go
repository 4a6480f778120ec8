package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAKnotIsWhatReachesEachOther(t *testing.T) {
	for name, c := range map[string]struct {
		graph map[string][]string
		want  int
	}{
		"nothing":            {nil, 0},
		"a line":             {map[string][]string{"a": {"b"}, "b": {"c"}, "c": nil}, 1},
		"a pair":             {map[string][]string{"a": {"b"}, "b": {"a"}, "c": {"a"}}, 2},
		"a ring":             {map[string][]string{"a": {"b"}, "b": {"c"}, "c": {"a"}}, 3},
		"two rings, one way": {map[string][]string{"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"e"}, "e": {"c"}}, 3},
		"two rings that meet": {
			map[string][]string{"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c", "a"}}, 4,
		},
	} {
		if got := largestKnot(c.graph); got != c.want {
			t.Errorf("%s: %d in the largest knot, want %d", name, got, c.want)
		}
	}
}

// smallHouse is a checkout of a module in which two files of a package need each other.
func smallHouse(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for file, text := range map[string]string{
		"go.mod":                     "module example.com/small\n\ngo 1.26\n",
		"main.go":                    "package main\n\nimport \"example.com/small/inner\"\n\nfunc main() { inner.A() }\n",
		"inner/a.go":                 "package inner\n\n// A begins.\nfunc A() { new(T[int]).b() }\n",
		"inner/b.go":                 "package inner\n\ntype T[X any] struct{ n int }\n\nfunc (t *T[X]) b() { A(); t.n++ }\n",
		"inner/c.go":                 "package inner\n\nfunc (t *T[X]) c() { t.b() }\n",
		"inner/a_test.go":            "package inner\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) { A() }\n",
		"inner/testdata/a.golden":    "one\ntwo\n",
		"inner/testdata/b.golden":    "three\n",
		"inner/testdata/picture.png": "\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheFiguresOfASmallHouse(t *testing.T) {
	var out strings.Builder
	if err := report(&out, smallHouse(t)); err != nil {
		t.Fatal(err)
	}
	const want = `files lines largest in one knot test lines package
1 5 5 1 0 .
3 12 5 2 5 inner
methods in files type
2 2 inner.T
files lines test lines folder at the top
1 5 0 .
3 12 5 inner
4 17 5 all
files lines what tests compare with
2 3 .golden of inner
`
	if diff := cmp.Diff(want, squeezed(out.String())); diff != "" {
		t.Error(diff)
	}
}

// squeezed leaves the widths of the columns out, which are those of the figures.
func squeezed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 0 {
			b.WriteString(strings.Join(fields, " ") + "\n")
		}
	}
	return b.String()
}

func TestACheckoutThatDoesNotCompileIsSaid(t *testing.T) {
	dir := smallHouse(t)
	if err := os.WriteFile(filepath.Join(dir, "inner", "a.go"), []byte("package inner\n\nfunc A() { missing() }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := report(new(strings.Builder), dir); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a name that nobody declares is told as %v", err)
	}
	if err := report(new(strings.Builder), t.TempDir()); err == nil {
		t.Error("a folder without a module has figures")
	}
}
