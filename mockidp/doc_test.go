//go:build !race

package mockidp_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Whoever reads the documentation follows its links; one that leads to nothing stands there in brackets.
func TestEveryLinkOfTheDocumentationLeadsSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\[([A-Z]\w*(?:\.[A-Z]\w*)?)\]`)
	files, positions := parsed(t)
	there, said := map[string]bool{}, 0
	for _, file := range files {
		declared(file, there)
	}
	for _, file := range files {
		for _, group := range file.Comments {
			for _, found := range link.FindAllStringSubmatch(group.Text(), -1) {
				if said++; !there[found[1]] {
					t.Errorf("%s: the link [%s] leads to nothing", positions.Position(group.Pos()), found[1])
				}
			}
		}
	}
	if said == 0 {
		t.Error("no link was found")
	}
}

// parsed are the files of the package but its tests.
func parsed(t *testing.T) ([]*ast.File, *token.FileSet) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	positions := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(positions, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files, positions
}

// declared notes what a file declares: types, functions, methods, fields, constants.
func declared(file *ast.File, there map[string]bool) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			there[receiver(d)+d.Name.Name] = true
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				specified(spec, there)
			}
		}
	}
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	of := f.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

func specified(spec ast.Spec, there map[string]bool) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			there[name.Name] = true
		}
	case *ast.TypeSpec:
		there[spec.Name.Name] = true
		ast.Inspect(spec.Type, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok {
				for _, name := range field.Names {
					there[spec.Name.Name+"."+name.Name] = true
				}
			}
			return true
		})
	}
}
