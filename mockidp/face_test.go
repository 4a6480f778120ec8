//go:build !race

package mockidp_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// face lists the files that are the public face of a provider.
func face() []string {
	return []string{
		"provider.go", "served_realm.go", "start.go", "sign_in_as.go", "watch.go", "trouble.go", "control.go", "mint.go",
		"not_found.go", "doc.go", "reconfigure.go", "explain.go", "operator.go", "control_operator.go",
	}
}

// An endpoint is handed what it needs. One that holds the provider reaches
// everything, and everything reaches it.
func TestOnlyTheFaceNamesTheProvider(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || slices.Contains(face(), file) {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == "Provider" {
				t.Errorf("%s names Provider: hand it the service that it needs (services.go), or move it to the face", file)
			}
			return true
		})
	}
}
