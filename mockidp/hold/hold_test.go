package hold_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/hold"
)

const (
	base     = "http://127.0.0.1:8180"
	tokenURL = base + "/realms/demo/protocol/openid-connect/token"
	good     = "grant_type=client_credentials&client_id=my-service-client&client_secret=my-service-secret"
)

// gated is a provider behind a gate, with a tape between.
type gated struct {
	t    *testing.T
	gate *hold.Gate
	tape *tape.Tape
	all  http.Handler
	up   chan time.Time // the time of whatever is held is up
	read int            // of the tape
}

func newGated(t *testing.T) *gated {
	t.Helper()
	p, err := mockidp.New(mockidp.Config{BaseURL: base, Realms: []mockidp.Realm{mockidp.StoryRealm()}})
	if err != nil {
		t.Fatal(err)
	}
	g := &gated{t: t, tape: tape.New(tape.Bounds{}), up: make(chan time.Time)}
	g.gate = hold.New(hold.Options{
		Provider: func() *mockidp.Provider { return p }, Tape: g.tape, After: func(time.Duration) <-chan time.Time { return g.up },
	})
	g.all = g.gate.Around(g.tape.Around(p, trace.AuthorizationServer))
	return g
}

// send asks for tokens; the answer comes when it comes.
func (g *gated) send(ctx context.Context, body string) <-chan *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, tokenURL, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := make(chan *httptest.ResponseRecorder, 1)
	go func() {
		w := httptest.NewRecorder()
		g.all.ServeHTTP(w, r)
		answer <- w
	}()
	return answer
}

// deed waits for the next event and returns it.
func (g *gated) deed() tape.Event {
	g.t.Helper()
	for {
		if err := g.tape.Wait(g.t.Context(), g.read); err != nil {
			g.t.Fatal(err)
		}
		found, _ := g.tape.After(g.read, 1)
		g.read++
		if e := found[0].Event; e != nil {
			return *e
		}
	}
}

// holds arms the gate, sends and waits until the request is held.
func (g *gated) holds(w hold.Wish, body string) (hold.Held, <-chan *httptest.ResponseRecorder) {
	g.t.Helper()
	if err := g.gate.Arm(w); err != nil {
		g.t.Fatal(err)
	}
	answer := g.send(g.t.Context(), body)
	if e := g.deed(); e.Deed != tape.RequestHeld || e.Client != "my-service-client" || e.Realm != "demo" {
		g.t.Errorf("told %+v", e)
	}
	return g.gate.Held()[0], answer
}

func TestTheNextRequestIsHeldAndShownAndSentOnAsItCame(t *testing.T) {
	g := newGated(t)
	h, answer := g.holds(hold.Wish{Client: "my-service-client", Endpoint: "token"}, good)
	want := []trace.Field{
		{Name: "grant_type", Value: "client_credentials"},
		{Name: "client_id", Value: "my-service-client"},
		{Name: "client_secret", Value: "my-service-secret"},
	}
	if diff := cmp.Diff(want, h.Form); diff != "" || h.Method != http.MethodPost || h.URL != tokenURL || h.Until.Sub(h.Since) != hold.Usually {
		t.Errorf("it is shown as %+v\n%s", h, diff)
	}
	if _, armed := g.gate.Armed(); armed {
		t.Error("one request was to be held, and the gate waits for another")
	}
	if second := <-g.send(t.Context(), good); second.Code != http.StatusOK {
		t.Errorf("the request after it is answered with %d", second.Code)
	}
	if err := g.gate.LetGo(h.ID, hold.Decision{}); err != nil {
		t.Fatal(err)
	}
	if w := <-answer; w.Code != http.StatusOK || g.deed().Deed != tape.RequestSentOn {
		t.Errorf("it is answered with %d %s", w.Code, w.Body)
	}
	if err := g.gate.LetGo(h.ID, hold.Decision{}); err == nil || len(g.gate.Held()) != 0 {
		t.Errorf("it is sent on twice: %v", err)
	}
}

