package practice

import (
	"errors"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// asker asks what is made from the run of a flow: one sort of question, flow after flow.
type asker struct {
	room  *Room
	sort  exercise.Sort
	flow  int // index among all flows
	at    int // index of the question
	quiz  *exercise.Quiz
	asks  exercise.Question
	err   error
	reply reply
}

// reply is how far somebody is with a question.
type reply struct {
	chosen []string // ids of options, in the order in which they were chosen
	missed string   // of an order: the step that was chosen too early last
	slips  int      // how often that happened
	over   bool
}

func newAsker(r *Room, sort exercise.Sort) *asker { return &asker{room: r, sort: sort} }

func (k *asker) read(*tutorials.Library) {}

// open goes to a flow by its id, and to a question of it by its number or its id.
func (k *asker) open(path []string) {
	flow, at := k.flow, 0
	if len(path) > 0 {
		flow = k.find(path[0])
	}
	k.enter(flow)
	if len(path) > 1 && k.quiz != nil {
		at = k.numbered(path[1])
	}
	k.begin(flow, at)
}

// find is the index of a flow, and says so where there is none of that name.
func (k *asker) find(id string) int {
	all := flows.All()
	ids := make([]string, 0, len(all))
	for i := range all {
		ids = append(ids, all[i].ID)
	}
	nearest, _ := address.Nearest(id, ids)
	at := max(slices.Index(ids, nearest), 0)
	if ids[at] != id {
		k.room.window.Say(k.room.manner.Words.Catalog().Text("practice.no-flow", "typed", id, "flow", called(k.narrator(all[at]))))
	}
	return at
}

// numbered is the index of a question by its number or its id; the first where there is none of that name.
func (k *asker) numbered(name string) int {
	if n, err := strconv.Atoi(name); err == nil {
		return max(0, min(n-1, k.quiz.Len()-1))
	}
	return max(0, k.quiz.Index(name))
}

// begin asks a question anew.
func (k *asker) begin(flow, at int) {
	k.enter(flow)
	k.reply, k.at = reply{}, at
	if k.err == nil && k.quiz.Len() > at {
		k.asks, k.err = k.quiz.Question(k.room.ctx, at)
	}
}

// enter plays a flow and makes its questions, unless it has them.
func (k *asker) enter(flow int) {
	if k.quiz != nil && k.flow == flow {
		return
	}
	k.flow = flow
	k.quiz, k.err = k.quizOf(flow)
}

func (k *asker) quizOf(flow int) (*exercise.Quiz, error) {
	return exercise.OpenQuiz(k.room.ctx, k.sort, flows.All()[flow], flows.Options{
		Provider: k.room.options.Provider, Classroom: true, Say: k.room.manner.Words.Catalog(),
	})
}

func (k *asker) leave() error { return nil }

func (k *asker) path() []string { return []string{flows.All()[k.flow].ID, strconv.Itoa(k.at + 1)} }

// id is what the record files the question under.
func (k *asker) id() string { return k.prefix(k.flow) + k.asks.ID }

func (k *asker) prefix(flow int) string { return string(k.sort) + "/" + flows.All()[flow].ID + "/" }

// waits reports whether there is a question without its answer.
func (k *asker) waits() bool {
	return k.err == nil && k.quiz != nil && k.quiz.Len() > 0 && !k.reply.over
}

// choose takes an option: of many it ticks it, of an order it is the next, of one it answers.
func (k *asker) choose(i int) {
	if !k.waits() || i >= len(k.asks.Options) {
		return
	}
	id := k.asks.Options[i].ID
	switch at := slices.Index(k.reply.chosen, id); {
	case k.asks.Many && at >= 0:
		k.reply.chosen = slices.Delete(k.reply.chosen, at, at+1)
	case k.asks.Many:
		k.reply.chosen = append(k.reply.chosen, id)
	case k.sort == exercise.Order:
		k.follow(i)
	default:
		k.reply.chosen = []string{id}
		k.close()
	}
	k.room.draw()
	k.room.window.Changed()
}

// follow takes a step as the next one, if it is.
func (k *asker) follow(i int) {
	o := k.asks.Options[i]
	if slices.Contains(k.reply.chosen, o.ID) {
		return
	}
	for _, other := range k.asks.Options {
		if other.At < o.At && !slices.Contains(k.reply.chosen, other.ID) {
			k.reply.missed = o.ID
			k.reply.slips++
			return
		}
	}
	k.reply.missed = ""
	if k.reply.chosen = append(k.reply.chosen, o.ID); len(k.reply.chosen) == len(k.asks.Options)-1 { // the last one is no question any more
		k.close()
	}
}

// compare has the run answer where any number of options can be right.
func (k *asker) compare() {
	if k.waits() && k.asks.Many {
		k.close()
		k.room.draw()
		k.room.window.Changed()
	}
}

// close keeps how it went.
func (k *asker) close() {
	k.reply.over = true
	k.room.record.Answer(k.id(), k.right())
}

// right reports whether the run says the same.
func (k *asker) right() bool {
	if k.sort == exercise.Order {
		return k.reply.slips == 0
	}
	for _, o := range k.asks.Options {
		chosen := slices.Contains(k.reply.chosen, o.ID)
		if k.asks.Many && chosen != o.Right || !k.asks.Many && chosen && !o.Right {
			return false
		}
	}
	return true
}

// turn goes to the next question with 1, and back with -1, from flow to flow.
func (k *asker) turn(by int) {
	flow, at := k.flow, k.at+by
	switch {
	case k.quiz != nil && at >= 0 && at < k.quiz.Len():
	case by > 0 && flow < len(flows.All())-1:
		flow, at = flow+1, 0
	case by < 0 && flow > 0:
		flow, at = flow-1, 0
		if before, err := k.quizOf(flow); err == nil {
			at = max(0, before.Len()-1)
		}
	default:
		return
	}
	k.visit(flow, at)
}

// visit goes to a question through the window.
func (k *asker) visit(flow, at int) {
	k.room.visit(string(k.sort), flows.All()[flow].ID, strconv.Itoa(at+1))
}

// ends reports whether nothing comes in that direction.
func (k *asker) ends(by int) bool {
	if by < 0 {
		return k.flow == 0 && k.at == 0
	}
	return k.flow == len(flows.All())-1 && (k.quiz == nil || k.at >= k.quiz.Len()-1)
}

// walk goes to where one sees it.
func (k *asker) walk() {
	to := address.At(address.PlaceWalk, flows.All()[k.flow].ID)
	if k.asks.At >= 0 && k.asks.Run != nil {
		to = address.At(address.PlaceWalk, flows.All()[k.flow].ID, k.asks.Run.Messages[k.asks.At].Step)
	}
	k.room.window.Go(to.Choose(address.ChoiceMistake, k.asks.Mistake))
	k.room.window.SayBack(k.room.manner.Words.Catalog().Text("practice.come-back"))
}

// narrator tells a flow as it is told everywhere.
func (k *asker) narrator(f flows.Flow) tutorials.Narrator {
	n := k.room.narrator()
	n.Flow, n.App, n.Person = f.ID, f.Cast.Client.Name, f.Cast.FirstName(stage.Choices{})
	return n
}

func (k *asker) state() any {
	return struct {
		Flow   string   `json:"flow"`
		ID     string   `json:"id"`
		Chosen []string `json:"chosen"`
		Over   bool     `json:"over"`
		Right  bool     `json:"right"`
	}{flows.All()[k.flow].ID, k.asks.ID, k.reply.chosen, k.reply.over, k.reply.over && k.right()}
}

// rail lists the flows.
func (k *asker) rail() []room.Section {
	section := room.Section{Title: k.room.manner.Words.Catalog().Text("practice.kind." + string(k.sort))}
	for i, f := range flows.All() {
		about := k.narrator(f).About()
		title := about.Briefly(k.room.manner.Voice)
		section.Rows = append(section.Rows, room.Row{
			Label: title, Sign: string([]rune(title)[:1]), Note: k.room.tally(k.prefix(i)), Here: i == k.flow,
			Do: func() { k.visit(i, 0) },
		})
	}
	return []room.Section{section}
}

// failed joins what went wrong with what was read.
func (k *asker) failed() error {
	if k.err == nil && k.quiz != nil && k.quiz.Len() == 0 {
		return errors.New(k.room.manner.Words.Catalog().Text("practice.no-questions"))
	}
	return k.err
}
