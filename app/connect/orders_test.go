package connect

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

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

func TestTheListIsSearched(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	for range 20 {
		d.service("my-service-secret")
	}
	d.wrongRedirect()
	if rows := d.room.Rail()[1].Rows; len(rows) != inRail+1 || rows[inRail].Label != "All 21 logins in a list" {
		t.Errorf("the rail lists %s", d.labels(1))
	}
	d.do("live.find")
	if !d.room.book.content.Visible() || len(d.room.book.runs) != 21 || d.shown != fyne.Focusable(d.room.book.search) {
		t.Errorf("%d logins are listed", len(d.room.book.runs))
	}
	d.room.book.search.SetText("localhost:3000/callback/")
	if got := d.room.book.runs; len(got) != 1 || got[0].Client != "react-client" || d.room.book.count.Words != "One login" {
		t.Errorf("found %+v", got)
	}
	d.room.book.search.SetText("nothing like it")
	if !strings.HasPrefix(d.room.book.count.Words, "No login fits") {
		t.Errorf("it says %q", d.room.book.count.Words)
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

func TestTheListIsFilteredByAppAndByHowItWent(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.wrongRedirect()
	d.do("live.find")
	d.choose(0, "react-client")
	if len(d.room.book.runs) != 1 || !d.room.Strip()[0].Differs {
		t.Errorf("of react-client %d logins are listed", len(d.room.book.runs))
	}
	d.choose(0, "every app")
	d.choose(1, "stopped")
	if len(d.room.book.runs) != 1 || d.room.book.runs[0].State != logins.Stopped {
		t.Errorf("of those that stopped %d are listed", len(d.room.book.runs))
	}
	d.room.book.list.Open(0)
	d.says(d.room.finding, "react-client")
}

func TestWhoeverSearchedBeginsAnewWithTheWholeList(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.do("live.find")
	d.room.book.search.SetText("invalid_client")
	d.room.finish()
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.do("live.find")
	if d.room.book.search.Text != "" || len(d.room.book.runs) != 1 {
		t.Errorf("%q is still searched for, among %d logins", d.room.book.search.Text, len(d.room.book.runs))
	}
}

func TestAKeptLoginSurvivesClearing(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.press(fyne.KeyK)
	d.room.clear()
	if got := d.notes(); !slices.Equal(got, []string{"stopped"}) {
		t.Errorf("the list says %v", got)
	}
	d.room.Rail()[1].Rows[0].Do()
	d.press(fyne.KeyK)
	if got := d.labels(1); got != "None yet" {
		t.Errorf("kept no longer, it is still listed: %s", got)
	}
}

func TestAllLoginsAreSavedAndOpenAgain(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("my-service-secret")
	d.wrongRedirect()
	d.do("live.save-all")
	d.room.finish()
	d.brings = d.saved.String()
	d.do("live.open")
	if len(d.notices) > 0 {
		t.Fatal(d.notices)
	}
	d.says(d.room.finding, "react-client")
	if got := d.notes(); !slices.Equal(got, []string{"stopped", "went well"}) || d.room.Title().Badge != "saved" || d.room.operable() {
		t.Errorf("the list says %v, and the header %q", got, d.room.Title().Badge)
	}
	d.room.finish()
	d.brings = "this is no run"
	d.room.openSaved()
	d.brings = ""
	d.room.openHAR()
	if len(d.notices) != 2 || !strings.HasPrefix(d.notices[len(d.notices)-1], "saved.json cannot be read") || d.room.Rail() != nil {
		t.Errorf("of a file that is none it says %q", d.notices)
	}
}

func TestWhatIsDoneToTheServerIsSaidAndShows(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.do("live.forward")
	d.do("live.back")
	d.do("live.rotate")
	d.do("live.unavailable")
	for _, words := range []string{"The clock was moved by 10m0s", "The clock was moved by -10m0s", "New keys sign", "be unavailable, once"} {
		d.says(d.room.sheet, words)
	}
	d.service("my-service-secret")
	d.says(d.room.finding, "Somebody ordered this fault")
	for i, row := range d.room.Rail()[2].Rows {
		if row.Off || row.Do == nil || row.Label == "" {
			t.Errorf("row %d of what can be done is %+v", i, row)
		}
	}
	d.do("live.people")
	d.says(d.room.sheet, "Nobody is signed in")
}

// held sends a request that the gate holds, and returns where its answer comes.
func (d *desk) holdsOne() <-chan *httptest.ResponseRecorder {
	d.t.Helper()
	d.press(fyne.KeyH)
	answer := make(chan *httptest.ResponseRecorder, 1)
	seen, provider, ctx := d.room.server.Tape.Last(), d.provider, d.t.Context()
	go func() {
		form := strings.NewReader("grant_type=client_credentials&client_id=my-service-client&client_secret=wrong")
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, issuer+"/protocol/openid-connect/token", form)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		provider.ServeHTTP(w, r)
		answer <- w
	}()
	if err := d.room.server.Tape.Wait(ctx, seen); err != nil {
		d.t.Fatal(err)
	}
	d.room.server.Tape.Tell(tape.Event{Deed: tape.ClockMoved}) // by somebody else, in the same moment
	d.room.news()
	return answer
}

func TestAHeldRequestIsShownChangedAndSentOn(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	answer := d.holdsOne()
	d.says(d.room.sheet, "A request of my-service-client came at the token endpoint.")
	d.says(d.room.sheet, "client_secret")
	for _, c := range d.room.changes {
		if c.field.Text == "wrong" {
			c.field.SetText("my-service-secret")
		}
	}
	d.room.sendOn()
	if w := <-answer; w.Code != http.StatusOK {
		t.Errorf("with the right secret it is answered with %d %s", w.Code, w.Body)
	}
	d.room.news()
	d.says(d.room.finding, "Logged in")
	if d.room.page != pageServer || len(d.room.held.Held) != 0 {
		t.Error("what was sent on is still said to wait")
	}
}

func TestAHeldRequestIsAnsweredWithTroubleThatIsChosen(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	answer := d.holdsOne()
	d.room.troubled("unavailable", "")
	if w := <-answer; w.Code != http.StatusServiceUnavailable {
		t.Errorf("it is answered with %d", w.Code)
	}
	answer = d.holdsOne()
	d.press(fyne.KeyH) // holds nothing any more
	if w := <-answer; w.Code == http.StatusOK || len(d.room.held.Held) != 0 {
		t.Errorf("it is answered with %d", w.Code)
	}
}

func TestHoldingNothingAnyMoreTakesItsNoticeBack(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	d.press(fyne.KeyH)
	d.press(fyne.KeyH)
	if n := len(d.said); n < 2 || d.said[n-2] == "" || d.said[n-1] != "" {
		t.Errorf("what is said of the next request is %q", d.said)
	}
}

func TestWhatCannotBeDoneToALoginIsNotOffered(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.room.screen.Home()
	offered := map[string]bool{}
	for _, c := range append(d.room.Commands(), d.room.screen.ClockCommands()...) {
		offered[c.ID] = !c.Off
	}
	if !offered["walk.next"] || !offered["walk.play"] {
		t.Error("its messages cannot be stepped through")
	}
	for _, id := range []string{"walk.tamper", "clock.offer", "clock.1", "clock.back"} {
		if offered[id] {
			t.Errorf("%s is offered, and nobody is there to answer", id)
		}
	}
}

func TestTheListOfLoginsIsWorkedByKeyboardAlone(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.service("wrong")
	d.room.openList()
	window := fyne.CurrentApp().Driver().CanvasForObject(d.room.book.search)
	window.Focus(d.room.book.search)
	window.FocusNext()
	if window.Focused() != d.room.book.list {
		t.Errorf("after the field comes %T", window.Focused())
	}
	d.room.book.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.room.at != 1 {
		t.Error("Enter does not open the first login that was found")
	}
}

func TestAServerElsewhereThatTakesNoOrdersSaysWhy(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.room.begin(&tape.Server{Tape: tape.New(tape.Bounds{})}, false)
	if d.room.operable() || len(d.room.Rail()) != 2 {
		t.Error("orders are offered that nobody takes")
	}
	d.room.orders = tape.Orders{In: http.NotFoundHandler()}
	d.do("live.rotate")
	if len(d.notices) != 1 || !strings.Contains(d.notices[0], "404") {
		t.Errorf("it says %q", d.notices)
	}
}

func TestEveryDeedHasWordsOfItsOwn(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, deed := range tape.Deeds() {
		if words := d.room.say()("event." + deed); words == "" || strings.Contains(words, "connect.event") {
			t.Errorf("%s is told as %q", deed, words)
		}
	}
}

func TestAServerElsewhereTellsItsIssuerItsClientsAndWhereTheyAreSentBackTo(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	name := "demo"
	control := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/realms" || r.Header.Get("Authorization") != "Bearer key" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, `{"realms":[{"name":"`+name+`","issuer":"`+issuer+`","clients":[{"client_id":"react-client",`+
			`"redirect_uris":["http://localhost:3000/callback"]}],"people":[{"username":"jane","password":"secret"}]}]}`)
	})
	d.room.begin(&tape.Server{Tape: tape.New(tape.Bounds{}), Control: control, Key: "key"}, false)
	d.room.learnRealms()
	d.says(d.room.sheet, issuer)
	if got := d.room.server.Realms[0]; d.room.realm() != "demo" ||
		got.Clients[0].RedirectURIs[0] != "http://localhost:3000/callback" || got.People[0].Username != "jane" {
		t.Errorf("orders are for the realm %q, of which is known %+v", d.room.realm(), got)
	}
	name = "shop"
	d.room.server.Tape.Tell(tape.Event{Deed: tape.ConfigChanged, Says: "idp.toml"})
	d.room.news()
	if d.room.realm() != "shop" {
		t.Errorf("after its config was changed, orders are for the realm %q", d.room.realm())
	}
}

