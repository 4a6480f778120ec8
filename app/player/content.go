package player

import (
	"cmp"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// content is everything that the inspector shows of the message under the cursor.
func content(p *Player, n tutorials.Narrator) inspector.Content {
	m := p.Current()
	if m == nil {
		return opening(p, n)
	}
	t := told(p, n)
	words, story, fate := n.Step(m.Step), t.Words(p.cursor), t.FateOf(p.cursor)
	if m.Failed() && !words.Holds { // the picture is of a run that goes well, and the card above says what happened
		words.Picture, story.Happened = refusedPicture, ""
	}
	if p.cursor == keptAt(p) { // nor do its other words hold where the browser kept the answer
		words.Title, words.Picture, story = n.Say().Text("player.kept.title"), refusedPicture, telling.Words{}
	}
	if words.Picture == refusedPicture && (fate == telling.Stopped || p.AtEnd() && t.Fate() == telling.Stopped) {
		words.Picture = stoppedPicture
	}
	c := inspector.Content{
		Over: over(p, m, n), Fate: fate, Title: words.Title, Message: m, Now: p.Now(), Followed: p.Followed(),
		Developer: n.Voice == tutorials.Developer, Rule: func(c trace.Check) string { return n.Rule(c.ID, c.Rule) },
		Explain: explain(n, place(p, m)),
		Words: inspector.Words{
			Picture: picture(words.Picture), Likeness: story.Likeness, Happened: story.Happened, Why: story.Why, Risk: story.Risk,
		},
		Tokens: tokens(p, m, n), Page: pageOf(p, n), Lives: lives(p, n),
	}
	c.Party = func(r trace.Role) string { return party(n, r) }
	seen := p.Plan().Upto(p.cursor + 1)
	switch m.Kind {
	case trace.Request:
		c.Request = m
		c.Response = p.At(seen.Response(p.cursor))
	case trace.Response:
		c.Response = m
		c.Request = p.At(seen.Request(p.cursor))
	}
	c.Trade = trade(n, m.Step)
	if p.AtEnd() {
		c.Trade, c.Known = nil, known(p, n)
	}
	c.Watched = watched(p, n)
	if flow := asIn(p, n, p.cursor); flow != "" && !p.AtEnd() {
		c.Words.AsIn, c.Words.Skip = n.Say().Text("player.skip.as-in", "flow", flow), n.Say().Text("player.skip.on")
	}
	tried(p, n, &c)
	c.Words.Asked = asked(p, n)
	ending(p, n, &c)
	return c
}

// party is what a sentence calls a party: "the identity provider".
func party(n tutorials.Narrator, r trace.Role) string { return n.Phrase(string(r)) }

// asked is what people ask at this step, with the answers, as one text.
func asked(p *Player, n tutorials.Narrator) string {
	var all []string
	for _, a := range told(p, n).Asked(p.cursor) {
		all = append(all, "**"+a.Question+"** "+a.Answer)
	}
	for _, m := range n.Words.MixUps().At(n.Flow, p.At(p.cursor).Step) {
		all = append(all, "["+m.Title+"](mix-up:"+m.ID+")")
	}
	return strings.Join(all, "\n\n")
}

// opening is what stands there before the first step.
func opening(p *Player, n tutorials.Narrator) inspector.Content {
	about := n.About()
	over := n.Say().Count("telling.steps", p.Len()) + " · " + n.Say().Count("player.about-minutes", max(1, p.Len()/8))
	if about.Called(n.Voice) != about.Title {
		over += " · " + about.Title
	}
	return inspector.Content{
		Over: over, Title: about.Called(n.Voice), Developer: n.Voice == tutorials.Developer,
		Words: inspector.Words{
			Picture: picture(cmp.Or(about.Opening, n.Step(p.At(0).Step).Picture)), Happened: about.Intro[n.Voice] + "\n\n" + n.Standing(),
			Why: about.UseWhen, Risk: about.NeverIf, Opening: true,
		},
	}
}

// Pictures of a step that was refused: somebody honest, and somebody who meant harm.
const (
	refusedPicture = "scene-refused"
	stoppedPicture = "scene-stopped"
)

// tried says which classic mistake is made with this step, and what it teaches
// where it was refused, or at the end.
func tried(p *Player, n tutorials.Narrator, c *inspector.Content) {
	if n.Mistaken == "" {
		return
	}
	t := told(p, n)
	if t.Changed() == p.cursor {
		c.Words.Mistake, c.Words.Tries = n.Mistake(n.Mistaken)
	}
	if lesson := t.Lesson(p.cursor); len(lesson.Blocks) > 0 {
		c.Words.Lesson = n.Lesson(n.Mistaken)
	}
	if p.Plan().Failed() < 0 && c.Words.Lesson != "" {
		c.Words.Lesson = "**" + t.Say("went-through") + "** " + c.Words.Lesson
	}
}

// ending says why a step was refused, or what a run that ended well achieved,
// and what can be done then.
func ending(p *Player, n tutorials.Narrator, c *inspector.Content) {
	broken, t := c.Message.FailedCheck(), told(p, n)
	if p.AtEnd() {
		switch p.Plan().Outcome.State {
		case trace.Completed:
			if c.Words.Done = n.About().Done[n.Voice]; t.Fate() == telling.Lost && c.Words.Lesson != "" {
				c.Words.Done, c.Words.Lost, c.Words.Lesson = "", c.Words.Lesson, ""
			}
			c.Actions = actions(p, n, inspector.Action{ID: actionMistakes, Label: n.Say().Text("player.mistakes")})
			return
		case trace.Refused:
			broken = p.broken()
			c.Actions = actions(p, n, inspector.Action{ID: actionRed, Label: n.Say().Text("player.ending.red")},
				inspector.Action{ID: actionMistakes, Label: n.Say().Text("player.ending.another")})
		case trace.Running:
		}
	}
	switch {
	case broken != nil:
		c.Words.Refused = n.Refusal(broken.ID, broken.Error, "")
		if t.FateOf(p.cursor) == telling.Stopped || p.AtEnd() && t.Fate() == telling.Stopped {
			c.Words.Stopped = t.StoppedBy(*broken)
		}
		if n.Voice == tutorials.Developer {
			c.Words.RefusedExpected, c.Words.RefusedGot = broken.Expected, broken.Got
		}
	case tellsKept(p):
		c.Words.Refused = n.Say().Called("player.kept", string(n.Voice))
	case p.AtEnd():
		c.Words.Refused = n.Refusal("", "", p.Plan().Outcome.Reason)
	}
}

// What the buttons under the end of a run ask for.
const (
	actionRed      = "red-step"
	actionMistakes = "mistakes"
	actionExport   = "export"
	actionFlow     = "flow:" // with its id
)

// actions are what can be done at the end: some first, then the handout, and
// where the run ended well the next flow. In a saved run nothing can be tried.
func actions(p *Player, n tutorials.Narrator, first ...inspector.Action) []inspector.Action {
	flow, next := p.Flow().ID, nextFlow(p.Flow().ID)
	if p.IsSaved() {
		first = []inspector.Action{{ID: actionFlow + flow, Label: n.Say().Text("player.ending.walk")}}
	}
	all := append(first, inspector.Action{ID: actionExport, Label: n.Say().Text("player.ending.handout")})
	if about, ok := n.Words.Flows().Flow(next); ok && p.Plan().Outcome.State == trace.Completed {
		all = append(all, inspector.Action{ID: actionFlow + next, Label: n.Say().Text("player.ending.next", "flow", about.Called(n.Voice))})
	}
	return all
}

// nextFlow is the one that is taught after another; after the last one none is.
func nextFlow(id string) string {
	all := flows.All()
	for i := range all {
		if all[i].ID == id && i+1 < len(all) {
			return all[i+1].ID
		}
	}
	return ""
}

// trade is what the trade calls what happens in some steps. Developers are told
// in those words anyhow.
func trade(n tutorials.Narrator, steps ...string) []inspector.TradeWord {
	if n.Voice == tutorials.Developer {
		return nil
	}
	var words []inspector.TradeWord
	for _, t := range n.Trade(steps...) {
		words = append(words, inspector.TradeWord{Title: t.Title, Link: "glossary:" + t.ID})
	}
	return words
}

// known are the words of the trade that a run has told.
func known(p *Player, n tutorials.Narrator) []inspector.TradeWord {
	steps := make([]string, p.Len())
	for i := range steps {
		steps[i] = p.At(i).Step
	}
	return trade(n, steps...)
}

// over is the small line over the title.
func over(p *Player, m *trace.Message, n tutorials.Narrator) string {
	parts := []string{n.Say().Text("player.step.of", "n", strconv.Itoa(p.cursor+1), "all", strconv.Itoa(p.Len()))}
	plain := n.Voice != tutorials.Developer
	switch {
	case m.Channel == trace.Front || m.Channel == trace.Back:
		parts = append(parts, told(p, n).Channel(p.cursor))
	case m.Kind == trace.Note:
		name, _ := n.Role(string(m.From))
		parts = append(parts, n.Say().Text("player.step.alone", "party", name))
	case m.Kind == trace.Gesture:
		parts = append(parts, n.Say().Text("player.step.person"))
	default:
		parts = append(parts, n.Say().Text("player.step.channel", "channel", string(m.Channel)))
	}
	if plain {
		return strings.Join(parts, " · ")
	}
	at := m
	if m.Kind == trace.Response {
		at = p.At(p.Plan().Request(p.cursor))
	}
	if at != nil && at.URL != "" {
		if u, err := url.Parse(at.URL); err == nil {
			parts = append(parts, u.Host)
		}
	}
	if m.Took > 0 {
		parts = append(parts, strconv.FormatFloat(float64(m.Took)/float64(time.Millisecond), 'f', 1, 64)+" ms")
	}
	return strings.Join(parts, " · ")
}

func picture(name string) fyne.Resource {
	svg, ok := assets.Illustration(name)
	if !ok {
		return nil
	}
	return fyne.NewStaticResource(name+".svg", svg)
}

// place is the last part of the path to which a message went, or whose answer it is.
func place(p *Player, m *trace.Message) string {
	if m.Kind == trace.Response {
		m = p.At(p.Plan().Upto(p.cursor + 1).Request(p.cursor))
	}
	if m == nil {
		return ""
	}
	u, err := url.Parse(m.URL)
	if err != nil {
		return ""
	}
	return path.Base(u.Path)
}

// explain looks a name up in the dictionary, in the voice.
// at is the last part of the path to which the message belongs, since a name may mean something else at another place.
func explain(n tutorials.Narrator, at string) func(kind, name string) (inspector.Explain, bool) {
	return func(kind, name string) (inspector.Explain, bool) {
		e, ok := n.Words.Dictionary().EntryAt(kind, name, at)
		if !ok {
			return inspector.Explain{}, false
		}
		meaning := e.Plain
		if n.Voice == tutorials.Developer {
			meaning = e.Exact
		}
		doc, section, _ := strings.Cut(e.Spec, " §")
		return inspector.Explain{Meaning: meaning, Protects: e.Protects, Spec: trace.Spec{Doc: doc, Section: section}}, true
	}
}
