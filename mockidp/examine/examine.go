package examine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/exam/drive"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/serve"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// orders lets the exam make trouble in a realm.
type orders struct {
	provider *mockidp.Provider
	realm    string
}

// Order implements exam.Provider.
func (o orders) Order(client string, t exam.Trouble, value string) (int, error) {
	return o.provider.Trouble(o.realm, mockidp.Fault{ //nolint:wrapcheck // it says what is wrong
		Kind: mockidp.FaultKind(t.Kind), Client: client, Token: t.Token, Endpoint: mockidp.Endpoint(t.Endpoint), Error: t.Error,
		Value: value, OneLogin: true,
	})
}

// Cancel implements exam.Provider.
func (o orders) Cancel(id int) { o.provider.ClearTrouble(o.realm, id) }

// room is where an exam takes place.
type room struct {
	flags   *flags
	out     io.Writer
	hosted  *serve.Hosted
	realm   *mockidp.Realm
	sitting *exam.Sitting
	tell    examreport.Options
}

func (f *flags) run(ctx context.Context, in io.Reader, out io.Writer) error {
	language, err := usage.Language("")
	if err != nil {
		return err
	}
	words, err := tutorials.Load(language)
	if err != nil {
		return fmt.Errorf("load the words: %w", err)
	}
	hosted, err := f.host.Begin(ctx, in)
	if err != nil {
		return err
	}
	r := &room{flags: f, out: out, hosted: hosted, tell: examreport.Options{
		Words: words, Voice: tutorials.Voice(f.voice), Stack: f.stack, Strict: f.strict, Width: usage.Width(out, widest),
		Day: time.Now().Format("2 January 2006"), Made: "Grantwalk " + f.version,
	}}
	return errors.Join(r.examine(ctx), hosted.End())
}

// widest is how many columns a text has at most.
const widest = 100

func (r *room) examine(ctx context.Context) error {
	client, err := r.client()
	if err != nil {
		return err
	}
	provider := orders{r.hosted.Provider, r.realm.Name}
	r.sitting = exam.New(provider, exam.Client{ID: client.ClientID, RedirectURIs: client.RedirectURIs}, r.flags.questions...)
	defer r.sitting.Close()
	r.line(r.say("progress.begin", "client", client.ClientID, "issuer", r.hosted.Provider.Issuer(r.realm.Name)))
	if r.hosted.Trust != "" {
		r.line(r.hosted.Trust)
	}
	if person := r.person(); person != "" {
		if err := r.hosted.Provider.SignInAutomatically(r.realm.Name, person); err != nil {
			return usage.Mistakef("--person: %w", err)
		}
	}
	if r.flags.drive != "" {
		err = r.drive(ctx)
	} else {
		err = r.wait(ctx)
	}
	return errors.Join(err, r.end())
}

// client finds who is examined, and in which realm.
func (r *room) client() (*mockidp.Client, error) {
	var known []string
	for i := range r.hosted.Config.Realms {
		r.realm = &r.hosted.Config.Realms[i]
		for j := range r.realm.Clients {
			c := &r.realm.Clients[j]
			switch {
			case c.ClientID != r.flags.client:
				if len(c.RedirectURIs) > 0 {
					known = append(known, c.ClientID)
				}
			case len(c.RedirectURIs) == 0:
				return nil, usage.Slip("exam.slip.no-browser", "client", c.ClientID)
			default:
				return c, nil
			}
		}
	}
	if r.flags.client == "" {
		return nil, usage.Slip("exam.slip.client", "clients", strings.Join(known, ", "))
	}
	return nil, usage.Slip("exam.slip.unknown", "client", r.flags.client, "clients", strings.Join(known, ", "))
}

// person is who is signed in without a page, or empty.
func (r *room) person() string {
	if r.flags.drive == "" || r.flags.person != "" || len(r.realm.People) == 0 {
		return r.flags.person
	}
	return r.realm.People[0].Username
}

func (r *room) say(id string, pairs ...string) string {
	return r.tell.Words.Catalog().Text("exam."+id, pairs...)
}

// line writes one. Who reads no lines gets the report all the same.
func (r *room) line(text string) { _, _ = fmt.Fprintln(r.out, text) }

