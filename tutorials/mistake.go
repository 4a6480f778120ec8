package tutorials

import "fmt"

// Mistake is a suggested mistake: something a learner can change in a waiting request to see it refused.
type Mistake struct {
	ID     string
	Step   string           // id of the step whose request is changed
	Attack bool             // somebody means harm: then a refusal is a good end
	Title  map[Voice]string // "Send the code to another address"
	Tries  map[Voice]string // what it imitates: who would do this, and why
	Lesson map[Voice]string // what one sees, and what stopped it
}

// attacker is who makes a mistake that is none: it is meant.
const attacker = "attacker"

// readMistakes understands a file of mistakes/ and adds it to the flow's words.
func (w *flowWords) readMistakes(file, src string) error {
	doc, err := parseMarkdown(file, src)
	if err != nil {
		return err
	}
	for i := range doc.sections {
		s := &doc.sections[i]
		m, err := readMistake(file, s)
		if err != nil {
			return err
		}
		if w.step[m.Step] == nil {
			return fmt.Errorf("%s:%d: section %q: there is no step %q", file, s.line, s.name, m.Step)
		}
		w.mistakes = append(w.mistakes, m.ID)
		w.mistake[m.ID] = m
	}
	return nil
}

func readMistake(file string, s *section) (Mistake, error) {
	m := Mistake{
		ID: s.name, Step: s.get("Step").text, Attack: s.get("By").text == attacker,
		Title: map[Voice]string{}, Tries: map[Voice]string{}, Lesson: map[Voice]string{},
	}
	if err := onlyFields(file, s, "", "Step", "By"); err != nil {
		return m, err
	}
	if by := s.get("By").text; by != "" && by != attacker {
		return m, fmt.Errorf("%s:%d: section %q: By: %s is none of %s", file, s.line, s.name, by, attacker)
	}
	for i := range s.parts {
		p := &s.parts[i]
		v, ok := voiceNamed(p.name)
		if !ok {
			return m, fmt.Errorf("%s:%d: section %q: %q is no voice", file, p.line, s.name, p.name)
		}
		if err := onlyFields(file, p, s.name, "Title", "Tries", "Lesson"); err != nil {
			return m, err
		}
		m.Title[v], m.Tries[v], m.Lesson[v] = p.get("Title").text, p.get("Tries").text, p.get("Lesson").text
	}
	for _, texts := range []map[Voice]string{m.Title, m.Tries, m.Lesson} {
		if err := needVoices(file, s, texts); err != nil {
			return m, err
		}
	}
	return m, nil
}
