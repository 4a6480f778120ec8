// Package diagnosis says why a login fails: it holds a run that somebody's own
// client made to a table of causes, each a named row like a rule, and orders
// those that show by how sure they are.
//
// Call [Of] with a joined log and what is known besides. A row looks at the
// exchanges alone, so any provider's will do; where the provider is ours, its
// checks make many a guess certain. What cannot be known is said to be unknown,
// and never guessed. Words for people are filed under the ids, in tutorials; the
// package knows none of them, no screen, no file and no network.
package diagnosis

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Sure is how sure a cause is.
type Sure string

// The degrees, surest first.
const (
	Certain  Sure = "certain"  // the exchanges prove it
	Likely   Sure = "likely"   // the answer says so, or most of what would prove it shows
	Possible Sure = "possible" // it would explain what is seen, and so would others
)

// Degrees lists them, surest first.
func Degrees() []Sure { return []Sure{Certain, Likely, Possible} }

// Known is what is known besides the exchanges. The zero value knows nothing.
type Known struct {
	Clients    []Client    // that are registered; nil: not known
	Ended      bool        // nothing more will come, so silence can be judged
	Asked      bool        // somebody asks about these exchanges because something failed, although nothing in them says so
	Read       time.Time   // when it was read, for exchanges that say no date
	AnswerOnly bool        // only the answers are real: the words of an error were brought, and nothing of the request
	Turned     []time.Time // when the provider began to sign with new keys
	LeftOut    []Unknown   // what whoever wrote the exchanges down left out of them
}

// LeftOut is in the place of a value that nobody brought, with a number behind it.
const LeftOut = "left-out-"

// Mark begins what stands for a secret in the log of serve: the same for the same secret, and nothing to read.
const Mark = "#"

// Client is a registered client as far as causes need it.
type Client struct {
	ID, Realm    string
	RedirectURIs []string
	Secrets      []string // compared with what was sent, never shown
}

// Evidence is what a cause quotes from an exchange. Secrets in it are cut to
// their beginning.
type Evidence struct {
	Exchange int    `json:"exchange,omitempty"` // its number in the log
	Where    string `json:"where"`              // "POST /token", or "answer 400"
	Field    string `json:"field"`
	Value    string `json:"value"`
	Rule     string `json:"-"` // id of the rule that Field says, where one was broken

	ours bool // Value is what we say of the field, and no secret whatever the field holds
}

// Cause is a row that shows in a run.
type Cause struct {
	ID       string
	Says     string // a phrase that a developer can read
	Spec     trace.Spec
	Sure     Sure
	At       *logins.Exchange // where it shows
	Evidence []Evidence

	general int
}

// OfOther reports whether a provider says of itself what it met at another one: it brought the error to the app's address,
// and what is wrong with a code, a secret or a token there no line of the app changes.
func (c *Cause) OfOther() bool {
	return c.At != nil && c.At.Endpoint == logins.Callback && c.At.Param("error") != "" && slices.ContainsFunc(
		[]string{
			"code-", "secret-", "verifier-", "token-", "id-token-", "auth-method-", "redirect-uri-at-token", "certificate-", "no-answer-to-server",
		},
		func(begins string) bool { return strings.HasPrefix(c.ID, begins) })
}

// Row is one cause, as documentation needs it, and what looks for it.
type Row struct {
	ID   string     // stable; words are filed under it
	Says string     // a phrase that a developer can read
	Spec trace.Spec // what it goes against, or what explains it
	look look
}

// look finds a cause in a case, or returns nil.
type look func(*Case) *sighting

// sighting is what a row saw.
type sighting struct {
	sure    Sure
	at      *logins.Exchange
	shown   []Evidence
	general int // how many kinds of sightings that are as sure go before it
}

// Unknown is something that could not be judged, by id.
type Unknown string

// What can be unknown.
const (
	UnknownRules    Unknown = "rules"    // the provider does not say which of its rules was broken
	UnknownCallback Unknown = "callback" // what the app did with the answer was not recorded
	UnknownToken    Unknown = "token"    // the token request was not recorded
	UnknownAPI      Unknown = "api"      // nothing that an API was asked was recorded
	UnknownEnd      Unknown = "end"      // the run may go on, so silence means nothing yet

	// Of exchanges that somebody wrote down or typed.
	UnknownAnswer  Unknown = "answer"  // nobody brought what was answered
	UnknownStatus  Unknown = "status"  // nobody brought the status of an answer
	UnknownBody    Unknown = "body"    // nobody brought the body of a request
	UnknownHeaders Unknown = "headers" // headers may have been left out
	UnknownValues  Unknown = "values"  // values were blacked out, or a shell fills them in

	// Of words that were brought alone.
	UnknownRequest Unknown = "request" // nobody brought what was asked and what came
	UnknownLog     Unknown = "log"     // nobody brought what the one who refused wrote down
)

// Unknowns lists them.
func Unknowns() []Unknown {
	return []Unknown{
		UnknownRules, UnknownCallback, UnknownToken, UnknownAPI, UnknownEnd, UnknownAnswer, UnknownStatus, UnknownBody, UnknownHeaders,
		UnknownValues, UnknownRequest, UnknownLog,
	}
}

// Diagnosis is what there is to say of one login.
type Diagnosis struct {
	Login   *logins.Login    // nil for what belongs to no login, such as metadata
	Stop    *logins.Exchange // where it was refused; nil where nothing was
	Guessed bool             // that is known by words alone: nobody brought the status of an answer
	Causes  []Cause          // the surest first; empty where nothing is wrong, or nothing is known
	Unknown []Unknown
}

// CameToEnd reports whether tokens came, or the app took the answer that the browser brought, or nobody needs any.
// Of what belongs to no login there is no end.
func (d *Diagnosis) CameToEnd() bool { return d.Login != nil && wentWell(d.Login) }

// Failed reports whether something went wrong, known or not.
func (d *Diagnosis) Failed() bool { return d.Stop != nil || len(d.Causes) > 0 }

// Surer reports whether the first cause of some diagnoses is surer than that of others of the same.
func Surer(some, than []Diagnosis) bool { return sureOf(some) < sureOf(than) }

func sureOf(all []Diagnosis) int {
	first := First(all)
	if first == nil {
		return len(Degrees())
	}
	return slices.Index(Degrees(), first.Sure)
}
