package connect

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// applicant is an app that can be examined.
type applicant struct {
	realm string
	tape.Client
}

// examination is an exam of one app, and what is known of it so far.
type examination struct {
	applicant

	sitting *exam.Sitting
	from    int // number of the newest login when it began
	known   standing
	reading bool // somebody reads what crossed, and orders
	more    bool // something crossed meanwhile
	ended   bool // somebody stopped it, or it could not go on
}

// standing is how far an exam is.
type standing struct {
	report   exam.Report
	step     exam.Step
	question exam.Question // of the next login
	number   int           // of that question
	latest   exam.Question // of the login before
	asked    bool          // that one was not an ordinary one
}

// same reports whether nothing has changed that anybody could see.
func (s *standing) same(as *standing) bool {
	told := func(s *standing) string {
		said := fmt.Sprint(s.step, s.number, s.latest.ID, s.report.Works, s.report.Still, s.report.Whole)
		for i := range s.report.Results {
			said += fmt.Sprint(s.report.Results[i].Verdict, s.report.Results[i].Sign)
		}
		return said
	}
	return told(s) == told(as)
}

// over reports whether no login is waited for.
func (x *examination) over() bool { return x.ended || x.known.step == exam.Over }

// standingOf asks a sitting how far it is.
func standingOf(s *exam.Sitting) standing {
	now := standing{report: s.Report()}
	now.step, now.question, now.number = s.Next()
	now.latest, now.asked = s.Latest()
	return now
}

// troublemaker has the server make the trouble of an exam.
type troublemaker struct {
	orders tape.Orders
	realm  string
	within context.Context //nolint:containedctx // exam.Provider has none to hand over
}

// Order implements exam.Provider.
func (m troublemaker) Order(client string, t exam.Trouble, value string) (int, error) {
	ctx, stop := context.WithTimeout(m.within, orderTime)
	defer stop()
	body := map[string]any{"kind": t.Kind, "client": client, "one_login": true}
	for name, v := range map[string]string{"token": t.Token, "endpoint": t.Endpoint, "error": t.Error, "value": value} {
		if v != "" {
			body[name] = v
		}
	}
	var made struct {
		ID int `json:"id"`
	}
	err := m.orders.Do(ctx, http.MethodPost, "/trouble/"+url.PathEscape(m.realm), body, &made)
	return made.ID, err //nolint:wrapcheck // it is what the server says
}

// Cancel implements exam.Provider. It is sent though the room is being closed:
// else the next login of the app would be struck when nobody looks any more.
func (m troublemaker) Cancel(id int) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(m.within), orderTime)
	defer stop()
	path := "/trouble/" + url.PathEscape(m.realm) + "/" + strconv.Itoa(id)
	_ = m.orders.Do(ctx, http.MethodDelete, path, nil, nil) // a server that ended makes no trouble
}

// applicants are all apps that people log in with.
func (r *Room) applicants() []applicant {
	var all []applicant
	if r.server == nil || !r.operable() {
		return nil
	}
	for _, realm := range r.server.Realms {
		for _, c := range realm.Clients {
			if len(c.RedirectURIs) > 0 {
				all = append(all, applicant{realm.Name, c})
			}
		}
	}
	return all
}

