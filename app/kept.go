package app

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// kept is what a person chose, from start to start, in a file of its own. The
// toolkit's own preferences are asked for what is not in it, and told nothing: it
// writes them a moment late, also when the program is about to end, over what it
// empties first, and where it reads them again meanwhile it puts back what was
// (Fyne 2.8.1, app/preferences.go).
type kept struct {
	fyne.Preferences

	file string

	mu    sync.Mutex     // guards the rest, and the file
	had   map[string]any // in the file, at the start
	set   map[string]any // since then; nil was taken away
	later *time.Timer    // writes what was set last
}

func newKept(of fyne.Preferences, file string) *kept {
	k := &kept{Preferences: of, file: file, set: map[string]any{}}
	k.had = k.read()
	return k
}

// keptFile is where it is kept: beside the toolkit's own.
func keptFile(a fyne.App) string { return filepath.Join(a.Storage().RootURI().Path(), "choices.json") }

// read is what the file holds; a damaged file is replaced by what is known.
func (k *kept) read() map[string]any {
	all := map[string]any{}
	if text, err := os.ReadFile(k.file); err == nil && json.Unmarshal(text, &all) != nil {
		clear(all)
	}
	return all
}

// value is what is known of a key, as it was set or as JSON has it.
func (k *kept) value(key string) (value any, known bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if value, known = k.set[key]; !known {
		value, known = k.had[key]
	}
	return value, known
}

// known is the value of a key, if it is of that type; the fallback otherwise, and the toolkit's where nothing is known of the key.
func known[T any](k *kept, key string, fallback T, toolkits func(key string, fallback T) T) T {
	value, there := k.value(key)
	if !there {
		return toolkits(key, fallback)
	}
	if right, ok := value.(T); ok {
		return right
	}
	return fallback
}

// Bool is part of [fyne.Preferences], as are all that follow but write.
func (k *kept) Bool(key string) bool { return k.BoolWithFallback(key, false) }

func (k *kept) BoolWithFallback(key string, fallback bool) bool {
	return known(k, key, fallback, k.Preferences.BoolWithFallback)
}

func (k *kept) Float(key string) float64 { return k.FloatWithFallback(key, 0) }

func (k *kept) FloatWithFallback(key string, fallback float64) float64 {
	return known(k, key, fallback, k.Preferences.FloatWithFallback)
}

func (k *kept) Int(key string) int { return k.IntWithFallback(key, 0) }

func (k *kept) IntWithFallback(key string, fallback int) int {
	value, _ := k.value(key)
	if read, ok := value.(float64); ok { // JSON knows one kind of number
		return int(read)
	}
	return known(k, key, fallback, k.Preferences.IntWithFallback)
}

func (k *kept) String(key string) string { return k.StringWithFallback(key, "") }

func (k *kept) StringWithFallback(key, fallback string) string {
	return known(k, key, fallback, k.Preferences.StringWithFallback)
}

func (k *kept) StringList(key string) []string { return k.StringListWithFallback(key, nil) }

func (k *kept) StringListWithFallback(key string, fallback []string) []string {
	value, _ := k.value(key)
	read, ok := value.([]any)
	if !ok {
		return known(k, key, fallback, k.Preferences.StringListWithFallback)
	}
	var all []string
	for _, one := range read {
		if text, ok := one.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

func (k *kept) SetBool(key string, value bool)           { k.change(key, value) }
func (k *kept) SetInt(key string, value int)             { k.change(key, value) }
func (k *kept) SetFloat(key string, value float64)       { k.change(key, value) }
func (k *kept) SetString(key, value string)              { k.change(key, value) }
func (k *kept) SetStringList(key string, value []string) { k.change(key, value) }
func (k *kept) RemoveValue(key string)                   { k.change(key, nil) }

// change sets a value, and has it written soon by somebody who draws nothing.
func (k *kept) change(key string, value any) {
	const soon = 100 * time.Millisecond
	k.mu.Lock()
	defer k.mu.Unlock()
	k.set[key] = value
	if k.later == nil {
		k.later = time.AfterFunc(soon, func() {
			if err := k.write(); err != nil {
				fyne.LogError("keep what was chosen", err)
			}
		})
	}
}

// write puts what was set into the file, beside what another window may have put there.
// The file is replaced whole, so that a start that comes meanwhile never reads half of it.
func (k *kept) write() error {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.later != nil {
		k.later.Stop()
		k.later = nil
	}
	if len(k.set) == 0 {
		return nil
	}
	all := k.read()
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
