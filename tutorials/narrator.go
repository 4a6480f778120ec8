package tutorials

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Narrator tells one flow in one voice and through one lens. What has no words
// is told by its id, so a narrator never fails.
type Narrator struct {
	Words *Library
	Flow  string
	Voice Voice
	Lens  string

	Person, App, Provider string // what {person}, {app} and {provider} stand for

	Real     string            // what the client is called of a run that is no story; "" in a story
	Mistaken string            // id of the classic mistake that the run makes, or ""
	Withheld bool              // whether the person allowed less than the app asked for
	Switches map[string]string // the alternatives of this run that are not on their first value
}

// Say returns what screens, pages and exports say in the narrator's language.
func (n Narrator) Say() *catalog.Catalog { return n.Words.Catalog() }

// Step returns the words of a step.
func (n Narrator) Step(id string) Step {
	if what, ok := strings.CutPrefix(id, "deed-"); ok {
		return n.deed(what)
	}
	s, ok := n.Words.Flows().StepWith(n.Flow, id, n.Voice, n.Lens, n.Switches)
	if !ok {
		return Step{Label: id, Title: id}
	}
	return s.With(n.Person, n.App, n.Provider)
}

// deed tells what somebody did to the server meanwhile. What there is to say of it
// in particular, the run knows.
func (n Narrator) deed(what string) Step {
	say := n.Say()
	return Step{
		Label: say.Text("mark." + what + ".label"), Title: say.Text("mark." + what + ".label"),
		Happened: say.Text("mark." + what + "." + string(n.Voice)), Why: say.Text("mark.why." + string(n.Voice)),
	}
}

// Trade returns the terms by which the trade calls what happens in these steps, each once.
func (n Narrator) Trade(steps ...string) []Term {
	var terms []Term
	for _, step := range steps {
		for _, t := range n.Words.Flows().Trade(n.Flow, step) {
			if !slices.ContainsFunc(terms, func(known Term) bool { return known.ID == t.ID }) {
				terms = append(terms, t)
			}
		}
	}
	return terms
}

// Repeats returns the title of the flow that tells a step in the same words, or "".
func (n Narrator) Repeats(step string) string {
	if f, ok := n.Words.Flows().Repeats(n.Flow, step); ok {
		return f.Title
	}
	return ""
}

// Asked returns the questions that a step brings up.
func (n Narrator) Asked(step string) []Asked { return n.Words.FAQ().At(n.Flow, step) }

// Means says what a term means, in the voice.
func (n Narrator) Means(t Term) string {
	if n.Voice == Developer {
		return t.Exact
	}
	return t.Plain
}

// About returns the words around the flow.
func (n Narrator) About() Flow {
	f, ok := n.Words.Flows().FlowWith(n.Flow, n.Switches)
	if !ok {
		return Flow{ID: n.Flow, Title: n.Flow, Short: n.Flow}
	}
	about := *f
	about.Intro, about.Done = n.fillAll(f.Intro), n.fillAll(f.Done)
	return about
}

// Standing says what is thought of the flow today, and why.
func (n Narrator) Standing() string {
	f := n.Words.flows.head(n.Flow)
	if f == nil {
		return ""
	}
	return "**" + n.Say().Sentence(n.Say().Text("status."+f.Status)) + "** " + f.Because[n.Voice]
}

func (n Narrator) fillAll(texts map[Voice]string) map[Voice]string {
	out := make(map[Voice]string, len(texts))
	for voice, text := range texts {
		out[voice] = Step{Happened: text}.With(n.Person, n.App, n.Provider).Happened
	}
	return out
}

// Chapter returns the title of a chapter.
func (n Narrator) Chapter(id string) string {
	if f := n.Words.flows.head(n.Flow); f != nil {
		return f.Chapter(id, n.Voice)
	}
	return id
}

// Role returns what a party is called, and its other name.
func (n Narrator) Role(id string) (name, also string) {
	words, ok := n.role(id)
	switch {
	case !ok:
		return id, ""
	case n.Voice != Developer && words.Plain != "":
		return words.Name, words.Plain
	}
	return words.Name, words.Also
}

// Phrase returns what a party is called in the midst of a sentence: "the front desk".
func (n Narrator) Phrase(id string) string {
	if words, ok := n.role(id); ok {
		return words.Phrase
	}
	return id
}