func TestPlainVoicesSayWhenALoginStoppedAndTheNameOfTheTradeOnce(t *testing.T) {
	for voice, want := range map[tutorials.Voice]string{
		tutorials.Everyone:  "stopped when the app asked for access of its own (the token endpoint)",
		tutorials.Executive: "stopped when the app asked for access of its own (the token endpoint)",
		tutorials.Developer: "stopped at the token endpoint",
	} {
		d := connecting(t, voice)
		d.press(fyne.KeyS)
		d.service("wrong")
		d.says(d.room.finding, want)
		if n := strings.Count(d.room.finding.words(), "token endpoint"); n != 1 {
			t.Errorf("to %s the token endpoint is named %d times", voice, n)
		}
	}
}

func TestEveryEndpointIsToldInPlainWords(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, at := range logins.Endpoints() {
		if words := d.room.where(at, ""); words == "" || strings.Contains(words, "connect.when") || strings.Contains(words, "endpoint") {
			t.Errorf("%s is told as %q", at, words)
		}
	}
	for _, grant := range []string{"client_credentials", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code"} {
		if words := d.room.where(logins.Token, grant); words == d.room.where(logins.Token, "") || strings.Contains(words, "connect.when") {
			t.Errorf("tokens by %s are told as %q", grant, words)
		}
	}
}

