package examreport

import (
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/report"
	"github.com/grantwalk/grantwalk/tutorials"
)

// writer writes results among its lines.
type writer struct{ *report.Lines }

// Mark is a verdict in a sign, for a line of text.
func Mark(v exam.Verdict) string {
	return map[exam.Verdict]string{
		exam.Noticed: "✓", exam.Swallowed: "✗", exam.Unknown: "?", exam.Moot: "–", exam.Unasked: "·", exam.Unreached: "?",
	}[v]
}

// Text tells what was swallowed in full, and the rest in a line each.
func Text(out io.Writer, r *exam.Report, o Options) error {
	w := &writer{report.NewLines(o.Width)}
	w.Paragraph("", o.Headline(r))
	w.Paragraph("", strings.Join(o.Counts(r), ", ")+".")
	for _, v := range Order() {
		all := Of(r, v)
		if len(all) == 0 || v == exam.Unasked && !r.Works { // then the headline says it of all
			continue
		}
		w.Line("")
		w.Line(o.say("verdict." + string(v)))
		for _, one := range all {
			w.result(one, &o)
		}
	}
	if r.Count(exam.Unknown) > 0 {
		w.Line("")
		w.Paragraph("", o.say("report.how-to-tell"))
	}
	return w.Write(out) //nolint:wrapcheck // who writes knows where
}

// Line is one result in a line.
func Line(r *exam.Result, o *Options) string {
	return Mark(r.Verdict) + " " + o.Title(r) + " (" + r.ID + ")"
}

func (w *writer) result(r *exam.Result, o *Options) {
	w.Paragraph("  "+Mark(r.Verdict)+" ", o.Title(r)+" ("+r.ID+", "+o.Level(r)+", "+r.Spec.String()+")")
	if r.Verdict != exam.Swallowed && r.Verdict != exam.Unknown {
		if r.Verdict == exam.Moot || r.Verdict == exam.Unreached {
			w.Paragraph("    ", o.Sign(r))
		}
		return
	}
	q, _ := o.Words.Exam().Question(r.ID)
	if o.Voice == tutorials.Developer {
		w.Paragraph("    ", plain(q.Done))
	}
	w.Paragraph("    ", o.Sign(r))
	for _, seen := range o.Evidence(r) {
		w.Paragraph("      ", seen)
	}
	w.Paragraph("    ", plain(q.Why[o.Voice]))
	if o.Voice == tutorials.Developer {
		w.Paragraph("    ", o.say("report.cure", "cure", plain(q.Cure)))
		if line := o.Words.Causes().CureIn(q.Cures, o.Stack); line != "" {
			w.Paragraph("    ", o.Words.Catalog().Text("diagnose.stack."+o.Stack)+": "+plain(line))
		}
	}
}
