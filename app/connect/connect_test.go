package connect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/hold"
	"github.com/grantwalk/grantwalk/tutorials"
)

const issuer = "http://127.0.0.1:8180/realms/demo"

// desk is the room in a window that writes down what it is asked for, and a
// provider whose tape the room reads.
type desk struct {
	room.Window
	t        *testing.T
	room     *Room
	provider http.Handler
	listens  []string // addresses at which the room let the provider listen
	ended    int
	refuse   error
	bounds   tape.Bounds // of what crosses
	went     []string
	said     []string
	saved    bytes.Buffer
	brings   string // the file that is opened
	notices  []string
	away     bool // from the goroutine that draws, as far as the test plays it
	shown    fyne.Focusable
}

func (d *desk) Go(to address.Address)       { d.went = append(d.went, to.String()) }
func (d *desk) Read(to address.Address)     { d.Go(to) }
func (d *desk) Say(words string)            { d.said = append(d.said, words) }
func (d *desk) Changed()                    {}
func (d *desk) Focus(part fyne.Focusable)   { d.shown = part }
func (d *desk) Copy(text string)            { d.said = append(d.said, "copied "+text) }
func (d *desk) Fail(err error)              { d.t.Error(err) }
func (d *desk) Files() room.Files           { return d }
func (d *desk) Typed(k *fyne.KeyEvent) bool { return room.Typed(d.room.Commands(), k) }

func (d *desk) Open(_ string, read func(string, io.Reader)) {
	read("saved.json", slow{strings.NewReader(d.brings), d})
}

func (d *desk) Fetch(fyne.URI, func(string, io.Reader)) {}

func (d *desk) Notice(title string, err error) { d.notices = append(d.notices, title+": "+err.Error()) }

func (d *desk) Launch(fyne.URI) error { return nil }

func (d *desk) Save(_ string, write func(io.Writer) error, _ func(fyne.URI)) {
	if err := write(&d.saved); err != nil {
		d.t.Error(err)
	}
}

// elsewhere stands for another goroutine.
func (d *desk) elsewhere(work func() error, then func(error)) {
	before := d.away
	d.away = true
	err := work()
	d.away = before
	then(err)
}

// takesTime is said by whatever may keep somebody waiting, and so must not be done by whoever draws.
func (d *desk) takesTime(what string) {
	if !d.away {
		d.t.Errorf("%s is done on the goroutine that draws", what)
	}
}

// slow is a file, which may lie anywhere.
type slow struct {
	io.Reader
	d *desk
}

func (s slow) Read(into []byte) (int, error) {
	s.d.takesTime("reading a file")
	return s.Reader.Read(into)
}

// serve is what the room asks to serve.
func (d *desk) serve(_ context.Context, wish tape.Wish) (*tape.Server, error) {
	d.takesTime("beginning to serve")
	if d.refuse != nil {
		return nil, d.refuse
	}
	d.listens = append(d.listens, wish.Listen)
	kept := tape.New(d.bounds)
	story := mockidp.StoryRealm()
	for i := range story.Clients {
		story.Clients[i].Trusted = true // nobody is there to allow it
	}
	p, err := mockidp.New(mockidp.Config{BaseURL: "http://127.0.0.1:8180", Realms: []mockidp.Realm{story}})
	if err != nil {
		return nil, err
	}
	gate := hold.New(hold.Options{Provider: func() *mockidp.Provider { return p }, Tape: kept})
	d.provider = gate.Around(kept.Around(p, trace.AuthorizationServer))
	orders := http.NewServeMux()
	orders.Handle("/hold", gate.Control())
	orders.Handle("/hold/{id}", gate.Control())
	orders.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		p.Control("key").ServeHTTP(w, r.WithContext(tape.WithEvents(r.Context(), kept)))
	})
	realm := tape.Realm{Name: "demo", Issuer: issuer, Clients: []tape.Client{
		{ID: "react-client", RedirectURIs: []string{"http://localhost:3000/callback"}}, {ID: "my-service-client", Secret: "my-service-secret"},
	}}
	asked := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.takesTime(r.Method + " " + r.URL.Path)
		orders.ServeHTTP(w, r)
	})
	return &tape.Server{Tape: kept, Realms: []tape.Realm{realm}, Control: asked, Key: "key", End: func() error {
		d.takesTime("ending the server")
		d.ended++
		return p.Close()
	}}, nil
}

// readWords reads the words once, as no test changes them.
var readWords = sync.OnceValues(func() (*tutorials.Library, error) { return tutorials.Load("en") }) //nolint:gochecknoglobals // see above

