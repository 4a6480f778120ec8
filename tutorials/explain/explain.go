// Package explain tells a diagnosis in words: to a terminal, to a program and
// to a CI server. It judges nothing, and knows no screen.
package explain

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/report"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Options say how it is told.
type Options struct {
	Words *tutorials.Library
	Voice tutorials.Voice
	Stack string // one of tutorials.Stacks, or empty for the one that Setting shows
	Width int    // columns of the text; 0 is 80
	Left  int    // requests that were not looked at
	Last  int    // number of the newest request that was; 0 leaves it unsaid
	Asked bool   // somebody brought this because it failed

	Setting diagnosis.Setting // what took part, as far as what was brought shows it
}

// stack is the one that was chosen, or else the one that shows.
func (o Options) stack() string { return cmp.Or(o.Stack, o.Setting.Stack) }

// teller writes one diagnosis after the other.
type teller struct {
	Options
	*report.Lines
}

// Text tells every login that failed, the surest first, and in a line those
// that did not.
func Text(out io.Writer, all []diagnosis.Diagnosis, o Options) error {
	t := &teller{o, report.NewLines(o.Width)}
	failed := 0
	for i := range all {
		if all[i].Failed() {
			if failed++; failed > 1 {
				t.Line("")
			}
			t.diagnosis(&all[i])
		}
	}
	say := o.Words.Catalog()
	switch {
	case failed == 0 && o.Asked:
		t.Paragraph("", say.Text("diagnose.text.nothing-asked"))
		t.unknown(all)
	case failed == 0:
		t.Paragraph("", t.fine(all))
	}
	if o.Left > 0 {
		t.Line("")
		t.Paragraph("", say.Count("diagnose.text.left", o.Left))
	}
	return t.Write(out)
}

// fine says that nothing is wrong, or where the last login breaks off that came to no end.
func (t *teller) fine(all []diagnosis.Diagnosis) string {
	say := t.Words.Catalog()
	var last *diagnosis.Diagnosis
	for i := range all {
		d := &all[i]
		switch {
		case d.CameToEnd():
			return say.Text("diagnose.text.fine")
		case d.Login != nil && (last == nil || d.Login.Last().Number > last.Login.Last().Number):
			last = d
		}
	}
	if last == nil {
		return say.Text("diagnose.text.no-login")
	}
	return say.Text("diagnose.text.breaks-off", "where", say.Text("diagnose.at."+string(last.Login.Last().Endpoint)))
}

func (t *teller) diagnosis(d *diagnosis.Diagnosis) {
	say := t.Words.Catalog()
	if !t.Asked {
		t.Line(Headline(d, t.Options))
		t.Line("")
	}
	if len(d.Causes) == 0 {
		t.Paragraph("", Nothing(t.Words, d))
	} else {
		t.cause(&d.Causes[0])
	}
	others := Others(t.Words, t.Voice, d)
	if len(others) > 0 {
		t.Line("")
		t.Line(say.Text("diagnose.text.also"))
	}
	for _, c := range others {
		t.Paragraph("  · ", t.title(c)+" ("+say.Text("diagnose.sure."+string(c.Sure))+")")
	}
	t.unknown([]diagnosis.Diagnosis{*d})
}

func (t *teller) unknown(all []diagnosis.Diagnosis) {
	var said []diagnosis.Unknown
	for _, d := range all {
		said = append(said, d.Unknown...)
	}
	if len(said) == 0 {
		return
	}
	say := t.Words.Catalog()
	t.Line("")
	t.Line(say.Text("diagnose.text.not-known"))
	for _, u := range said {
		t.Paragraph("  · ", say.Text("diagnose.unknown."+string(u)))
	}
}

// Title is what a cause is called in a voice.
func Title(words *tutorials.Library, voice tutorials.Voice, c *diagnosis.Cause) string {
	told, ok := words.Causes().Cause(c.ID)
	if !ok {
		return c.Says
	}
	return told.Title[voice]
}

// Others are the causes besides the first. Those that a voice calls by one name
// are told once, at their surest: in plain words what sets them apart is not said.
func Others(words *tutorials.Library, voice tutorials.Voice, d *diagnosis.Diagnosis) []*diagnosis.Cause {
	var others []*diagnosis.Cause
	told := map[string]bool{}
	for i := range d.Causes {
		c := &d.Causes[i]
		title := Title(words, voice, c)
		if i > 0 && !told[title] {
			others = append(others, c)
		}
		told[title] = true
	}
	return others
}

func (t *teller) title(c *diagnosis.Cause) string { return Title(t.Words, t.Voice, c) }

// cause tells the first one whole.
func (t *teller) cause(c *diagnosis.Cause) {
	say := t.Words.Catalog()
	words, _ := t.Words.Causes().Cause(c.ID)
	t.Paragraph("", t.title(c)+" ("+say.Text("diagnose.sure."+string(c.Sure))+")")
	t.Line("")
	t.Paragraph("  ", plain(words.Happened[t.Voice]))
	t.Line("")
	t.Line(say.Text("diagnose.text.seen"))
	t.evidence(c.Evidence)
	if t.Voice != tutorials.Developer {
		return
	}
	t.Line("")
	t.Line(say.Text("diagnose.text.why"))
	for _, why := range Whys(words.Why, t.Setting, t.stack()) {
		t.Paragraph("  · ", plain(why))
	}
	t.Line("")
	t.Line(say.Text("diagnose.text.change"))
	t.Paragraph("  ", plain(words.Cure))
	if line := t.Words.Causes().CureAt(c.ID, t.Setting.Provider); line != "" {
		t.Paragraph("  ", plain(line))
	}
	if line := t.Words.Causes().CureIn(words.Cures, t.stack()); line != "" && !c.OfOther() {
		t.Paragraph("  ", say.Text("diagnose.stack."+t.stack())+": "+plain(line))
	}
	t.Line("")
	t.Line(say.Text("diagnose.text.section", "section", c.Spec.String()))
}

// evidence is columns: which exchange, where, the field and its value.
func (t *teller) evidence(all []diagnosis.Evidence) {
	where, field := 0, 0
	all = slices.Clone(all)
	for i := range all {
		all[i] = Seen(t.Words, all[i])
	}
	for _, e := range all {
		where, field = max(where, len([]rune(e.Where))), max(field, len([]rune(e.Field)))
	}
	for _, e := range all {
		t.Line(harmless.Line("  " + number(e.Exchange) + "  " + padded(e.Where, where) + "  " + padded(e.Field, field) + "  " + e.Value))
	}
}

func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-len([]rune(text))))
}

// plain is a text without its marks, for a terminal.
func plain(text string) string { return markup.Plain(text) }
