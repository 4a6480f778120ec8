package configfile

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// site is a place of the sources that makes the error of a slip.
type site struct {
	at      string
	said    *regexp.Regexp // what such an error says in a file
	reached bool
}

// sites are all of them: of the reader of files, and of mockidp, where wrong
// makes them, or a function that calls it for several.
func sites(t *testing.T) []*site {
	t.Helper()
	names, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := sitesIn(t, []string{"decode.go", "duration.go"}, readersWords)
	var sources []string
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") && filepath.Base(name) != "slip.go" {
			sources = append(sources, name)
		}
	}
	return append(all, sitesIn(t, sources, slipsWords)...)
}

// sitesIn are the calls in those files that words finds words in: the key, if one is said, and what follows it.
func sitesIn(t *testing.T, files []string, words func(*ast.CallExpr) (key, rest ast.Expr)) []*site {
	t.Helper()
	fset, consts := token.NewFileSet(), map[string]ast.Expr{}
	var calls []*ast.CallExpr
	for _, name := range files {
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if len(n.Values) == len(n.Names) {
					consts[n.Names[0].Name] = n.Values[0]
				}
			case *ast.CallExpr:
				calls = append(calls, n)
			}
			return true
		})
	}
	var all []*site
	for _, call := range calls {
		if text := textOf(words, call, consts); text != "" {
			at := fset.Position(call.Pos())
			all = append(all, &site{at: fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line), said: regexp.MustCompile(text)})
		}
	}
	return all
}

// textOf is what an error of a call says; empty for one that hands on what whoever calls it says.
func textOf(words func(*ast.CallExpr) (key, rest ast.Expr), call *ast.CallExpr, consts map[string]ast.Expr) string {
	key, rest := words(call)
	if rest == nil {
		return ""
	}
	text := said(rest, consts)
	if strings.Trim(text, "., *") == "" || strings.HasPrefix(text, "with the profile") {
		return ""
	}
	if key != nil {
		text = said(key, consts) + ": .*" + text
	}
	return text
}

// slipsWords finds them in mockidp.
func slipsWords(call *ast.CallExpr) (key, rest ast.Expr) {
	name, ok := call.Fun.(*ast.Ident)
	args := call.Args
	switch {
	case !ok:
	case name.Name == "byFAPI" && len(args) > 2:
		return args[1], args[2]
	case name.Name == "refuse" && len(args) > 0:
		return &ast.Ident{Name: "key"}, args[0]
	case name.Name == "wrong" && len(args) > 1:
		return args[0], args[1]
	}
	return nil, nil
}

// readersWords finds them in the reader.
func readersWords(call *ast.CallExpr) (key, rest ast.Expr) {
	name, ok := call.Fun.(*ast.SelectorExpr)
	args := call.Args
	switch {
	case !ok:
	case name.Sel.Name == "refuse" && len(args) > 1:
		return nil, args[1]
	case name.Sel.Name == "Errorf", name.Sel.Name == "New" && len(args) == 1:
		return nil, args[0]
	}
	return nil, nil
}

// said is the regular expression of a text that an expression makes.
func said(e ast.Expr, consts map[string]ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			return ".*"
		}
		return regexp.MustCompile(`%(\\\[\d\\\])?[a-z]`).ReplaceAllString(regexp.QuoteMeta(text), ".*")
	case *ast.BinaryExpr:
		return said(e.X, consts) + said(e.Y, consts)
	case *ast.Ident:
		if value, ok := consts[e.Name]; ok {
			return said(value, consts)
		}
	}
	return ".*"
}
