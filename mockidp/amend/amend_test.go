package amend_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/amend"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

const text = `# Ask Ann.
[[realm]]
name = "shop"

[[realm.client]]
client_id = "web" # as in production
redirect_uris = ["http://localhost:3000/callback"]

[[realm.person]]
username = "ann"
password = "ann"
`

// shop serves a config, of a file or of none, and takes changes.
type shop struct {
	*amend.Desk

	t        *testing.T
	file     string
	asked    mockidp.Config // of the file
	served   mockidp.Config
	provider *mockidp.Provider
	tape     *tape.Tape
}

func open(t *testing.T, withFile bool) *shop {
	t.Helper()
	s := &shop{t: t, tape: tape.New(tape.Bounds{})}
	s.read(text)
	if withFile {
		s.file = filepath.Join(t.TempDir(), "idp.toml")
		s.write(text)
	}
	p, err := mockidp.New(s.asked)
	if err != nil {
		t.Fatal(err)
	}
	s.provider, s.served = p, s.asked
	t.Cleanup(func() { _ = s.provider.Close() })
	s.Desk = amend.New(amend.Options{
		Config: func() mockidp.Config { return s.served }, Provider: func() *mockidp.Provider { return s.provider },
		Serve: s.serve, File: s.file, Tape: s.tape,
		Reread: func() error {
			now, err := os.ReadFile(s.file)
			s.read(string(now))
			return errors.Join(err, s.serve(nil))
		},
	})
	return s
}

func (s *shop) read(text string) {
	s.t.Helper()
	f, err := configfile.Read("idp.toml", text)
	if err != nil {
		s.t.Fatal(err)
	}
	s.asked = f.Config
	s.asked.BaseURL = "https://idp.example"
}

func (s *shop) write(text string) {
	s.t.Helper()
	if err := os.WriteFile(s.file, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) now() string {
	s.t.Helper()
	read, err := os.ReadFile(s.file)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(read)
}

func (s *shop) serve(all amend.Changes) error {
	cfg, err := all.Apply(s.asked)
	if err != nil {
		return err
	}
	next, err := s.provider.Reconfigure(cfg)
	if err == nil {
		s.provider, s.served = next, cfg
	}
	return err
}

// order asks the control endpoint.
func (s *shop) order(method, path, body string, want int) string {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.Control().ServeHTTP(w, httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(body)))
	if w.Code != want {
		s.t.Errorf("%s %s is answered %d %s, want %d", method, path, w.Code, w.Body, want)
	}
	return w.Body.String()
}

const tv = `{"client_id":"tv","grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`

func TestAClientThatIsPutIsServedAtOnce(t *testing.T) {
	s := open(t, false)
	s.order(http.MethodPut, "/setup/shop/client/tv", tv, http.StatusOK)
	if _, err := s.provider.Realm("shop").Client("tv"); err != nil {
		t.Error(err)
	}
	s.order(http.MethodPut, "/setup/shop/person/bob", `{"username":"bob","password":"bob"}`, http.StatusOK)
	s.order(http.MethodPut, "/setup/shop/scope/invoices", `{"name":"invoices"}`, http.StatusOK)
	var all struct {
		Unwritten int
		Lists     map[string][]map[string]any
		Keys      map[string][]configfile.Key
	}
	if err := json.Unmarshal([]byte(s.order(http.MethodGet, "/setup/shop", "", http.StatusOK)), &all); err != nil {
		t.Fatal(err)
	}
	if all.Unwritten != 3 || len(all.Lists["client"]) != 2 || len(all.Lists["person"]) != 2 || all.Lists["scope"][0]["name"] != "openid" ||
		all.Keys["scope"][0].Name != "name" {
		t.Errorf("listed is %+v", all)
	}
	found, _ := s.tape.After(0, 9)
	if len(found) != 3 || found[0].Event.Deed != tape.EntryChanged || found[0].Event.Says != "client tv" {
		t.Errorf("on the tape is %+v", found)
	}
}

func TestASlipChangesNothingAndNamesTheKey(t *testing.T) {
	s := open(t, true)
	for body, want := range map[string]string{
		`{"client_id":"tv","grant_type":["x"]}`:                                "did you mean \"grant_types\"?",
		`{"client_id":"tv","redirect_uris":["http://elsewhere.example/cb"]}`:   "redirect_uris",
		`{"client_id":"tv","redirect_uris":["https://a.example"],"scope":"x"}`: "scope",
		`{"client_id":"web","redirect_uris":["http://localhost/"]}`:            "web is there already",
	} {
		if said := s.order(http.MethodPut, "/setup/shop/client/tv", body, http.StatusBadRequest); !strings.Contains(jsonText(t, said), want) {
			t.Errorf("%s is answered %s, want %s", body, said, want)
		}
	}
	s.order(http.MethodPut, "/setup/nobody/client/tv", tv, http.StatusNotFound)
	s.order(http.MethodPut, "/setup/shop/fault/tv", `{}`, http.StatusNotFound)
	s.order(http.MethodDelete, "/setup/shop/client/tv", "", http.StatusNotFound)
	s.order(http.MethodGet, "/setup/nobody", "", http.StatusNotFound)
	s.order(http.MethodPut, "/setup/shop/client/tv", `{"client_id":"`+strings.Repeat("x", 70_000)+`"}`, http.StatusRequestEntityTooLarge)
	s.order(http.MethodPost, "/config", `{"all":1}`, http.StatusBadRequest)
	if found, _ := s.tape.After(0, 9); len(found) != 0 || s.now() != text {
		t.Errorf("told is %+v, and the file says %s", found, s.now())
	}
}

