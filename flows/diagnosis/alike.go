package diagnosis

import (
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Where no saying and no sentence is known, a report may still read like one of which the cause is known. Those stand
// in readings.txt, which says how it is written. A sentence of the report is held to each of them by the words that
// they share, of which the rare ones count most, and the nearest one is a guess that quotes both.

//go:embed readings.txt
var readingsText string

// reading is a sentence of which the cause is known.
type reading struct {
	cause, text string
	marks       map[string]bool
	mass        float64
}

// library is all that was read before.
type library struct {
	readings []reading
	with     map[string][]int   // the readings that have a mark
	weights  map[string]float64 // of each mark: the fewer causes have it, the more it says
}

//nolint:gochecknoglobals // never changes; made when first asked for
var readBefore = sync.OnceValue(func() *library {
	l := &library{with: map[string][]int{}, weights: map[string]float64{}}
	cause := ""
	for line := range strings.Lines(readingsText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			cause = strings.Trim(line, "[]")
		default:
			l.add(cause, line)
		}
	}
	l.weigh()
	return l
})

func (l *library) add(cause, text string) {
	marks := marksOf(text)
	for m := range marks {
		l.with[m] = append(l.with[m], len(l.readings))
	}
	l.readings = append(l.readings, reading{cause: cause, text: text, marks: marks})
}

func (l *library) weigh() {
	causes := map[string]bool{}
	for _, r := range l.readings {
		causes[r.cause] = true
	}
	for m, in := range l.with {
		of := map[string]bool{}
		for _, i := range in {
			of[l.readings[i].cause] = true
		}
		l.weights[m] = math.Log(1 + float64(len(causes))/float64(len(of)))
		if strings.Contains(m, " ") {
			l.weights[m] *= pairWeight
		}
	}
	for i := range l.readings {
		l.readings[i].mass = l.massOf(l.readings[i].marks)
	}
}

const (
	pairWeight = 0.6 // of two words beside each other, which count once each already
	further    = 0.3 // of what further sentences say of the same
	enough     = 18  // how much two sentences have to share to be half of what they could be
)

func (l *library) massOf(marks map[string]bool) float64 {
	mass := 0.0
	for m := range marks {
		w := l.weights[m]
		mass += w * w
	}
	return mass
}

// likeness is a cause that a sentence reads like.
type likeness struct {
	cause             string
	score             float64
	sentence, reading string
}

// nearest lists the causes that the sentences of a text read like, the nearest first.
func (l *library) nearest(text string) []likeness {
	best := map[string]likeness{}
	for _, sentence := range sentencesOf(text) {
		found := map[string]likeness{} // of this sentence
		marks := marksOf(sentence)
		mass := l.massOf(marks)
		shared := map[int]float64{}
		for m := range marks {
			w := l.weights[m]
			for _, i := range l.with[m] {
				shared[i] += w * w
			}
		}
		for i, share := range shared {
			r := &l.readings[i]
			score := share / math.Sqrt(r.mass*mass) * share / (share + enough)
			if was := found[r.cause]; score > was.score || score == was.score && r.text < was.reading {
				found[r.cause] = likeness{r.cause, score, sentence, r.text}
			}
		}
		for cause, a := range found {
			was := best[cause]
			if a.score > was.score {
				a.score, was.score = a.score+further*was.score, 0
			} else {
				a.sentence, a.reading, a.score = was.sentence, was.reading, was.score+further*a.score
			}
			best[cause] = a
		}
	}
	all := make([]likeness, 0, len(best))
	for _, a := range best {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b likeness) int {
		if a.score != b.score {
			if a.score > b.score {
				return -1
			}
			return 1
		}
		return strings.Compare(a.cause, b.cause)
	})
	return all
}

// sentencesOf takes a text apart, and bounds how much of it is looked at.
func sentencesOf(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		for line != "" && len(all) < maxSentences {
			end := len(line)
			for _, mark := range []string{". ", "! ", "? ", "; "} {
				if i := strings.Index(line, mark); i >= 0 && i+len(mark) < end {
					end = i + len(mark)
				}
			}
			end = min(end, longestSentence)
			if sentence := strings.TrimSpace(line[:end]); isProse(sentence) {
				all = append(all, sentence)
			}
			line = strings.TrimSpace(line[end:])
		}
	}
	return all
}

// isProse takes what is mostly words, and no code, no setting and no heading.
func isProse(sentence string) bool {
	if strings.Count(sentence, " ") < 2 || strings.HasPrefix(sentence, "#") {
		return false
	}
	letters := 0
	for _, r := range sentence {
		if unicode.IsLetter(r) || r == ' ' {
			letters++
		}
	}
	return 10*letters > 8*utf8.RuneCountInString(sentence)
}

const (
	maxSentences    = 400
	longestSentence = 600
)

// marksOf are the words of a sentence by which it is known, and the pairs of words beside each other.
func marksOf(sentence string) map[string]bool {
	marks := map[string]bool{}
	before := ""
	for _, word := range plainWords(sentence) {
		marks[word] = true
		if before != "" && before != word {
			marks[before+" "+word] = true
		}
		before = word
	}
	return marks
}

// readsLike is possible where a sentence of what was brought reads like one of which the cause is known. Beside another
// guess it has to be near and alone.
func readsLike(c *Case, beside bool) *Cause {
	e := c.refused(func(*logins.Exchange) bool { return true })
	if e == nil || !c.Known.AnswerOnly {
		return nil
	}
	near := readBefore().nearest(standardCodes(wrapped().ReplaceAllString(e.Text(), "")))
	if len(near) == 0 {
		return nil
	}
	alone := len(near) == 1 || near[0].score > apart*near[1].score
	close := near[0].score > nearEnough
	if near[0].score < nearAtAll || !alone && !close || beside && !(alone && close) {
		return nil
	}
	i := slices.IndexFunc(table(), func(row Row) bool { return row.ID == near[0].cause })
	seen := possible(e, answered(e, "text", near[0].sentence), answered(e, "reads like", near[0].reading))
	if i < 0 || !seen.fromAnswer() {
		return nil
	}
	row := table()[i]
	return &Cause{
		ID: row.ID, Says: row.Says, Spec: row.Spec, Sure: seen.sure, At: e, Evidence: c.masked(seen.shown), general: anywhere,
	}
}

// wrapped is what intake writes before the words that were brought.
//
//nolint:gochecknoglobals // never changes; compiled once
var wrapped = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{"error":"[^\n]*?"text":"`)
})

const (
	nearEnough = 0.4 // to be told in any case
	nearAtAll  = 0.2 // to be told where nothing else is nearly as near
	apart      = 1.4 // how many times nearer that is
)
