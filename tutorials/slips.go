package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Slips takes apart what [Open] says of a folder: an error for each thing that
// is wrong in it.
func Slips(err error) []error {
	if err == nil {
		return nil
	}
	var all interface{ Unwrap() []error }
	if !errors.As(err, &all) {
		return []error{err}
	}
	var slips []error
	for _, inner := range all.Unwrap() {
		for _, slip := range Slips(inner) {
			same := func(other error) bool { return other.Error() == slip.Error() }
			if !slices.ContainsFunc(slips, same) { // two checks may have come upon it
				slips = append(slips, slip)
			}
		}
	}
	return slips
}

// inTable says what is wrong in a table of a TOML file, and on which line that begins.
func inTable(fsys fs.FS, file, key string, wrong error) error {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read the words: %w", err)
	}
	return fmt.Errorf("%s:%d: [%s]: %w", file, tableLine(string(src), key), key, wrong)
}

// tableLine is the line on which a table begins, or the first that belongs to it; 1 where none is found.
func tableLine(src, key string) int {
	bare := strings.ReplaceAll(key, `"`, "")
	for i, line := range strings.Split(src, "\n") {
		head, isHead := strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(line), "["), bare)
		if strings.Contains(line, `"`) && !isHead {
			head, isHead = strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(strings.ReplaceAll(line, `"`, "")), "["), bare)
		}
		if isHead && strings.HasPrefix(strings.TrimSpace(line), "[") && (strings.HasPrefix(head, "]") || strings.HasPrefix(head, ".")) {
			return i + 1
		}
	}
	return 1
}

// unknownKey says that a key is none that there is, and on which line it stands.
// first is the line of the file at which the TOML begins.
func unknownKey(file string, first int, src, where, key, known string) error {
	name := key[strings.LastIndexByte(key, '.')+1:]
	at := max(first, 1)
	for i, line := range strings.Split(src, "\n") {
		before, _, _ := strings.Cut(line, "=")
		if strings.Trim(strings.TrimSpace(before), `[]"`) == name || strings.HasSuffix(strings.Trim(before, ` []"`), "."+name) {
			at += i
			break
		}
	}
	return fmt.Errorf("%s:%d: %s%q is not known%s", file, at, where, key, known)
}

// inText says what is wrong with a text: the mark is the piece of it that is, as
// it stands in its file.
func inText(fsys fs.FS, lang, place, mark, wrong string) error {
	base, _, _ := strings.Cut(place, ",")
	for _, pattern := range []string{base, base + ".md", base + ".toml", base + "/*.toml"} {
		files, _ := fs.Glob(fsys, path.Join(lang, pattern)) // the pattern is one of ours
		for _, file := range files {
			src, err := fs.ReadFile(fsys, file)
			if before, _, found := strings.Cut(string(src), mark); err == nil && found {
				return fmt.Errorf("%s:%d: %s: %s", file, 1+strings.Count(before, "\n"), place, wrong)
			}
		}
	}
	return fmt.Errorf("%s: %s", place, wrong)
}
