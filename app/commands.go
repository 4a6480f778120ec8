package app

import (
	"maps"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// What a menu, a key, the rail or the header can ask for.

func (w *window) setVoice(v tutorials.Voice) {
	w.settings.saveVoice(v)
	n := w.screen.Narrator()
	n.Voice = v
	w.tell(func() { w.screen.Tell(n) })
}

func (w *window) setLens(id string) {
	w.settings.saveLens(id)
	n := w.screen.Narrator()
	n.Lens = id
	w.tell(func() { w.screen.Tell(n) })
}

// nextLens goes round.
func (w *window) nextLens() {
	lenses := w.words.Lenses()
	for i, l := range lenses {
		if l.ID == w.screen.Narrator().Lens {
			w.setLens(lenses[(i+1)%len(lenses)].ID)
			return
		}
	}
}

func (w *window) tell(change func()) {
	change()
	w.header.update()
	w.updateMenu()
	w.writeState()
}

func (w *window) setTheme(m look.Mode) {
	w.settings.saveTheme(m)
	w.app.Settings().SetTheme(look.NewTheme(m))
	w.updateMenu()
	w.writeState()
}

func (w *window) toggleMotion() {
	w.settings.saveMotion(!w.settings.reduceMotion)
	w.screen.ReduceMotion(w.settings.reduceMotion)
	w.updateMenu()
}

func (w *window) togglePane() {
	w.screen.TogglePane()
	w.header.update()
}

func (w *window) toggleRail() { w.rail.toggle() }

func (w *window) choices() stage.Choices {
	if p := w.screen.Player(); p != nil {
		return p.Choices()
	}
	return stage.Choices{}
}

// person is the user name of whoever signs in.
func (w *window) person() string {
	if name := w.choices().Person; name != "" {
		return name
	}
	if p := w.screen.Player(); p != nil && p.Flow().Cast.Person != "" {
		return p.Flow().Cast.Person
	}
	return stage.People()[0].Username
}

func (w *window) choosePerson(username string) {
	w.choose(func(c *stage.Choices) { c.Person, c.Typed = username, nil })
}

// wrongPassword, refuseConsent and withhold switch what-ifs on and off and go to where they tell.
func (w *window) wrongPassword() {
	on := w.choices().SignsIn()
	w.choose(func(c *stage.Choices) {
		c.Typed, c.Deny, c.Withhold = nil, false, nil // whoever is not signed in is not asked
		if on {
			c.Typed = &stage.Typed{Username: w.person(), Password: "not my password"}
		}
	})
	w.goStep(on, stage.StepWrongPassword, stage.StepTypeIntoApp)
}

func (w *window) refuseConsent() {
	on := !w.choices().Deny
	w.choose(func(c *stage.Choices) { c.Typed, c.Deny, c.Withhold = nil, on, nil })
	w.goStep(on, stage.StepRefuseConsent)
}

// withhold leaves one permission out of the consent, or grants it again.
func (w *window) withhold(permission string) {
	on := !slices.Contains(w.choices().Withhold, permission)
	w.choose(func(c *stage.Choices) {
		c.Typed, c.Deny = nil, false
		c.Withhold = slices.DeleteFunc(slices.Clone(c.Withhold), func(p string) bool { return p == permission })
		if on {
			c.Withhold = append(c.Withhold, permission)
		}
	})
	w.goStep(on, stage.StepGiveConsent)
}

// turn sets a switch of the flow. A value that the switch has anyhow is not written down.
func (w *window) turn(s flows.Switch, value string) {
	w.choose(func(c *stage.Choices) {
		c.Switches = maps.Clone(c.Switches)
		delete(c.Switches, s.ID)
		if value != s.Values[0] {
			if c.Switches == nil {
				c.Switches = map[string]string{}
			}
			c.Switches[s.ID] = value
		}
	})
}

// turned is how a switch of the flow stands.
func (w *window) turned(s flows.Switch) string {
	if value, chosen := w.choices().Switches[s.ID]; chosen {
		return value
	}
	return s.Values[0]
}

// changeOrUndo offers the classic mistakes, or takes back what was changed and looks at the same step.
func (w *window) changeOrUndo() {
	if len(w.choices().Edits) == 0 {
		w.showMistakes()
		return
	}
	w.choose(func(c *stage.Choices) { c.Edits = nil })
}

// goStep goes to the first of the steps that this run comes to.
func (w *window) goStep(on bool, steps ...string) {
	p := w.screen.Player()
	if !on || p == nil {
		return
	}
	for _, step := range steps {
		if i := p.Find(step); i >= 0 {
			w.screen.Seek(i)
			return
		}
	}
}

func (w *window) choose(change func(*stage.Choices)) {
	p := w.screen.Player()
	if p == nil {
		return
	}
	c := p.Choices()
	change(&c)
	if w.screen.Tampering() { // what stands there is of a run that is about to change
		w.screen.ToggleTamper()
	}
	if err := p.Choose(c); err != nil {
		w.fail(err)
	}
}

// offers is what the flow leaves to whoever walks it.
func (w *window) offers() flows.Offers {
	p := w.screen.Player()
	if p == nil {
		return flows.Offers{}
	}
	flow := p.Flow()
	return flow.Offers()
}

// chapter is that of the message that is looked at.
func (w *window) chapter() string {
	p := w.screen.Player()
	if p == nil || p.Current() == nil {
		return ""
	}
	return p.Current().Chapter
}

func (w *window) goChapter(id string) {
	p := w.screen.Player()
	for i := range p.Len() {
		if p.At(i).Chapter == id {
			w.screen.Seek(i)
			return
		}
	}
}

// chapterFrom is the next chapter that this run comes to, or the one before; "" where there is none.
func (w *window) chapterFrom(by int) string {
	p := w.screen.Player()
	if p == nil {
		return ""
	}
	now := w.chapter()
	for i := p.Cursor() + by; i >= 0 && i < p.Len(); i += by {
		if id := p.At(i).Chapter; id != now && id != "" {
			return id
		}
	}
	return ""
}

// turnChapter goes to the beginning of the next chapter, or of the one before.
func (w *window) turnChapter(by int) {
	if id := w.chapterFrom(by); id != "" {
		w.goChapter(id)
	} else if by < 0 {
		w.screen.Home()
	}
}

func (w *window) followLink(link string) {
	kind, what, _ := strings.Cut(link, ":")
	switch kind {
	case "glossary":
		if term, ok := w.words.Term(what); ok {
			w.showTerm(term)
		}
	case "spec":
		w.showSpec(what)
	}
}
