package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWordsWithoutAMarkReadAsTheGrammarReadsThem puts together what begins something in Markdown elsewhere, and holds
// the short way to the long one.
func TestWordsWithoutAMarkReadAsTheGrammarReadsThem(t *testing.T) {
	parts := []string{"", "a", " ", "    ", "-", "1. ", "_b_", "#", "> ", "&amp;", "<b>", "~", "=", "|", "ü", "!", "+ ", "\u00a0", "https://a.example", "“c”"}
	pairs := []string{}
	for _, one := range parts {
		for _, two := range parts {
			pairs = append(pairs, one+two)
		}
	}
	read := 0
	for _, begin := range pairs {
		for _, end := range parts {
			words := begin + end
			if strings.TrimSpace(words) == "" || !unmarked(words) {
				continue
			}
			read++
			if diff := cmp.Diff(marked(words), Parse(words)); diff != "" {
				t.Errorf("%q: %s", words, diff)
			}
		}
	}
	if read < 1000 {
		t.Errorf("only %d are read the short way", read)
	}
}
