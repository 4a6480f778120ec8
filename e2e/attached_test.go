//go:build e2e

package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What is done at the server by the window is told by the diagram, and holds for the app.
func TestAServerElsewhereIsDrivenAndAnAppExaminedThere(t *testing.T) {
	t.Parallel()
	s, app := newStage(t), newApp(t, "shop", "shop-secret")
	there := s.serves(t, app)
	p := s.connecting(t, pane{1440, 900, 1, "dark", "developer"})
	p.fills("Address", there.control)
	p.fills("Key", there.key)
	p.clicks("Look on")
	p.until("the server is known", func(now state) bool { return slices.Equal(now.Issuer, []string{there.issuer}) })
	p.logsIn(app)
	p.until("the login shows", func(now state) bool { return now.Run == 1 })
	p.drivesTime(app)
	p.drivesPeople(app)
	p.letsTimeRunOut(there, app)
	p.examines(app)
	p.savesTheReport()
	p.close()
}

// logsIn has somebody log in with the app.
func (p *program) logsIn(app *careless) {
	p.t.Helper()
	if page := app.login(); page != "Welcome" {
		p.t.Fatalf("the app shows:\n%s", page)
	}
}

// marked waits until the diagram has the mark of something that was done to the server.
func (p *program) marked(deeds ...string) {
	p.t.Helper()
	p.until(strings.Join(deeds, " and ")+" are marked", func(now state) bool {
		return !slices.ContainsFunc(deeds, func(one string) bool { return !slices.Contains(now.Marks, one) })
	})
}

// answered compares the status of an answer to the app.
func (p *program) answered(what string, got, want int) {
	p.t.Helper()
	if got != want {
		p.t.Fatalf("%s is answered with %d, want %d%s", what, got, want, p.picture())
	}
}

// drivesTime moves the clock forward and back, and has other keys sign.
func (p *program) drivesTime(app *careless) {
	p.t.Helper()
	p.inRail("Clock 10 minutes forward")
	p.marked("clock-moved")
	p.answered("a token that ran out meanwhile", app.ask(), http.StatusUnauthorized)
	p.inRail("Clock 10 minutes back")
	p.until("it was moved twice", func(now state) bool { return len(now.Marks) == 2 })
	p.answered("the token, when the clock is right again", app.ask(), http.StatusOK)
	before, _, _ := strings.Cut(app.given().ID, ".")
	p.inRail("Sign with new keys")
	p.marked("keys-rotated")
	p.answered("the refresh token", app.renew(), http.StatusOK)
	if after, _, _ := strings.Cut(app.given().ID, "."); after == before {
		p.t.Errorf("the new ID token is signed by the same key as the old: %s", after)
	}
}

// drivesPeople sends a logout, ends a session, and takes back what somebody allowed.
func (p *program) drivesPeople(app *careless) {
	p.t.Helper()
	who := func(deed string) {
		p.inRail("Who is signed in")
		p.shows("jane")
		p.clicks(deed)
	}
	who("Send a logout")
	p.until("the logout is sent", func(now state) bool { return strings.HasPrefix(now.Said, "The logout is being told") })
	<-app.told
	p.answered("the refresh token after a logout that was only sent", app.renew(), http.StatusOK)
	p.inRail("The one login")
	p.clicksThat("1  shop")
	p.marked("logout-sent", "logout-heard")
	who("End this session")
	p.shows("Nobody is signed in")
	<-app.told
	p.answered("the refresh token of a session that has ended", app.renew(), http.StatusBadRequest)
	p.inRail("The one login")
	p.clicksThat("1  shop")
	p.marked("session-ended")
	p.logsIn(app)
	p.runs(2)
	who("Take back")
	p.shows("Nobody is signed in")
	p.answered("the refresh token of who took it back", app.renew(), http.StatusBadRequest)
	p.inRail("All 2 logins")
	p.clicksThat("2  shop")
	p.marked("grants-revoked")
}

// letsTimeRunOut has a request held for so short that nobody decides about it.
func (p *program) letsTimeRunOut(there *elsewhere, app *careless) {
	p.t.Helper()
	there.orders(http.MethodPut, "/hold", `{"for":"1s"}`)
	p.answered("a request that was held until its time was up", app.ask(), http.StatusUnauthorized)
	p.inRail("Addresses and clients")
	p.shows("Nobody decided about the request of")
}

// examines sits the whole exam with the app.
func (p *program) examines(app *careless) {
	p.t.Helper()
	p.inRail("Exam of an app")
	p.clicks("Start the exam of shop")
	p.shows("in the ordinary way")
	p.logsIn(app)
	asked := regexp.MustCompile(`Question (\d+) of (\d+)`)
	for number := 0; ; {
		now := p.until("the next question", func(now state) bool {
			found := asked.FindStringSubmatch(now.Words)
			return found == nil && strings.Contains(now.Words, "After the questions") || found != nil && found[1] != strconv.Itoa(number)
		})
		found := asked.FindStringSubmatch(now.Words)
		if found == nil {
			break
		}
		if number == 1 {
			p.clicks("It let me in")
		}
		number, _ = strconv.Atoi(found[1])
		_ = app.login() // whatever it shows
	}
	p.logsIn(app)
	p.until("the report shows", func(now state) bool { _, there := now.target("Save the report as a page"); return there })
}

// savesTheReport saves it as a page and for programs.
func (p *program) savesTheReport() {
	p.t.Helper()
	saved := func(button, name string) []byte {
		p.clicks(button)
		p.fills("Name of the file", name)
		p.clicks("Save")
		p.until("it is saved", func(now state) bool { return strings.Contains(now.Said, name) })
		text, err := os.ReadFile(filepath.Join(p.home, name))
		if err != nil {
			p.t.Fatal(err)
		}
		return text
	}
	page := string(saved("Save the report as a page", "shop.html"))
	for _, want := range []string{"<html", "shop", "swallowed"} {
		if !strings.Contains(page, want) {
			p.t.Errorf("the report has no %q:\n%.2000s", want, page)
		}
	}
	var told struct {
		Client    string
		Complete  bool
		Counts    map[string]int
		Questions []struct{ ID string }
	}
	text := saved("Save it for programs", "shop.json")
	if err := json.Unmarshal(text, &told); err != nil {
		p.t.Fatalf("%v\n%.2000s", err, text)
	}
	if told.Client != "shop" || !told.Complete || told.Counts["swallowed"] < 10 || len(told.Questions) < 20 {
		p.t.Errorf("the report tells %+v", told)
	}
}
