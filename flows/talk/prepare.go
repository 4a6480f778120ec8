package talk

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// Options are what a talk needs besides its words.
type Options struct {
	Provider func(stage.Env) (http.Handler, error) // who answers the runs
	Runs     Runs                                  // that were saved; they are shown instead of new ones
}

// Prepare plays what a talk of that many minutes shows. An error names the scene, and what to change in it.
func Prepare(ctx context.Context, words *tutorials.Library, t tutorials.Talk, minutes int, o Options) (*Show, error) {
	if !slices.Contains(t.Lengths, minutes) {
		return nil, fmt.Errorf("the talk %q has no version of %d minutes; there are %d", t.ID, minutes, t.Lengths)
	}
	p := preparer{ctx: ctx, words: words, talk: &t, o: o, show: &Show{Talk: t, Minutes: minutes, Runs: Runs{}}}
	for _, scene := range t.Cut(minutes) {
		slide, err := p.slide(scene)
		if err != nil {
			return nil, fmt.Errorf("talks/%s.md: section %q: %w", t.ID, scene.ID, err)
		}
		slide.Takes = t.Takes(&scene, minutes)
		p.show.Slides = append(p.show.Slides, slide)
	}
	return p.show, nil
}

type preparer struct {
	ctx   context.Context //nolint:containedctx // it ends the runs of one call
	words *tutorials.Library
	talk  *tutorials.Talk
	o     Options
	show  *Show
}

func (p *preparer) slide(scene tutorials.Scene) (Slide, error) {
	s := Slide{Scene: scene, Heading: scene.Title, Picture: scene.Picture}
	var err error
	switch {
	case scene.Ask != "":
		s.Ask, err = p.question(scene.Ask)
		s.Words = p.spans(scene.Stage)
	case strings.HasPrefix(scene.At, address.PlaceWalk+"/"):
		err = p.walk(&s)
	case scene.At != "":
		err = p.lesson(&s)
	default:
		s.Words = p.spans(scene.Stage)
	}
	return s, err
}

// run plays the walk to which an address leads, or takes the one that was saved.
func (p *preparer) run(text string) (address.Visit, *trace.Trace, error) {
	a, err := address.Parse(text)
	if err != nil {
		return address.Visit{}, nil, err
	}
	visit, missing := address.Walk(a)
	if a.Place != address.PlaceWalk || len(missing) > 0 {
		return visit, nil, fmt.Errorf("%s leads to no walk: %s", text, lacks(missing))
	}
	whole := visit
	whole.Step, whole.Chapter, whole.Times = "", "", 0
	key := whole.Address().String()
	for _, known := range []Runs{p.show.Runs, p.o.Runs} {
		if run, ok := known[key]; ok {
			p.show.Runs[key] = run
			return visit, run, nil
		}
	}
	run, err := visit.Play(p.ctx, flows.Options{Provider: p.o.Provider, Classroom: true, Say: p.words.Catalog()})
	if err != nil {
		return visit, nil, err
	}
	p.show.Runs[key] = run
	return visit, run, nil
}

func lacks(missing []address.Missing) string {
	if len(missing) == 0 {
		return "an address of a walk begins with walk/ and the name of a flow"
	}
	m := missing[0]
	if m.Instead == "" {
		return fmt.Sprintf("there is no %s %q", m.Kind, m.Name)
	}
	return fmt.Sprintf("there is no %s %q; you may mean %q", m.Kind, m.Name, m.Instead)
}

// walk shows a message of a run.
func (p *preparer) walk(s *Slide) error {
	visit, run, err := p.run(s.Scene.At)
	if err != nil {
		return err
	}
	i, err := indexOf(visit, run)
	if err != nil {
		return err
	}
	t := p.teller(visit, run)
	p.fill(s, t, i)
	s.Words = p.spans(s.Scene.Stage)
	if s.Scene.Stage == "" {
		s.Words = p.spans(t.Words(i).Happened)
	}
	if s.Scene.Pass > 0 {
		s.Later, err = p.later(s, visit, i)
	}
	return err
}

// indexOf is the message to which a visit leads.
func indexOf(v address.Visit, run *trace.Trace) (int, error) {
	last := len(run.Messages) - 1
	if v.Step == address.StepEnd {
		return last, nil
	}
	left := max(v.Times, 1)
	for i := range run.Messages {
		if run.Messages[i].Step == v.Step {
			if left--; left == 0 {
				return i, nil
			}
		}
	}
	if v.Step == "" {
		return 0, fmt.Errorf("%s names no step; write one behind the flow, such as %s/%s", v.Address(), v.Address(), run.Messages[last].Step)
	}
	return 0, fmt.Errorf("the run of %s does not come to the step %q; it ends with %q", v.Address(), v.Step, run.Messages[last].Step)
}

