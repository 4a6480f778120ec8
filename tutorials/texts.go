package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// text is one text of the library and where it stands.
type text struct {
	place string // "flows/authorization-code-pkce, token, developer, Why"
	kind  string // "label", "title", "body" or "name"; of lessons also "passage", "cell", "question", "choice"
	voice Voice  // "" where it is for all
	body  string
	fills bool // whether {person}, {app} and {provider} are filled in
}

const linkPrefix = "](glossary:"

// checkTexts reports a link to a term that does not exist and a placeholder that nobody fills.
func (l *Library) checkTexts(fsys fs.FS, lang string) error {
	var errs []error
	for _, check := range []func() error{
		l.course.check, l.exercises.check, l.talks.read.check, l.causes.read.check,
		l.refusals.check, l.flows.checkTrade,
		func() error { return l.faq.check(l.flows, l.glossary) },
		func() error { return l.mixUps.check(l.flows) },
		func() error { return l.exam.check(l.causes) },
	} {
		errs = append(errs, check())
	}
	for t := range l.texts() {
		for _, id := range linksOf(t.body) {
			if _, ok := l.glossary.Term(id); !ok {
				errs = append(errs, inText(fsys, lang, t.place, linkPrefix+id+")", fmt.Sprintf("there is no term %q in the glossary", id)))
			}
		}
		if name, ok := strayPlaceholder(withoutCode(t.body), t.fills); ok {
			errs = append(errs, inText(fsys, lang, t.place, "{"+name+"}", fmt.Sprintf("nobody fills in {%s} here", name)))
		}
	}
	return errors.Join(errs...)
}

// texts yields every text in a fixed order.
func (l *Library) texts() func(yield func(text) bool) {
	return func(yield func(text) bool) {
		for _, part := range []func() []text{
			l.flows.texts, l.dictionary.texts, l.glossary.texts, l.rules.texts, l.refusals.texts, l.benches.texts, l.witnesses.texts,
			l.lessons.texts, l.mixUps.texts, l.chooserTexts, l.papers.texts,
			l.exerciseTexts, l.talks.texts, l.faq.texts, l.causes.texts, l.exam.texts,
		} {
			for _, t := range part() {
				if !yield(t) {
					return
				}
			}
		}
	}
}

func (l *Library) chooserTexts() []text {
	c := l.course.say().chooser
	return c.texts()
}

func (l *Library) exerciseTexts() []text { return exerciseTexts(l.exercises.say()) }

func (f *Flows) texts() []text {
	var out []text
	for _, id := range f.ids() {
		w := f.flow(id)
		out = append(out,
			text{place: "flows/" + id + ", audience", kind: "name", body: w.flow.Audience},
			text{place: "flows/" + id + ", use-when", kind: "body", body: w.flow.UseWhen},
			text{place: "flows/" + id + ", never-if", kind: "body", body: w.flow.NeverIf})
		for _, v := range Voices() {
			out = append(out, w.around("flows/"+id, v)...)
		}
		for _, step := range w.steps {
			out = append(out, w.step[step].texts("flows/"+id+", "+step)...)
		}
		out = append(out, w.mistakeTexts("mistakes/"+id)...)
	}
	return out
}

func (w *flowWords) mistakeTexts(file string) []text {
	var out []text
	for _, id := range w.mistakes {
		for _, v := range Voices() {
			place, m := file+", "+id+", "+string(v), w.mistake[id]
			out = append(out,
				text{place: place + ", Title", kind: "title", voice: v, body: m.Title[v]},
				text{place: place + ", Tries", kind: "body", voice: v, body: m.Tries[v]},
				text{place: place + ", Lesson", kind: "body", voice: v, body: m.Lesson[v]})
		}
	}
	return out
}

// around is what stands before, between and after the steps in a voice.
func (w *flowWords) around(place string, v Voice) []text {
	out := []text{
		{place: place + ", intro, because", kind: "body", voice: v, body: w.flow.Because[v]},
		{place: place + ", intro", kind: "body", voice: v, body: w.intro[v].Happened},
		{place: place + ", done", kind: "body", voice: v, body: w.done[v].Happened},
	}
	for _, id := range slices.Sorted(maps.Keys(w.flow.Chapters)) {
		out = append(out, text{place: place + ", chapter " + id, kind: "title", voice: v, body: w.flow.Chapter(id, v)})
	}
	for _, of := range slices.Concat(w.intro[v].when, w.done[v].when) {
		out = append(out, text{place: place + ", around, " + of.id + " " + of.value, kind: "body", voice: v, body: of.Happened})
	}
	return out
}

func (w *stepWords) texts(place string) []text {
	var out []text
	add := func(where string, v Voice, s Step) {
		for _, t := range [][3]string{
			{"Label", "label", s.Label},
			{"Title", "title", s.Title},
			{"Likeness", "body", s.Likeness},
			{"Happened", "body", s.Happened},
			{"Why", "body", s.Why},
			{"Risk", "body", s.Risk},
		} {
			if t[2] != "" {
				out = append(out, text{place: place + ", " + where + ", " + t[0], kind: t[1], voice: v, body: t[2], fills: true})
			}
		}
	}
	tell := func(where string, v Voice, t telling) {
		add(where, v, t.Step)
		for _, of := range t.when {
			add(where+", "+of.id+" "+of.value, v, of.Step)
		}
	}
	for _, v := range Voices() {
		tell(string(v), v, w.voices[v])
	}
	for _, lens := range slices.Sorted(maps.Keys(w.lenses)) {
		tell(lens, Everyone, w.lenses[lens]) // a lens is for everyone
	}
	return out
}

func (e Entry) texts(place string) []text {
	out := []text{
		{place: place + ", plain", kind: "body", voice: Everyone, body: e.Plain},
		{place: place + ", exact", kind: "body", voice: Developer, body: e.Exact},
		{place: place + ", protects", kind: "body", body: e.Protects},
	}
	for _, at := range slices.Sorted(maps.Keys(e.at)) {
		out = append(out, e.at[at].texts(place+" at "+at)...)
	}
	return out
}

// linksOf returns the ids of the terms that a text links to.
func linksOf(s string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(s, linkPrefix)
		if !ok {
			return out
		}
		id, after, _ := strings.Cut(rest, ")")
		out = append(out, id)
		s = after
	}
}

// withoutCode leaves out what is between backquotes, where braces are braces.
func withoutCode(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "`") {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// strayPlaceholder finds a {word} that nobody fills in.
func strayPlaceholder(s string, fills bool) (string, bool) {
	for {
		_, rest, ok := strings.Cut(s, "{")
		if !ok {
			return "", false
		}
		name, after, _ := strings.Cut(rest, "}")
		if !fills || !slices.Contains([]string{"person", "app", "provider"}, name) {
			return name, true
		}
		s = after
	}
}
