//go:build !race

package connect

import (
	"io"
	"net/http"
	"testing"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestWhatAServerAnswersAfterSomebodyLeftItChangesNothing(t *testing.T) {
	_, parts, _ := alone(t)
	var s *server
	s = orderly(parts, func(http.ResponseWriter, *http.Request) { s.left = true })
	s.order(http.MethodPost, "/keys/demo", nil, nil, func() { t.Error("nobody looks at it any more") })
}

func TestAnOrderThatIsRefusedIsSaidAndNothingFollows(t *testing.T) {
	d, parts, _ := alone(t)
	s := orderly(parts, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":"no such realm"}`, http.StatusNotFound)
	})
	s.order(http.MethodPost, "/keys/shop", nil, nil, func() { t.Error("it was not done") })
	if len(d.notices) != 1 || d.notices[0] != "refused: no such realm" {
		t.Errorf("it says %q", d.notices)
	}
}

func TestEachKindOfNewsIsTakenInOnce(t *testing.T) {
	_, parts, _ := alone(t)
	s := orderly(parts, nil)
	for _, c := range []struct {
		deed        string
		held, setup bool
	}{
		{tape.RequestHeld, true, false},
		{tape.ClockMoved, false, false},
		{tape.EntryChanged, false, true},
		{tape.RequestTimedUp, true, false},
	} {
		s.Tape.Tell(tape.Event{Deed: c.deed})
		if held, setup := s.read(); held != c.held || setup != c.setup {
			t.Errorf("after %s, it says held %t, setup %t", c.deed, held, setup)
		}
		if held, setup := s.read(); held || setup {
			t.Errorf("%s is told twice", c.deed)
		}
	}
}

func TestOrdersAreForTheRealmOfTheLogin(t *testing.T) {
	_, parts, _ := alone(t)
	s := orderly(parts, nil)
	of := func(path string) *logins.Login {
		e := &logins.Exchange{Request: &trace.Message{URL: "http://127.0.0.1:8180" + path}}
		return &logins.Login{Exchanges: []*logins.Exchange{e}}
	}
	if got := s.realmOf(nil); got != "" {
		t.Errorf("of a server of which nothing is known, it is %q", got)
	}
	s.Realms = []tape.Realm{{Name: "demo"}, {Name: "shop"}}
	for path, want := range map[string]string{
		"/realms/shop/protocol/openid-connect/token": "shop", "/realms/lab": "lab", "/favicon.ico": "demo",
	} {
		if got := s.realmOf(of(path)); got != want {
			t.Errorf("%s is of the realm %q, want %q", path, got, want)
		}
	}
	if got := s.realmOf(nil); got != "demo" {
		t.Errorf("without a login it is %q", got)
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
	d.room.server.learnRealms()
	d.says(d.room.sheet, issuer)
	if got := d.room.server.Realms[0]; d.room.people.realm() != "demo" ||
		got.Clients[0].RedirectURIs[0] != "http://localhost:3000/callback" || got.People[0].Username != "jane" {
		t.Errorf("orders are for the realm %q, of which is known %+v", d.room.people.realm(), got)
	}
	name = "shop"
	d.room.server.Tape.Tell(tape.Event{Deed: tape.ConfigChanged, Says: "idp.toml"})
	d.room.news()
	if d.room.people.realm() != "shop" {
		t.Errorf("after its config was changed, orders are for the realm %q", d.room.people.realm())
	}
}