func TestOnlyWhatWasWishedForIsHeld(t *testing.T) {
	for name, w := range map[string]hold.Wish{
		"another client":   {Client: "react-client"},
		"another endpoint": {Endpoint: "userinfo"},
	} {
		g := newGated(t)
		if err := g.gate.Arm(w); err != nil {
			t.Fatal(err)
		}
		if got := <-g.send(t.Context(), good); got.Code != http.StatusOK {
			t.Errorf("%s: %d", name, got.Code)
		}
		if _, armed := g.gate.Armed(); !armed {
			t.Errorf("%s: the gate is open", name)
		}
	}
	g := newGated(t)
	for _, w := range []hold.Wish{{Realm: "nowhere"}, {Endpoint: "moon"}, {For: time.Hour}, {Times: -1}} {
		if g.gate.Arm(w) == nil {
			t.Errorf("%+v can be waited for", w)
		}
	}
}

func TestAHeldRequestIsChangedBeforeItIsAnswered(t *testing.T) {
	g := newGated(t)
	h, answer := g.holds(hold.Wish{}, good)
	form := slices.Clone(h.Form)
	form[2].Value = "wrong"
	header := append(slices.Clone(h.Header), trace.Field{Name: "X-Tried", Value: "yes"})
	if err := g.gate.LetGo(h.ID, hold.Decision{Form: form, Header: header, Query: []trace.Field{}}); err != nil {
		t.Fatal(err)
	}
	if w := <-answer; w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "invalid_client") {
		t.Errorf("with another secret it is answered with %d %s", w.Code, w.Body)
	}
	if e := g.deed(); e.Deed != tape.RequestChanged || e.Says != "token, client_secret, X-Tried" {
		t.Errorf("told %+v", e)
	}
	found, _ := g.tape.After(0, 10)
	last := found[len(found)-1].Request
	if last.HeaderValue("X-Tried") != "yes" || !strings.HasSuffix(string(last.Body), "client_secret=wrong") {
		t.Errorf("on the tape stands %+v %s", last.Header, last.Body)
	}
}

func TestAHeldRequestIsAnsweredWithTheTroubleThatWasChosen(t *testing.T) {
	g := newGated(t)
	h, answer := g.holds(hold.Wish{}, good)
	foreign := &mockidp.Fault{Kind: "error", Endpoint: "token", Error: "login_required"}
	if err := g.gate.LetGo(h.ID, hold.Decision{Trouble: foreign}); err == nil {
		t.Error("an error that the endpoint never gives was taken")
	}
	trouble := &mockidp.Fault{Kind: mockidp.FaultUnavailable}
	if err := g.gate.LetGo(h.ID, hold.Decision{Trouble: trouble}); err != nil {
		t.Fatal(err)
	}
	if w := <-answer; w.Code != http.StatusServiceUnavailable || g.deed().Deed != tape.RequestFailed {
		t.Errorf("it is answered with %d", w.Code)
	}
	if after := <-g.send(t.Context(), good); after.Code != http.StatusOK {
		t.Errorf("the trouble strikes the next request, too: %d", after.Code)
	}
}

