package main

import (
	"bytes"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// figures are those of one package.
type figures struct {
	name         string
	files, lines int // without tests
	largest      int // lines of the longest file
	testLines    int
	knot         int // files in the largest cycle; 1 where there is none
	types        []methods
}

// top is the folder at the top that the package is in.
func (f figures) top() string {
	at, _, _ := strings.Cut(f.name, "/")
	return at
}

// methods are those of one type.
type methods struct {
	name         string
	count, files int
}

func measure(c checked) (figures, error) {
	f := figures{name: c.name, knot: largestKnot(c.names()), types: c.methods()}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return f, err
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".go" {
			continue
		}
		n, err := lines(filepath.Join(c.dir, e.Name()))
		switch {
		case err != nil:
			return f, err
		case strings.HasSuffix(e.Name(), "_test.go"):
			f.testLines += n
		default:
			f.files, f.lines, f.largest = f.files+1, f.lines+n, max(f.largest, n)
		}
	}
	return f, nil
}

// names says which files each file names a symbol of: a function, a type, a
// method, a field, a constant.
func (c checked) names() map[string][]string {
	graph := map[string][]string{}
	for _, file := range c.files {
		from := c.file(file)
		graph[from] = nil
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok || c.uses[id] == nil || c.uses[id].Pkg() != c.self {
				return true
			}
			to := c.fset.Position(c.uses[id].Pos()).Filename
			if to != from && !slices.Contains(graph[from], to) {
				graph[from] = append(graph[from], to)
			}
			return true
		})
	}
	return graph
}

func (c checked) file(n ast.Node) string { return c.fset.Position(n.Pos()).Filename }

// methods counts those that each type declares.
func (c checked) methods() []methods {
	var all []methods
	for _, file := range c.files {
		seen := map[string]bool{}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			name := c.name + "." + receiver(fn.Recv.List[0].Type)
			i := slices.IndexFunc(all, func(m methods) bool { return m.name == name })
			if i < 0 {
				i, all = len(all), append(all, methods{name: name})
			}
			all[i].count++
			if !seen[name] {
				seen[name] = true
				all[i].files++
			}
		}
	}
	return all
}

// receiver is the name of the type, without its pointer and its parameters.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

func lines(file string) (int, error) {
	text, err := os.ReadFile(file) //nolint:gosec // a file of the checkout
	return bytes.Count(text, []byte("\n")), err
}
