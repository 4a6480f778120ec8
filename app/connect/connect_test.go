package connect

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/hold"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
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
	copied   string // what is on the clipboard
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

func (d *desk) Fetch(at fyne.URI, read func(string, io.Reader)) {
	read(at.Name(), slow{strings.NewReader(d.brings), d})
}

func (d *desk) Pasted() string { return d.copied }

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

// connecting opens the room. What crosses is read when the test says so.
func connecting(t *testing.T, voice tutorials.Voice) *desk {
	t.Helper()
	looktest.App(t)
	words := wordstest.English(t)
	d := &desk{t: t}
	d.room = New(d, words, Options{Serve: d.serve})
	d.room.errands.away = d.elsewhere
	d.room.errands.watch = func(context.Context, *tape.Tape, func()) {}
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

// choose presses a row of a chip.
func (d *desk) choose(chip int, label string) {
	for _, row := range d.room.Strip()[chip].Rows {
		if row.Label == label {
			row.Do()
		}
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
	d.room.start.finish()
	if d.ended != 1 || d.room.server != nil {
		t.Errorf("the server was ended %d times", d.ended)
	}
	d.says(d.room.sheet, "Serve from this window")
}

// do carries out a command of the room.
func (d *desk) do(id string) {
	d.t.Helper()
	c, found := room.Find(d.room.Commands(), id)
	if !found || c.Off {
		d.t.Fatalf("%s cannot be done now: found %t", id, found)
	}
	c.Do()
}

// labels are what the rail says.
func (d *desk) labels(section int) string {
	var all []string
	for _, row := range d.room.Rail()[section].Rows {
		all = append(all, row.Label)
	}
	return strings.Join(all, " | ")
}
