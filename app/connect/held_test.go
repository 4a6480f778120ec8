package connect

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

func waiting(id int, secret string) heldRequest {
	return heldRequest{
		ID: id, Endpoint: "token", Client: "tv", Method: "POST", URL: "http://127.0.0.1:8180/realms/demo/token?x=1",
		Form: []trace.Field{{Name: "grant_type", Value: "client_credentials"}, {Name: "client_secret", Value: secret}},
	}
}

func TestWhatIsTypedIntoAHeldRequestStaysWhileOthersCome(t *testing.T) {
	_, parts, shown := alone(t)
	h := &held{tools: parts}
	h.Held = []heldRequest{waiting(1, "wrong")}
	shown.turn(h)
	h.changes[1].field.SetText("right")
	h.Held = append(h.Held, waiting(2, "other"))
	shown.redraw()
	if got := h.changes[1].field.Text; got != "right" {
		t.Errorf("what was typed is %q now", got)
	}
	h.Held = h.Held[1:]
	shown.redraw()
	if got := h.changes[1].field.Text; got != "other" {
		t.Errorf("of the next request %q shows", got)
	}
}

func TestOnlyWhatWasChangedInAHeldRequestIsSentWithIt(t *testing.T) {
	_, parts, shown := alone(t)
	var got []sent
	h := &held{tools: parts, server: heard(parts, &got, `{"held":[]}`)}
	h.Held = []heldRequest{waiting(7, "wrong")}
	shown.turn(h)
	h.changes[1].field.SetText("right")
	h.sendOn()
	form, err := json.Marshal(got[0].body["form"])
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"name":"grant_type","value":"client_credentials"},{"name":"client_secret","value":"right"}]`
	if got[0].path != "/hold/7" || len(got[0].body) != 1 || string(form) != want {
		t.Errorf("sent is %+v", got[0])
	}
	if diff := cmp.Diff("/hold", got[1].path); diff != "" || shown.at != nil {
		t.Errorf("then nobody asked what else waits, or the page stays: %s", diff)
	}
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
	for _, c := range d.room.held.changes {
		if c.field.Text == "wrong" {
			c.field.SetText("my-service-secret")
		}
	}
	d.room.held.sendOn()
	if w := <-answer; w.Code != http.StatusOK {
		t.Errorf("with the right secret it is answered with %d %s", w.Code, w.Body)
	}
	d.room.news()
	d.says(d.room.login.finding.sheet, "Logged in")
	if d.room.page != d.room.addresses || len(d.room.held.Held) != 0 {
		t.Error("what was sent on is still said to wait")
	}
}

func TestAHeldRequestIsAnsweredWithTroubleThatIsChosen(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	answer := d.holdsOne()
	d.room.held.troubled("unavailable", "")
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

// Servers count what they hold from one, each by itself.
func TestWhatWasTypedIntoARequestOfOneServerIsNotInThatOfTheNext(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	for range 2 {
		d.press(fyne.KeyS)
		answer := d.holdsOne()
		for _, c := range d.room.held.changes {
			if c.field.Text == "typed" {
				t.Error("it shows what was typed for another server")
			}
			c.field.SetText("typed")
		}
		d.room.held.troubled("unavailable", "")
		<-answer
		d.room.start.finish()
	}
}