func TestEveryDeedIsAMarkWithWordsInEveryVoice(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, voice := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive, tutorials.Developer} {
		d.room.Tell(room.Manner{Words: d.room.manner.Words, Voice: voice, Lens: tutorials.LensOf(voice)})
		for _, deed := range tape.Deeds() {
			m := trace.Deed(trace.AuthorizationServer, deed)
			words := d.room.narrator().Step(m.Step)
			if words.Label == "" || words.Happened == "" || words.Why == "" || strings.Contains(words.Label+words.Happened, "mark."+deed) {
				t.Errorf("to %s %s is told as %+v", voice, deed, words)
			}
		}
	}
}

func TestWhatIsDoneDuringALoginIsAMarkOnItsDiagram(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	again := "/auth?" + url.Values{
		"client_id": {"react-client"}, "response_type": {"code"}, "redirect_uri": {"http://localhost:3000/callback/"}, "scope": {"openid"},
		"state": {"of-this-login"}, "code_challenge": {strings.Repeat("x", 43)}, "code_challenge_method": {"S256"},
	}.Encode()
	d.ask(http.MethodGet, again, "")
	d.do("live.forward")
	d.ask(http.MethodGet, again, "")
	run := d.room.log.Trace(d.room.at)
	i := slices.IndexFunc(run.Messages, func(m trace.Message) bool { _, ok := m.DeedOf(); return ok })
	if i != 2 {
		t.Fatalf("among %d messages the mark is number %d", len(run.Messages), i)
	}
	n := d.room.narrator()
	n.Flow = run.Flow
	var out bytes.Buffer
	if err := export.Write(&out, "mermaid", run, handout.Story(n), export.Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "clock moved by 10m0s") {
		t.Errorf("the exported picture does not have it:\n%s", out.String())
	}
}
