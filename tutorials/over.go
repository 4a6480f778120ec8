package tutorials

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Over lays the words of a folder over those that are built in: a file that is
// in it takes the place of the one that is not. The words of a language that is
// not built in are those of the folder alone.
func Over(folder fs.FS) fs.FS { return over{folder} }

type over struct{ top fs.FS }

// Open opens the file of the folder, or the one that is built in.
func (o over) Open(name string) (fs.File, error) {
	f, err := o.top.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return files.Open(name)
	}
	return f, err
}

// ReadDir lists what is in either.
func (o over) ReadDir(name string) ([]fs.DirEntry, error) {
	top, errTop := fs.ReadDir(o.top, name)
	below, errBelow := files.ReadDir(name)
	if errTop != nil && errBelow != nil {
		return nil, errTop
	}
	for _, e := range below {
		if !slices.ContainsFunc(top, func(other fs.DirEntry) bool { return other.Name() == e.Name() }) {
			top = append(top, e)
		}
	}
	slices.SortFunc(top, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return top, nil
}

// Missing says what English has and a language of a folder lacks: files, and in
// those that are there sections and texts. It is what a translator has yet to do.
func Missing(fsys fs.FS, lang string) ([]string, error) {
	missing, err := missingFiles(fsys, lang)
	if err != nil || len(missing) > 0 {
		return missing, err
	}
	english, err := Load(DefaultLanguage)
	if err != nil {
		return nil, err
	}
	theirs, err := Open(fsys, lang)
	if err != nil {
		return nil, err
	}
	return theirs.lacks(english, lang), nil
}

// missingFiles are those that English has.
func missingFiles(fsys fs.FS, lang string) (missing []string, err error) {
	err = fs.WalkDir(files, DefaultLanguage, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := path.Join(lang, strings.TrimPrefix(file, DefaultLanguage))
		if _, err := fs.Stat(fsys, name); err != nil {
			missing = append(missing, name+": the file is missing")
		}
		return nil
	})
	return missing, err
}

// lacks are the texts that another library has.
func (l *Library) lacks(english *Library, lang string) []string {
	var missing []string
	have := map[string]bool{}
	for t := range l.texts() {
		have[t.place] = t.body != ""
	}
	for t := range english.texts() {
		if t.body != "" && !have[t.place] {
			missing = append(missing, path.Join(lang, t.place)+": missing")
			have[t.place] = true
		}
	}
	ids := l.Catalog().IDs()
	for _, id := range english.Catalog().IDs() {
		if !slices.Contains(ids, id) {
			room, key, _ := strings.Cut(id, ".")
			missing = append(missing, path.Join(lang, screenFolder, room+".toml")+", "+key+": missing")
		}
	}
	return missing
}
