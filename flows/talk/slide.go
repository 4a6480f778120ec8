// Package talk makes of a talk what a room is shown: its scenes, each with what
// a real run says at that step, and the time that its presenter has.
//
// [Prepare] plays every run once, on the real provider, before anybody looks;
// from then on nothing can fail. A [Show] is its slides; a [Timer] says how far
// one is. The package draws nothing and knows no screen.
package talk

import (
	"time"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Slide is what the room sees of a scene.
type Slide struct {
	Scene   tutorials.Scene
	Takes   time.Duration
	Heading string
	Where   string // "Step 16 of 26 · OpenID Connect login", or ""
	Lanes   []Lane
	Arrow   *Arrow  // nil where no message is shown
	Words   []Words // the sentence
	Picture string  // name of an illustration, or ""
	Ask     *Question
	Token   *Token // what can be opened: the token that the message carries; nil where it carries none
	Later   *Slide // what is seen once time has passed; nil where none can
}

// Lane is one of those who take part.
type Lane struct {
	Role   trace.Role
	Name   string
	Bright bool // the message is theirs
}

// Arrow is the message.
type Arrow struct {
	From, To trace.Role
	Label    string
	Line     chart.Line
	Reply    bool
	Refused  bool
	Fate     telling.Fate
	Chips    []chart.Chip
}

// Alone reports whether somebody works it out without anybody else.
func (a *Arrow) Alone() bool { return a.From == a.To }

// Say is what to say, with the words of links alone.
func (s *Slide) Say() string { return markup.Plain(s.Scene.Say) }

// Words are a piece of the sentence.
type Words struct {
	Text     string
	Bold     bool
	Artefact telling.Artefact // that they name, or ""
}

// Question is put to the room. The run has decided already which choice is right.
type Question struct {
	ID      string
	Choices []string
	Because []string // why each is so, or is not
	Right   int      // index among the choices
}

// Token is one that was opened.
type Token struct {
	Name string // what the lens calls it
	Rows []Claim
}

// Claim is a line of a token.
type Claim struct{ Name, Value string }

// Show is a talk that is ready to be given.
type Show struct {
	Talk    tutorials.Talk
	Minutes int
	Slides  []Slide
	Runs    Runs // that the slides show
}

// Plan is how long each scene takes.
func (s *Show) Plan() []time.Duration {
	plan := make([]time.Duration, len(s.Slides))
	for i := range s.Slides {
		plan[i] = s.Slides[i].Takes
	}
	return plan
}

// Dispensable reports whether a shorter version of the talk does without a scene.
func (s *Show) Dispensable(i int) bool {
	scene := &s.Slides[i].Scene
	for _, shorter := range s.Talk.Lengths {
		if shorter < s.Minutes && s.Talk.Takes(scene, shorter) == 0 {
			return true
		}
	}
	return false
}
