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
		l.course.check, l.exercises.check, l.talks.check, l.causes.check,
		l.checkRefusals, l.checkTrade, l.checkAsked, l.checkMixUps, l.checkExam,
	} {
		errs = append(errs, check())
	}
	for t := range l.texts() {
		for _, id := range linksOf(t.body) {
			if _, ok := l.Term(id); !ok {
				errs = append(errs, inText(fsys, lang, t.place, linkPrefix+id+")", fmt.Sprintf("there is no term %q in the glossary", id)))
			}
		}
		if name, ok := strayPlaceholder(withoutCode(t.body), t.fills); ok {
			errs = append(errs, inText(fsys, lang, t.place, "{"+name+"}", fmt.Sprintf("nobody fills in {%s} here", name)))
		}
	}
	return errors.Join(errs...)
}

// checkRefusals reports that nothing is said of a refusal that has no words of its own.
func (l *Library) checkRefusals() error {
	if _, ok := l.refusals.say().texts[generalRefusal]; !ok {
		return fmt.Errorf("refusals.toml: [%q] is missing", generalRefusal)
	}
	return nil
}

// checkTrade reports a step that names a term which the glossary does not have.
func (l *Library) checkTrade() error {
	for _, id := range l.flowIDs() {
		for _, step := range l.flow(id).steps {
			for _, term := range l.step(id, step).trade {
				if _, ok := l.Term(term); !ok {
					return fmt.Errorf("flows/%s.md: section %q: Trade: there is no term %q in the glossary", id, step, term)
				}
			}
		}
	}
	return nil
}

// texts yields every text in a fixed order.
func (l *Library) texts() func(yield func(text) bool) {
	return func(yield func(text) bool) {
		for _, part := range []func() []text{
			l.flowTexts, l.referenceTexts, l.spokenTexts, l.courseTexts, l.exerciseTexts, l.talkTexts, l.askedTexts, l.causeTexts, l.examTexts,
		} {
			for _, t := range part() {
				if !yield(t) {
					return
				}
			}
		}
	}
}

func (l *Library) flowTexts() []text {
	var out []text
	for _, id := range l.flowIDs() {
		w := l.flow(id)
		out = append(out,
			text{place: "flows/" + id + ", audience", kind: "name", body: w.flow.Audience},
			text{place: "flows/" + id + ", use-when", kind: "body", body: w.flow.UseWhen},
			text{place: "flows/" + id + ", never-if", kind: "body", body: w.flow.NeverIf})
		for _, v := range Voices() {
			out = append(out, w.around("flows/"+id, Narrator{Words: l, Flow: id, Voice: v})...)
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

// around is what stands before, between and after the steps in the voice of a narrator.
func (w *flowWords) around(place string, n Narrator) []text {
	v := n.Voice
	out := []text{
		{place: place + ", intro, because", kind: "body", voice: v, body: w.flow.Because[v]},
		{place: place + ", intro", kind: "body", voice: v, body: w.intro[v].Happened},
		{place: place + ", done", kind: "body", voice: v, body: w.done[v].Happened},
	}
	for _, id := range slices.Sorted(maps.Keys(w.flow.Chapters)) {
		out = append(out, text{place: place + ", chapter " + id, kind: "title", voice: v, body: n.Chapter(id)})
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

func (l *Library) referenceTexts() []text {
	var out []text
	for _, e := range l.dictionary.say().entries {
		out = append(out, e.texts("dictionary.toml, "+e.Kind+" "+e.Name)...)
	}
	for _, t := range l.glossary.say().terms {
		place := "glossary.toml, " + t.ID
		out = append(out,
			text{place: place + ", title", kind: "name", body: t.Title},
			text{place: place + ", plain", kind: "body", voice: Everyone, body: t.Plain},
			text{place: place + ", exact", kind: "body", voice: Developer, body: t.Exact})
		for _, lens := range slices.Sorted(maps.Keys(t.Likeness)) {
			out = append(out, text{place: place + ", likeness." + lens, kind: "body", voice: Everyone, body: t.Likeness[lens]})
		}
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

func (l *Library) spokenTexts() []text {
	var out []text
	add := func(file string, s spoken) {
		for _, id := range s.ids {
			for _, v := range Voices() {
				if body := s.texts[id][v]; body != "" {
					out = append(out, text{place: file + ", " + id + ", " + string(v), kind: "body", voice: v, body: body})
				}
			}
		}
	}
	add("checks", l.rules.say())
	before := len(out)
	add("refusals.toml", l.refusals.say())
	for i := range out[before:] {
		out[before+i].fills = true
	}
	add("workbench.toml", l.benches.say())
	before = len(out)
	add("witnesses.toml", l.watching.say())
	for i := range out[before:] {
		if t := &out[before+i]; !strings.Contains(t.place, "/") || strings.Contains(t.place, ", how/") {
			t.kind = "name" // of a witness, or of a way to travel
		}
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
