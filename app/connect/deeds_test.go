//go:build !race

package connect

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

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
	d.says(d.room.login.finding.sheet, "Somebody ordered this fault")
	for i, row := range d.room.Rail()[2].Rows {
		if row.Off || row.Do == nil || row.Label == "" {
			t.Errorf("row %d of what can be done is %+v", i, row)
		}
	}
	d.do("live.people")
	d.says(d.room.sheet, "Nobody is signed in")
}

func TestAServerElsewhereThatTakesNoOrdersSaysWhy(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.room.begin(&tape.Server{Tape: tape.New(tape.Bounds{})}, false)
	if d.room.server.operable() || len(d.room.Rail()) != 2 {
		t.Error("orders are offered that nobody takes")
	}
	d.room.server.orders = tape.Orders{In: http.NotFoundHandler()}
	d.do("live.rotate")
	if len(d.notices) != 1 || !strings.Contains(d.notices[0], "404") {
		t.Errorf("it says %q", d.notices)
	}
}

func TestEveryDeedHasWordsOfItsOwn(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, deed := range tape.Deeds() {
		if words := d.room.words.say("event." + deed); words == "" || strings.Contains(words, "connect.event") {
			t.Errorf("%s is told as %q", deed, words)
		}
	}
}

func TestEveryDeedIsAMarkWithWordsInEveryVoice(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	for _, voice := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive, tutorials.Developer} {
		d.room.Tell(room.Manner{Words: d.room.words.Words, Voice: voice, Lens: tutorials.LensOf(voice)})
		for _, deed := range tape.Deeds() {
			m := trace.Deed(trace.AuthorizationServer, deed)
			words := d.room.words.narrator().Step(m.Step)
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
	if shown := marks(d.room.login.screen.Player()); !slices.Equal(shown, []string{tape.ClockMoved}) {
		t.Errorf("when the clock was moved, the diagram has the marks %q", shown)
	}
	d.says(d.room.login.finding.sheet, "The clock was moved by 10m0s")
	d.ask(http.MethodGet, again, "")
	run := d.room.server.log.Trace(d.room.login.number)
	i := slices.IndexFunc(run.Messages, func(m trace.Message) bool { _, ok := m.DeedOf(); return ok })
	if i != 2 {
		t.Fatalf("among %d messages the mark is number %d", len(run.Messages), i)
	}
	n := d.room.words.narrator()
	n.Flow = run.Flow
	var out bytes.Buffer
	if err := export.Write(&out, "mermaid", run, handout.Story(n), export.Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "clock moved by 10m0s") {
		t.Errorf("the exported picture does not have it:\n%s", out.String())
	}
}
