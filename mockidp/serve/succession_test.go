package serve

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/amend"
)

// windowed serves from within this program, with a file or without one.
func windowed(t *testing.T, config string) (*tape.Server, tape.Orders) {
	t.Helper()
	s, err := Inside(t.Context(), tape.Wish{Listen: "127.0.0.1:0", Config: config}, APIs{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.End(); err != nil {
			t.Error(err)
		}
	})
	return s, tape.Orders{In: s.Control, Key: s.Key}
}

func TestWhatTheWindowServesIsChangedAndSavedAsAFileThatServesTheSame(t *testing.T) {
	s, orders := windowed(t, "")
	person := map[string]any{"username": "zoe", "password": "zoe", "claims": map[string]any{"name": "Zoe"}}
	if err := orders.Do(t.Context(), http.MethodPut, "/setup/demo/person/zoe", person, nil); err != nil {
		t.Fatal(err)
	}
	var text amend.Written
	if err := orders.Do(t.Context(), http.MethodGet, "/config", nil, &text); err != nil {
		t.Fatal(err)
	}
	_, again := windowed(t, file(t, text.Text))
	var first, second struct{ Lists map[string]any }
	for orders, into := range map[*tape.Orders]any{&orders: &first, &again: &second} {
		if err := orders.Do(t.Context(), http.MethodGet, "/setup/demo", nil, into); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := first.Lists["person"], second.Lists["person"]; len(a.([]any)) != len(b.([]any)) || !strings.Contains(text.Text, `"zoe"`) {
		t.Errorf("a file of what is served serves %v, and was made of %v", b, a)
	}
	found, _ := s.Tape.After(0, 9)
	if len(found) != 1 || found[0].Event.Deed != tape.EntryChanged {
		t.Errorf("told is %+v", found)
	}
}

func TestChangesOutliveAFileThatIsReadAgainAndEndWhenTheyAreWritten(t *testing.T) {
	r, _ := reloading(t, oneRealm, logText)
	desk := r.desk()
	if _, err := desk.Put("a", "person", "bob", []byte(`{"username":"bob","password":"bob"}`)); err != nil {
		t.Fatal(err)
	}
	write(t, r.flags.config, withAnApp)
	r.look()
	r.look()
	realm := r.front.served.Load().config.Realms[0]
	if len(realm.Clients) != 1 || len(realm.People) == 0 || realm.People[len(realm.People)-1].Username != "bob" {
		t.Fatalf("after the file was read again %+v is served", realm)
	}
	if _, err := desk.Write(false); err == nil {
		t.Error("what somebody else wrote meanwhile is written over unasked")
	}
	if w, err := desk.Write(true); err != nil || w.Unwritten != 0 {
		t.Fatalf("%+v, %v", w, err)
	}
	text, err := os.ReadFile(r.flags.config)
	if err != nil || !strings.Contains(string(text), `"bob"`) || len(r.changes) != 0 {
		t.Errorf("%v: %d changes wait, and the file says\n%s", err, len(r.changes), text)
	}
}

func TestASlipInAChangeNamesTheKeyAndNoLineOfTheFile(t *testing.T) {
	r, _ := reloading(t, oneRealm, logText)
	_, err := r.desk().Put("a", "client", "x", []byte(`{"client_id":"x","redirect_uris":["http://elsewhere.example/"]}`))
	if err == nil || !strings.Contains(err.Error(), "redirect_uris") || strings.Contains(err.Error(), "line ") {
		t.Errorf("it says %v", err)
	}
	if n := len(r.front.served.Load().config.Realms[0].Clients); n != 0 {
		t.Errorf("%d clients are served", n)
	}
}
