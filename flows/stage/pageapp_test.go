package stage_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// legacy is a page whose script has asked for a token, and where the browser ended up.
func legacy(t *testing.T, does func(*scene)) (*scene, *stage.PageApp, *stage.Page) {
	t.Helper()
	s := newScene(t, stage.Options{Cast: stage.Cast{Client: stage.OldBrowserApp(), API: stage.Mailbox()}})
	if does != nil {
		does(s)
	}
	app := s.PageApp()
	if _, err := s.User.Visit(app.URL()); err != nil {
		t.Fatal(err)
	}
	if err := s.User.ClickLogIn(); err != nil {
		t.Fatal(err)
	}
	page, err := app.LogIn("mail.read")
	if err != nil {
		t.Fatal(err)
	}
	return s, app, page
}

func TestAScriptTakesItsTokenFromTheAddressAndReads(t *testing.T) {
	s, app, page := legacy(t, nil)
	token, err := app.Takes(page)
	if err != nil || token == "" {
		t.Fatalf("the script took %q, %v", token, err)
	}
	lines, err := app.Read("/messages", token)
	if err := app.Shows(page, token, lines, err); err != nil {
		t.Fatal(err)
	}
	if object, result := s.shown(); !result || object != "These flights were found in your mailbox:" {
		t.Errorf("the page shows %q, as a result: %t", object, result)
	}
	// The browser asks first whether the page may (Fetch standard, section 3.2.6).
	if got := s.sent(trace.UserAgent, trace.ResourceServer); !slices.Equal(got, []string{"OPTIONS /messages", "GET /messages"}) {
		t.Errorf("the browser called %v", got)
	}
	if got := s.sent(trace.Client, trace.AuthorizationServer); len(got) > 0 {
		t.Errorf("an app without a server called %v", got)
	}
}

func TestATokenStaysInTheHistoryUnlessTheScriptWipesIt(t *testing.T) {
	for _, wipes := range []bool{false, true} {
		s, app, page := legacy(t, nil)
		if wipes {
			if err := app.Cleans(page); err != nil {
				t.Fatal(err)
			}
		}
		if err := app.Remembers(); err != nil {
			t.Fatal(err)
		}
		if left := strings.Contains(strings.Join(s.Browser.History(), " "), "access_token="); left == wipes {
			t.Errorf("wiped %t: the history holds the token: %t", wipes, left)
		}
		last := s.Trace().Messages[len(s.Trace().Messages)-1]
		if last.Step != stage.StepHistory || len(last.Calc.Inputs) != len(s.Browser.History()) {
			t.Errorf("what the browser remembers is told as %+v", last.Calc)
		}
	}
}

func TestAScriptThatGetsNothingSaysSo(t *testing.T) {
	for name, does := range map[string]func(*scene){
		"the provider refuses":     response("error", "access_denied"),
		"the state is another one": response("state", "guessed"),
	} {
		s, app, page := legacy(t, does)
		token, err := app.Takes(page)
		if err != nil || token != "" {
			t.Errorf("%s: the script took %q, %v", name, token, err)
		}
		if err := app.Shows(page, token, nil, nil); err != nil {
			t.Fatal(err)
		}
		if object, result := s.shown(); result || object != "That did not work." {
			t.Errorf("%s: the page shows %q, as a result: %t", name, object, result)
		}
	}
}

func TestOnAPageOfTheProviderTheScriptDoesNotRun(t *testing.T) {
	s, app, page := legacy(t, func(s *scene) { s.fake.page = said(http.StatusBadRequest, "<title>Not this app</title>") })
	token, err := app.Takes(page)
	if err != nil || token != "" {
		t.Errorf("the script took %q, %v", token, err)
	}
	if err := app.Shows(page, token, nil, nil); err != nil {
		t.Fatal(err)
	}
	if object, result := s.shown(); result || object != "Not this app" {
		t.Errorf("the person sees %q, as a result: %t", object, result)
	}
}

func TestATokenThatTheAPIRefusesShowsNothing(t *testing.T) {
	s, app, page := legacy(t, nil)
	_, err := app.Read("/messages", "nonsense")
	if err := app.Shows(page, "nonsense", nil, err); err != nil {
		t.Errorf("a refusal is an outcome: %v", err)
	}
	if object, result := s.shown(); result || object != "That did not work." {
		t.Errorf("the page shows %q, as a result: %t", object, result)
	}
	if err := app.Shows(page, "x", nil, http.ErrHandlerTimeout); err == nil {
		t.Error("a fault of the program was taken for an outcome")
	}
	if err := app.Shows(page, "x", nil, nil); err != nil {
		t.Fatal(err)
	}
	if object, _ := s.shown(); object != "There is no flight in your mailbox." {
		t.Errorf("without a mail the page shows %q", object)
	}
}

func TestAPathWithoutAnAPIIsClosedToPages(t *testing.T) {
	_, app, _ := legacy(t, nil)
	if lines, err := app.Read("/nowhere", "x"); err == nil {
		t.Errorf("from nowhere the page read %q", lines)
	}
}

func TestAFragmentThatIsNoFormIsAFault(t *testing.T) {
	_, app, page := legacy(t, nil)
	page.URL = strings.SplitN(page.URL, "#", 2)[0] + "#%zz"
	if token, err := app.Takes(page); err == nil {
		t.Errorf("%q was read out of it", token)
	}
	page.URL = page.URL[:strings.Index(page.URL, "#")] + "#" + url.Values{"a;b": {"c"}}.Encode()
	if _, err := app.Takes(page); err != nil {
		t.Errorf("an unknown parameter is an error: %v", err)
	}
}
