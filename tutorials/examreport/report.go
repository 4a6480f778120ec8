// Package examreport tells what came of the exam for a client: in a terminal, as
// a page, to a program and to a CI server. It judges nothing, and knows no screen.
package examreport

import (
	"cmp"
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/report"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Options say how it is told.
type Options struct {
	Words  *tutorials.Library
	Voice  tutorials.Voice
	Stack  string // one of tutorials.Stacks, or empty for what helps in every one
	Strict bool   // what is advised and what nobody knows count too
	Width  int    // columns of the text; 0 is 80
	Day    string // of the exam, as it is to be shown
	Made   string // what made it
}

func (o *Options) say(id string, pairs ...string) string {
	return o.Words.Catalog().Text("exam."+id, pairs...)
}

// Level says how much a question weighs.
func (o *Options) Level(r *exam.Result) string {
	if r.Must {
		return o.say("level.must")
	}
	return o.say("level.should")
}

// Title is what a question is called.
func (o *Options) Title(r *exam.Result) string {
	q, _ := o.Words.Exam().Question(r.ID)
	return cmp.Or(q.Title[o.Voice], r.ID)
}

// Sign says why a verdict is what it is.
func (o *Options) Sign(r *exam.Result) string {
	if r.Sign == exam.SignLacking {
		return o.say("lacks." + string(r.Needs))
	}
	return o.say("sign." + string(r.Sign))
}

// Headline is the whole report in a sentence.
func (o *Options) Headline(r *exam.Report) string {
	switch {
	case !r.Works:
		return o.say("headline.broken", "client", r.Client)
	case r.Whole && !r.Still:
		return o.say("headline.ended-broken", "client", r.Client)
	case r.Failed(o.Strict):
		return o.say("headline.failed", "client", r.Client)
	case !r.Whole:
		return o.say("headline.unfinished", "client", r.Client)
	}
	return o.say("headline.passed", "client", r.Client)
}

// Counts are the verdicts that there are, in words.
func (o *Options) Counts(r *exam.Report) []string {
	var said []string
	for _, v := range exam.Verdicts() {
		if n := r.Count(v); n > 0 {
			said = append(said, o.Words.Catalog().Count("exam.count."+string(v), n))
		}
	}
	return said
}

// Order lists the verdicts as they are told: what is to be done comes first.
func Order() []exam.Verdict {
	return []exam.Verdict{exam.Swallowed, exam.Unknown, exam.Noticed, exam.Unreached, exam.Moot, exam.Unasked}
}

// Of lists the results that came to a verdict.
func Of(r *exam.Report, v exam.Verdict) []*exam.Result {
	var found []*exam.Result
	for i := range r.Results {
		if r.Results[i].Verdict == v {
			found = append(found, &r.Results[i])
		}
	}
	return found
}

// Evidence is what shows a verdict. An app's own words may stand in it.
func (o *Options) Evidence(r *exam.Result) []string {
	var lines []string
	for _, e := range r.Evidence {
		lines = append(lines, harmless.Line(o.say("seen."+string(e.Seen), e.With...)))
	}
	return lines
}

func plain(text string) string { return markup.Plain(text) }

// forPrograms is the report for them. What is empty is left out.
type forPrograms struct {
	Client  string         `json:"client"`
	Passed  bool           `json:"passed"`
	Strict  bool           `json:"strict"`
	Works   bool           `json:"ordinary_login_at_first"`
	Still   bool           `json:"ordinary_login_at_last"`
	Whole   bool           `json:"complete"`
	Counts  map[string]int `json:"counts"`
	Results []result       `json:"questions"`
}

type result struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Verdict  string   `json:"verdict"`
	Sign     string   `json:"sign"`
	Level    string   `json:"level"`
	Section  string   `json:"section"`
	Trouble  string   `json:"trouble"`
	Done     string   `json:"done"`
	Good     string   `json:"good"`
	Why      string   `json:"why"`
	Cure     string   `json:"cure,omitempty"`
	InStack  string   `json:"cure_in_stack,omitempty"`
	Lacking  string   `json:"lacking,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
}

// JSON writes the report for programs.
func JSON(out io.Writer, r *exam.Report, o Options) error {
	all := forPrograms{
		Client: r.Client, Passed: r.Passed(o.Strict), Strict: o.Strict, Works: r.Works, Still: r.Still, Whole: r.Whole,
		Counts: map[string]int{}, Results: []result{},
	}
	for _, v := range exam.Verdicts() {
		all.Counts[string(v)] = r.Count(v)
	}
	for i := range r.Results {
		all.Results = append(all.Results, resultOf(&r.Results[i], &o))
	}
	return report.JSON(out, all) //nolint:wrapcheck // who writes knows where
}

func resultOf(r *exam.Result, o *Options) result {
	q, _ := o.Words.Exam().Question(r.ID)
	one := result{
		ID: r.ID, Title: o.Title(r), Verdict: string(r.Verdict), Sign: string(r.Sign), Level: "should", Section: r.Spec.String(),
		Trouble: r.Kind, Done: plain(q.Done), Good: plain(q.Good), Why: plain(q.Why[o.Voice]), Evidence: o.Evidence(r),
	}
	if r.Must {
		one.Level = "must"
	}
	switch r.Verdict {
	case exam.Swallowed, exam.Unknown:
		one.Cure, one.InStack = plain(q.Cure), plain(o.Words.Causes().CureIn(q.Cures, o.Stack))
	case exam.Moot:
		one.Lacking = string(r.Needs)
	}
	return one
}

// JUnit writes a test case for each question, and one for the ordinary logins.
func JUnit(out io.Writer, r *exam.Report, o Options) error {
	class := "grantwalk.exam." + r.Client
	suite := report.Suite{Name: "grantwalk exam", Cases: []report.Case{{Name: o.say("report.ordinary"), Class: class}}}
	if !r.Works || !r.Whole || !r.Still {
		suite.Cases[0].Failure = &report.Message{Message: o.Headline(r)}
	}
	for i := range r.Results {
		one := &r.Results[i]
		c := report.Case{Name: one.ID + ": " + o.Title(one), Class: class}
		verdict := o.say("verdict." + string(one.Verdict))
		text := strings.Join(append([]string{o.Sign(one)}, o.Evidence(one)...), "\n")
		switch {
		case one.Failed(o.Strict):
			c.Failure = &report.Message{Message: verdict + " (" + one.Spec.String() + ")", Text: text}
		case one.Verdict != exam.Noticed:
			c.Skipped = &report.Message{Message: verdict + " (" + o.Level(one) + ")", Text: text}
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite.Write(out) //nolint:wrapcheck // who writes knows where
}
