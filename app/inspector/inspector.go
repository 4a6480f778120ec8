// Package inspector shows one message: in plain words, as the HTTP that
// crossed the wire, as the rules that ran on it, as the tokens inside it, and
// as the calculation or the page that it is.
//
// It shows what it is given; it verifies nothing and calls nobody.
package inspector

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Content is everything about one message. The zero value is the empty state.
type Content struct {
	Over  string // small line over the title: "Step 15 of 23 · back channel · idp.example · 4.1 ms"
	Title string // "Exchange the code for tokens"

	Words    Words
	Message  *trace.Message // the message that is looked at; nil before the first step
	Request  *trace.Message // of the same exchange; nil where there is none
	Response *trace.Message // of the same exchange; nil while it has not crossed
	Tokens   []Token        // every token that the message carries
	Page     *Page          // set when a web page is on the person's screen at this message
	Lives    []Life         // what was given out so far and expires
	Actions  []Action       // what a person may do now that the run has ended, in order; the first before all
	Trade    []TradeWord    // what the trade calls this
	Known    []TradeWord    // all such words so far; only at the end

	Fate      telling.Fate                            // what became of the message
	Developer bool                                    // the developer's voice: more detail, rules in the standards' words
	Rule      func(trace.Check) string                // the rule in the words of the voice
	Explain   func(kind, name string) (Explain, bool) // meaning of a "parameter", "header", "claim" or "member"
	Party     func(trace.Role) string                 // what a party is called: "the identity provider"; nil: the standards' word
	Followed  string                                  // the value that is being followed, or ""
	Watched   *Watched                                // who can see that value; nil while none is followed
	Now       time.Time                               // the stage's clock at this message, for "in 4 min 58 s"

	say *catalog.Catalog // the pane's language
}

// Words is a step in plain words. The texts may use **bold** and [links](glossary:term).
type Words struct {
	Picture  fyne.Resource // illustration, or nil
	Likeness string        // "Think of it like this."
	Happened string
	Why      string // "Why it matters."
	Risk     string // "What could go wrong?"; "Remember" where the run was refused
	Refused  string // why the run ended here; only for the step where it did
	Stopped  string // the rule that stopped an attack, as a title over Refused
	Lost     string // what an attacker got; only at the end of such a run
	Done     string // what was achieved; only where a run ended as it should
	Opening  bool   // these are the words before the first step: Why says when to use the flow, Risk when not to

	Mistake string // the classic mistake that is made with this step, and Tries what it imitates
	Tries   string
	Lesson  string // what it teaches; only where it was refused, and at the end
	Asked   string // what people ask here, with the answers

	AsIn string // that another flow tells the step in the same words; "" none does
	Skip string // what the button says that goes to what is new

	// RefusedExpected and RefusedGot are the two values that did not agree, drawn
	// under Refused; both "" where it was not about two values.
	RefusedExpected, RefusedGot string
}

// TradeWord is a word of the trade, and the link that explains it.
type TradeWord struct{ Title, Link string }

// ActionSkip is the id of the action that goes to what no other flow tells.
const ActionSkip = "skip-to-new"

// Action is something to do next; a button offers it.
type Action struct{ ID, Label string }

// Explain is the meaning of one named value.
type Explain struct {
	Meaning  string // one or two sentences
	Protects string // what it protects from, or ""
	Spec     trace.Spec
}

// Life is how long something that was given out is good.
type Life struct {
	Artefact string // "code": picks the sign and its colour
	Name     string // "Access token"
	Says     string // "good for 4 min 58 s more"; "": nothing says when it ends
	Held     string // who has it: "the travel app and the front desk"
	Over     bool   // it has expired
	Used     bool   // it was good once
}

// Token is one token, decoded. Who decoded it also verified it.
type Token struct {
	Name      string // "ID token"
	Also      string // the standards' name where Name is another: "access token"; "": none
	Artefact  string // "id-token": picks the colour
	Raw       string
	Says      string        // how long it is good: "expired 2 min ago"; "" where it is not known
	Over      bool          // it is good no more
	Opaque    bool          // not a JWT: nothing to decode
	Header    []trace.Field // members in the order of the JSON; values as JSON text
	Payload   []trace.Field
	Signature string        // base64url, as on the wire
	Checks    []trace.Check // pass, fail or skipped-because
}

// Page is a web page that a party sent, or what an app shows on a screen of its own, as a person would see it.
type Page struct {
	Frame    Frame  // whose screen it is
	Address  string // what the address bar shows
	Title    string
	Blocks   []Block // in the order of the page
	Disabled bool    // the moment to use it has passed
	Note     string  // to be known of it, over the frame; or ""
}

// Block is one thing on a page. Exactly one of the kinds is set.
type Block struct {
	Heading string
	Text    string
	Alert   string // what went wrong, said in red
	Items   []Item // a list
	Terms   []Term // names and what they stand for
	Lines   []string
	Pairing *Pairing
	Input   *Input
	Box     *Box
	Buttons []Button // in one row
}

// Item is one entry of a list: words, and code on a line of its own if there is any.
type Item struct {
	Text, Code string
}

// Term is a name and what it stands for.
type Term struct {
	Name, Value string
	Code        bool // the value is set as code
}

// Input is a field of a form.
type Input struct {
	Name, Label, Value string
	Password           bool
}

// Box is a field of a form that is ticked or not.
type Box struct {
	Name, Value string
	Item        // what stands beside it
	On          bool
}

// Button sends the page's form with Name=Value added.
type Button struct {
	Name, Value, Label string
	Primary            bool
}
