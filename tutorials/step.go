package tutorials

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// stepWords is one step: in each voice as the standards tell it, and what each
// other lens says instead.
type stepWords struct {
	like    string // the flow whose step of the same id has the words that are missing here; load fills them in
	repeats bool   // and there are no others here
	picture string
	holds   bool     // the words tell the truth of a step that was refused, too
	trade   []string // ids of the terms by which the trade calls what happens here
	voices  map[Voice]telling
	lenses  map[string]telling
}

// refusedTold is said of a step whose words hold where it is refused.
const refusedTold = "told"

// telling is a step as one voice or one lens tells it, and what that says in
// place of parts of it where a switch is on another value.
type telling struct {
	Step

	when []variant
}

// variant is what is told where a switch is on a value, or on one of several.
// A text that is empty is as ever.
type variant struct {
	Step

	id, value string // the values have a slash between them
}

// holds tells whether the switch is on the value. Without a word of it, a
// switch is on its first value, for which the telling itself stands.
func (v variant) holds(choices map[string]string) bool {
	return v.id != "" && slices.Contains(strings.Split(v.value, "/"), choices[v.id])
}

// with returns the telling as the choices want it.
func (t telling) with(choices map[string]string) Step {
	s := t.Step
	for _, v := range t.when {
		if v.holds(choices) {
			s = s.under(v.Step)
		}
	}
	return s
}

// take adds what a part says: the telling itself, or a variant of it.
func (t telling) take(s Step, of variant) telling {
	if of.id == "" {
		t.Step = s
		return t
	}
	of.Step = s
	t.when = append(t.when, of)
	return t
}

// partial tells whether there are variants only, of words that another flow has.
func (t telling) partial() bool { return t.Label == "" && len(t.when) > 0 }

// over returns this telling or, where it is variants only, the other one with them.
func (t telling) over(other telling) telling {
	if !t.partial() {
		return t
	}
	return telling{Step: other.Step, when: t.when}
}

// under returns the step with the texts of another on top, where that has some.
func (s Step) under(top Step) Step {
	return Step{
		Picture: cmp.Or(top.Picture, s.Picture), Label: cmp.Or(top.Label, s.Label), Title: cmp.Or(top.Title, s.Title),
		Likeness: cmp.Or(top.Likeness, s.Likeness), Happened: cmp.Or(top.Happened, s.Happened), Why: cmp.Or(top.Why, s.Why),
		Risk: cmp.Or(top.Risk, s.Risk),
	}
}

// told returns the step in a voice, through a lens. The voice says what
// happened, why it matters and what could go wrong; the lens says what things
// are called and what they are like. Where a lens tells all of it, it tells it
// to everyone: executives and developers keep what their voice says.
func (w *stepWords) told(v Voice, lens string, choices map[string]string) (Step, bool) {
	voice, ok := w.voices[v]
	if !ok {
		return Step{}, false
	}
	s := voice.with(choices)
	seen := w.lenses[lens].with(choices)
	if v != Everyone {
		seen.Happened, seen.Why, seen.Risk = "", "", ""
	}
	s = s.under(seen)
	s.Holds = w.holds
	return s, true
}

// over returns the words of another flow's step with these in place of theirs.
// The picture is the other's too, unless there is one here.
func (w *stepWords) over(other *stepWords) *stepWords {
	all := &stepWords{
		like: w.like, repeats: len(w.voices) == 0 && len(w.lenses) == 0,
		picture: cmp.Or(w.picture, other.picture), holds: w.holds || other.holds, trade: w.trade, voices: maps.Clone(other.voices),
		lenses: maps.Clone(other.lenses),
	}
	if len(all.trade) == 0 {
		all.trade = other.trade
	}
	for v, t := range w.voices {
		all.voices[v] = t.over(other.voices[v])
	}
	for lens, t := range w.lenses {
		all.lenses[lens] = t.over(other.lenses[lens])
	}
	for v, t := range all.voices {
		t.Picture = all.picture
		all.voices[v] = t
	}
	return all
}

// only leaves out what is told of switches that the flow does not have.
func (w *stepWords) only(switches map[string]Switch) *stepWords {
	drop := func(v variant) bool { _, has := switches[v.id]; return !has }
	for v, t := range w.voices {
		t.when = slices.DeleteFunc(slices.Clone(t.when), drop)
		w.voices[v] = t
	}
	for lens, t := range w.lenses {
		t.when = slices.DeleteFunc(slices.Clone(t.when), drop)
		w.lenses[lens] = t
	}
	return w
}

