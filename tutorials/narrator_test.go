//go:build !race

package tutorials

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

func TestADeveloperReadsTheExactReasonOfARefusalBehindItsWords(t *testing.T) {
	for voice, want := range map[Voice]bool{Everyone: false, Executive: false, Developer: true} {
		n := Narrator{Words: english(t), Voice: voice}
		told := n.Refusal("code-unused", "invalid_grant", "this code was handed in before")
		words, _ := n.Words.Refusals().Text("code-unused", voice)
		if words == "" || !strings.HasPrefix(told, words) {
			t.Errorf("%s is told %q, which does not begin with the words %q", voice, told, words)
		}
		if got := strings.HasSuffix(told, " This code was handed in before."); got != want {
			t.Errorf("%s is told %q; the exact reason should stand in it: %t", voice, told, want)
		}
	}
}

func TestWhatIsNoWordsIsReadAsItStands(t *testing.T) {
	n := Narrator{Words: english(t), Voice: Developer}
	exact := `"https://**/a" is not [listed](glossary:x)`
	if got := markup.Plain(n.Rule("no-such-rule", exact)); got != exact {
		t.Errorf("a rule without words is read as %q", got)
	}
	if got := markup.Plain(n.Refusal("code-unused", "invalid_grant", exact)); !strings.HasSuffix(got, exact+".") {
		t.Errorf("an exact reason is read as %q", got)
	}
}
