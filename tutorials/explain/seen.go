package explain

import (
	"regexp"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Seen is evidence in the language of the words. A provider says it without our words, so its own are English there;
// here they are known again by the English texts under diagnose.field and diagnose.seen. What crossed stays as it is.
func Seen(words *tutorials.Library, e diagnosis.Evidence) diagnosis.Evidence {
	say := words.Catalog()
	if say.Language() == "en" {
		return e
	}
	if rest, ours := strings.CutPrefix(e.Where, "answer"); ours {
		e.Where = say.Text("diagnose.field.answer") + rest
	}
	if demanded, ok := words.Demanded(e.Rule); ok && e.Rule != "" {
		e.Field = demanded
	}
	for _, p := range phrases() {
		shown := &e.Value
		if p.field {
			shown = &e.Field
		}
		if m := p.english.FindStringSubmatch(*shown); m != nil {
			var pairs []string
			for i, name := range p.english.SubexpNames()[1:] {
				pairs = append(pairs, name, m[i+1])
			}
			*shown = say.Text(p.id, pairs...)
		}
	}
	if m := shortened().FindStringSubmatch(e.Value); m != nil {
		e.Value = m[1] + say.Text("diagnose.shortened", "n", m[2])
	}
	return e
}

// phrase is a text of ours in evidence, and how it reads in English.
type phrase struct {
	id      string
	field   bool // it names a value; else it stands in the place of one
	english *regexp.Regexp
}

//nolint:gochecknoglobals // never changes; read once
var phrases = sync.OnceValue(func() []phrase {
	english, err := tutorials.Catalog("en")
	if err != nil { // it is built in, and a test reads it
		return nil
	}
	var all []phrase
	for _, id := range english.IDs() {
		field := strings.HasPrefix(id, "diagnose.field.")
		if !field && !strings.HasPrefix(id, "diagnose.seen.") {
			continue
		}
		text := regexp.QuoteMeta(english.Text(id))
		text = regexp.MustCompile(`\\\{([a-z]+)\\\}`).ReplaceAllString(text, `(?P<$1>.+)`)
		all = append(all, phrase{id, field, regexp.MustCompile("^" + text + "$")})
	}
	return all
})

// shortened is how [diagnosis.Short] ends.
//
//nolint:gochecknoglobals // never changes; compiled once
var shortened = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*… )\((\d+) characters\)$`) })
