package live_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	base   = "http://127.0.0.1:8180"
	issuer = base + "/realms/demo"
)

// served is a provider whose exchanges are on a tape, and a log of it.
type served struct {
	http.Handler

	log  *live.Log
	tape *tape.Tape
}

func serve(t *testing.T) *served {
	t.Helper()
	return serveOn(t, tape.New(tape.Bounds{}))
}

func serveOn(t *testing.T, kept *tape.Tape) *served {
	t.Helper()
	p, err := mockidp.New(mockidp.Config{BaseURL: base, Realms: []mockidp.Realm{mockidp.StoryRealm()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return &served{kept.Around(p, trace.AuthorizationServer), live.New(kept, diagnosis.Known{Ended: true}), kept}
}

func (s *served) token(t *testing.T, form string, header ...string) {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, issuer+"/protocol/openid-connect/token", strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	s.ServeHTTP(httptest.NewRecorder(), req)
}

func (s *served) authorize(t *testing.T, parameters url.Values) {
	t.Helper()
	target := issuer + "/protocol/openid-connect/auth?" + parameters.Encode()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, http.NoBody)
	req.Header.Set("Accept", "text/html")
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	s.ServeHTTP(httptest.NewRecorder(), req)
}

// listed writes the runs as lines.
func listed(l *live.Log) []string {
	var lines []string
	for _, r := range l.Runs() {
		lines = append(lines, fmt.Sprint(r.Number, " ", r.Client, " ", r.State, " ", r.At, " ", r.Flow))
	}
	return lines
}

func TestEachLoginOfAClientIsARunOfTheFlowItComesClosestTo(t *testing.T) {
	s := serve(t)
	s.token(t, "grant_type=client_credentials&client_id=my-service-client&client_secret=my-service-secret&scope=read%3Ainvoices")
	s.token(t, "grant_type=authorization_code&code=unknown&client_id=spring-client-app&client_secret=spring-client-secret&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback")
	s.authorize(t, url.Values{
		"client_id": {"angular-client"}, "response_type": {"code"}, "redirect_uri": {"http://localhost:4200/callback/"}, "scope": {"openid"},
		"state": {"s1"}, "code_challenge": {strings.Repeat("x", 43)}, "code_challenge_method": {"S256"},
	})
	if !s.log.Read() || s.log.Read() {
		t.Error("what is new is read once")
	}
	want := []string{
		"3 angular-client stopped authorization openid-connect",
		"2 spring-client-app stopped token authorization-code",
		"1 my-service-client done token client-credentials",
	}
	if diff := cmp.Diff(want, listed(s.log)); diff != "" {
		t.Error(diff)
	}
	if n := s.log.Newest(); n != 3 {
		t.Errorf("the newest is said to be number %d", n)
	}
	d := s.log.Diagnose(3)
	if len(d.Causes) == 0 || !strings.HasPrefix(d.Causes[0].ID, "redirect-uri") {
		t.Errorf("a redirect URI with a slash too many is diagnosed as %+v", d.Causes)
	}
	if none := s.log.Diagnose(4); s.log.Trace(4) != nil || s.log.Login(4) != nil || none.Failed() {
		t.Error("there is a run that nobody made")
	}
}

func TestTheMessagesOfARunHaveTheStepsOfItsFlow(t *testing.T) {
	s := serve(t)
	s.token(t, "grant_type=client_credentials&client_id=my-service-client&client_secret=my-service-secret&scope=read%3Ainvoices")
	s.token(t, "grant_type=client_credentials&client_id=my-service-client&client_secret=wrong")
	s.log.Read()
	run := s.log.Trace(1)
	flow, ok := flows.Find(run.Flow)
	if !ok || len(run.Messages) != 2 || run.Outcome.State != trace.Completed {
		t.Fatalf("the run is %+v", run)
	}
	for _, m := range run.Messages {
		if m.Step == flows.OtherRequest || m.Step == flows.OtherResponse || m.Chapter == "" {
			t.Errorf("%s %s is step %q of chapter %q in %s", m.Kind, m.URL, m.Step, m.Chapter, flow.ID)
		}
	}
	out := s.log.Trace(2).Outcome
	if out.State != trace.Refused || out.By != trace.AuthorizationServer || out.Error != "invalid_client" || out.Rule == "" {
		t.Errorf("the refused one ended with %+v", out)
	}
}

func TestAPageThatAsksForTokensIsTheClient(t *testing.T) {
	s := serve(t)
	s.token(t, "grant_type=authorization_code&code=x&client_id=react-client&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&code_verifier="+
		strings.Repeat("v", 43), "Origin", "http://localhost:3000", "Sec-Fetch-Mode", "cors")
	s.log.Read()
	if run := s.log.Runs()[0]; run.Flow != "authorization-code-pkce" {
		t.Errorf("a code that is redeemed with a verifier is told as %s", run.Flow)
	}
	if m := s.log.Trace(1).Messages[0]; m.From != trace.Client || m.Channel != trace.Front {
		t.Errorf("the token request of a page came from %s by the %s channel", m.From, m.Channel)
	}
}

// Who is signed in already is sent back from the authorization endpoint; in the flow, pages come before that.
func TestAnAnswerThatSkipsThePagesOfTheFlowIsNamedByWhereItLeads(t *testing.T) {
	for location, want := range map[string]string{
		"http://localhost:3000/callback?code=c&state=s1": "code-redirect",
		"/realms/demo/somewhere":                         flows.OtherResponse,
	} {
		kept := tape.New(tape.Bounds{})
		kept.Put(trace.Message{
			Kind: trace.Request, Method: http.MethodGet, From: trace.UserAgent, To: trace.AuthorizationServer, Channel: trace.Front,
			URL: issuer + "/protocol/openid-connect/auth?client_id=react-client&response_type=code&scope=openid&state=s1",
		}, trace.Message{
			Kind: trace.Response, Status: http.StatusSeeOther, From: trace.AuthorizationServer, To: trace.UserAgent,
			Header: []trace.Field{{Name: "Location", Value: location}},
		})
		log := live.New(kept, diagnosis.Known{})
		log.Read()
		if m := log.Trace(1).Messages[1]; m.Step != want {
			t.Errorf("the answer that leads to %s is %q, want %q", location, m.Step, want)
		}
	}
}

func TestALogThatIsClearedListsOnlyWhatComes(t *testing.T) {
	s := serve(t)
	s.token(t, "grant_type=client_credentials&client_id=my-service-client&client_secret=wrong")
	s.log.Read()
	s.log.Clear()
	if runs := s.log.Runs(); len(runs) != 0 || s.log.Len() != 0 || s.log.Newest() != 0 {
		t.Errorf("%v are listed after all was cleared", runs)
	}
	s.token(t, "grant_type=client_credentials&client_id=my-service-client&client_secret=wrong")
	s.log.Read()
	if diff := cmp.Diff([]string{"2 my-service-client stopped token client-credentials"}, listed(s.log)); diff != "" {
		t.Error(diff)
	}
}

func TestALogKeepsAboutAsMuchAsItsTape(t *testing.T) {
	s := serveOn(t, tape.New(tape.Bounds{Exchanges: 8}))
	const service = "grant_type=client_credentials&client_id=my-service-client&client_secret="
	for range 30 {
		s.token(t, service+"my-service-secret")
		s.log.Read()
	}
	s.token(t, service+"wrong")
	s.log.Read()
	runs := s.log.Runs()
	if s.log.Len() > 8 || s.log.Len()+s.log.Gone() != 31 || len(runs) != s.log.Len() || runs[0].Number != 31 {
		t.Errorf("%d exchanges are kept as %d runs, the newest is number %d; %d are gone", s.log.Len(), len(runs), runs[0].Number, s.log.Gone())
	}
	if d := s.log.Diagnose(31); len(d.Causes) == 0 || d.Causes[0].At.Number != 31 {
		t.Errorf("the last one is diagnosed as %+v", d.Causes)
	}
	if s.log.Trace(1) != nil {
		t.Error("the first one is still there")
	}
}

func TestAllThatFlowOfNamesAreFlows(t *testing.T) {
	for _, grant := range []string{"client_credentials", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", "other"} {
		m := &trace.Message{
			Kind: trace.Request, Method: http.MethodPost, URL: issuer + "/token", Body: []byte("grant_type=" + url.QueryEscape(grant)),
			Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		}
		_, login := logins.NewJoiner().Add(m, nil)
		if id := live.FlowOf(login); id == "" {
			t.Errorf("%s is no flow", grant)
		} else if _, ok := flows.Find(id); !ok {
			t.Errorf("%s is told as %q, which is no flow", grant, id)
		}
	}
}

func TestWhatWasDoneToTheServerStandsBetweenTheExchanges(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	s := serveOn(t, kept)
	ask := func() {
		s.authorize(t, url.Values{
			"client_id": {"angular-client"}, "response_type": {"code"}, "redirect_uri": {"http://localhost:4200/callback"}, "scope": {"openid"},
			"state": {"state-1"}, "code_challenge": {strings.Repeat("x", 43)}, "code_challenge_method": {"S256"},
		})
	}
	kept.Tell(tape.Event{Deed: tape.KeysRotated, Realm: "demo"}) // before
	ask()
	kept.Tell(tape.Event{Deed: tape.ClockMoved, Realm: "demo", Says: "10m0s"})
	kept.Tell(tape.Event{Deed: tape.RequestHeld, Realm: "demo", Client: "react-client"}) // of another
	ask()
	kept.Tell(tape.Event{Deed: tape.SessionEnded, Realm: "demo"}) // after
	s.log.Read()
	if n := len(s.log.Events()); n != 4 || s.log.Events()[0].Deed != tape.SessionEnded {
		t.Errorf("%d events are told, the newest is %+v", n, s.log.Events()[0])
	}
	if of := deedsOf(s.log, 1); !slices.Equal(of, []string{tape.ClockMoved, tape.SessionEnded}) || s.log.Len() != 2 || s.log.Around() != 0 {
		t.Errorf("during the login and since %q happened; %d exchanges, %d belong to no login", of, s.log.Len(), s.log.Around())
	}
	run := s.log.Trace(1)
	if len(run.Messages) != 6 {
		t.Fatalf("in the run stands %+v", run.Messages)
	}
	for at, want := range map[int]string{2: tape.ClockMoved, 5: tape.SessionEnded} {
		if what, ok := run.Messages[at].DeedOf(); !ok || what != want || run.Messages[at].Chapter == "" {
			t.Errorf("in the run stands %+v, and should %s", run.Messages[at], want)
		}
	}
	for _, saved := range []*trace.Trace{run, session(s.log)} {
		again := live.New(live.Tape(saved), diagnosis.Known{})
		again.Read()
		if of := again.EventsOf(1); len(of) != 2 || of[0].Says != "10m0s" || again.Len() != 2 {
			t.Errorf("out of a file the login has %+v", of)
		}
	}
}

func TestTheOldestOfManyEventsAreForgotten(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	s := serveOn(t, kept)
	for range live.MostEvents + 1 {
		kept.Tell(tape.Event{Deed: tape.KeysRotated})
	}
	s.log.Read()
	if n := len(s.log.Events()); n != live.MostEvents || s.log.EventsOf(7) != nil {
		t.Errorf("%d events are remembered", n)
	}
}

// Nothing is said twice: what was done after a login stands with that until the client begins another one.
func TestWhatWasDoneSinceALoginIsOfTheNextOneWhenThatBegins(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	s := serveOn(t, kept)
	begins := func(client, state string) {
		s.authorize(t, url.Values{"client_id": {client}, "response_type": {"code"}, "scope": {"openid"}, "state": {state}})
	}
	begins("angular-client", "1")
	begins("react-client", "2")
	kept.Tell(tape.Event{Deed: tape.KeysRotated, Realm: "demo"})
	begins("angular-client", "3")
	kept.Tell(tape.Event{Deed: tape.ClockMoved, Realm: "demo"})
	s.log.Read()
	both := []string{tape.KeysRotated, tape.ClockMoved}
	for number, want := range map[int][]string{1: both[:1], 2: both, 3: both[1:]} {
		if of := deedsOf(s.log, number); !slices.Equal(of, want) {
			t.Errorf("with login %d stands %q, want %q", number, of, want)
		}
	}
}

// deedsOf are what was done to the server during a login and since.
func deedsOf(l *live.Log, number int) (deeds []string) {
	for _, e := range l.EventsOf(number) {
		deeds = append(deeds, e.Deed)
	}
	return deeds
}

func session(l *live.Log) *trace.Trace {
	t, _ := l.Session()
	return t
}

// A browser that says nothing of itself, and whoever plays one by hand, comes
// to the page of the provider as a browser all the same.
func TestWhoComesToTheAuthorizationEndpointIsABrowser(t *testing.T) {
	s := serve(t)
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet,
		issuer+"/protocol/openid-connect/auth?client_id=angular-client&response_type=code&scope=openid&redirect_uri=http://localhost:1/nowhere", http.NoBody)
	s.ServeHTTP(httptest.NewRecorder(), req)
	s.log.Read()
	run := s.log.Trace(s.log.Newest())
	if run == nil || len(run.Messages) != 2 {
		t.Fatalf("there is no run of two messages: %+v", run)
	}
	ask, answer := run.Messages[0], run.Messages[1]
	if ask.From != trace.UserAgent || answer.To != trace.UserAgent || ask.Step != "authorize" || answer.Step != "error-page" {
		t.Errorf("%s sends %q, and %s gets %q", ask.From, ask.Step, answer.To, answer.Step)
	}
}