// connecting opens the room. What crosses is read when the test says so.
func connecting(t *testing.T, voice tutorials.Voice) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.NewTheme(look.Light))
	words, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t}
	d.room = New(d, words, Options{Serve: d.serve})
	d.room.away = d.elsewhere
	d.room.watch = func(context.Context, *tape.Tape, func()) {}
	d.room.Tell(room.Manner{Words: words, Voice: voice, Lens: tutorials.LensOf(voice)})
	d.room.Open(func() {})
	win := test.NewTempWindow(t, d.room.Content())
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1280, 720))
	t.Cleanup(func() {
		d.away = true // the window is closed
		if err := d.room.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) press(k fyne.KeyName) { d.Typed(&fyne.KeyEvent{Name: k}) }

// ask sends a request as a client would, and lets the room read it.
func (d *desk) ask(method, below, form string, header ...string) {
	d.t.Helper()
	req := httptest.NewRequestWithContext(d.t.Context(), method, issuer+"/protocol/openid-connect"+below, strings.NewReader(form))
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	d.provider.ServeHTTP(httptest.NewRecorder(), req)
	d.room.news()
}

func (d *desk) wrongRedirect() {
	d.ask(http.MethodGet, "/auth?"+url.Values{
		"client_id": {"react-client"}, "response_type": {"code"}, "redirect_uri": {"http://localhost:3000/callback/"}, "scope": {"openid"},
		"state": {"s1"}, "code_challenge": {strings.Repeat("x", 43)}, "code_challenge_method": {"S256"},
	}.Encode(), "", "Accept", "text/html")
}

func (d *desk) service(secret string) {
	d.ask(http.MethodPost, "/token", "grant_type=client_credentials&client_id=my-service-client&client_secret="+secret)
}

func (d *desk) says(s *sheet, words string) {
	d.t.Helper()
	if !strings.Contains(s.words(), words) {
		d.t.Errorf("the page does not say %q but\n%s", words, s.words())
	}
}

// notes are what the list says of the logins.
func (d *desk) notes() []string {
	var notes []string
	for _, row := range d.room.Rail()[1].Rows {
		if row.Sign != "" {
			notes = append(notes, row.Note)
		}
	}
	return notes
}

func TestAKeyLetsTheWindowServeAndAnotherEndsIt(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.says(d.room.sheet, "Serve from this window")
	if d.room.Rail() != nil {
		t.Error("there is a list of logins before anything is served")
	}
	d.press(fyne.KeyS)
	if !slices.Equal(d.listens, []string{"127.0.0.1:8180"}) {
		t.Fatalf("it listens at %v", d.listens)
	}
	d.says(d.room.sheet, "Waiting for the first login")
	d.says(d.room.sheet, issuer)
	d.says(d.room.sheet, "Add them here while it serves")
	d.ask(http.MethodGet, "/certs", "")
	d.says(d.room.sheet, "One request came that belongs to no login")
	d.service("my-service-secret")
	d.room.Rail()[0].Rows[0].Do()
	d.says(d.room.sheet, "One request came that belongs to no login")
	d.room.finish()
	if d.ended != 1 || d.room.server != nil {
		t.Errorf("the server was ended %d times", d.ended)
	}
	d.says(d.room.sheet, "Serve from this window")
}

func TestWhatCannotBeServedSaysWhyAndLosesNothing(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.room.port.SetText("eighty")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "“eighty” is no port")
	d.room.port.SetText(" ")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "Write a port: a number from 1 to 65535")
	d.room.port.SetText("8181")
	d.refuse = errors.New("another program has the port")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "another program has the port")
	d.refuse = fmt.Errorf("%w: --listen", tape.ErrPortUsed)
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "Another program uses port 8181. End it")
	d.refuse = tape.ErrPortDenied
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "You may not use port 8181")
	d.refuse = fmt.Errorf("--config mine.toml: %w", fs.ErrPermission)
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "--config mine.toml: permission denied")
	if d.room.port.Text != "8181" || d.room.server != nil {
		t.Error("what was typed is gone")
	}
	d.room.attach()
	d.says(d.room.sheet, "Write the address and the key")
}

