package intake

import (
	"regexp"
	"strings"
	"sync"
)

// Whoever asks for help writes around the error what they expected, what they looked at already and what they suspect.
// None of it is evidence, and it names the same things.

//nolint:gochecknoglobals // never changes; compiled once
var asking = sync.OnceValue(func() (p struct{ sentence, checked, question, telling, expected, heading, setting, faulty *regexp.Regexp }) {
	p.sentence = regexp.MustCompile(`.*?[.!?](?:\s+|$)|.+$`)
	p.checked = regexp.MustCompile(`(?i)(?:^|[,;(] *|\b(?:and|but|yes|as|that) )(?:i|we|i've|we've|i'm|have|already)\b` +
		`[^"` + "`" + `{}]{0,40}` +
		`\b(?:check(?:ed|ing)?|verif(?:y|ied)|confirm(?:ed)?|(?:made|make|am|are|'m) (?:pretty |very |quite |100% )?sure|ensured?|` +
		`validated|compared|(?:double|triple)[- ]?check(?:ed)?)\b[^{}]*$`)
	p.question = regexp.MustCompile(`^[A-Za-z][^"` + "`" + `{}<>=]{8,300}\?\s*$`)
	p.telling = regexp.MustCompile(`[a-z]+_[a-z]+|[A-Z]{2,}[0-9]{4,}|\b[45][0-9]{2}\b|(?i:exception|error:)|\b(?:null|undefined)\b|` +
		`^(?i:unable|failed|could not|couldn't|cannot|missing|invalid)\b`)
	p.expected = regexp.MustCompile(`(?i)^[#*\s]*(?:expected|desired) (?:behaviou?r|result|outcome)`)
	p.heading = regexp.MustCompile(`^(?:#{1,6} |\*\*[^*]+\*\*:?\s*$)`)
	p.setting = regexp.MustCompile(`^\s*(?:- |export |ENV )?["']?(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|` +
		`[a-zA-Z][\w.-]*(?i:client[-_.]?(?:id|secret)|redirect[-_.]?ur[il]s?|issuer(?:[-_.]?ur[il])?|scopes?|[a-z]+[-_]ur[il]))["']?\s*[:=]\s*\S`)
	p.faulty = regexp.MustCompile(`(?i)` + failing + `|fail|invalid|insecure|not (?:found|allowed|valid|match)`)
	return p
})

// withoutAsker leaves out what the one who asks says besides: that something was looked at and is right, what was
// expected, how things are set, and questions that name no error.
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
		if p.setting.MatchString(line) && !p.faulty.MatchString(line) {
			continue
		}
		kept = append(kept, p.sentence.ReplaceAllStringFunc(line, toldBy))
	}
	return orElse(strings.Join(kept, "\n"), text)
}

// toldBy leaves of a sentence what is evidence.
func toldBy(sentence string) string {
	p := asking()
	if p.question.MatchString(sentence) && !p.telling.MatchString(sentence) {
		return " "
	}
	return p.checked.ReplaceAllString(sentence, " ")
}
