package drive_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/exam/drive"
)

// scene is a provider that asks for consent, and an app that shows what a test
// says.
type scene struct {
	app, idp *httptest.Server
	back     func(w http.ResponseWriter, r *http.Request)
}

func newScene(t *testing.T, back, home func(http.ResponseWriter, *http.Request)) *scene {
	t.Helper()
	s := &scene{back: back}
	idp := http.NewServeMux()
	idp.HandleFunc("GET /auth", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<form method="post" action="/allow"><input type="hidden" name="form" value="a&amp;b">`+
			`<button name="decision" value="approve">Allow</button><button name="decision" value="refuse">No</button></form>`)
	})
	idp.HandleFunc("POST /allow", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("form") != "a&b" || r.FormValue("decision") != "approve" {
			t.Errorf("the form is sent as %v", r.Form)
		}
		http.Redirect(w, r, s.app.URL+"/in?code=x", http.StatusSeeOther)
	})
	app := http.NewServeMux()
	app.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, s.idp.URL+"/auth", http.StatusFound) })
	app.HandleFunc("GET /in", func(w http.ResponseWriter, r *http.Request) { s.back(w, r) })
	app.HandleFunc("GET /{$}", home)
	s.idp, s.app = httptest.NewServer(idp), httptest.NewServer(app)
	t.Cleanup(func() { s.app.Close(); s.idp.Close() })
	return s
}

func (s *scene) driver(m drive.Mark) *drive.Driver {
	return &drive.Driver{Start: s.app.URL + "/login", Provider: s.idp.URL, When: m, Person: []string{"Jane Roe"}, Others: []string{"Samuel Poe"}}
}

func (s *scene) login(t *testing.T, d *drive.Driver) exam.Sight {
	t.Helper()
	seen, err := d.Login(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func lets(name string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "who", Value: strings.ReplaceAll(name, " ", "_"), Path: "/"}) //nolint:gosec // on this machine, over http
		http.Redirect(w, r, "/", http.StatusFound)
	}
}

func fails(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "<h1>Sorry</h1>wrong nonce", http.StatusUnauthorized)
}

func ignores(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }

func hello(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie("who"); err == nil {
		fmt.Fprint(w, "Hello "+strings.ReplaceAll(c.Value, "_", " "))
		return
	}
	fmt.Fprint(w, "Hello stranger")
}

func TestWhetherSomebodyIsLoggedInIsLearnedFromTheFirstLogin(t *testing.T) {
	s := newScene(t, lets("Jane Roe"), hello)
	d := s.driver(drive.Mark{})
	if seen := s.login(t, d); !seen.LoggedIn {
		t.Fatalf("the ordinary login is %+v", seen)
	}
	for name, c := range map[string]struct {
		back func(http.ResponseWriter, *http.Request)
		want exam.Sight
	}{
		"in again":      {lets("Jane Roe"), exam.Sight{Known: true, LoggedIn: true, Person: true}},
		"somebody else": {lets("Samuel Poe"), exam.Sight{Known: true, LoggedIn: true, Other: true}},
		"an error page": {fails, exam.Sight{Known: true}},
		"silently out":  {ignores, exam.Sight{Known: true}},
	} {
		s.back = c.back
		seen := s.login(t, d)
		if seen.Known != c.want.Known || seen.LoggedIn != c.want.LoggedIn || seen.Person != c.want.Person || seen.Other != c.want.Other {
			t.Errorf("%s: %+v", name, seen)
		}
		if name == "an error page" && (len(seen.Evidence) == 0 || !slices.Contains(seen.Evidence[0].With, "Sorry wrong nonce")) {
			t.Errorf("the words of the page are not quoted: %q", seen.Evidence)
		}
	}
}

func TestAnAppThatShowsNothingOfALoginTellsNothing(t *testing.T) {
	s := newScene(t, ignores, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "Hello") })
	d := s.driver(drive.Mark{})
	s.login(t, d)
	if seen := s.login(t, d); seen.Known {
		t.Errorf("it is said to be known: %+v", seen)
	}
	s.back = lets("nobody")
	marked := s.driver(drive.Mark{Cookie: "who"})
	s.login(t, marked)
	s.back = ignores
	if seen := s.login(t, marked); !seen.Known || seen.LoggedIn {
		t.Errorf("the cookie that was named is not looked for: %+v", seen)
	}
}

func TestAnAddressWithoutALoginNamesTheLinksThatLookLikeOne(t *testing.T) {
	s := newScene(t, ignores, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `<a href="/oauth2/start">Log in</a>`) })
	d := s.driver(drive.Mark{})
	d.Start = s.app.URL + "/"
	_, err := d.Login(t.Context())
	var lost *drive.NotStartedError
	if !errors.As(err, &lost) || !strings.Contains(err.Error(), s.app.URL+"/oauth2/start") {
		t.Errorf("%v", err)
	}
}

func TestAnAppThatIsNotThereYetIsWaitedFor(t *testing.T) {
	s := newScene(t, ignores, hello)
	var told []string
	tell := func(host string) { told = append(told, host) }
	if err := s.driver(drive.Mark{}).Await(t.Context(), tell); err != nil || len(told) > 0 {
		t.Errorf("an app that is there: %v, and somebody is told to wait for %q", err, told)
	}
	gone := s.driver(drive.Mark{})
	s.app.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := gone.Await(ctx, tell); err == nil || !strings.Contains(err.Error(), "nothing answers") || len(told) != 1 {
		t.Errorf("an app that is gone: %v, and somebody is told to wait for %q", err, told)
	}
}

func TestAMarkIsATextAStatusOrACookie(t *testing.T) {
	for said, want := range map[string]drive.Mark{
		"": {}, "text=a=b": {Text: "a=b"}, "status=204": {Status: 204}, "cookie=sid": {Cookie: "sid"},
	} {
		if got, err := drive.ParseMark(said, ""); got != want || err != nil {
			t.Errorf("%q: %+v, %v", said, got, err)
		}
	}
	for _, said := range []string{"text", "text=", "status=ok", "status=7", "header=x"} {
		if got, err := drive.ParseMark(said, ""); err == nil {
			t.Errorf("%q is taken for %+v", said, got)
		}
	}
}
