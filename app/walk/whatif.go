package walk

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// whatIf is what whoever walks decides about the run: who signs in, how the
// flow's switches stand, and what goes otherwise than it should.
type whatIf struct {
	screen   *player.Screen
	fail     func(error)
	mistakes func() // asks for the list of classic mistakes
}

func (w *whatIf) choices() stage.Choices {
	if p := w.screen.Player(); p != nil {
		return p.Choices()
	}
	return stage.Choices{}
}

// person is the user name of whoever signs in.
func (w *whatIf) person() string {
	if name := w.choices().Person; name != "" {
		return name
	}
	if p := w.screen.Player(); p != nil && p.Flow().Cast.Person != "" {
		return p.Flow().Cast.Person
	}
	return stage.People()[0].Username
}

func (w *whatIf) choosePerson(username string) {
	w.choose(func(c *stage.Choices) { c.Person, c.Typed = username, nil })
}

// wrongPassword, refuseConsent and withhold switch what-ifs on and off and go to where they tell.
func (w *whatIf) wrongPassword() {
	on := w.choices().SignsIn()
	w.choose(func(c *stage.Choices) {
		c.Typed, c.Deny, c.Withhold = nil, false, nil // whoever is not signed in is not asked
		if on {
			c.Typed = &stage.Typed{Username: w.person(), Password: address.WrongPassword}
		}
	})
	w.goStep(on, stage.StepWrongPassword, stage.StepTypeIntoApp)
}

func (w *whatIf) refuseConsent() {
	on := !w.choices().Deny
	w.choose(func(c *stage.Choices) { c.Typed, c.Deny, c.Withhold = nil, on, nil })
	w.goStep(on, stage.StepRefuseConsent)
}

// withhold leaves one permission out of the consent, or grants it again.
func (w *whatIf) withhold(permission string) {
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

// turn sets a switch of the flow, and goes to the first step that is otherwise
// than the story has it. A value that the switch has anyhow is not written down.
func (w *whatIf) turn(s flows.Switch, value string) {
	p := w.screen.Player()
	if p == nil {
		return
	}
	before := p.Plan()
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
	if i := p.Changed(before); i >= 0 && value != s.Values[0] {
		w.screen.Seek(i)
	}
}

// turned is how a switch of the flow stands.
func (w *whatIf) turned(s flows.Switch) string {
	if value, chosen := w.choices().Switches[s.ID]; chosen {
		return value
	}
	return s.Values[0]
}

// changeOrUndo offers the classic mistakes, or takes back what was changed and looks at the same step.
func (w *whatIf) changeOrUndo() {
	if len(w.choices().Edits) == 0 {
		w.mistakes()
		return
	}
	w.choose(func(c *stage.Choices) { c.Edits = nil })
}

// goStep goes to the first of the steps that this run comes to.
func (w *whatIf) goStep(on bool, steps ...string) {
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

func (w *whatIf) choose(change func(*stage.Choices)) {
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
func (w *whatIf) offers() flows.Offers {
	p := w.screen.Player()
	if p == nil {
		return flows.Offers{}
	}
	flow := p.Flow()
	return flow.Offers()
}

// option is something that can go otherwise, or does.
type option struct {
	id, words string
	on        bool
	do        func()
}

// options is what can go otherwise in the flow that is open, apart from requests that are changed.
func (w *whatIf) options() []option {
	var options []option
	offers := w.offers()
	if offers.SignIn {
		options = append(options, option{
			"wrong-password", w.screen.Narrator().Say().Text("player.what-if.password"),
			!w.choices().SignsIn(), w.wrongPassword,
		})
	}
	if offers.Consent {
		options = append(options, option{"refuse", w.screen.Narrator().Say().Text("player.what-if.refuse"), w.choices().Deny, w.refuseConsent})
		for _, permission := range w.screen.Player().Asked() {
			options = append(options, option{
				"withhold." + permission, w.screen.Narrator().Say().Text("player.what-if.withhold", "permission", permission),
				slices.Contains(w.choices().Withhold, permission), func() { w.withhold(permission) },
			})
		}
	}
	return options
}

const menuWhatIf = "What if"

// commands are the rows of the menu. In a saved run none of them can act.
func (w *whatIf) commands() []room.Command {
	say := w.screen.Narrator().Say()
	p := w.screen.Player()
	off := p == nil || p.IsSaved()
	var table []room.Command
	if w.offers().Person {
		for _, p := range stage.People() {
			table = append(table, room.Command{
				ID: "what-if." + p.Username, Menu: menuWhatIf, Words: say.Text("player.what-if.person", "person", p.Name),
				On: w.person() == p.Username, Off: off, Do: func() { w.choosePerson(p.Username) },
			})
		}
	}
	for i, o := range w.options() {
		table = append(table, room.Command{
			ID: "what-if." + o.id, Menu: menuWhatIf, Words: o.words, Apart: i == 0, On: o.on, Off: off,
			Do: o.do,
		})
	}
	if p != nil {
		table = append(table, w.switchCommands(p.Flow().Switches, off)...)
	}
	return append(table, room.Command{
		ID: "what-if.mistake", Menu: menuWhatIf, Words: say.Text("command.what-if.mistake"), Opens: true, Apart: true,
		Keys: room.And(room.Ctrl, fyne.KeyM), Off: off, Do: w.mistakes,
	})
}

// switchCommands are the flow's own alternatives, each with its values below it.
func (w *whatIf) switchCommands(switches []flows.Switch, off bool) []room.Command {
	var table []room.Command
	for i, s := range switches {
		words := w.screen.Narrator().Switch(s.ID, s.Values...)
		c := room.Command{ID: "switch." + s.ID, Menu: menuWhatIf, Words: words.Title, Apart: i == 0}
		for _, value := range s.Values {
			c.Below = append(c.Below, room.Command{
				ID: c.ID + "." + value, Words: words.Values[value], On: w.turned(s) == value, Off: off, Do: func() { w.turn(s, value) },
			})
		}
		table = append(table, c)
	}
	return table
}
