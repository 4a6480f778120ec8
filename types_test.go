package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"
)

// mostMethods is how many a type has at most: with more of them it holds several
// subjects, and whoever reads one of its files has to know them all. See
// docs/adr/0037-a-type-holds-one-subject.md.
const mostMethods = 45

// methodsIn counts the methods of each type in sources of a folder, once each
// where several systems have their own.
func methodsIn(folder string, files map[string]string) (map[string]int, error) {
	names := map[string]map[string]bool{}
	for file, text := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range parsed.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			of := folder + "." + typeOf(fn.Recv.List[0].Type)
			if names[of] == nil {
				names[of] = map[string]bool{}
			}
			names[of][fn.Name.Name] = true
		}
	}
	counts := map[string]int{}
	for of, methods := range names {
		counts[of] = len(methods)
	}
	return counts, nil
}

// typeOf is the name of a receiver's type, without its pointer and its parameters.
func typeOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeOf(e.X)
	case *ast.IndexExpr:
		return typeOf(e.X)
	case *ast.IndexListExpr:
		return typeOf(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

// tooLarge says which types have more methods than they may.
func tooLarge(counts map[string]int) []string {
	var wrong []string
	for _, of := range slices.Sorted(maps.Keys(counts)) {
		if n := counts[of]; n > mostMethods {
			wrong = append(wrong, fmt.Sprintf("%s has %d methods, more than %d: give what belongs together a type of its own, "+
				"which is handed what it needs, and let %[1]s hold it", of, n, mostMethods))
		}
	}
	return wrong
}

func TestNoTypeHoldsEverything(t *testing.T) {
	folders := map[string]map[string]string{}
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		if folders[s.folder()] == nil {
			folders[s.folder()] = map[string]string{}
		}
		folders[s.folder()][s.file] = read(t, s.file)
	}
	counts := map[string]int{}
	for folder, files := range folders {
		of, err := methodsIn(folder, files)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(counts, of)
	}
	for _, wrong := range tooLarge(counts) {
		t.Error(wrong)
	}
}

// A bound that nothing can break guards nothing.
func TestATypeThatHoldsTooMuchIsReported(t *testing.T) {
	many := func(receiver string, n int) string {
		var b strings.Builder
		b.WriteString("package a\n")
		for i := range n {
			fmt.Fprintf(&b, "func (x %s) m%d() {}\n", receiver, i)
		}
		return b.String()
	}
	counts, err := methodsIn("a", map[string]string{
		"big.go": many("*Big", mostMethods+1), "well.go": many("*Well", mostMethods), "pair.go": many("Pair[K, V]", mostMethods+2),
		"unix.go": many("*Two", 30), "windows.go": many("*Two", 30), // each system has its own of the same
	})
	if err != nil {
		t.Fatal(err)
	}
	got := tooLarge(counts)
	want := []string{fmt.Sprintf("a.Big has %d methods", mostMethods+1), fmt.Sprintf("a.Pair has %d methods", mostMethods+2)}
	if len(got) != len(want) || !strings.HasPrefix(got[0], want[0]) || !strings.HasPrefix(got[1], want[1]) {
		t.Errorf("%q are reported, want %q", got, want)
	}
}
