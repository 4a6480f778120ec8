package tape

import (
	"hash/maphash"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// glossary is what exchanges have in common, so that each says it by a number: the
// rules that run, and the texts that come again and again. It only grows, up to a
// bound, and nothing in it changes: whoever has got an exchange can look up its
// numbers while more is added.
type glossary struct {
	texts []string // the first is empty; there is room for all
	rules []ruling
	told  count // how many there are of each

	textAt map[string]int
	ruleAt map[ruleKey]int
	seed   maphash.Seed
	seen   []sighting
}

// count is how much of a glossary somebody knows.
type count struct{ texts, rules int }

// ruling is what a check says of its rule.
type ruling struct {
	by       trace.Role
	id, rule string
	spec     trace.Spec
}

type ruleKey struct {
	by trace.Role
	id string
}

// sighting is a text that may come again.
type sighting struct {
	hash  uint64
	times int
}

// Bounds of a glossary. Once it is full, what it lacks is said in full.
const (
	mostTexts   = 4096
	mostRules   = 1024
	longestText = 128  // in bytes; a longer one is hardly ever the same again
	seenAtOnce  = 2048 // texts that were seen lately
	often       = 8    // as many times is a text seen before it is taken: what is of one login only comes less often
)

func newGlossary() *glossary {
	return &glossary{
		texts: make([]string, mostTexts), rules: make([]ruling, mostRules), told: count{texts: 1},
		textAt: map[string]int{"": 0}, ruleAt: map[ruleKey]int{}, seed: maphash.MakeSeed(), seen: make([]sighting, seenAtOnce),
	}
}

// text returns the number of a text that is known, or has come often enough to be from now on.
func (g *glossary) text(text string) (number int, known bool) {
	if len(text) > longestText {
		return 0, false
	}
	if number, known = g.textAt[text]; known || g.told.texts == mostTexts {
		return number, known
	}
	hash := maphash.String(g.seed, text)
	last := &g.seen[hash%seenAtOnce]
	if last.hash != hash {
		*last = sighting{hash: hash}
	}
	if last.times++; last.times < often {
		return 0, false
	}
	text = strings.Clone(text) // a piece of a request keeps all of it alive
	number = g.told.texts
	g.textAt[text], g.texts[number] = number, text
	g.told.texts++
	return number, true
}

// rule returns the number of the rule of a check, unless there are too many, or
// another one goes by the same id.
func (g *glossary) rule(c *trace.Check) (number int, known bool) {
	is := ruling{by: c.By, id: c.ID, rule: c.Rule, spec: c.Spec}
	key := ruleKey{by: c.By, id: c.ID}
	if number, known = g.ruleAt[key]; known {
		return number, g.rules[number] == is
	}
	if g.told.rules == mostRules {
		return 0, false
	}
	number = g.told.rules
	g.ruleAt[key], g.rules[number] = number, is
	g.told.rules++
	return number, true
}
