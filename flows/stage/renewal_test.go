package stage_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// staying is a person who signed in to an app that keeps its tokens.
func staying(t *testing.T) (*scene, *stage.WebApp) {
	t.Helper()
	s := newScene(t, stage.Options{Cast: stage.Cast{Client: stage.TravelAppThatStays(), API: stage.Mailbox()}})
	app, _ := s.logIn(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages", Stays: true})
	return s, app
}

// comesBack lets so much time pass and opens the page of trips.
func comesBack(s *scene, app *stage.WebApp, after time.Duration) *stage.Page {
	s.t.Helper()
	if err := app.Lets(s.Stage, stage.StepTimePasses, after); err != nil {
		s.t.Fatal(err)
	}
	page, err := s.User.ClickTrips(app)
	if err != nil {
		s.t.Fatal(err)
	}
	return page
}

func TestADeadTokenIsRenewedWithoutAskingAnybody(t *testing.T) {
	s, app := staying(t)
	page := comesBack(s, app, 10*time.Minute)
	if heading(page) != "The trips of Jane Doe" || !page.OK() {
		t.Errorf("the page says %q", heading(page))
	}
	want := []string{"GET /messages", "GET /messages?folder=flights", "GET /messages?folder=flights"}
	if got := s.sent(trace.Client, trace.ResourceServer); !slices.Equal(got, want) {
		t.Errorf("the app called %v, want %v", got, want)
	}
	if form := s.fake.asked[1]; form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != "refresh-1" || form.Has("scope") {
		t.Errorf("the renewal is %v", form)
	}
	if app.Held() != "refresh-2" || app.Spent() != "refresh-1" {
		t.Errorf("the app holds %q and used %q", app.Held(), app.Spent())
	}
}

func TestATokenThatLivesIsUsedAsItIs(t *testing.T) {
	s, app := staying(t)
	if page := comesBack(s, app, time.Minute); !page.OK() || len(s.fake.asked) != 1 {
		t.Errorf("after a minute the app asked %d times for tokens", len(s.fake.asked))
	}
}

func TestWithoutANewRefreshTokenTheOldOneStays(t *testing.T) {
	s, app := staying(t)
	s.fake.tokens = func(answer map[string]any) {
		delete(answer, "refresh_token")
		delete(answer, "id_token")
	}
	if page := comesBack(s, app, 10*time.Minute); !page.OK() || app.Held() != "refresh-1" || app.Spent() != "" {
		t.Errorf("the app holds %q and used %q; the page says %q", app.Held(), app.Spent(), heading(page))
	}
}

func TestARenewalThatIsRefusedEndsTheSession(t *testing.T) {
	s, app := staying(t)
	s.fake.refuses = func(url.Values) string { return "invalid_grant" }
	page := comesBack(s, app, 10*time.Minute)
	if heading(page) != "Please log in again." || alert(page) != "invalid_grant: for a test" || app.Held() != "" {
		t.Errorf("the page says %q, %q and the app holds %q", heading(page), alert(page), app.Held())
	}
	page, err := s.User.ClickTrips(app)
	if err != nil || page.Status != 401 || alert(page) != "The app keeps no tokens for this browser." {
		t.Errorf("somebody without a session gets %+v, %v", page, err)
	}
}

func TestAnAPIThatStaysClosedIsNoReasonToRenew(t *testing.T) {
	s, app := staying(t)
	s.fake.accessToken = claim("scope", "openid")
	if page := comesBack(s, app, 10*time.Minute); page.OK() || heading(page) != "The mailbox stayed closed." || len(s.fake.asked) != 2 {
		t.Errorf("the page says %q after %d requests for tokens", heading(page), len(s.fake.asked))
	}
}

func TestAnAppAloneAsksForLess(t *testing.T) {
	s, app := staying(t)
	if err := app.Sync(s.Context(), "mail.read"); err != nil || s.fake.asked[1].Get("scope") != "mail.read" {
		t.Errorf("%v; the app asked for %v", err, s.fake.asked[1])
	}
	s.fake.refuses = func(url.Values) string { return "invalid_scope" }
	if err := app.Sync(s.Context(), "admin"); err != nil {
		t.Errorf("a refusal is an outcome, not a fault: %v", err)
	}
}

func TestWithoutAVisitorNothingIsRenewed(t *testing.T) {
	s := newScene(t, stage.Options{})
	app := s.WebApp(stage.WebAppOptions{Scope: "openid", Stays: true})
	if err := app.Sync(s.Context(), "mail.read"); err != nil || len(s.fake.asked) > 0 {
		t.Errorf("an app without visitors asked for tokens: %v", err)
	}
	if err := app.Lets(s.Stage, stage.StepTimePasses, time.Hour); err != nil || len(s.Trace().Messages) > 0 {
		t.Errorf("an app without visitors waits for a token to die: %v", err)
	}
	if app.Held() != "" || app.Spent() != "" {
		t.Error("an app without visitors has refresh tokens")
	}
}

func TestAThiefDoesWithATokenWhatTheAppCould(t *testing.T) {
	s, app := staying(t)
	thief, err := s.Thief(app.Held())
	if err == nil {
		err = thief.Renews()
	}
	if err == nil {
		err = thief.Reads("/messages")
	}
	if err != nil || !thief.Got() {
		t.Fatalf("the thief got nothing: %v", err)
	}
	if got := s.sent(trace.Attacker, trace.ResourceServer); !slices.Equal(got, []string{"GET /messages"}) {
		t.Errorf("the thief called %v", got)
	}
	if form := s.fake.asked[1]; form.Get("refresh_token") != "refresh-1" || form.Get("client_id") != "mobile-refresh-client" {
		t.Errorf("the thief asked with %v", form)
	}
}

func TestAThiefWhoIsRefusedHasNothing(t *testing.T) {
	s, app := staying(t)
	thief, err := s.Thief(app.Held())
	if err != nil {
		t.Fatal(err)
	}
	s.fake.refuses = func(url.Values) string { return "invalid_grant" }
	if err := thief.Renews(); err != nil || thief.Got() {
		t.Errorf("a refusal is an outcome, and no loot: %v, %t", err, thief.Got())
	}
	if err := thief.Reads("/messages"); err != nil || len(s.sent(trace.Attacker, trace.ResourceServer)) > 0 {
		t.Errorf("who has nothing called the API: %v", err)
	}
	none, err := s.Thief("")
	if err == nil {
		err = none.Renews()
	}
	if err != nil || none.Got() {
		t.Errorf("where there was nothing to copy the thief is idle: %v", err)
	}
}
