package telling

import (
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Story is how a run is told: the words of one voice through one lens.
// A function that is nil, or that returns nothing, leaves the ids standing.
type Story struct {
	Title string // "Authorization code with PKCE"
	Intro string // before the first step
	Advice
	Done string // after the last one, when the flow ended as it should

	Role    func(trace.Role) (name, also string) // what a party is called, and its other name
	Chapter func(id string) string               // title of a chapter
	Step    func(id string) Words                // words of a step
	Rule    func(trace.Check) string             // a rule in the words of the voice
	Refused func(trace.Outcome) string           // why the run ended
	// Artefact names what travels.
	Artefact func(Artefact) string
	// Trade names the terms by which the trade calls what happens in a step, by id.
	Trade func(step string) []string
	// Term says what is filed under the id of a term.
	Term func(id string) Term
	// Asked are the questions that a step brings up, and their answers.
	Asked func(step string) []Asked
	// Repeats names the flow that tells a step in the same words; "": none does.
	Repeats func(step string) string
	Say     *catalog.Catalog // what is told besides the words of a flow; nil says ids

	Mistake   Mistake // that the run makes; the zero value: none
	Developer bool    // show the wire: requests, parameters, checks with expected and got, decoded tokens
}

// Words are the words of one step. All but label and title are Markdown of the
// small kind that package markup reads.
type Words struct {
	Label    string // what stands on the arrow
	Title    string
	Likeness string
	Happened string
	Why      string
	Risk     string
	Holds    bool // the words hold where the step was refused, too
}

// Advice says what is thought of a flow. A text that is empty is not told.
type Advice struct {
	Standing string // what is thought of it today, and why
	Use      string // when it fits
	Never    string // when it does not
}

// Term is a word of the trade and what it means.
type Term struct{ Title, Means string }

// Asked is a question that people ask, and its answer. Both are Markdown of the small kind.
type Asked struct{ Question, Answer string }

// Mistake is the words of a classic mistake. They are Markdown of the small kind.
type Mistake struct {
	Title  string
	Tries  string // what it imitates
	Lesson string // what one sees of it, and what stopped it, if anything did
	Attack bool   // somebody means harm
}
