package picker

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// item is a folder or a file.
type item struct {
	name    string
	folder  bool
	changed string // when a file was; "" where nobody may know
}

// read lists a folder: its folders, then its files of an ending, both by name.
func read(folder, ending string) ([]item, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, e := range entries {
		at := item{name: e.Name(), folder: e.IsDir()}
		if e.Type()&os.ModeSymlink != 0 {
			at.folder = isFolder(filepath.Join(folder, e.Name()))
		}
		if !at.folder && strings.EqualFold(filepath.Ext(at.name), ending) {
			at.changed = changed(filepath.Join(folder, at.name))
		} else if !at.folder {
			continue
		}
		items = append(items, at)
	}
	slices.SortFunc(items, func(a, b item) int {
		if a.folder != b.folder {
			return map[bool]int{true: -1, false: +1}[a.folder]
		}
		return cmp.Or(strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), strings.Compare(a.name, b.name))
	})
	return items, nil
}

// narrow leaves what has a text in its name, and what is hidden only where
// somebody types the point with which such a name begins.
func narrow(items []item, typed string) []item {
	var left []item
	for _, i := range items {
		hidden := strings.HasPrefix(i.name, ".") && !strings.HasPrefix(typed, ".")
		if !hidden && strings.Contains(strings.ToLower(i.name), strings.ToLower(typed)) {
			left = append(left, i)
		}
	}
	return left
}

// found is what is at a path.
type found struct {
	there, folder bool
	home          bool // the folder that it is in is there
}

func find(path string) found {
	return found{there: exists(path), folder: isFolder(path), home: exists(filepath.Dir(path))}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// changed is when that was; "" where nobody may know.
func changed(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return info.ModTime().Format(time.DateOnly + " 15:04")
}

// reach makes a path of what was typed in a folder; "~" is the person's own.
func reach(folder, typed string) string {
	if rest, own := strings.CutPrefix(typed, "~"); own && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(typed) {
		return filepath.Clean(typed)
	}
	return filepath.Join(folder, typed)
}

// isPath reports whether somebody typed a way rather than a name.
func isPath(typed string) bool {
	return typed == "~" || typed == ".." || strings.Contains(filepath.ToSlash(typed), "/")
}

// shortcuts are the folders in which people keep what they bring and take along.
func shortcuts() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	folders := []string{home}
	for _, name := range []string{"Desktop", "Documents", "Downloads"} {
		if at := filepath.Join(home, name); isFolder(at) {
			folders = append(folders, at)
		}
	}
	return folders
}
