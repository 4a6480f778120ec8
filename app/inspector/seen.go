package inspector

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
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
	reasons map[string]*page.Signed // by witness
}

func newSeenView(k *kit) *seenView {
	return &seenView{sheet: newSheet(k), reasons: map[string]*page.Signed{}}
}

func (v *seenView) build(c *Content) {
	root := v.start()
	w := c.Watched
	if w == nil {
		return
	}
	before, after, _ := strings.Cut(v.kit.say.Text("inspector.seen.heading", "name", "\x00", "tally", v.tally(w.Sights)), "\x00")
	root.Add(0, v.Text(page.Paragraph{Spans: []page.Span{
		{Text: before, Ink: look.Ink, Face: page.Face{Size: look.Body, Bold: true}},
		{Text: w.Name, Ink: look.WireName, Face: page.Face{Size: look.Body, Mono: true}},
		{Text: after, Ink: look.Ink, Face: page.Face{Size: look.Body, Bold: true}},
	}}))
	card := v.Card(look.CardSoft, look.Line, 8)
	v.addValue(card, 0, wireLine{key: "watched", name: w.Name, value: w.Value, bits: []bit{{text: w.Value, tint: valued, elastic: true}}})
	root.Add(8, card)
	root.Add(12, v.Bar(v.eyes(w.Sights), nil))
	for i := range w.Sights {
		root.Add(gapIf(i == 0, 4)+12, v.reason(&w.Sights[i]))
	}
	if len(w.Travels) > 0 {
		root.Add(22, v.Heading(v.kit.say.Text("inspector.seen.travelled")))
		v.travels(root, w.Travels)
	}
	root.Add(14, v.Soft(v.kit.say.Text("inspector.seen.so-far")))
}

// tally counts the open eyes.
func (v *seenView) tally(sights []Sight) string {
	n := 0
	for _, s := range sights {
		if s.Seen {
			n++
		}
	}
	if n == 0 {
		return v.kit.say.Text("inspector.seen.nobody")
	}
	return v.kit.say.Text("inspector.seen.of", "n", strconv.Itoa(n), "all", strconv.Itoa(len(sights)))
}

// eyes are the witnesses in a row; pressing one goes to its reason.
func (v *seenView) eyes(sights []Sight) []*page.Button {
	out := make([]*page.Button, 0, len(sights))
	for _, s := range sights {
		sign, tone := eyeOf(s.Seen)
		b := v.Button(s.Name, sign, func() { v.kit.Reveal(v.reasons[s.Name]) })
		b.Tone = tone
		out = append(out, b)
	}
	return out
}

func eyeOf(seen bool) (sign string, tone page.Tone) {
	if seen {
		return "eye", page.Tone{Ground: look.CautionGround, Ink: look.Caution}
	}
	return "eye-shut", page.Tone{Ground: look.CardSoft, Ink: look.InkSoft}
}

func (v *seenView) reason(s *Sight) *page.Signed {
	sign, tone := eyeOf(s.Seen)
	says := " " + v.kit.say.Text("inspector.seen.can")
	if !s.Seen {
		says = " " + v.kit.say.Text("inspector.seen.cannot")
	}
	small := page.Face{Size: look.Small}
	head := page.Paragraph{Spans: []page.Span{
		{Text: s.Name, Ink: tone.Ink, Face: page.Face{Size: look.Body, Bold: true}},
		{Text: says, Ink: tone.Ink, Face: page.Face{Size: look.Body}},
	}}
	if !s.Seen {
		head.Spans[0].Ink = look.Ink
	}
	if s.Whose != "" {
		head.Spans = append(head.Spans, page.Span{Text: " · " + s.Whose, Ink: look.InkSoft, Face: small})
	}
	paras := append([]page.Paragraph{head}, page.Prose(s.Why, look.Body-1, look.Ink)...)
	if len(s.Steps) > 0 {
		p := page.Plain(v.kit.say.Count("inspector.seen.steps", len(s.Steps))+" ", small, look.InkSoft)
		for i, n := range s.Steps {
			if i > 0 {
				p.Spans = append(p.Spans, page.Span{Text: " · ", Ink: look.InkSoft, Face: small})
			}
			p.Spans = append(p.Spans, page.Span{Text: fmt.Sprint(n), Ink: look.OnBand, Link: stepLink(n), Face: small})
		}
		paras = append(paras, p)
	}
	out := v.Signed(sign, tone.Ink, v.Text(paras...))
	v.reasons[s.Name] = out
	return out
}

// travels lists the steps, each with the line that its arrow has in the diagram.
func (v *seenView) travels(root *page.Column, list []Travel) {
	for _, t := range list {
		text := v.Text(page.Paragraph{Spans: []page.Span{
			{
				Text: fmt.Sprintf("%d · %s", t.Step, t.Title), Ink: look.OnBand, Link: stepLink(t.Step), Calm: true,
				Face: page.Face{Size: look.Body - 1},
			},
			{Text: " · " + t.How + ", " + v.channelWords(t.Channel), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		}})
		root.Add(6, v.Signed("line-"+string(t.Channel), look.Arrow, text))
	}
}

func (v *seenView) channelWords(c trace.Channel) string {
	switch c {
	case trace.Front:
		return v.kit.say.Text("telling.channel.front")
	case trace.Back:
		return v.kit.say.Text("telling.channel.back")
	}
	return v.kit.say.Text("inspector.seen.no-network")
}