func (w *flowWords) readStep(file string, s *section, lenses []Lens) (*stepWords, error) {
	if err := onlyFields(file, s, "", "Picture", "Like", "Trade", "Refused"); err != nil {
		return nil, err
	}
	step := &stepWords{
		like: s.get("Like").text, picture: s.get("Picture").text, trade: listed(s.get("Trade").text),
		holds:  s.get("Refused").text == refusedTold,
		voices: map[Voice]telling{}, lenses: map[string]telling{},
	}
	if refused := s.get("Refused").text; refused != "" && !step.holds {
		return nil, fmt.Errorf("%s:%d: section %q: Refused: %s is none of %s", file, s.line, s.name, refused, refusedTold)
	}
	for i := range s.parts {
		if err := w.readPart(file, s, &s.parts[i], step, lenses); err != nil {
			return nil, err
		}
	}
	return step, step.check(file, s, lenses)
}

// readPart reads what a voice or a lens says of a step.
func (w *flowWords) readPart(file string, s, p *section, step *stepWords, lenses []Lens) error {
	name, of, err := w.partOf(file, s, p)
	if err != nil {
		return err
	}
	v, isVoice := voiceNamed(name)
	lens, isLens := lensNamed(lenses, name)
	if !isVoice && (!isLens || lens == ProtocolLens) {
		return fmt.Errorf("%s:%d: section %q: %q is neither a voice nor a lens", file, p.line, s.name, p.name)
	}
	if err := onlyFields(file, p, s.name, "Label", "Title", "Likeness", "Happened", "Why", "Risk"); err != nil {
		return err
	}
	if isVoice {
		step.voices[v] = step.voices[v].take(stepOf(step.picture, p), of)
		return nil
	}
	step.lenses[lens] = step.lenses[lens].take(stepOf("", p), of)
	return nil
}

// partOf takes the name of a part apart: “Everyone, openid without” is what
// everyone reads where the switch openid is on the value without; several values
// have a slash between them.
func (w *flowWords) partOf(file string, s, p *section) (name string, of variant, err error) {
	name, when, ok := strings.Cut(p.name, ", ")
	if !ok {
		return name, of, nil
	}
	of.id, of.value, _ = strings.Cut(when, " ")
	for value := range strings.SplitSeq(of.value, "/") {
		if _, known := w.flow.Switches[of.id].Values[value]; !known {
			return name, of, fmt.Errorf("%s:%d: section %q: %q is no switch of this flow with one of its values", file, p.line, s.name, when)
		}
	}
	return name, of, nil
}

// check reports the first voice or lens that is missing or has a gap.
func (w *stepWords) check(file string, s *section, lenses []Lens) error {
	if w.picture == "" && w.like == "" {
		return fmt.Errorf("%s:%d: section %q: Picture is missing", file, s.line, s.name)
	}
	if len(w.trade) == 0 && w.like == "" {
		return fmt.Errorf("%s:%d: section %q: Trade is missing: the term by which the trade calls this", file, s.line, s.name)
	}
	for _, v := range Voices() {
		t, ok := w.voices[v]
		if w.like != "" && (!ok || t.partial()) {
			continue
		}
		if !ok {
			return fmt.Errorf("%s:%d: section %q: the %s voice is missing", file, s.line, s.name, v)
		}
		if t.Label == "" || t.Title == "" || t.Likeness == "" || t.Happened == "" || t.Why == "" || t.Risk == "" {
			return fmt.Errorf("%s:%d: section %q: the %s voice needs Label, Title, Likeness, Happened, Why and Risk", file, s.line, s.name, v)
		}
	}
	return w.checkLenses(file, s, lenses)
}

func (w *stepWords) checkLenses(file string, s *section, lenses []Lens) error {
	for _, lens := range lenses {
		if lens.ID == ProtocolLens {
			continue
		}
		t, ok := w.lenses[lens.ID]
		if w.like != "" && (!ok || t.partial()) {
			continue
		}
		if !ok || t.Label == "" || t.Title == "" || t.Likeness == "" {
			return fmt.Errorf("%s:%d: section %q: the lens %s needs Label, Title and Likeness", file, s.line, s.name, lens.ID)
		}
		tells := t.Happened != "" // all three or none: a mixture would give one thing two names
		if tells != (t.Why != "") || tells != (t.Risk != "") {
			return fmt.Errorf("%s:%d: section %q: the lens %s tells only a part of Happened, Why and Risk", file, s.line, s.name, lens.ID)
		}
	}
	return nil
}

func stepOf(picture string, p *section) Step {
	return Step{
		Picture: picture, Label: p.get("Label").text, Title: p.get("Title").text, Likeness: p.get("Likeness").text,
		Happened: p.get("Happened").text, Why: p.get("Why").text, Risk: p.get("Risk").text,
	}
}

// listed takes “a, b” apart.
func listed(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