func TestALoginThatFailsIsDiagnosedAsItHappens(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	cause := d.room.log.Diagnose(d.room.at).Causes[0]
	words, _ := d.room.manner.Words.Causes().Cause(cause.ID)
	d.says(d.room.finding, words.Title[tutorials.Developer])
	d.says(d.room.finding, "What to change")
	d.says(d.room.finding, "http://localhost:3000/callback/")
	d.says(d.room.finding, "react-client")
	if got := d.notes(); !slices.Equal(got, []string{"stopped"}) {
		t.Errorf("the list says %v", got)
	}
	d.service("my-service-secret")
	d.says(d.room.finding, "Logged in")
	if got := d.notes(); !slices.Equal(got, []string{"went well", "stopped"}) {
		t.Errorf("the list says %v", got)
	}
}

func TestOneStackIsToldItsCureAlone(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	d.says(d.room.finding, "Spring")
	for _, row := range d.room.Strip()[2].Rows {
		if row.Label == "Go" {
			row.Do()
		}
	}
	if words := d.room.finding.words(); strings.Contains(words, "Spring") {
		t.Errorf("Go was chosen, and Spring is told, too:\n%s", words)
	}
}

func TestEveryVoiceTellsWhatWentWrong(t *testing.T) {
	for _, voice := range tutorials.Voices() {
		t.Run(string(voice), func(t *testing.T) {
			d := connecting(t, voice)
			d.press(fyne.KeyS)
			d.wrongRedirect()
			cause, _ := d.room.manner.Words.Causes().Cause(d.room.log.Diagnose(d.room.at).Causes[0].ID)
			d.says(d.room.finding, cause.Title[voice])
			if exact := strings.Contains(d.room.finding.words(), "Why this happens most often"); exact != (voice == tutorials.Developer) {
				t.Errorf("the reasons of developers are told: %t", exact)
			}
		})
	}
}

func TestWhoeverLooksAtALoginKeepsItWhileOthersCome(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.wrongRedirect()
	d.room.Rail()[1].Rows[0].Do()
	reading := d.room.screen.Player()
	d.service("my-service-secret")
	d.says(d.room.finding, "react-client")
	if d.room.screen.Player() != reading {
		t.Error("what somebody reads was drawn anew, though nothing of it changed")
	}
	d.press(fyne.KeyL)
	d.says(d.room.finding, "my-service-client")
}

func TestAPausedListStandsStill(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.press(fyne.KeyP)
	d.service("my-service-secret")
	if got := d.notes(); len(got) != 1 {
		t.Errorf("paused, it lists %v", got)
	}
	d.press(fyne.KeyP)
	if got := d.notes(); len(got) != 2 {
		t.Errorf("going on, it lists %v", got)
	}
	d.room.clear()
	d.says(d.room.sheet, "Waiting for the first login")
}

func TestABoundThatIsReachedIsSaid(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.bounds.Exchanges = 4
	d.press(fyne.KeyS)
	for range 6 {
		d.service("my-service-secret")
	}
	rows := d.room.Rail()[1].Rows
	if last := rows[len(rows)-1]; last.Label != "2 earlier requests are kept no longer" || !last.Off {
		t.Errorf("the list ends with %q", last.Label)
	}
}

func TestTheMessagesOfALoginAreOneKeyAway(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	for _, voice := range tutorials.Voices() { // in any words, the app is called as it is
		d.room.Tell(room.Manner{Words: d.room.manner.Words, Voice: voice, Lens: tutorials.LensOf(voice)})
		if name, _ := d.room.screen.Narrator().Role(string(trace.Client)); name != "my-service-client" {
			t.Errorf("as %s, the app is called %q", voice, name)
		}
	}
	d.press(fyne.KeyD)
	if !d.room.message || d.room.screen.Player().Len() != 2 {
		t.Error("D does not turn to the messages")
	}
	d.room.save()
	if !strings.Contains(d.saved.String(), `"client-secret-matches"`) {
		t.Errorf("what is saved lacks the rule that was broken:\n%.400s", d.saved.String())
	}
}

func TestAServerElsewhereThatIsNotThereIsSaid(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	s := &tape.Server{Tape: tape.New(tape.Bounds{})}
	d.room.begin(s, false)
	d.says(d.room.sheet, "at the server that you look on at")
	d.room.detached(s, errors.New("connection refused"))
	d.says(d.room.sheet, "The server cannot be reached. connection refused")
	d.room.begin(s, false)
	d.room.detached(s, &tape.RefusedError{Status: http.StatusUnauthorized})
	d.says(d.room.sheet, "does not let you look on: the key is not the one that the server printed when it started.")
	if d.shown != d.room.key.Field {
		t.Error("the keyboard is not where the key is written")
	}
}