func (p *preparer) teller(v address.Visit, run *trace.Trace) *telling.Teller {
	return telling.Of(run, handout.Story(tutorials.Narrator{
		Words: p.words, Flow: v.Flow.ID, Voice: p.talk.Voice, Lens: p.talk.Lens, Person: v.Flow.Cast.FirstName(v.Choices),
		App: v.Flow.Cast.Client.Name, Provider: stage.ProviderName, Mistaken: run.Mistake, Switches: v.Choices.Switches,
		Withheld: len(v.Choices.Withhold) > 0,
	}))
}

// fill fills in what message i of a run shows.
func (p *preparer) fill(s *Slide, t *telling.Teller, i int) {
	row := chart.Rows(t)[i]
	s.Arrow = &Arrow{
		From: row.From, To: row.To, Label: row.Label, Line: row.Line, Reply: row.Reply, Refused: row.Refused, Fate: row.Fate, Chips: row.Chips,
	}
	for _, party := range chart.Lanes(t) {
		s.Lanes = append(s.Lanes, Lane{
			Role: party.Role, Name: p.short(party.Name), Bright: party.Role == row.From || party.Role == row.To,
		})
	}
	s.Where = p.words.Catalog().Text("present.step",
		"n", strconv.Itoa(i+1), "all", strconv.Itoa(len(t.Run().Messages)), "flow", t.Title())
	s.Token = p.token(t, i)
}

// short is a name without its article: "The pickpocket" is "Pickpocket" on a box.
func (p *preparer) short(name string) string {
	say := p.words.Catalog()
	article, rest, _ := strings.Cut(name, " ")
	if rest == "" || !slices.Contains(strings.Fields(say.Text("present.articles")), article) {
		return name
	}
	return say.Capital(rest)
}

// later plays the run in which time passes before the message, and shows where it is noticed.
func (p *preparer) later(s *Slide, v address.Visit, i int) (*Slide, error) {
	v.Choices.Jumps = append(slices.Clone(v.Choices.Jumps), stage.Jump{Step: v.Step, Occurrence: max(v.Times, 1) - 1, By: s.Scene.Pass})
	visit, run, err := p.run(v.Address().String())
	if err != nil {
		return nil, err
	}
	for j := i; j < len(run.Messages); j++ {
		if !telling.Refuses(&run.Messages[j]) {
			continue
		}
		t := p.teller(visit, run)
		later := Slide{Scene: s.Scene, Heading: t.Words(j).Title}
		p.fill(&later, t, j)
		later.Words, later.Token = p.spans(t.Words(j).Happened), nil
		return &later, nil
	}
	return nil, fmt.Errorf("nothing is refused after %s at this step; let more time pass, or leave the line Pass out", s.Scene.Pass)
}

// lesson shows the picture of a screen of a lesson.
func (p *preparer) lesson(s *Slide) error {
	a, err := address.Parse(s.Scene.At)
	if err != nil {
		return err
	}
	lessons, err := p.words.Lessons().All()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lessons, func(l tutorials.Lesson) bool { return l.ID == a.Part(0) })
	if a.Place != "lesson" || i < 0 {
		return fmt.Errorf("%s leads to nothing that can be shown; an address here begins with walk/ or with lesson/ and its name", s.Scene.At)
	}
	j := slices.IndexFunc(lessons[i].Screens, func(c tutorials.Screen) bool { return c.ID == a.Part(1) })
	if j < 0 {
		return fmt.Errorf("the lesson %q has no screen %q; the first one is %q", a.Part(0), a.Part(1), lessons[i].Screens[0].ID)
	}
	s.Picture = lessons[i].Screens[j].Picture
	s.Where = lessons[i].Title
	s.Words = p.spans(s.Scene.Stage)
	if s.Scene.Stage == "" {
		s.Words = p.spans(lessons[i].Screens[j].Told[p.talk.Voice].Title)
	}
	return nil
}

// question is one of those of the house, with the choice that its run makes true.
func (p *preparer) question(id string) (*Question, error) {
	q, ok := p.words.Lessons().Question(id)
	if !ok {
		return nil, fmt.Errorf("there is no question %q in the folder of questions", id)
	}
	_, run, err := p.run(q.Run)
	if err != nil {
		return nil, err
	}
	out := &Question{ID: id, Right: -1}
	for i, c := range q.Choices {
		out.Choices = append(out.Choices, markup.Plain(c.Says[p.talk.Voice]))
		out.Because = append(out.Because, markup.Plain(c.Because[p.talk.Voice]))
		asked, err := ask.Compile(c.When)
		if err != nil {
			return nil, err
		}
		if yes, err := asked.Of(run); err != nil {
			return nil, err
		} else if yes {
			out.Right = i
		}
	}
	if out.Right < 0 {
		return nil, fmt.Errorf("the run of the question %q makes none of its choices true", id)
	}
	return out, nil
}
