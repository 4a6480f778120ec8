package usage

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/pflag"
)

func TestALanguageIsTheOneThatIsAskedForOrTheSystems(t *testing.T) {
	for _, unset := range []string{"LC_ALL", "LC_MESSAGES", "LANGUAGE"} {
		t.Setenv(unset, "")
	}
	for _, system := range []string{"en_GB.UTF-8", "C", "", "fi_FI"} {
		t.Setenv("LANG", system)
		if got, err := Language(""); got != "en" || err != nil {
			t.Errorf("LANG=%s: got %q and %v", system, got, err)
		}
	}
	if got, err := Language("en"); got != "en" || err != nil {
		t.Errorf("got %q and %v", got, err)
	}
	if _, err := Language("tlh"); err == nil || err.Error() != `--language "tlh" is not known; allowed: en` {
		t.Errorf("a language without words: %v", err)
	}
	var asked string
	flags := pflag.NewFlagSet("x", pflag.ContinueOnError)
	LanguageFlag(english(t), flags, &asked)
	if err := flags.Parse([]string{"--language", "en"}); err != nil || asked != "en" {
		t.Errorf("got %q and %v", asked, err)
	}
}

// Whoever translates reads the help in their own words, before those are built in.
func TestTheHelpIsInTheWordsOfAFolder(t *testing.T) {
	folder := t.TempDir()
	screen := filepath.Join(folder, "tlh", "screen")
	if err := os.MkdirAll(screen, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(screen, "cli.toml"), []byte("[flag]\nlanguage = \"Hol\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"walk", "--words", folder, "--language", "tlh"}, {"--language=tlh", "walk", "--words=" + folder}} {
		if got := Say(args).Text("cli.flag.language"); got != "Hol" {
			t.Errorf("%q: it says %q", args, got)
		}
	}
	if got := Say([]string{"--language=en", "--words=" + folder + "/nothing"}).Text("cli.flag.language"); got == "cli.flag.language" {
		t.Error("a folder that is not there leaves nothing to say")
	}
}
