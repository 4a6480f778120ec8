package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// readEach reads each Markdown file of a folder, and says at once what is wrong in any of them.
func readEach[T any](fsys fs.FS, dir string, read func(file string) (T, error)) ([]T, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.md"))
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", dir, err)
	}
	all, errs := make([]T, 0, len(files)), make([]error, 0, len(files))
	for _, file := range files {
		one, err := read(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, one)
	}
	return all, errors.Join(errs...)
}

// readNumbered is readEach of a folder whose files say which number they are, in the order of these.
func readNumbered[T any](fsys fs.FS, dir string, read func(file string) (T, error), of func(T) (id string, number int)) ([]T, error) {
	all, err := readEach(fsys, dir, read)
	if err != nil {
		return nil, err
	}
	number := func(one T) int { _, n := of(one); return n }
	slices.SortFunc(all, func(a, b T) int { return number(a) - number(b) })
	for i, one := range all {
		if id, n := of(one); n != i+1 {
			return nil, fmt.Errorf("%s:1: it has the number %d and is number %d: numbers go from 1 and none stands twice",
				path.Join(dir, id+".md"), n, i+1)
		}
	}
	return all, nil
}
