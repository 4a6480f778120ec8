package learn

import (
	"slices"

	"fyne.io/fyne/v2"
)

// record is what was read and answered. It is kept on this machine and goes nowhere.
type record struct{ store fyne.Preferences }

const (
	keyLast     = "lessons-last"
	keyFinished = "lessons-finished"
	keyMissed   = "lessons-missed" // ids of questions to do again
)

func openRecord(store fyne.Preferences) record { return record{store} }

// last is the address where somebody stopped.
func (r record) last() string { return r.store.String(keyLast) }

func (r record) stand(address string) { r.store.SetString(keyLast, address) }

func (r record) finished(lesson string) bool { return r.has(keyFinished, lesson) }

func (r record) finish(lesson string) { r.put(keyFinished, lesson, true) }

// answer keeps a question that was missed until it is answered rightly.
func (r record) answer(question string, right bool) { r.put(keyMissed, question, !right) }

// forget keeps nothing any more.
func (r record) forget() {
	for _, key := range []string{keyLast, keyFinished, keyMissed} {
		r.store.RemoveValue(key)
	}
}

func (r record) has(key, id string) bool { return slices.Contains(r.store.StringList(key), id) }

func (r record) put(key, id string, in bool) {
	if r.has(key, id) == in {
		return
	}
	ids := slices.DeleteFunc(slices.Clone(r.store.StringList(key)), func(one string) bool { return one == id })
	if in {
		ids = append(ids, id)
	}
	r.store.SetStringList(key, ids)
}
