// Package tutorials holds the words: what each step of each flow means, in the
// voice of the person watching and through the lens they chose.
//
// [Load] finds the words of a language, and reads each part of them when
// somebody first wants it; tests hold those that are built in to what [Open]
// checks of others, so nothing here fails after it. Ask the [Library] it returns
// for a step, a lens, the meaning of a parameter, a check in words or the reason
// of a refusal.
//
// The words of a language lie in a folder of its own:
//
//	flows/<flow>.md      the steps of a flow; how to edit it stands at its top
//	mistakes/<flow>.md   what a learner can get wrong on purpose
//	lenses/<lens>.toml   other names for the parties and for what they pass on
//	dictionary.toml      parameters, headers, claims and members of answers
//	glossary.toml        the terms that texts link to
//	checks/              each rule in words, by its id: a file per part of the story
//	refusals.toml        why a run ended, by rule id or error code
//	witnesses.toml       who can see a value, and why
//	asked.toml           what people ask who have seen a walk, and the answers
//	workbench.toml       what the workbenches for tokens and PKCE say
//	lessons/<lesson>.md  a lesson, screen by screen, in each voice
//	mix-ups/<mix-up>.md  what is taken for something else, and a run that shows it
//	chooser.toml         the questions that lead to a flow, and what is recommended
//	stacks/, courses/, board/  papers: settings, courses for trainers, sheets for a board
//	questions/           what lessons and exercises ask; the answer comes from a run
//	screen/              what the program itself says, a file per room: see [catalog.Catalog]
//
// Beside the languages, sections.toml has the headings of the sections that
// may be cited; see [ReadStandards].
//
// The package knows steps, rules and roles by id only. It must not know the
// parties, the trace or any screen.
//
// A language is a folder with these files; [Languages] finds it by itself.
package tutorials

// Voice is who is being spoken to.
type Voice string

// The voices, from the plainest to the most exact.
const (
	Everyone  Voice = "everyone"
	Executive Voice = "executive"
	Developer Voice = "developer"
)

// Voices lists the voices in the order in which the switch offers them.
func Voices() []Voice { return []Voice{Everyone, Executive, Developer} }

// Step is one step of a flow in one voice, through one lens.
//
// The texts are Markdown of a small kind: paragraphs, **bold**, `code` and
// [links](glossary:term). They may hold {person}, {app} and {provider}; see
// [Step.With].
type Step struct {
	Label    string // what stands on the arrow: "POST /token code + code_verifier"
	Title    string // "Exchange the code for tokens"
	Picture  string // name of an illustration in assets, e.g. "scene-trade"
	Likeness string // "Think of it like this."
	Happened string // what just happened
	Why      string // why it matters
	Risk     string // what could go wrong
	Holds    bool   // these words hold where the step was refused, too
}

// Flow is the words around the steps of one flow.
type Flow struct {
	ID            string
	Title         string            // "Authorization code with PKCE"
	Short         string            // what the rail says: "… with PKCE"
	Plain         string            // what it is called for everybody but developers: "Log in with …, the safe way"; "": as its title
	Brief         string            // the same, for the rail
	Opening       string            // the picture before the first step; "": that of the first step
	Audience      string            // "for mobile, single-page and server apps"
	Status        string            // "recommended", "deprecated" or "forbidden"
	Because       map[Voice]string  // the reason for the status
	UseWhen       string            //
	NeverIf       string            //
	Intro         map[Voice]string  // what this flow is for, before the first step
	Done          map[Voice]string  // what was achieved, after the last one
	Chapters      map[string]string // id to title
	PlainChapters map[string]string // the same for everybody but developers, where that differs
	Switches      map[string]Switch // by id

	roles map[string]map[string]RoleName // by lens and role, instead of the lens's own
}

// Lens renames roles and artefacts without moving anything.
type Lens struct {
	ID        string
	Title     string
	Roles     map[string]RoleName // by role id
	Artefacts map[string]string   // by artefact id: "code" to "ticket"
}

// RoleName is what a lane is called.
type RoleName struct {
	Name   string // "Front desk"
	Phrase string // the same in the midst of a sentence: "the front desk"
	Also   string // "identity provider"
	Plain  string // instead of Also for whom the standards' word means nothing; may be empty
}

// Entry explains one parameter, header, claim or member of a JSON answer.
type Entry struct {
	Kind     string // "parameter", "header", "claim" or "member"
	Name     string // "code_challenge"
	Plain    string // for everyone
	Exact    string // for developers
	Protects string // what it protects from; may be empty
	Spec     string // "RFC 7636 §4.3"

	at map[string]Entry // where the name means something else; see [Dictionary.EntryAt]
}
