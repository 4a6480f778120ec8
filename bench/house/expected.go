package main

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// expectation is what the tests of a folder compare with, of one kind.
type expectation struct {
	folder, kind string
	files, lines int
}

// expectations counts text below every testdata; pictures have no lines.
func expectations(dir string) ([]expectation, error) {
	var all []expectation
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error { //nolint:gosec // whoever measures names the checkout
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != dir && (strings.HasPrefix(name, ".") || name == "build" || name == "node_modules"):
			return fs.SkipDir
		}
		rel, err := filepath.Rel(dir, file)
		folder, _, inside := strings.Cut("./"+filepath.ToSlash(rel), "/testdata/")
		kind := filepath.Ext(name)
		if err != nil || d.IsDir() || !inside || kind == "" || kind == ".go" || kind == ".png" {
			return err
		}
		folder = path.Clean(folder)
		n, err := lines(file)
		i := slices.IndexFunc(all, func(e expectation) bool { return e.folder == folder && e.kind == kind })
		if i < 0 {
			i, all = len(all), append(all, expectation{folder: folder, kind: kind})
		}
		all[i].files, all[i].lines = all[i].files+1, all[i].lines+n
		return err
	})
	slices.SortStableFunc(all, func(a, b expectation) int { return b.lines - a.lines })
	return all, err
}