// announce says what the next login is for.
func (r *room) announce(purpose exam.Purpose, q exam.Question, number int) {
	switch purpose {
	case exam.First:
		r.line(r.say("progress.first"))
		r.line(r.say("progress.hint"))
	case exam.Ask:
		words, _ := r.tell.Words.Exam().Question(q.ID)
		all := cmp.Or(len(r.flags.questions), len(exam.Questions()))
		r.line(r.say("progress.ask", "number", strconv.Itoa(number), "all", strconv.Itoa(all), "title", words.Title[r.tell.Voice]))
	case exam.Last:
		r.line(r.say("progress.last"))
	case exam.Over:
	}
}

// wait lets somebody log in again and again, until all is asked or ctx ends.
func (r *room) wait(ctx context.Context) error {
	var said string
	for {
		r.sitting.Read(r.hosted.Tape)
		if err := r.sitting.Err(); err != nil {
			return err
		}
		purpose, q, number := r.sitting.Next()
		if now := string(purpose) + q.ID; now != said {
			r.announce(purpose, q, number)
			said = now
		}
		if purpose == exam.Over || r.hosted.Tape.Wait(ctx, r.sitting.At()) != nil {
			return nil
		}
	}
}

// patience is how long an app may take to be there.
const patience = time.Minute

// drive logs in by itself.
func (r *room) drive(ctx context.Context) error {
	d := r.driver()
	waiting, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if err := d.Await(waiting, func(host string) { r.line(r.say("progress.wait", "host", host)) }); err != nil {
		return usage.Mistakef("--drive: %w", err)
	}
	for purpose, q, _ := r.sitting.Next(); purpose != exam.Over; {
		if err := r.login(ctx, d); err != nil {
			return err
		}
		now, next, _ := r.sitting.Next()
		if now == purpose && next.ID == q.ID || !r.sitting.Report().Works {
			return nil // the login did not come to an answer, or nobody can log in; the report says so
		}
		r.progress(purpose, q)
		purpose, q = now, next
	}
	return nil
}

// login makes one and tells the exam what was seen of it.
func (r *room) login(ctx context.Context, d *drive.Driver) error {
	seen, err := d.Login(ctx)
	var lost *drive.NotStartedError
	switch {
	case errors.As(err, &lost):
		return usage.Mistakef("--drive: %w", err)
	case err != nil:
		return fmt.Errorf("log in to the app: %w", err)
	}
	r.sitting.Read(r.hosted.Tape)
	r.sitting.Saw(seen)
	return r.sitting.Err() //nolint:wrapcheck // it names the question
}

// progress says in a line what came of a login.
func (r *room) progress(purpose exam.Purpose, q exam.Question) {
	if purpose != exam.Ask {
		r.line("✓ " + r.say("progress.ordinary"))
		return
	}
	report := r.sitting.Report()
	for i := range report.Results {
		if report.Results[i].ID == q.ID {
			r.line(examreport.Line(&report.Results[i], &r.tell))
		}
	}
}

// end tells what came of it, in every form that was asked for.
func (r *room) end() error {
	report := r.sitting.Report()
	r.line("")
	if err := examreport.Text(r.out, &report, r.tell); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if !report.Works {
		r.diagnose()
	}
	for _, file := range []struct {
		name  string
		write func(io.Writer, *exam.Report, examreport.Options) error
	}{{r.flags.html, examreport.HTML}, {r.flags.json, examreport.JSON}, {r.flags.junit, examreport.JUnit}} {
		if file.name == "" {
			continue
		}
		var text strings.Builder
		if err := file.write(&text, &report, r.tell); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		if err := os.WriteFile(file.name, []byte(text.String()), 0o600); err != nil {
			return usage.SlipOf(usage.Cause(err), "exam.slip.write", "file", file.name)
		}
	}
	if !report.Passed(r.flags.strict) {
		return usage.ErrRefused
	}
	return nil
}

// diagnose says why the ordinary login did not succeed.
func (r *room) diagnose() {
	known := r.hosted.Provider.Known()
	known.Ended = true
	all := diagnosis.Of(r.sitting.Log(), known)
	if len(all) == 0 {
		return
	}
	r.line("")
	r.line(r.say("progress.refused"))
	r.line("")
	o := explain.Options{Words: r.tell.Words, Voice: r.tell.Voice, Stack: r.flags.stack, Width: r.tell.Width}
	if err := explain.Text(r.out, all, o); err != nil {
		return // who reads no lines needs no reason
	}
}