func TestASpoiltTokenIsOfTheHeldRequestAlone(t *testing.T) {
	g := newGated(t)
	h, answer := g.holds(hold.Wish{}, good)
	if err := g.gate.LetGo(h.ID, hold.Decision{Trouble: &mockidp.Fault{Kind: mockidp.FaultUnsigned}}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal((<-answer).Body.Bytes(), &got); err != nil || !strings.HasSuffix(got.Token, ".") {
		t.Errorf("the token is %q (%v), and it was to have no signature", got.Token, err)
	}
}

func TestATimeoutLetsGoAndSaysSo(t *testing.T) {
	g := newGated(t)
	h, answer := g.holds(hold.Wish{For: time.Minute}, good)
	g.up <- h.Until
	if w := <-answer; w.Code != http.StatusOK {
		t.Errorf("it is answered with %d", w.Code)
	}
	if e := g.deed(); e.Deed != tape.RequestTimedUp || !strings.Contains(e.Says, "1m0s") {
		t.Errorf("told %+v", e)
	}
}

func TestAClientThatGoesAwayIsHeldNoLonger(t *testing.T) {
	g := newGated(t)
	if err := g.gate.Arm(hold.Wish{}); err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	answer := g.send(ctx, good)
	g.deed()
	leave()
	<-answer
	if e := g.deed(); e.Deed != tape.RequestGone || len(g.gate.Held()) != 0 {
		t.Errorf("told %+v, %d are held", e, len(g.gate.Held()))
	}
	if found, _ := g.tape.After(0, 10); slices.ContainsFunc(found, func(e tape.Exchange) bool { return e.Event == nil }) {
		t.Error("a request that nobody waits for was answered")
	}
}

// order sends an order to the control side.
func (g *gated) order(method, path, body string) (int, string) {
	w := httptest.NewRecorder()
	g.gate.Control().ServeHTTP(w, httptest.NewRequestWithContext(g.t.Context(), method, base+path, strings.NewReader(body)))
	return w.Code, w.Body.String()
}

func TestAnotherProgramHoldsChangesAndSendsOn(t *testing.T) {
	g := newGated(t)
	if status, said := g.order(http.MethodPut, "/hold", `{"client":"my-service-client","for":"20s"}`); status != 200 || !strings.Contains(said, `"for":"20s"`) {
		t.Fatalf("%d %s", status, said)
	}
	answer := g.send(t.Context(), good)
	g.deed()
	var now struct {
		Armed *struct{} `json:"armed"`
		Held  []struct {
			ID   int           `json:"id"`
			Form []trace.Field `json:"form"`
		} `json:"held"`
	}
	_, said := g.order(http.MethodGet, "/hold", "")
	if err := json.Unmarshal([]byte(said), &now); err != nil || len(now.Held) != 1 || len(now.Held[0].Form) != 3 || now.Armed != nil {
		t.Fatalf("%s (%v)", said, err)
	}
	id := "/hold/" + strconv.Itoa(now.Held[0].ID)
	for body, want := range map[string]int{
		`{"trouble":{"kind":"moon"}}`:              http.StatusBadRequest,
		`{"trouble":{"kind":"delay","by":"soon"}}`: http.StatusBadRequest,
		`{"body":"x"}`:                             http.StatusBadRequest,
	} {
		if status, said := g.order(http.MethodPost, id, body); status != want {
			t.Errorf("%s: %d %s", body, status, said)
		}
	}
	if status, said := g.order(http.MethodPost, id, `{"form":[{"name":"grant_type","value":"password"}]}`); status != http.StatusNoContent {
		t.Errorf("%d %s", status, said)
	}
	if w := <-answer; w.Code == http.StatusOK {
		t.Errorf("a request without a client is answered with %d", w.Code)
	}
	for _, path := range []string{id, "/hold/x"} {
		if status, _ := g.order(http.MethodPost, path, ""); status != http.StatusNotFound {
			t.Errorf("POST %s: %d", path, status)
		}
	}
	if status, _ := g.order(http.MethodPut, "/hold", `{"for":"long"}`); status != http.StatusBadRequest {
		t.Errorf("for a long time: %d", status)
	}
}

func TestWhoeverHoldsNothingAnyMoreSendsOnWhatIsHeld(t *testing.T) {
	g := newGated(t)
	_, answer := g.holds(hold.Wish{Times: 3}, good)
	if status, _ := g.order(http.MethodDelete, "/hold", ""); status != http.StatusNoContent {
		t.Errorf("%d", status)
	}
	if w := <-answer; w.Code != http.StatusOK {
		t.Errorf("what was held is answered with %d", w.Code)
	}
	if _, armed := g.gate.Armed(); armed {
		t.Error("the gate waits for more")
	}
}
