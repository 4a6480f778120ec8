package usage

import (
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
