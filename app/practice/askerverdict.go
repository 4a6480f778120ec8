package practice

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// verdict says what the run says, and why.
func (k *asker) verdict(s *sheet, n tutorials.Narrator) *page.Column {
	say, ink := n.Say(), look.Pass
	if !k.reply.over || !k.right() {
		ink = look.Caution
	}
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Edge, s.news = ink, card
	head, told := k.told(n)
	card.Add(0, s.text(page.Plain(head, page.Face{Size: wordsSize, Bold: true}, ink)))
	if told != "" {
		card.Add(6, s.text(page.Prose(told, look.Body, look.Ink)...))
	}
	if b := k.asks.Broken; k.reply.over && b != nil {
		small := page.Face{Size: look.Small}
		card.Add(look.Gap, s.stock.Pair(s.text(page.Plain(say.Text("practice.rule"), small, look.InkSoft)),
			s.text(page.Prose(n.Rule(b.ID, b.Rule), look.Small, look.Ink)...)))
		card.Add(4, s.stock.Pair(s.text(page.Plain(say.Text("practice.section"), small, look.InkSoft)),
			s.text(page.Plain(b.Spec.String(), small, look.Ink))))
	}
	return card
}

// told is the head of the verdict, and what there is to learn from it.
func (k *asker) told(n tutorials.Narrator) (head, words string) {
	say := n.Say()
	switch {
	case k.sort == exercise.Order && !k.reply.over:
		return say.Text("practice.order.too-early", "step", markup.Plain(n.Step(k.reply.missed).Title)), k.before(n)
	case k.sort == exercise.Order && k.reply.slips > 0:
		return say.Count("practice.order-over", k.reply.slips), ""
	case k.right():
		head = say.Text("practice.run-same")
	default:
		head = say.Text("practice.run-other")
	}
	switch k.sort {
	case exercise.Difference:
		title, _ := n.Mistake(k.asks.Mistake)
		words = strings.TrimSpace("**" + title + ".** " + n.Lesson(k.asks.Mistake))
	case exercise.WhichToken:
		words = n.Step(k.asks.Run.Messages[k.asks.At].Step).Happened
	case exercise.Sees:
		words = k.missed(n)
	case exercise.Order:
	}
	return head, words
}

// missed says which options were left out, and which were too many.
func (k *asker) missed(n tutorials.Narrator) string {
	var left, many []string
	for i := range k.asks.Options {
		o := &k.asks.Options[i]
		switch chosen := slices.Contains(k.reply.chosen, o.ID); {
		case o.Right && !chosen:
			left = append(left, k.named(n, o))
		case chosen && !o.Right:
			many = append(many, k.named(n, o))
		}
	}
	var words []string
	if len(left) > 0 {
		words = append(words, n.Say().Text("practice.sees.left-out", "who", strings.Join(left, ", ")))
	}
	if len(many) > 0 {
		words = append(words, n.Say().Text("practice.sees.too-many", "who", strings.Join(many, ", ")))
	}
	return strings.Join(words, " ")
}

// before says who has to act before the step that was chosen too early, and in which part of the story.
func (k *asker) before(n tutorials.Narrator) string {
	at := len(k.asks.Run.Messages)
	for _, o := range k.asks.Options {
		if o.At < at && !slices.Contains(k.reply.chosen, o.ID) {
			at = o.At
		}
	}
	next := &k.asks.Run.Messages[at]
	return n.Say().Text("practice.order.hint", "who", n.Phrase(string(next.From)), "chapter", n.Chapter(next.Chapter))
}