// candidate is the app that is examined next: the one that was chosen, else the
// one that logged in last, else the only one; or none.
func (r *Room) candidate() applicant {
	all := r.applicants()
	if i := slices.IndexFunc(all, func(a applicant) bool { return a.realm == r.chosen.realm && a.ID == r.chosen.ID }); i >= 0 {
		return all[i]
	}
	newest, _ := r.log.Find(live.Filter{}, inRail)
	for _, run := range newest {
		if i := slices.IndexFunc(all, func(a applicant) bool { return a.ID == run.Client }); i >= 0 {
			return all[i]
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return applicant{}
}

// openExam shows the exam, or offers one.
func (r *Room) openExam() {
	r.newest = false
	r.turn(pageExam)
}

// beginExam examines the app that was chosen.
func (r *Room) beginExam() {
	who := r.candidate()
	if who.ID == "" || r.exam != nil && !r.exam.over() {
		return
	}
	of := troublemaker{r.orders, who.realm, r.ctx}
	x := &examination{
		applicant: who, from: r.log.Newest(),
		sitting: exam.New(of, exam.Client{ID: who.ID, RedirectURIs: who.RedirectURIs}),
	}
	x.sitting.Skip(r.server.Tape)
	x.known = standingOf(x.sitting)
	r.exam = x
	r.sheet.scroll.Rewind()
	r.openExam()
}

// sit reads what crossed, and orders what the next login is to be given: out of
// the way of whoever draws, since the server may be elsewhere.
func (r *Room) sit() {
	if x := r.exam; x != nil && !x.over() {
		r.reread(x)
	}
}

// reread asks an exam how far it is now: of one that goes on, with what crossed.
func (r *Room) reread(x *examination) {
	if r.exam != x {
		return
	}
	if x.reading {
		x.more = true
		return
	}
	x.reading, x.more = true, false
	var now standing
	crossed, over := r.server.Tape, x.over()
	r.away(func() error {
		if !over {
			x.sitting.Read(crossed)
		}
		now = standingOf(x.sitting)
		return x.sitting.Err() //nolint:wrapcheck // it names the question
	}, func(err error) {
		x.reading = false
		if r.exam != x {
			return
		}
		if err != nil && !x.ended {
			r.window.Notice(r.say()("order.refused"), err)
			x.ended = true
		}
		r.heard(now)
		if x.more {
			r.reread(x)
		}
	})
}

// heard shows how far the exam is.
func (r *Room) heard(now standing) {
	x := r.exam
	same := now.same(&x.known)
	x.known = now
	if !same && r.at == 0 && r.page == pageExam {
		r.show(0)
		return
	}
	r.window.Changed()
}

// stopExam asks nothing any more. What was found out stays.
func (r *Room) stopExam() {
	if x := r.exam; x != nil && !x.ended {
		x.ended = true
		var now standing
		r.away(func() error { x.sitting.Close(); now = standingOf(x.sitting); return nil }, func(error) {
			if r.exam == x {
				x.known = now
				r.sheet.scroll.Rewind()
				r.show(r.at)
			}
		})
	}
}

// forgetExam makes room for another one.
func (r *Room) forgetExam() {
	r.stopExam()
	r.exam = nil
	r.sheet.scroll.Rewind()
	r.show(r.at)
}

// saw takes down what somebody saw the app do after a question.
func (r *Room) saw(question string, seen exam.Sight) {
	seen.Known = true
	x := r.exam
	r.away(func() error { x.sitting.SawOf(question, seen); return nil }, func(error) { r.reread(x) })
}

// refusedLogin is the newest ordinary login of the exam that went wrong, or 0.
func (r *Room) refusedLogin() int {
	x := r.exam
	found, _ := r.log.Find(live.Filter{Client: x.ID}, 1)
	if len(found) > 0 && found[0].Number > x.from && found[0].State == logins.Stopped {
		return found[0].Number
	}
	return 0
}

// failsAtFirst reports whether the ordinary login is refused, which the page says.
func (r *Room) failsAtFirst() bool { return r.exam.known.step == exam.First && r.refusedLogin() > 0 }

// examRow leads to the exam.
func (r *Room) examRow() room.Row {
	row := room.Row{Label: r.say()("sitting.row"), Sign: "E", Here: r.at == 0 && r.page == pageExam, Do: r.openExam}
	if x := r.exam; x != nil && !x.over() {
		row.Note = r.say()("sitting.note", "number", strconv.Itoa(x.known.number), "all", strconv.Itoa(len(x.known.report.Results)))
	}
	return row
}

// examCommands are what can be done with an exam from anywhere in the room.
func (r *Room) examCommands() []room.Command {
	say, x := r.say(), r.exam
	going := x != nil && !x.over()
	begin := room.Command{ID: "live.exam", Menu: room.MenuTools, Words: say("sitting.open"), Keys: room.Keys(fyne.KeyX), Do: r.openExam}
	begin.Off = len(r.applicants()) == 0
	return []room.Command{
		begin,
		{ID: "live.exam-stop", Menu: room.MenuTools, Words: say("sitting.stop"), Off: !going, Do: r.stopExam},
		{
			ID: "live.exam-save", Menu: room.MenuTools, Words: say("sitting.save-html"), Opens: true, Off: x == nil,
			Do: func() { r.saveExam("html") },
		},
	}
}

// examTitle is what stands over the page.
func (r *Room) examTitle() string {
	if r.exam == nil {
		return r.say()("sitting.heading")
	}
	return r.say()("sitting.of", "client", cmp.Or(r.exam.ID, r.diagnose("text.nobody")))
}
