package examreport

import (
	"io"
	"strings"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Mark is a verdict in a sign, for a line of text.
func Mark(v exam.Verdict) string {
	return map[exam.Verdict]string{
		exam.Noticed: "✓", exam.Swallowed: "✗", exam.Unknown: "?", exam.Moot: "–", exam.Unasked: "·", exam.Unreached: "?",
	}[v]
}

// Text tells what was swallowed in full, and the rest in a line each.
func Text(out io.Writer, r *exam.Report, o Options) error {
	if o.Width == 0 {
		o.Width = 80
	}
	w := &writer{width: o.Width}
	w.paragraph("", o.headline(r))
	w.paragraph("", strings.Join(o.counts(r), ", ")+".")
	for _, v := range order() {
		all := of(r, v)
		if len(all) == 0 {
			continue
		}
		w.line("")
		w.line(o.say("verdict." + string(v)))
		for _, one := range all {
			w.result(one, &o)
		}
	}
	if r.Count(exam.Unknown) > 0 {
		w.line("")
		w.paragraph("", o.say("report.how-to-tell"))
	}
	_, err := io.WriteString(out, w.out.String())
	return err //nolint:wrapcheck // who writes knows where
}

// Line is one result in a line.
func Line(r *exam.Result, o *Options) string {
	return Mark(r.Verdict) + " " + o.title(r) + " (" + r.ID + ")"
}

func (w *writer) result(r *exam.Result, o *Options) {
	w.paragraph("  "+Mark(r.Verdict)+" ", o.title(r)+" ("+r.ID+", "+o.level(r)+", "+r.Spec.String()+")")
	if r.Verdict != exam.Swallowed && r.Verdict != exam.Unknown {
		if r.Verdict == exam.Moot || r.Verdict == exam.Unreached {
			w.paragraph("    ", o.sign(r))
		}
		return
	}
	q, _ := o.Words.ExamQuestion(r.ID)
	if o.Voice == tutorials.Developer {
		w.paragraph("    ", plain(q.Done))
	}
	w.paragraph("    ", o.sign(r))
	for _, seen := range r.Evidence {
		w.paragraph("      ", harmless.Line(seen))
	}
	w.paragraph("    ", plain(q.Why[o.Voice]))
	if o.Voice == tutorials.Developer {
		w.paragraph("    ", o.say("report.cure", "cure", plain(q.Cure)))
		if line := o.Words.LineIn(q.Cures, o.Stack); line != "" {
			w.paragraph("    ", o.Words.Catalog().Text("diagnose.stack."+o.Stack)+": "+plain(line))
		}
	}
}

// writer breaks what is told into lines.
type writer struct {
	out   strings.Builder
	width int
}

func (w *writer) line(text string) { w.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// paragraph wraps a text behind a margin. The first line may have a mark in it.
func (w *writer) paragraph(mark, text string) {
	margin := strings.Repeat(" ", len([]rune(mark)))
	line, column := mark, 0
	for word := range strings.FieldsSeq(text) {
		size := len([]rune(word))
		if column > 0 && len([]rune(line))+1+size > w.width {
			w.line(line)
			line, column = margin, 0
		}
		if column > 0 {
			line += " "
		}
		line += word
		column += size
	}
	w.line(line)
}
