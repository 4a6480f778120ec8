package diagnosis

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed plainwords.txt
var plainWordsText string

// plainWords are the words of a sentence without what says nothing: each in one form, and what goes by several names
// by one.
func plainWords(sentence string) []string {
	p := plain()
	sentence = p.camel.ReplaceAllString(sentence, "$1 $2")
	sentence = p.address.ReplaceAllString(strings.ToLower(sentence), " ")
	sentence = p.oneWay.Replace(sentence)
	var stems []string
	for _, word := range p.word.FindAllString(sentence, -1) {
		if len(word) < 2 || len(word) > 24 || p.silent[word] || p.number.MatchString(word) {
			continue
		}
		stems = append(stems, stemOf(word))
	}
	return named(stems, p.names)
}

// named puts one name in the place of the several ones that a thing has. The longest goes first.
func named(words []string, names map[string]string) []string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); {
		used := 1
		word := words[i]
		for n := min(longestName, len(words)-i); n > 0; n-- {
			if name, known := names[strings.Join(words[i:i+n], " ")]; known {
				word, used = name, n
				break
			}
		}
		out = append(out, strings.Fields(word)...)
		i += used
	}
	return out
}

const longestName = 4

// stemOf takes the ending off a word.
func stemOf(word string) string {
	for _, end := range []string{"ing", "ied", "ies", "ed", "es", "s", "ly"} {
		if rest, found := strings.CutSuffix(word, end); found && len(rest) > 2 && !strings.HasSuffix(word, "ss") {
			if end == "ied" || end == "ies" {
				return rest + "y"
			}
			return strings.TrimSuffix(rest, "e")
		}
	}
	if len(word) > 4 {
		return strings.TrimSuffix(word, "e")
	}
	return word
}

//nolint:gochecknoglobals // never changes; compiled once
var plain = sync.OnceValue(func() (p struct {
	camel, address, word, number *regexp.Regexp
	oneWay                       *strings.Replacer // spells what is spelt in several ways
	silent                       map[string]bool
	names                        map[string]string
},
) {
	p.camel = regexp.MustCompile(`([a-z])([A-Z])`)
	p.address = regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s"'<>]+`)
	p.word = regexp.MustCompile(`[a-z0-9]+`)
	p.number = regexp.MustCompile(`^(?:[0-9]{1,2}|[0-9]{4,}|[0-9a-f]*[0-9][0-9a-f]*[a-f][0-9a-f]*|[0-9]+[a-z]{1,2}[0-9a-z]*)$`)
	p.oneWay = strings.NewReplacer("n't", " not", "cannot", "can not", "’", "", "'", "", "e-mail", "email", "sign-in", "signin")
	p.silent, p.names = map[string]bool{}, map[string]string{}
	for line := range strings.Lines(plainWordsText) {
		name, others, found := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case !found || strings.HasPrefix(line, "#"):
		case name == "silent":
			for word := range strings.FieldsSeq(others) {
				p.silent[word] = true
			}
		default:
			for other := range strings.SplitSeq(others, ",") {
				p.names[stemmed(other)] = name
			}
		}
	}
	return p
})

func stemmed(words string) string {
	var stems []string
	for word := range strings.FieldsSeq(words) {
		stems = append(stems, stemOf(word))
	}
	return strings.Join(stems, " ")
}
