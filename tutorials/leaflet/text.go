package leaflet

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Wrap breaks a paragraph into lines, each with an indent.
type Wrap func(text, indent string) string

// pen writes lines for a terminal and keeps the first error.
type pen struct {
	out  io.Writer
	wrap Wrap
	err  error
}

func (p *pen) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, text)
	}
}

func (p *pen) words(text string) {
	for i, block := range markup.Parse(text) {
		text := led(block.Spans)
		if block.Item {
			p.line(p.wrap("• "+text, "  "))
			continue
		}
		if i > 0 {
			p.line("")
		}
		p.line(p.wrap(text, ""))
	}
}

// led is text in which a link says where it leads: a terminal cannot be clicked.
func led(spans []markup.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
		if to, ok := strings.CutPrefix(s.Link, "at:"); ok {
			b.WriteString(" (" + to + ")")
		}
	}
	return b.String()
}

// opening is the command that opens an address, for a shell: to it, ? and & are words of its own.
func opening(to string) string {
	if strings.ContainsAny(to, "?&*") {
		to = "'" + to + "'"
	}
	return "grantwalk " + to
}

func (p *pen) title(text string) {
	p.line("\n" + text)
	p.line(strings.Repeat("─", min(len([]rune(text)), 60)))
}

// table writes each row as a list of its cells, so that it can be read at any width.
func (p *pen) table(t tutorials.Table) {
	head := func(i int) string { return markup.Plain(t.Head[i]) }
	for _, row := range t.Rows {
		p.line("")
		for i, cell := range row {
			text := cellText(cell)
			switch {
			case i == 0:
				p.line(p.wrap(text, "  "))
			case head(i) == "":
				p.line(p.wrap(text, "    "))
			default:
				p.line(p.wrap(strings.TrimSuffix(head(i), "?")+": "+text, "    "))
			}
		}
	}
}

func cellText(cell string) string {
	var parts []string
	for _, block := range markup.Parse(cell) {
		parts = append(parts, led(block.Spans))
	}
	return strings.Join(parts, " ")
}

// LessonText writes a lesson in a voice, its questions without the answers,
// which a run has to give; wrap breaks a paragraph.
func LessonText(w io.Writer, words *tutorials.Library, l *tutorials.Lesson, v tutorials.Voice, wrap Wrap) error {
	say, p := words.Catalog(), &pen{out: w, wrap: wrap}
	p.line(say.Text("terminal.lesson.head", "title", l.Title, "minutes", say.Count("learn.minutes", l.Minutes)))
	for _, s := range l.Screens {
		p.screen(words, &s, v)
		p.asks(words, &s, l.ID, v)
	}
	end := l.End[v]
	p.title(end.Title)
	for _, keep := range end.Keep {
		p.words("- " + keep)
	}
	p.line("")
	p.words(say.Text("learn.try") + ": " + end.Next)
	return p.err
}

// MixUpText writes the answer to what is mixed up.
func MixUpText(w io.Writer, words *tutorials.Library, m *tutorials.MixUp, v tutorials.Voice, wrap Wrap) error {
	p := &pen{out: w, wrap: wrap}
	p.line(m.Title)
	p.screen(words, &m.Screen, v)
	return p.err
}

// PaperText writes a paper, its code as it is.
func PaperText(w io.Writer, paper *tutorials.Paper, wrap Wrap) error {
	p := &pen{out: w, wrap: wrap}
	p.line(paper.Title)
	p.words(paper.Line)
	for _, b := range paper.Blocks {
		switch {
		case b.Head != "":
			p.title(b.Head)
		case b.Words != "":
			p.line("")
			p.words(b.Words)
		case b.Code != "":
			p.line("\n" + Filled(b.Code, Issuer))
		default:
			p.table(b.Table)
		}
	}
	return p.err
}

func (p *pen) screen(words *tutorials.Library, s *tutorials.Screen, v tutorials.Voice) {
	say, told := words.Catalog(), s.Told[v]
	p.title(told.Title)
	for i, passage := range told.Words {
		if passage.Words == "" {
			p.table(passage.Table)
			continue
		}
		if i > 0 {
			p.line("")
		}
		p.words(passage.Words)
	}
	if s.Watch != "" {
		p.line("")
		p.words(say.Text("learn.watch") + ": " + told.Watch)
		p.line("  " + opening(s.Watch))
	}
}

// asks writes what is to be guessed on a screen, and who answers.
func (p *pen) asks(words *tutorials.Library, s *tutorials.Screen, lesson string, v tutorials.Voice) {
	q, ok := words.Lessons().Question(s.Question)
	if !ok {
		return
	}
	p.line("")
	p.words(words.Catalog().Text("terminal.lesson.guess") + ": " + q.Asks[v])
	for i, c := range q.Choices {
		p.line(p.wrap(string(rune('A'+i))+"  "+markup.Plain(c.Says[v]), "  "))
	}
	p.line(p.wrap(words.Catalog().Text("terminal.lesson.answers")+":", ""))
	p.line("  grantwalk quiz " + lesson)
}

// Names are what [LessonText], [MixUpText] and [PaperText] can be asked for, as they are typed.
func Names(words *tutorials.Library) []string {
	var names []string
	lessons, _ := words.Lessons().All()
	for i := range lessons {
		names = append(names, lessons[i].ID)
	}
	mixUps, _ := words.MixUps().All()
	for i := range mixUps {
		names = append(names, mixUps[i].ID)
	}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, _ := words.Papers().Of(kind)
		for i := range papers {
			names = append(names, papers[i].ID)
		}
	}
	return slices.Clip(names)
}
