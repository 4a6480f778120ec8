package explain

import (
	"cmp"
	"io"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/report"
	"github.com/grantwalk/grantwalk/tutorials"
)

// forPrograms is the report for them. What is empty is left out.
type forPrograms struct {
	Logins []reportLogin `json:"logins"`
	Left   int           `json:"requests_left_out,omitempty"`
	Last   int           `json:"last,omitempty"` // number of the newest exchange that was looked at
}

type reportLogin struct {
	ID      int                 `json:"id,omitempty"` // number of its first exchange
	Client  string              `json:"client,omitempty"`
	Began   string              `json:"began,omitempty"`
	State   string              `json:"state"`
	Stopped *reportStop         `json:"stopped,omitempty"`
	Causes  []reportCause       `json:"causes"`
	Unknown []diagnosis.Unknown `json:"unknown,omitempty"`
}

type reportStop struct {
	Exchange int    `json:"exchange"`
	Endpoint string `json:"endpoint"`
	Status   int    `json:"status,omitempty"`
	Error    string `json:"error,omitempty"`
}

type reportCause struct {
	ID       string               `json:"id"`
	Sure     diagnosis.Sure       `json:"sure"`
	Title    string               `json:"title"`
	Happened string               `json:"happened"`
	Why      []string             `json:"why,omitempty"`
	Cure     string               `json:"cure,omitempty"`
	Stack    string               `json:"stack,omitempty"`
	InStack  string               `json:"cure_in_stack,omitempty"`
	Provider string               `json:"provider,omitempty"`
	There    string               `json:"cure_at_provider,omitempty"`
	Section  string               `json:"section"`
	Evidence []diagnosis.Evidence `json:"evidence"`
}

// JSON writes every login, those that went well too.
func JSON(out io.Writer, all []diagnosis.Diagnosis, o Options) error {
	r := forPrograms{Logins: []reportLogin{}, Left: o.Left, Last: o.Last}
	for i := range all {
		r.Logins = append(r.Logins, loginOf(&all[i], o))
	}
	return report.JSON(out, r)
}

func loginOf(d *diagnosis.Diagnosis, o Options) reportLogin {
	one := reportLogin{State: "around", Causes: []reportCause{}, Unknown: d.Unknown}
	if d.Login != nil {
		one.ID = d.Login.Exchanges[0].Number
		one.Client, one.State = d.Login.Client, string(d.Login.State())
		if at := d.Login.Began(); !at.IsZero() {
			one.Began = at.UTC().Format(time.RFC3339Nano)
		}
	}
	if d.Stop != nil {
		one.Stopped = &reportStop{d.Stop.Number, string(d.Stop.Endpoint), statusOf(d), d.Stop.Error()}
	}
	for i := range d.Causes {
		one.Causes = append(one.Causes, causeOf(&d.Causes[i], o))
	}
	return one
}

func causeOf(c *diagnosis.Cause, o Options) reportCause {
	words, _ := o.Words.Causes().Cause(c.ID)
	r := reportCause{
		ID: c.ID, Sure: c.Sure, Title: words.Title[o.Voice], Happened: plain(words.Happened[o.Voice]), Section: c.Spec.String(),
		Evidence: c.Evidence,
	}
	if o.Voice != tutorials.Developer {
		return r
	}
	for _, why := range Whys(words.Why, o.Setting, o.stack()) {
		r.Why = append(r.Why, plain(why))
	}
	r.Cure, r.Stack, r.Provider = plain(words.Cure), o.stack(), o.Setting.Provider
	if !c.OfOther() {
		r.InStack = plain(o.Words.Causes().CureIn(words.Cures, o.stack()))
	}
	r.There = plain(o.Words.Causes().CureAt(c.ID, o.Setting.Provider))
	return r
}

// JUnit writes a test case for each login, which fails where the login did.
func JUnit(out io.Writer, all []diagnosis.Diagnosis, o Options) error {
	suite := report.Suite{Name: "grantwalk diagnose"}
	for i := range all {
		d := &all[i]
		c := report.Case{Name: Headline(d, o), Class: "grantwalk.login"}
		if d.Failed() {
			c.Failure = &report.Message{Message: cmp.Or(Answer(d), Nothing(o.Words, d)), Type: "refused"}
			if len(d.Causes) > 0 {
				words, _ := o.Words.Causes().Cause(d.Causes[0].ID)
				c.Failure.Message, c.Failure.Type = words.Title[o.Voice], d.Causes[0].ID
			}
			var text strings.Builder
			if err := Text(&text, all[i:i+1], o); err != nil {
				return err
			}
			c.Failure.Text = text.String()
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite.Write(out)
}
