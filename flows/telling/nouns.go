package telling

import (
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Noun is a piece of what is told: one of the types in this file. A pen draws
// those that it has a use for.
type Noun interface{ noun() }

type (
	// Title begins a run.
	Title struct {
		Words   string
		Outcome Outcome
		Summary string // "25 steps · 9 requests · 41 checks passed"
	}

	// Figure is the place of the sequence diagram.
	Figure struct{ Title string }

	// Chapter begins a chapter.
	Chapter struct{ Title string }

	// Step begins a message.
	Step struct {
		Number, Depth int // counted from 1; how many requests were open when it was sent
		Title         string
		Channel       string // "through the browser", or ""
		Fate          Fate
	}

	// Way says who sends to whom, and the words on the arrow.
	Way struct {
		From, To string
		Alone    bool // somebody works something out without the other
		Back     bool // past the browser
		Label    string
		Channel  string
	}

	// Passage is words: paragraphs and lists, under a lead or none.
	Passage struct {
		Lead   string // "Why it matters.", or ""
		Label  string // the same in one short word
		Blocks []markup.Block
	}

	// Fold is what a reader has met before, and may pass over.
	Fold struct {
		Label   string
		Summary string // "As in Authorization code with PKCE."
		Nouns   []Noun
	}

	// Table is named values, by what they are: "parties", "changed", "typed",
	// "certificate", "query", "fragment", "header", "redirect", "form", "input", "steps" and "output".
	Table struct {
		Of    string
		Label string   // a short word for all of it
		Marks []string // short words for the columns, where a terminal needs them
		Head  []string // of the columns
		Rows  [][]Cell
	}

	// Line is the first line of a request or of a response.
	Line struct {
		Label         string // "request" or "response"
		Keyword, Rest string // "POST" and the address without its query, or "302" and "Found"
	}

	// Quote is text as it stands: a "body" or a "command".
	Quote struct {
		Of       string
		Title    string
		Label    string
		Language string // "json", "sh" or "text"
		Lines    []string
	}

	// Chips are names of what else there is: the secrets in a body.
	Chips struct {
		Title       string // "In this body"
		Mark, Label string // "secret", and the same in a margin
		Names       []string
	}

	// Token is a token taken apart. Nobody verified it here.
	Token struct {
		Name  string // as on the wire
		Says  string // "decoded, not verified here", or where it was decoded already
		Again bool   // it was; then there are no parts
		Label string
		Head  []string // of a table of its parts
		Parts []TokenPart
		// Signature is base64url, as on the wire.
		Signature, SignatureLabel string
	}

	// Checks are the rules that a receiver ran: all of them for developers,
	// otherwise those that failed and how many passed.
	Checks struct {
		Title, Label string
		Head         []string // of a table of them: result, rule, section, expected, got
		Marks        []string // short words for equal, expected and got
		All          bool
		Verdicts     []Verdict
		Passed       string // "3 checks passed", or ""
	}

	// Ending begins what is said after the last message.
	Ending struct{ Outcome Outcome }

	// Closing ends it.
	Closing struct{ Summary string }
)

// Cell is one value of a table.
type Cell struct {
	Text string
	Wire bool   // it is a value or a name of the wire, not words
	Mark string // "secret", or ""
}

// TokenPart is header or payload of a token.
type TokenPart struct {
	Name    string
	Members []Member
}

// Member is one member of a token, as JSON text; Date says what a NumericDate means.
type Member struct{ Name, Value, Date string }

// Verdict is what came of a rule.
type Verdict struct {
	Result        trace.Result
	Says          string // "pass"
	Rule          []markup.Span
	Spec          string
	Expected, Got string
	Reason, Error string
	Stops         bool // it failed, and so stopped somebody who meant harm
}

func (Title) noun()   {}
func (Figure) noun()  {}
func (Chapter) noun() {}
func (Step) noun()    {}
func (Way) noun()     {}
func (Passage) noun() {}
func (Fold) noun()    {}
func (Table) noun()   {}
func (Line) noun()    {}
func (Quote) noun()   {}
func (Chips) noun()   {}
func (Token) noun()   {}
func (Checks) noun()  {}
func (Ending) noun()  {}
func (Closing) noun() {}
