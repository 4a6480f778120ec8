package telling

import "slices"

// Tries tells which classic mistake is made with message i, and what it
// imitates; of any other message it tells nothing.
func (t *Teller) Tries(i int) Passage {
	m := t.story.Mistake
	if m.Title == "" || t.Changed() != i {
		return Passage{}
	}
	return Passage{Lead: t.Say("lead.tries"), Label: t.Say("label.tries"), Blocks: blocks("**" + sentence(m.Title) + "** " + m.Tries)}
}

// Lesson tells what the classic mistake teaches, at the message that was
// refused for it, and at the end of the run; of any other message it tells nothing.
func (t *Teller) Lesson(i int) Passage {
	if i != t.Failed() && i != len(t.run.Messages)-1 {
		return Passage{}
	}
	lesson := t.story.Mistake.Lesson
	if lesson != "" && t.Failed() < 0 {
		lesson = "**" + t.Say("went-through") + "** " + lesson
	}
	return Passage{Lead: t.Say("lead.lesson"), Label: t.Say("label.lesson"), Blocks: blocks(lesson)}
}

// sentence ends a title as a sentence, for words that follow.
func sentence(title string) string {
	if slices.Contains([]string{".", "!", "?"}, title[len(title)-1:]) {
		return title
	}
	return title + "."
}
