package live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func service(secret string) string {
	return "grant_type=client_credentials&client_id=my-service-client&client_secret=" + secret
}

func found(l *live.Log, f live.Filter) string {
	runs, all := l.Find(f, 2)
	said := fmt.Sprint(all, ":")
	for _, r := range runs {
		said += fmt.Sprint(" ", r.Number)
	}
	return said
}

func TestLoginsAreFoundByAppByHowTheyWentAndByWhatStandsInThem(t *testing.T) {
	s := serve(t)
	for _, secret := range []string{"my-service-secret", "wrong", "wronger"} {
		s.token(t, service(secret))
	}
	s.token(t, "grant_type=authorization_code&code=unknown&client_id=react-client", "X-Ticket", "Ticket-7")
	s.log.Read()
	for _, c := range []struct {
		filter live.Filter
		want   string
	}{
		{live.Filter{}, "4: 4 3"},
		{live.Filter{Client: "my-service-client"}, "3: 3 2"},
		{live.Filter{State: logins.Done}, "1: 1"},
		{live.Filter{Client: "my-service-client", State: logins.Stopped}, "2: 3 2"},
		{live.Filter{Text: "REACT"}, "1: 4"},
		{live.Filter{Text: "wrong"}, "2: 3 2"},
		{live.Filter{Text: "Ticket-7"}, "1: 4"},
		{live.Filter{Text: "invalid_client"}, "2: 3 2"},
		{live.Filter{Text: "nothing of the kind"}, "0:"},
	} {
		if got := found(s.log, c.filter); got != c.want {
			t.Errorf("%+v finds %s, want %s", c.filter, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"my-service-client", "react-client"}, s.log.Clients()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsKeptStaysWhenTheListIsClearedAndWhenItsExchangesGiveWay(t *testing.T) {
	s := serveOn(t, tape.New(tape.Bounds{Exchanges: 8}))
	s.token(t, service("wrong"))
	s.token(t, service("wronger"))
	s.log.Read()
	if !s.log.Keep(1) {
		t.Error("a login cannot be kept")
	}
	s.log.Clear()
	if got := found(s.log, live.Filter{}); got != "1: 1" || s.log.Newest() != 0 {
		t.Errorf("a cleared list holds %s", got)
	}
	if session, left := s.log.Session(); len(session.Messages) != 2 || left != 0 || s.log.Len() != 1 {
		t.Errorf("of the one login that is kept %d messages are saved, %d left out, and %d exchanges listed", len(session.Messages), left, s.log.Len())
	}
	for range 20 {
		s.token(t, service("my-service-secret"))
	}
	for s.log.Read() {
	}
	session, _ := s.log.Session()
	if body := string(session.Messages[0].Body); !strings.Contains(body, "wrong") || strings.Contains(body, "wronger") {
		t.Errorf("when its exchanges gave way it is saved no longer: first comes %s", body)
	}
	runs, all := s.log.Find(live.Filter{}, 100)
	if last := runs[len(runs)-1]; last.Number != 1 || !last.Kept || all > 9 {
		t.Errorf("of %d logins the first is %+v", all, last)
	}
	if d := s.log.Diagnose(1); len(d.Causes) == 0 {
		t.Error("a login that is kept is diagnosed no longer")
	}
	if s.log.Keep(1) || s.log.Keep(77) || s.log.Trace(1) != nil {
		t.Error("a login that is kept no longer is still there")
	}
}

func TestASessionThatWasSavedOpensAgainAsItWas(t *testing.T) {
	s := serve(t)
	s.token(t, service("my-service-secret"))
	s.token(t, service("wrong"))
	s.log.Read()
	session, left := s.log.Session()
	again := live.New(live.Tape(session), diagnosis.Known{Ended: true})
	again.Read()
	if diff := cmp.Diff(listed(s.log), listed(again)); diff != "" || left != 0 {
		t.Errorf("%d left out, and the list is another:\n%s", left, diff)
	}
	if a, b := s.log.Diagnose(2).Causes, again.Diagnose(2).Causes; len(b) == 0 || a[0].ID != b[0].ID {
		t.Errorf("it was diagnosed as %+v and is as %+v", a, b)
	}
	s.log.Clear()
	if cleared, left := s.log.Session(); len(cleared.Messages) != 0 || left != 0 {
		t.Errorf("of a cleared list %d messages are saved", len(cleared.Messages))
	}
}

func TestALargeSessionKeepsItsNewestExchangesAndSaysHowManyItLeftOut(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	body := make([]byte, 60<<10)
	for range 400 {
		answer := trace.Message{Kind: trace.Response, Status: 200, Body: body}
		kept.Put(trace.Message{Kind: trace.Request, Method: "GET", URL: base + "/certs"}, answer)
	}
	l := live.New(kept, diagnosis.Known{})
	l.Read()
	session, left := l.Session()
	if left == 0 || len(session.Messages)/2+left != 400 {
		t.Errorf("%d messages, %d left out", len(session.Messages), left)
	}
}