func jsonText(t *testing.T, said string) string {
	t.Helper()
	var r struct{ Error string }
	if err := json.Unmarshal([]byte(said), &r); err != nil {
		t.Fatal(err)
	}
	return r.Error
}

func TestWhatIsTakenOutCountsWhatItHeld(t *testing.T) {
	s := open(t, false)
	s.order(http.MethodPut, "/setup/shop/client/tv", tv, http.StatusOK)
	form := httptest.NewRequestWithContext(t.Context(), http.MethodPost, s.provider.Realm("shop").DeviceAuthURL(),
		strings.NewReader("client_id=tv&scope=openid"))
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.provider.ServeHTTP(w, form)
	if w.Code != http.StatusOK {
		t.Fatal(w.Body)
	}
	if said := s.order(http.MethodDelete, "/setup/shop/client/tv", "", http.StatusOK); !strings.Contains(said, `"devices":1`) {
		t.Errorf("it is said to have held %s", said)
	}
	found, _ := s.tape.After(1, 9)
	if e := found[0].Event; e.Deed != tape.EntryRemoved || e.Says != "client tv, and with it 1 device ended" {
		t.Errorf("told is %+v", e)
	}
}

func TestATableThatGetsAnotherNameIsAnotherOne(t *testing.T) {
	s := open(t, true)
	s.order(http.MethodPut, "/setup/shop/person/ann", `{"username":"anna","password":"ann"}`, http.StatusOK)
	if p := s.served.Realms[0].People; len(p) != 1 || p[0].Username != "anna" {
		t.Errorf("the people are %+v", p)
	}
	s.order(http.MethodPut, "/setup/shop/person/anna", `{"username":"ann","password":"ann"}`, http.StatusOK)
	s.order(http.MethodPost, "/config", "", http.StatusOK)
	if s.now() != text {
		t.Errorf("back under the old name the file is another:\n%s", s.now())
	}
}

func TestTheFileIsWrittenWithItsCommentsAndReadsAsWhatIsServed(t *testing.T) {
	s := open(t, true)
	s.order(http.MethodPut, "/setup/shop/client/tv", tv, http.StatusOK)
	s.order(http.MethodPut, "/setup/shop/person/ann", `{"username":"ann","password":"better"}`, http.StatusOK)
	if s.now() != text {
		t.Error("the file was written and nobody asked for it")
	}
	if said := s.order(http.MethodPost, "/config", "{}", http.StatusOK); !strings.Contains(said, `"comments_kept":true`) {
		t.Error(said)
	}
	if now := s.now(); !strings.Contains(now, "# Ask Ann.") || !strings.Contains(now, "# as in production") ||
		!strings.Contains(now, `client_id = "tv"`) || !strings.Contains(now, `password = "better"`) {
		t.Errorf("the file says\n%s", now)
	}
	if len(s.served.Realms[0].Clients) != 2 || strings.Contains(s.order(http.MethodGet, "/setup/shop", "", http.StatusOK), `"unwritten":2`) {
		t.Errorf("served is %+v", s.served.Realms[0])
	}
}

func TestAFileThatSomebodyElseChangedIsNotWrittenUnasked(t *testing.T) {
	s := open(t, true)
	s.order(http.MethodPut, "/setup/shop/client/tv", tv, http.StatusOK)
	theirs := strings.Replace(text, "Ask Ann.", "Ask Bob.", 1)
	s.write(theirs)
	if said := s.order(http.MethodPost, "/config", "", http.StatusConflict); !strings.Contains(said, "over") || s.now() != theirs {
		t.Errorf("it says %s, and the file is\n%s", said, s.now())
	}
	s.order(http.MethodPost, "/config", `{"over":true}`, http.StatusOK)
	if now := s.now(); !strings.Contains(now, "Ask Bob.") || !strings.Contains(now, `"tv"`) {
		t.Errorf("what they wrote is gone:\n%s", now)
	}
}

func TestWithoutAFileTheConfigIsSaidAndReadsBack(t *testing.T) {
	s := open(t, false)
	s.order(http.MethodPut, "/setup/shop/client/tv", tv, http.StatusOK)
	s.order(http.MethodPost, "/config", "", http.StatusConflict)
	var said amend.Written
	if err := json.Unmarshal([]byte(s.order(http.MethodGet, "/config", "", http.StatusOK)), &said); err != nil {
		t.Fatal(err)
	}
	f, err := configfile.Read("idp.toml", said.Text)
	if err != nil || len(f.Config.Realms[0].Clients) != 2 {
		t.Errorf("%v:\n%s", err, said.Text)
	}
}

func TestOnlySoManyChangesWait(t *testing.T) {
	var all amend.Changes
	for range amend.Most {
		all = append(all, amend.Change{Realm: "gone"})
	}
	s := open(t, false)
	if cfg, err := all.Apply(s.asked); err != nil || len(cfg.Realms) != 1 { // of a realm that the file has no more
		t.Error(err)
	}
	if _, err := amend.With(all, amend.Change{Realm: "shop", List: "client", Name: "tv"}); err == nil || !strings.Contains(err.Error(), "1000") {
		t.Errorf("one more is answered %v", err)
	}
}
