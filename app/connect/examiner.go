package connect

import (
	"cmp"
	"io"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
)

// examiner is the page of the exam: it offers one, goes on with it as logins
// come, and tells what came of it.
type examiner struct {
	tools

	server     *server
	applicants *applicants
	now        *examination // nil: none was begun
}

// open shows the exam, or offers one.
func (e *examiner) open() { e.leaves.stay(e) }

// going reports whether a login is waited for.
func (e *examiner) going() bool { return e.now != nil && !e.now.over() }

// begin examines the app that was chosen.
func (e *examiner) begin() {
	who := e.applicants.next()
	if who.ID == "" || e.going() {
		return
	}
	of := troublemaker{e.server.orders, who.realm, e.errands.ctx}
	x := &examination{
		applicant: who, from: e.server.log.Newest(),
		sitting: exam.New(of, exam.Client{ID: who.ID, RedirectURIs: who.RedirectURIs}),
	}
	x.sitting.Skip(e.server.Tape)
	x.known = standingOf(x.sitting)
	e.now = x
	e.sheet.scroll.Rewind()
	e.open()
}

// sit reads what crossed, and orders what the next login is to be given: out of
// the way of whoever draws, since the server may be elsewhere.
func (e *examiner) sit() {
	if e.going() {
		e.reread(e.now)
	}
}

// reread asks an exam how far it is now: of one that goes on, with what crossed.
func (e *examiner) reread(x *examination) {
	if !e.stands(x) {
		return
	}
	if x.reading {
		x.more = true
		return
	}
	x.reading, x.more = true, false
	var now standing
	crossed, over := e.server.Tape, x.over()
	e.errands.away(func() error {
		if !over {
			x.sitting.Read(crossed)
		}
		now = standingOf(x.sitting)
		return x.sitting.Err() //nolint:wrapcheck // it names the question
	}, func(err error) {
		x.reading = false
		if !e.stands(x) {
			return
		}
		if err != nil && !x.ended {
			e.window.Notice(e.words.say("order.refused"), err)
			x.ended = true
		}
		e.heard(now)
		if x.more {
			e.reread(x)
		}
	})
}

// stands reports whether an exam is still the one that somebody looks at.
func (e *examiner) stands(x *examination) bool { return e.now == x && !e.server.left }

// heard shows how far the exam is.
func (e *examiner) heard(now standing) {
	same := now.same(&e.now.known)
	e.now.known = now
	if !same && e.leaves.shows(e) {
		e.leaves.redraw()
		return
	}
	e.window.Changed()
}

// stop asks nothing any more. What was found out stays.
func (e *examiner) stop() {
	x := e.now
	if x == nil || x.ended {
		return
	}
	x.ended = true
	var now standing
	e.errands.away(func() error { x.sitting.Close(); now = standingOf(x.sitting); return nil }, func(error) {
		if e.stands(x) {
			x.known = now
			e.anew()
		}
	})
}

// forget makes room for another one.
func (e *examiner) forget() {
	e.stop()
	e.now = nil
	e.anew()
}

// anew draws the page from its top.
func (e *examiner) anew() {
	e.sheet.scroll.Rewind()
	e.leaves.redraw()
}

// saw takes down what somebody saw the app do after a question.
func (e *examiner) saw(question string, seen exam.Sight) {
	seen.Known = true
	x := e.now
	e.errands.away(func() error { x.sitting.SawOf(question, seen); return nil }, func(error) { e.reread(x) })
}

// failsAtFirst reports whether the ordinary login is refused, which the page says.
func (e *examiner) failsAtFirst() bool {
	return e.now.known.purpose == exam.First && e.now.refused(e.server.log) > 0
}

// row leads to the exam.
func (e *examiner) row() room.Row {
	row := room.Row{Label: e.words.say("sitting.row"), Sign: "E", Here: e.leaves.shows(e), Do: e.open}
	if e.going() {
		known := &e.now.known
		row.Note = e.words.say("sitting.note", "number", strconv.Itoa(known.number), "all", strconv.Itoa(len(known.report.Results)))
	}
	return row
}

// commands are what can be done with an exam from anywhere in the room.
func (e *examiner) commands() []room.Command {
	say := e.words.say
	return []room.Command{
		{
			ID: "live.exam", Menu: room.MenuTools, Words: say("sitting.open"), Off: len(e.applicants.all()) == 0,
			Keys: room.Keys(fyne.KeyX), Do: e.open,
		},
		{ID: "live.exam-stop", Menu: room.MenuTools, Words: say("sitting.stop"), Off: !e.going(), Do: e.stop},
		{
			ID: "live.exam-save", Menu: room.MenuTools, Words: say("sitting.save-html"), Opens: true, Off: e.now == nil,
			Do: func() { e.save("html") },
		},
	}
}

// holds is part of leaf: the page of an exam changes by itself.
func (e *examiner) holds() bool { return e.now != nil && !e.failsAtFirst() }

// draw is part of leaf: it offers an exam, says what to do now, or tells what came of it.
func (e *examiner) draw() fyne.CanvasObject {
	x, s := e.now, e.sheet
	if x == nil {
		s.begin(e.words.say("sitting.heading"))
		e.applicants.draw(&e.tools, e.begin)
		return s
	}
	s.begin(e.words.say("sitting.of", "client", cmp.Or(x.ID, e.words.diagnose("text.nobody"))))
	p := paper{tools: e.tools, known: &x.known, telling: e.telling(), saw: e.saw, refused: x.refused(e.server.log)}
	if x.over() {
		p.drawReport(e)
		return s
	}
	p.drawTask(e.server.issuerOf(x.realm), e.stop)
	p.drawLatest()
	p.drawMarks()
	return s
}

// telling is how the report is told now.
func (e *examiner) telling() examreport.Options {
	return examreport.Options{
		Words: e.words.Words, Voice: e.words.Voice, Stack: e.words.stack, Day: time.Now().Format("2 January 2006"), Made: "Grantwalk",
	}
}

// save writes the report as a page (html), for programs (json) or for a CI server (xml).
func (e *examiner) save(as string) {
	if e.now == nil {
		return
	}
	write := map[string]func(io.Writer, *exam.Report, examreport.Options) error{
		"html": examreport.HTML, "json": examreport.JSON, "xml": examreport.JUnit,
	}[as]
	report, o := e.now.known.report, e.telling()
	e.window.Files().Save("exam-report."+as, func(w io.Writer) error { return write(w, &report, o) }, func(at fyne.URI) {
		e.window.Say(e.words.say("sitting.saved", "file", at.Name()))
	})
}
