package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// listed is what the go command knows of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Standard                bool
	Module                  *struct {
		Path string
		Main bool
	}
}

// name is the folder inside the module; the root is ".".
func (l listed) name() string {
	if l.ImportPath == l.Module.Path {
		return "."
	}
	return strings.TrimPrefix(l.ImportPath, l.Module.Path+"/")
}

// checked is a package of ours with what each name in it means.
type checked struct {
	name, dir string
	fset      *token.FileSet
	files     []*ast.File
	uses      map[*ast.Ident]types.Object
	self      *types.Package
}

// load reads and type-checks the packages of the checkout that match, as they
// are built without a display.
func load(dir, matching string) ([]checked, error) {
	all, err := list(dir, matching)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
	}
	var ours []checked
	for _, l := range all {
		if l.Standard || l.Module == nil || !l.Module.Main {
			continue
		}
		c, err := check(l, exports)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.ImportPath, err)
		}
		ours = append(ours, c)
	}
	slices.SortFunc(ours, func(a, b checked) int { return cmp.Compare(a.name, b.name) })
	if len(ours) == 0 {
		return nil, errors.New("there is no package in " + dir)
	}
	return ours, nil
}

// list asks the go command, which also compiles what the type checker reads.
func list(dir, matching string) ([]listed, error) {
	ours, err := goList(dir, matching)
	if err != nil {
		return nil, err
	}
	deps, err := goList(dir, "-export", "-deps", matching)
	if err != nil {
		return nil, err
	}
	exports := map[string]bool{}
	for _, l := range deps {
		exports[l.ImportPath] = true
	}
	for _, l := range ours { // those that hold nothing but tests
		if !exports[l.ImportPath] {
			deps = append(deps, l)
		}
	}
	return deps, nil
}

func goList(dir string, args ...string) ([]listed, error) {
	const fields = "-json=ImportPath,Dir,Export,GoFiles,Standard,Module"
	var told bytes.Buffer
	args = append([]string{"list", "-e", "-tags", "ci,e2e,bench,interop", fields}, args...)
	cmd := exec.Command("go", args...) //nolint:gosec // the arguments are ours
	cmd.Dir, cmd.Env, cmd.Stderr = dir, append(os.Environ(), "CGO_ENABLED=0"), &told
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, told.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		switch err := d.Decode(&l); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		}
		all = append(all, l)
	}
}

func check(l listed, exports map[string]string) (checked, error) {
	c := checked{name: l.name(), dir: l.Dir, fset: token.NewFileSet(), uses: map[*ast.Ident]types.Object{}}
	for _, file := range l.GoFiles {
		parsed, err := parser.ParseFile(c.fset, filepath.Join(l.Dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			return c, err
		}
		c.files = append(c.files, parsed)
	}
	if len(c.files) == 0 {
		return c, nil
	}
	read := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	config := types.Config{Importer: importer.ForCompiler(c.fset, "gc", read)}
	var err error
	c.self, err = config.Check(l.ImportPath, c.fset, c.files, &types.Info{Uses: c.uses})
	return c, err
}
