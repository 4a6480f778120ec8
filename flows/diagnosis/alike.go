package diagnosis

import (
	"cmp"
	_ "embed"
	"maps"
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
	marks       []string
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
	for cause, line := range belowCauses(readingsText) {
		l.add(cause, line)
	}
	l.weigh()
	return l
})

func (l *library) add(cause, text string) {
	marks := marksOf(text)
	for _, m := range marks {
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

func (l *library) massOf(marks []string) float64 {
	mass := 0.0
	for _, m := range marks {
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
		for cause, a := range l.nearestTo(sentence) {
			if was := best[cause]; a.score > was.score {
				a.score += further * was.score
				best[cause] = a
			} else {
				was.score += further * a.score
				best[cause] = was
			}
		}
	}
	all := slices.Collect(maps.Values(best))
	slices.SortFunc(all, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.cause, b.cause))
	})
	return all
}

// nearestTo is the nearest reading of each cause that shares a word with a sentence.
func (l *library) nearestTo(sentence string) map[string]likeness {
	marks := marksOf(sentence)
	mass := l.massOf(marks)
	shared := map[int]float64{}
	for _, m := range marks {
		w := l.weights[m]
		for _, i := range l.with[m] {
			shared[i] += w * w
		}
	}
	found := map[string]likeness{}
	for i, share := range shared {
		r := &l.readings[i]
		score := share / math.Sqrt(r.mass*mass) * share / (share + enough)
		if was := found[r.cause]; score > was.score || score == was.score && r.text < was.reading {
			found[r.cause] = likeness{r.cause, score, sentence, r.text}
		}
	}
	return found
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
	words := 0
	for word := range strings.FieldsSeq(sentence) {
		if strings.ContainsFunc(word, unicode.IsLetter) && !strings.ContainsAny(word, "<>{}()[]=_$/\\") {
			words++
		}
	}
	return words > 2 && 10*letters > 8*utf8.RuneCountInString(sentence)
}

const (
	maxSentences    = 400
	longestSentence = 600
)

// marksOf are the words of a sentence by which it is known, and the pairs of words beside each other, each once and in
// their order, so that what is summed up over them is the same each time.
func marksOf(sentence string) []string {
	var marks []string
	seen := map[string]bool{}
	add := func(mark string) {
		if !seen[mark] {
			seen[mark] = true
			marks = append(marks, mark)
		}
	}
	before := ""
	for _, word := range plainWords(sentence) {
		add(word)
		if before != "" && before != word {
			add(before + " " + word)
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
	if !isNear(near, beside) {
		return nil
	}
	i := slices.IndexFunc(table(), func(row Row) bool { return row.ID == near[0].cause })
	seen := possible(e, answered(e, "text", near[0].sentence), answered(e, "reads like", near[0].reading))
	if i < 0 || !seen.fromAnswer() {
		return nil
	}
	row := table()[i]
	return &Cause{ID: row.ID, Says: row.Says, Spec: row.Spec, Sure: seen.sure, At: e, Evidence: c.masked(seen.shown), general: anywhere}
}

// readingFirst puts what a text reads like before other guesses.
func readingFirst(all []Cause, like *Cause) []Cause {
	if like == nil {
		return all
	}
	all = slices.DeleteFunc(all, func(c Cause) bool { return c.ID == like.ID })
	all = append([]Cause{*like}, all...)
	return all[:min(len(all), maxCauses)]
}

// isNear reports whether the nearest is near enough to be told, alone or beside another guess.
func isNear(near []likeness, beside bool) bool {
	if len(near) == 0 {
		return false
	}
	next := 0.0
	if len(near) > 1 {
		next = near[1].score
	}
	if beside {
		return near[0].score > max(nearBeside, apartBeside*next)
	}
	return near[0].score > nearEnough || near[0].score > max(nearAtAll, apart*next)
}

// wrapped is what intake writes before the words that were brought.
//
//nolint:gochecknoglobals // never changes; compiled once
var wrapped = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{"error":"[^\n]*?"text":"`)
})

const (
	nearEnough  = 0.35 // to be told in any case
	nearAtAll   = 0.2  // to be told where nothing else is nearly as near
	nearBeside  = 0.4  // to go before another guess
	apart       = 1.3  // how many times nearer than the next one is alone
	apartBeside = 1.4
)
