package app

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/app/look/looktest"
)

// What was chosen is read at the next start, in the type in which it is asked for.
func TestWhatWasChosenIsReadBack(t *testing.T) {
	toolkits := looktest.Bare(t).Preferences()
	toolkits.SetString("before", "x")
	k := newKept(toolkits, filepath.Join(t.TempDir(), "choices.json"))
	k.SetString(keyVoice, "developer")
	k.SetFloat(keyZoom, 1.5)
	k.SetBool(keyMet, true)
	k.SetInt("talk", 2)
	k.SetStringList("again", []string{"a", "b"})
	k.SetString(keyLens, "hotel")
	k.RemoveValue(keyLens)
	reads := func(when string, k *kept) {
		t.Helper()
		if k.String(keyVoice) != "developer" || k.Float(keyZoom) != 1.5 || !k.Bool(keyMet) || k.Int("talk") != 2 ||
			!slices.Equal(k.StringList("again"), []string{"a", "b"}) {
			t.Errorf("%s %v is read", when, k.set)
		}
		if k.StringWithFallback(keyLens, "none") != "none" || k.String("before") != "x" || k.IntWithFallback("never", 3) != 3 {
			t.Errorf("%s something is read that is not there", when)
		}
	}
	reads("at once", k)
	if err := k.write(); err != nil {
		t.Fatal(err)
	}
	reads("at the next start", newKept(toolkits, k.file))
	if toolkits.String(keyVoice) != "" {
		t.Error("the toolkit was told of it, and writes it in its own time")
	}
}

// Nobody has to end the window for it: it may be ended by force.
func TestWhatWasChosenIsWrittenBeforeTheWindowEnds(t *testing.T) {
	k := newKept(looktest.Bare(t).Preferences(), filepath.Join(t.TempDir(), "choices.json"))
	k.SetString(keyVoice, "developer")
	for limit := time.Now().Add(time.Minute); newKept(k.Preferences, k.file).String(keyVoice) != "developer"; {
		if time.Now().After(limit) {
			t.Fatal("it is not written")
		}
		runtime.Gosched()
	}
}

// Whatever the toolkit comes to before it ends, what somebody chose is in the file.
func TestWhatWasChosenIsInTheFileBeforeTheToolkitEnds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "choices.json")
	k := newKept(looktest.Bare(t).Preferences(), file)
	k.SetString(keyVoice, "developer")
	k.SetString(keyLens, "hotel")
	if err := k.write(); err != nil {
		t.Fatal(err)
	}
	k.RemoveValue(keyLens)
	k.SetFloat(keyWidth, 1300)
	k.SetBool(keyMet, true)
	k.SetInt("talk", 2)
	k.SetStringList("again", []string{"a"})
	if err := k.write(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	const want = `{"again":["a"],"met":true,"talk":2,"voice":"developer","width":1300}`
	if err != nil || string(got) != want {
		t.Errorf("the file holds %s (%v), want %s", got, err, want)
	}
	if k.String(keyVoice) != "developer" || k.Int("talk") != 2 || k.String(keyLens) != "" {
		t.Error("what was set is not read back")
	}
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("%v is left beside the file (%v)", entries, err)
	}
}

// What others put there stays, and a file that nobody can read does not keep what is known from being written.
func TestTheFileOfWhatWasChosenKeepsWhatOthersPutThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "choices.json")
	for before, want := range map[string]string{
		`{"other":[1],"voice":"everyone"}`: `{"other":[1],"voice":"developer"}`,
		`{"voi`:                            `{"voice":"developer"}`,
	} {
		if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		k := newKept(looktest.Bare(t).Preferences(), file)
		k.SetString(keyVoice, "developer")
		err := k.write()
		if got, _ := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s becomes %s (%v), want %s", before, got, err, want)
		}
	}
}
