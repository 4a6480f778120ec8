// Package handout gives a telling its words: those of a voice, seen through a
// lens. It is where the words of the tutorials meet what is told of a run, and
// decides nothing about either.
package handout

import (
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Story hands the words of a narrator to whoever tells a run.
func Story(n tutorials.Narrator) telling.Story {
	about := n.About()
	s := telling.Story{
		Title: about.Title, Intro: about.Intro[n.Voice], Done: about.Done[n.Voice],
		Advice:  telling.Advice{Standing: n.Standing(), Use: about.UseWhen, Never: about.NeverIf},
		Role:    func(r trace.Role) (string, string) { return n.Role(string(r)) },
		Chapter: n.Chapter,
		Step: func(id string) telling.Words {
			s := n.Step(id)
			return telling.Words{
				Label: s.Label, Title: s.Title, Likeness: s.Likeness, Happened: s.Happened, Why: s.Why, Risk: s.Risk, Holds: s.Holds,
			}
		},
		Rule:      func(c trace.Check) string { return n.Rule(c.ID, c.Rule) },
		Refused:   func(o trace.Outcome) string { return n.Refusal(o.Rule, o.Error, o.Reason) },
		Artefact:  func(a telling.Artefact) string { return n.Artefact(string(a)) },
		Trade:     func(step string) []string { return ids(n.Trade(step)) },
		Term:      func(id string) telling.Term { return term(n, id) },
		Asked:     func(step string) []telling.Asked { return asked(n, step) },
		Repeats:   n.Repeats,
		Say:       n.Say(),
		Developer: n.Voice == tutorials.Developer,
	}
	if id := n.Mistaken; id != "" {
		title, tries := n.Mistake(id)
		s.Mistake = telling.Mistake{Title: title, Tries: tries, Lesson: n.Lesson(id), Attack: n.Attacks(id)}
	}
	return s
}

func ids(terms []tutorials.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.ID
	}
	return out
}

func term(n tutorials.Narrator, id string) telling.Term {
	t, _ := n.Words.Glossary().Term(id)
	return telling.Term{Title: t.Title, Means: n.Means(t)}
}

func asked(n tutorials.Narrator, step string) []telling.Asked {
	var all []telling.Asked
	for _, a := range n.Asked(step) {
		all = append(all, telling.Asked{Question: a.Question, Answer: a.Answer[n.Voice]})
	}
	return all
}
