package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
)

// Whatever the toolkit comes to before it ends, what somebody chose is in the file.
func TestWhatWasChosenIsInTheFileBeforeTheToolkitEnds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "preferences.json")
	k := newKept(test.NewApp().Preferences())
	k.file = file
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
	file := filepath.Join(t.TempDir(), "preferences.json")
	for before, want := range map[string]string{
		`{"other":[1],"voice":"everyone"}`: `{"other":[1],"voice":"developer"}`,
		`{"voi`:                            `{"voice":"developer"}`,
	} {
		if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		k := newKept(test.NewApp().Preferences())
		k.file = file
		k.SetString(keyVoice, "developer")
		err := k.write()
		if got, _ := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s becomes %s (%v), want %s", before, got, err, want)
		}
	}
}
