package connect

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

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
	purpose  exam.Purpose
	question exam.Question // of the next login
	number   int           // of that question
	latest   exam.Question // of the login before
	asked    bool          // that one was not an ordinary one
}

// same reports whether nothing has changed that anybody could see.
func (s *standing) same(as *standing) bool {
	told := func(s *standing) string {
		said := fmt.Sprint(s.purpose, s.number, s.latest.ID, s.report.Works, s.report.Still, s.report.Whole)
		for i := range s.report.Results {
			said += fmt.Sprint(s.report.Results[i].Verdict, s.report.Results[i].Sign)
		}
		return said
	}
	return told(s) == told(as)
}

// over reports whether no login is waited for.
func (x *examination) over() bool { return x.ended || x.known.purpose == exam.Over }

// refused is the newest ordinary login of the exam that went wrong, or 0.
func (x *examination) refused(log *live.Log) int {
	found, _ := log.Find(live.Filter{Client: x.ID}, 1)
	if len(found) > 0 && found[0].Number > x.from && found[0].State == logins.Stopped {
		return found[0].Number
	}
	return 0
}

// standingOf asks a sitting how far it is.
func standingOf(s *exam.Sitting) standing {
	now := standing{report: s.Report()}
	now.purpose, now.question, now.number = s.Next()
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
