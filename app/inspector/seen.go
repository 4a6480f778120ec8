package inspector

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Watched is a value that is being followed, and who can see it.
type Watched struct {
	Name, Value string
	Sights      []Sight
	Travels     []Travel
}

// Sight is one who may see the value.
type Sight struct {
	Name  string // "Browser history"
	Seen  bool
	Why   string // in the words of the voice; may hold markup
	Whose string // "of the client app and the API", or ""
	Steps []int  // numbers of the steps that show it
}

// Travel is one step that carried the value.
type Travel struct {
	Step    int
	Title   string
	How     string // "query of the URL"
	Channel trace.Channel
}

// stepLink is the link to a step, by its number.
func stepLink(n int) string { return fmt.Sprintf("step:%d", n) }

// seenView tells who can see the value that is being followed: a row of eyes,
// why each is open or closed, and how the value travelled.
type seenView struct {
	*sheet
	reasons map[string]*signed // by witness
	lines   shelf[*glyph]
}

func newSeenView(k *kit) *seenView {
	return &seenView{sheet: newSheet(k), reasons: map[string]*signed{}}
}

func (v *seenView) build(c *Content) {
	root := v.start()
	v.lines.n = 0
	w := c.Watched
	if w == nil {
		return
	}
	root.add(0, v.text(paragraph{runs: []run{
		{text: "Who can see ", ink: look.Ink, face: face{size: look.Body, bold: true}},
		{text: w.Name, ink: look.WireName, face: face{size: look.Body, mono: true}},
		{text: "? " + tally(w.Sights), ink: look.Ink, face: face{size: look.Body, bold: true}},
	}}))
	card := v.card(look.CardSoft, look.Line, 8)
	v.addValue(card, 0, wireLine{key: "watched", name: w.Name, value: w.Value, bits: []bit{{text: w.Value, tint: valued, elastic: true}}})
	root.add(8, card)
	root.add(12, v.bar(v.eyes(w.Sights), nil))
	for i := range w.Sights {
		root.add(gapIf(i == 0, 4)+12, v.reason(&w.Sights[i]))
	}
	if len(w.Travels) > 0 {
		root.add(22, v.heading("How it travelled"))
		v.travels(root, w.Travels)
	}
	root.add(14, v.soft("As far as this run has come. The parties that a message goes to can always read it."))
}

// tally counts the open eyes.
func tally(sights []Sight) string {
	n := 0
	for _, s := range sights {
		if s.Seen {
			n++
		}
	}
	if n == 0 {
		return "Nobody else."
	}
	return fmt.Sprintf("%d of %d.", n, len(sights))
}

// eyes are the witnesses in a row; pressing one goes to its reason.
func (v *seenView) eyes(sights []Sight) []*button {
	out := make([]*button, 0, len(sights))
	for _, s := range sights {
		sign, tone := eyeOf(s.Seen)
		b := v.button(s.Name, sign, func() { v.kit.reveal(v.reasons[s.Name]) })
		b.tone = tone
		out = append(out, b)
	}
	return out
}

func eyeOf(seen bool) (sign string, tone [2]fyne.ThemeColorName) {
	if seen {
		return "eye", [2]fyne.ThemeColorName{look.CautionGround, look.Caution}
	}
	return "eye-shut", [2]fyne.ThemeColorName{look.CardSoft, look.InkSoft}
}

func (v *seenView) reason(s *Sight) *signed {
	sign, tone := eyeOf(s.Seen)
	says := " can see it"
	if !s.Seen {
		says = " cannot see it"
	}
	small := face{size: look.Small}
	head := paragraph{runs: []run{{text: s.Name, ink: tone[1], face: face{size: look.Body, bold: true}}, {text: says, ink: tone[1], face: face{size: look.Body}}}}
	if !s.Seen {
		head.runs[0].ink = look.Ink
	}
	if s.Whose != "" {
		head.runs = append(head.runs, run{text: " · " + s.Whose, ink: look.InkSoft, face: small})
	}
	paras := append([]paragraph{head}, prose(s.Why, look.Body-1, look.Ink)...)
	if len(s.Steps) > 0 {
		p := paragraph{runs: []run{{text: plural(len(s.Steps), "Step "), ink: look.InkSoft, face: small}}}
		for i, n := range s.Steps {
			if i > 0 {
				p.runs = append(p.runs, run{text: " · ", ink: look.InkSoft, face: small})
			}
			p.runs = append(p.runs, run{text: fmt.Sprint(n), ink: look.OnBand, link: stepLink(n), face: small})
		}
		paras = append(paras, p)
	}
	out := v.signed(sign, tone[1], v.text(paras...))
	v.reasons[s.Name] = out
	return out
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return strings.TrimSpace(word) + "s "
}

// travels lists the steps, each with the line that its arrow has in the diagram.
func (v *seenView) travels(root *column, list []Travel) {
	for _, t := range list {
		text := v.text(paragraph{runs: []run{
			{text: fmt.Sprintf("%d · %s", t.Step, t.Title), ink: look.OnBand, link: stepLink(t.Step), calm: true, face: face{size: look.Body - 1}},
			{text: " · " + t.How + ", " + channelWords(t.Channel), ink: look.InkSoft, face: face{size: look.Small}},
		}})
		root.add(6, v.signed("line-"+string(t.Channel), look.Arrow, text))
	}
}

func channelWords(c trace.Channel) string {
	switch c {
	case trace.Front:
		return "through the browser"
	case trace.Back:
		return "behind the scenes"
	}
	return "over no network"
}
