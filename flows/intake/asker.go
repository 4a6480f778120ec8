package intake

import (
	"regexp"
	"strings"
	"sync"
)

// Whoever asks for help writes around the error what they expected, what they looked at already and what they suspect.
// None of it is evidence, and it names the same things.

//nolint:gochecknoglobals // never changes; compiled once
var asking = sync.OnceValue(func() (p struct{ checked, question, telling, expected, heading *regexp.Regexp }) {
	p.checked = regexp.MustCompile(`(?i)(?:^|[.!?,;(] *|\b(?:and|but|yes|as) )(?:i|we|i've|we've|i'm|have|already)\b` +
		`[^.!?\n"` + "`" + `{}]{0,40}` +
		`\b(?:check(?:ed|ing)?|verif(?:y|ied)|confirm(?:ed)?|(?:made|make|am|are|'m) (?:pretty |very |quite |100% )?sure|ensured?|` +
		`validated|compared|(?:double|triple)[- ]?check(?:ed)?)\b[^.!?\n{}]*(?:[.!?]|$)`)
	p.question = regexp.MustCompile(`(?:^|[.!?:,;] +)[A-Za-z][^.!?\n"` + "`" + `{}<>=]{8,240}\?(?:\s|$)`)
	p.telling = regexp.MustCompile(`(?i)[a-z]+_[a-z]+_?[a-z]*\b|[A-Z]{2,}[0-9]{4,}|\b[45][0-9]{2}\b|exception|error:`)
	p.expected = regexp.MustCompile(`(?i)^[#*\s]*(?:expected|desired) (?:behaviou?r|result|outcome)`)
	p.heading = regexp.MustCompile(`^(?:#{1,6} |\*\*[^*]+\*\*:?\s*$)`)
	return p
})

// withoutAsker leaves out what the one who asks says besides: that something was looked at and is right, what was
// expected, and questions that name no error.
func withoutAsker(text string) string {
	if !strings.Contains(text, " ") {
		return text
	}
	p := asking()
	kept := make([]string, 0, strings.Count(text, "\n")+1)
	expected := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		switch {
		case p.expected.MatchString(line):
			expected = true
			continue
		case expected && p.heading.MatchString(line):
			expected = false
		case expected && !strings.HasPrefix(line, "```"):
			continue
		case expected: // code begins, which is more than was hoped for
			expected = false
		}
		line = p.checked.ReplaceAllString(line, " ")
		line = p.question.ReplaceAllStringFunc(line, func(question string) string {
			if p.telling.MatchString(question) {
				return question
			}
			return " "
		})
		kept = append(kept, line)
	}
	return orElse(strings.Join(kept, "\n"), text)
}
