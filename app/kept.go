package app

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
)

// kept is what a person chose, from start to start. The toolkit writes it down a
// moment after it was set, by a queue that ends with it: what was set in its last
// moment, such as the size of the window, it may not come to (Fyne 2.8.1,
// app/preferences.go), and where it read its own file again meanwhile, the last
// that it writes is older than what was set. So what was set is written here
// before it is asked to end, in case it never does, and once more when it has.
type kept struct {
	fyne.Preferences

	file string         // in which the toolkit keeps it; "" is none
	set  map[string]any // since the start; nil was taken away
}

func newKept(of fyne.Preferences) *kept { return &kept{Preferences: of, set: map[string]any{}} }

// preferencesFile is where the toolkit keeps the preferences of an app: beside its documents.
func preferencesFile(a fyne.App) string {
	return filepath.Join(filepath.Dir(a.Storage().RootURI().Path()), "preferences.json")
}

// SetBool is part of [fyne.Preferences].
func (k *kept) SetBool(key string, value bool) { k.set[key] = value; k.Preferences.SetBool(key, value) }

// SetInt is part of [fyne.Preferences].
func (k *kept) SetInt(key string, value int) { k.set[key] = value; k.Preferences.SetInt(key, value) }

// SetFloat is part of [fyne.Preferences].
func (k *kept) SetFloat(key string, value float64) {
	k.set[key] = value
	k.Preferences.SetFloat(key, value)
}

// SetString is part of [fyne.Preferences].
func (k *kept) SetString(key, value string) { k.set[key] = value; k.Preferences.SetString(key, value) }

// SetStringList is part of [fyne.Preferences].
func (k *kept) SetStringList(key string, value []string) {
	k.set[key] = value
	k.Preferences.SetStringList(key, value)
}

// RemoveValue is part of [fyne.Preferences].
func (k *kept) RemoveValue(key string) { k.set[key] = nil; k.Preferences.RemoveValue(key) }

// write puts what was set into the file, beside what others may have put there.
// The file is replaced whole, so that a start that comes meanwhile never reads half of it.
func (k *kept) write() error {
	if k.file == "" || len(k.set) == 0 {
		return nil
	}
	all := map[string]any{}
	if text, err := os.ReadFile(k.file); err == nil {
		_ = json.Unmarshal(text, &all) // a damaged file is replaced by what is known
	}
	maps.Copy(all, k.set)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(k.file), 0o700); err != nil {
		return err
	}
	next := k.file + ".next"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, k.file)
}
