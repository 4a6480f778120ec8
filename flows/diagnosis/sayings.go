package diagnosis

import (
	"embed"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Providers, libraries and APIs each have words of their own. Those that are known
// word by word stand in sayings.txt, which says how it is written, and those of one
// kind of provider or library in a file of the folder sayings.

//go:embed sayings.txt sayings/*.txt
var sayingsFiles embed.FS

// Saying is a line of sayings.txt: a cause, and the words that tell it.
type Saying struct {
	Cause   string
	Phrases []string // all of which stand in the text, in lower case
	Without []string // none of which does
	Exact   bool     // it means one thing wherever it stands, as an error code does
	Weak    bool     // it goes with other causes too, so it is possible and gives way
	Around  bool     // it says where it failed and not why, so it gives way and is likely all the same
}

// Sayings lists them in the order of the file.
func Sayings() []Saying { return slices.Clone(sayings()) }

// sayings is read once: a server that explains asks for it at every refusal.
//
//nolint:gochecknoglobals // never changes
var sayings = sync.OnceValue(func() []Saying {
	var all []Saying
	for cause, line := range belowCauses(sayingsText()) {
		all = append(all, readSaying(cause, line))
	}
	return all
})

// belowCauses are the lines of a text in which a cause stands in brackets above what tells it; # begins a remark.
func belowCauses(text string) iter.Seq2[string, string] {
	return func(yield func(cause, line string) bool) {
		cause := ""
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
				cause = strings.Trim(line, "[]")
			case !yield(cause, line):
				return
			}
		}
	}
}

// sayingsText is the files one after the other.
func sayingsText() string {
	files, err := fs.Glob(sayingsFiles, "sayings/*.txt")
	var all strings.Builder
	for _, file := range append([]string{"sayings.txt"}, files...) {
		text, e := sayingsFiles.ReadFile(file)
		if err != nil || e != nil {
			continue // what is embedded can be read
		}
		all.Write(append(text, '\n'))
	}
	return all.String()
}

// IsSaying reports whether a word alone is one of them.
func IsSaying(word string) bool {
	word = strings.ToLower(word)
	return slices.ContainsFunc(sayings(), func(s Saying) bool { return len(s.Phrases) == 1 && s.Phrases[0] == word })
}

func readSaying(cause, line string) Saying {
	s := Saying{Cause: cause}
	line, s.Weak = strings.CutPrefix(line, "? ")
	line, s.Around = strings.CutPrefix(line, "~ ")
	line, s.Exact = strings.CutPrefix(line, "+ ")
	for part := range strings.SplitSeq(line, " & ") {
		if without, found := strings.CutPrefix(part, "!"); found {
			s.Without = append(s.Without, without)
		} else {
			s.Phrases = append(s.Phrases, part)
		}
	}
	s.Exact = s.Exact || isCode(s.Phrases[0]) && !s.Around
	return s
}

// saidOf is what the table of sayings knows a cause by, or nil where it has none of it.
func saidOf(id string) look {
	own := slices.DeleteFunc(Sayings(), func(s Saying) bool { return s.Cause != id })
	if len(own) == 0 {
		return nil
	}
	return func(c *Case) *sighting {
		var best *sighting
		for _, s := range own {
			e := c.refused(func(e *logins.Exchange) bool { return e.Broken() == nil && s.in(c.said(e)) })
			if e == nil {
				continue
			}
			if seen := s.seen(e, c.said(e)); best == nil || seen.before(best) {
				best = seen
			}
		}
		return best
	}
}

// seen is what a saying makes of a text that says it.
func (s *Saying) seen(e *logins.Exchange, text said) *sighting {
	seen := likely(e, saying(e, s.Phrases[0])...)
	switch {
	case s.Weak:
		seen.sure, seen.general = Possible, anywhere
	case s.Around:
		seen.general = anywhere
	case !s.Exact:
		seen.general = text.phrased(s.Phrases...)
	}
	return seen
}

// in reports whether a text says it.
func (s *Saying) in(text said) bool {
	for _, phrase := range s.Phrases {
		if !text.tells(phrase) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Without, text.tells)
}

// tells reports whether a text has a phrase, or a code that is no part of a longer one.
func (s said) tells(phrase string) bool {
	if s.grams.lack(phrase) || !strings.Contains(s.words, phrase) && !s.has(phrase) {
		return false
	}
	return !isCode(phrase) || hasCode(s.words, phrase)
}

// isCode knows an error code, a number or the name of an exception, which means one thing wherever it stands.
func isCode(phrase string) bool {
	return !strings.Contains(phrase, " ") && (strings.Contains(phrase, "_") || strings.ContainsAny(phrase, "0123456789") ||
		strings.HasSuffix(phrase, "error") || strings.HasSuffix(phrase, "exception"))
}

// hasCode finds a code that is no part of a longer one.
func hasCode(text, code string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], code)
		if i < 0 {
			return false
		}
		from += i + len(code)
		before, after := text[:from-len(code)], text[from:]
		if strings.TrimRight(before, letters) == before && strings.TrimLeft(after, letters) == after {
			return true
		}
	}
}

// withSayings has each row know its cause by its sayings too.
func withSayings(rows []Row) []Row {
	for i := range rows {
		if told := saidOf(rows[i].ID); told != nil {
			rows[i].look = better(rows[i].look, told)
		}
	}
	return rows
}

// before reports whether a sighting is surer than another, or as sure and more particular.
func (s *sighting) before(o *sighting) bool {
	by := slices.Index(Degrees(), s.sure) - slices.Index(Degrees(), o.sure)
	return by < 0 || by == 0 && s.general < o.general
}

// better is what one of two looks sees, the surer or else the more particular.
func better(a, b look) look {
	return func(c *Case) *sighting {
		seen, other := a(c), b(c)
		if seen == nil || other != nil && other.before(seen) {
			return other
		}
		return seen
	}
}