// role returns the names of a party: the real one of a client that is no part
// of a story, those of the flow, else those of the lens.
func (n Narrator) role(id string) (RoleName, bool) {
	words, ok := n.told(id)
	if n.Real != "" && id == "client" {
		words.Name, words.Phrase, ok = n.Real, n.Real, true
	}
	return words, ok
}

// told are the names of a party in the story.
func (n Narrator) told(id string) (RoleName, bool) {
	if f := n.Words.flows.head(n.Flow); f != nil {
		if own, ok := f.roles[n.Lens][id]; ok {
			return own, true
		}
	}
	lens, _ := n.Words.Lens(n.Lens)
	words, ok := lens.Roles[id]
	return words, ok
}

// Artefact returns what an artefact is called.
func (n Narrator) Artefact(id string) string {
	lens, _ := n.Words.Lens(n.Lens)
	if name, ok := lens.Artefacts[id]; ok {
		return name
	}
	return id
}

// Rule says a rule. Developers read it in the standards' words, which are exact.
func (n Narrator) Rule(id, exact string) string {
	if demanded, ok := n.Words.Demanded(id); ok && n.Voice == Developer {
		return markup.Escape(demanded)
	}
	if words, ok := n.Words.Rules().Text(id, n.Voice); ok && words != "" {
		return words
	}
	return markup.Escape(exact)
}

// Refusal says why a run ended before its end, by the rule that failed and the
// protocol's error code. A developer gets the exact reason too.
func (n Narrator) Refusal(rule, code, exact string) string {
	words := n.Words.Refusals().For(rule, code, n.Voice)
	if withheld, ok := n.Words.Refusals().Text(rule+"/withheld", n.Voice); ok && n.Withheld {
		words = withheld
	}
	if n.Voice == Developer || words == "" {
		words = strings.TrimSpace(words + " " + markup.Escape(n.sentence(exact)))
	}
	return Step{Happened: words}.With(n.Person, n.App, n.Provider).Happened
}

// Witness returns the words filed under a witness, a reason or a way to travel.
func (n Narrator) Witness(id string) string {
	if words, ok := n.Words.Witnesses().Text(id, n.Voice); ok {
		return words
	}
	return id
}

// Bench returns what a workbench says.
func (n Narrator) Bench(id string) string {
	if words, ok := n.Words.Benches().Text(id, n.Voice); ok {
		return words
	}
	return id
}

// Mistake returns what a classic mistake is called, and what it imitates.
func (n Narrator) Mistake(id string) (title, tries string) {
	words, ok := n.Words.Flows().Mistake(n.Flow, id)
	if !ok {
		return id, ""
	}
	return n.fill(words.Title[n.Voice]), n.fill(words.Tries[n.Voice])
}

// Lesson returns what one sees of a classic mistake, and what stopped it, if anything did.
func (n Narrator) Lesson(id string) string {
	words, _ := n.Words.Flows().Mistake(n.Flow, id)
	return n.fill(words.Lesson[n.Voice])
}

// Attacks reports whether a classic mistake is meant: then a refusal is a good end.
func (n Narrator) Attacks(id string) bool {
	words, _ := n.Words.Flows().Mistake(n.Flow, id)
	return words.Attack
}

func (n Narrator) fill(text string) string {
	return Step{Happened: text}.With(n.Person, n.App, n.Provider).Happened
}

// Switch returns the words of an alternative that the flow has. A value that
// has none goes by its id.
func (n Narrator) Switch(id string, values ...string) Switch {
	words := Switch{Title: strings.ReplaceAll(id, "-", " "), Values: map[string]string{}}
	told := n.About().Switches[id]
	if told.Title != "" {
		words.Title = told.Title
	}
	for _, v := range values {
		words.Values[v] = v
		if told.Values[v] != "" {
			words.Values[v] = told.Values[v]
		}
	}
	return words
}

// sentence makes one of a reason. A name of the protocol, such as
// redirect_uri, keeps its case.
func (n Narrator) sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	if first, _, _ := strings.Cut(s, " "); strings.Contains(first, "_") {
		return s + "."
	}
	return n.Say().Sentence(s)
}
