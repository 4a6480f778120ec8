package stage_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// asked is a scene in which the provider asks who somebody is and what they allow.
func asked(t *testing.T, c stage.Choices) (*scene, *stage.Page) {
	t.Helper()
	s := newScene(t, stage.Options{Choices: c})
	s.fake.page = asksThePerson
	_, page := s.logIn(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages"})
	if err := s.User.Reads(page); err != nil {
		t.Fatal(err)
	}
	return s, page
}

func TestAPersonDoesWhatTheLearnerChose(t *testing.T) {
	for name, tt := range map[string]struct {
		choices  stage.Choices
		gestures []string
		shown    string
	}{
		"all": {
			stage.Choices{},
			[]string{stage.StepClickLogin, stage.StepTypePassword, stage.StepGiveConsent, stage.StepSeeResult},
			"Welcome, Jane Doe",
		},
		"the wrong password": {
			stage.Choices{Typed: &stage.Typed{Username: "jane", Password: "wrong"}},
			[]string{stage.StepClickLogin, stage.StepWrongPassword, stage.StepSeeRefusal},
			"Sign in",
		},
		"no": {
			stage.Choices{Deny: true},
			[]string{stage.StepClickLogin, stage.StepTypePassword, stage.StepRefuseConsent, stage.StepSeeRefusal},
			"You are not signed in.",
		},
		"less": {
			stage.Choices{Withhold: []string{"mail.read"}},
			[]string{stage.StepClickLogin, stage.StepTypePassword, stage.StepGiveConsent, stage.StepSeeResult},
			"Welcome, Jane Doe",
		},
	} {
		s, _ := asked(t, tt.choices)
		if got := gestures(s); !slices.Equal(got, tt.gestures) {
			t.Errorf("%s: the person did %v, want %v", name, got, tt.gestures)
		}
		if object, _ := s.shown(); object != tt.shown {
			t.Errorf("%s: the person sees %q, want %q", name, object, tt.shown)
		}
		withheld := len(tt.choices.Withhold) > 0
		if granted := s.fake.request.Get("granted"); (granted == "yes") == withheld && name != "the wrong password" && name != "no" {
			t.Errorf("%s: the box was sent as %q", name, granted)
		}
	}
}

func TestWhoWithholdsSomethingTellsSo(t *testing.T) {
	s, _ := asked(t, stage.Choices{Withhold: []string{"mail.read"}})
	for _, m := range s.Trace().Messages {
		if m.Step == stage.StepGiveConsent && (len(m.Act.Fields) != 1 || m.Act.Fields[0].Value != stage.Unticked) {
			t.Errorf("the act tells %v", m.Act.Fields)
		}
	}
}

func TestOnAPageThatDoesNotAskThePersonDoesNothing(t *testing.T) {
	s := newScene(t, stage.Options{})
	page, err := s.User.Visit(app(s.Stage).URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	before := len(s.Trace().Messages)
	for name, does := range map[string]func(*stage.Page) (*stage.Page, error){"signs in": s.User.SignIn, "consents": s.User.Consent} {
		if got, err := does(page); err != nil || got != page || len(s.Trace().Messages) != before {
			t.Errorf("somebody %s where nobody asks: %v", name, err)
		}
	}
}

func TestPeopleAreKnownByTheirNames(t *testing.T) {
	cast := stage.Cast{Person: "dana"}
	for person, want := range map[string]string{"": "Dana", "sam": "Sam", "mallory": "mallory"} {
		if got := cast.FirstName(stage.Choices{Person: person}); got != want {
			t.Errorf("%q is called %s, want %s", person, got, want)
		}
	}
	if (stage.Choices{Person: "mallory"}).SignsIn() || !(stage.Choices{Person: "sam"}).SignsIn() {
		t.Error("only the people of the story can sign in")
	}
}

// elsewhere is a scene whose provider answers one path so.
func elsewhere(t *testing.T, pattern string, h http.HandlerFunc) *scene {
	t.Helper()
	return newSceneWith(&fake{t: t, pages: map[string]http.HandlerFunc{pattern: h}}, stage.Options{})
}

func TestARedirectKeepsTheMethodOnlyWhereItSaysSo(t *testing.T) {
	for status, want := range map[int]string{ // RFC 9110 sections 15.4.2 to 15.4.9
		http.StatusFound: "GET", http.StatusSeeOther: "GET", http.StatusMovedPermanently: "GET",
		http.StatusTemporaryRedirect: "POST", http.StatusPermanentRedirect: "POST",
	} {
		got := ""
		f := &fake{t: t, pages: map[string]http.HandlerFunc{
			"POST /form": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "/end")
				w.WriteHeader(status)
			},
			"/end": func(_ http.ResponseWriter, r *http.Request) { got = r.Method + " " + r.FormValue("a") },
			"GET /page": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte(`<form method="post" action="/form"><input name="a" value="1"><button>Go</button></form>`))
			},
		}}
		s := newSceneWith(f, stage.Options{})
		page, err := s.Browser.Open("https://idp.example/page")
		if err == nil {
			_, err = s.Browser.Submit(page, nil, page.Submit())
		}
		if method, value, _ := strings.Cut(got, " "); err != nil || method != want || (value == "1") != (want == "POST") {
			t.Errorf("after %d the browser sent %q, want %s: %v", status, got, want, err)
		}
	}
}

func TestAFormThatGetsPutsItsFieldsIntoTheAddress(t *testing.T) {
	const form = `<form action="/search?old=1"><input name="q" value="x y"><button name="go" value="1">Go</button></form>`
	s := elsewhere(t, "GET /page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(form)) })
	page, err := s.Browser.Open("https://idp.example/page")
	if err != nil {
		t.Fatal(err)
	}
	button, ok := page.Button("go", "1")
	if !ok {
		t.Fatal("the page has no such button")
	}
	found, err := s.Browser.Submit(page, nil, button)
	if err != nil || found.URL != "https://idp.example/search?q=x+y&go=1" {
		t.Errorf("the browser went to %+v, %v", found, err)
	}
	if _, ok := page.Button("go", "2"); ok || found.Submit() != (stage.Button{}) {
		t.Error("a button is found that is not there")
	}
	if _, err := s.Browser.Submit(found, nil, stage.Button{}); err == nil {
		t.Error("a page without a form was sent")
	}
}

func TestABrowserSendsBackTheCookiesOfTheSiteThatSetThem(t *testing.T) {
	f := &fake{t: t, pages: map[string]http.HandlerFunc{
		"GET /set": func(w http.ResponseWriter, _ *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
		},
	}}
	s := newSceneWith(f, stage.Options{})
	for _, address := range []string{"https://idp.example/set", "https://idp.example/", app(s.Stage).URL("/")} {
		if _, err := s.Browser.Open(address); err != nil {
			t.Fatal(err)
		}
	}
	var sent []string
	for _, m := range s.Trace().Messages {
		if m.Kind == trace.Request {
			sent = append(sent, m.HeaderValue("Cookie"))
		}
	}
	if !slices.Equal(sent, []string{"", "a=1; b=2", ""}) {
		t.Errorf("sent were %q", sent)
	}
}

func TestABrowserSaysWhatItCannotFollow(t *testing.T) {
	s := elsewhere(t, "GET /bad", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://[::1")
		w.WriteHeader(http.StatusFound)
	})
	for _, address := range []string{"https://idp.example/bad", "http://[::1", "https://nobody.example/"} {
		if _, err := s.Browser.Open(address); err == nil {
			t.Errorf("%s was opened", address)
		}
	}
}
