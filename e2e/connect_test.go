//go:build e2e

package e2e_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pane is a window in which an app is connected: what it measures, how it is zoomed and drawn.
type pane struct {
	wide, high   int
	zoom         float64
	theme, voice string
}

func (s *stage) connecting(t *testing.T, g pane) *program {
	t.Helper()
	p := s.start(t, "--voice", g.voice, "--theme", g.theme, "--size", fmt.Sprintf("%dx%d", g.wide, g.high), "connect")
	p.at("connect")
	p.zoomTo(g.zoom)
	return p
}

// issuer is that of the realm of the lessons, as soon as the window looks at one.
func (p *program) issuer() string {
	p.t.Helper()
	now := p.until("it serves", func(now state) bool { return now.On && len(now.Issuer) > 0 })
	for _, issuer := range now.Issuer {
		if strings.HasSuffix(issuer, "/demo") {
			return issuer
		}
	}
	p.t.Fatalf("of the issuers %q none is that of the lessons", now.Issuer)
	return ""
}

// shows waits for words on the page.
func (p *program) shows(words string) {
	p.t.Helper()
	p.until("the page says "+words, func(now state) bool { return now.Run == 0 && strings.Contains(now.Words, words) })
}

// asks has a machine ask for a token with a secret, which is answered with a status.
func (p *program) asks(issuer, secret string, status int) {
	p.t.Helper()
	if got := machine(p.t, issuer, secret); got != status {
		p.t.Fatalf("the secret %q is answered with %d, want %d", secret, got, status)
	}
}

// diagnosed waits until a login shows, and among what may be wrong a cause.
func (p *program) diagnosed(run int, cause string) {
	p.t.Helper()
	p.until(fmt.Sprintf("login %d shows with %q", run, cause), func(now state) bool {
		return now.Run == run && slices.Contains(now.Causes, cause)
	})
}

// runs waits until so many logins are listed.
func (p *program) runs(n int) {
	p.t.Helper()
	p.until(fmt.Sprintf("%d logins are listed", n), func(now state) bool { return len(now.Runs) == n })
}

const (
	rightSecret = "my-service-secret"
	wrongSecret = "not-my-secret"
)

func TestAnAppIsConnectedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for i, g := range []pane{
		{1024, 640, 1, "light", "developer"},
		{1920, 1080, 1, "high-contrast-light", "executive"},
		{1280, 720, 1.5, "dark", "everyone"}, // last: a window begins with the zoom that the one before had
	} {
		s.again = i > 0
		t.Run(fmt.Sprintf("%dx%d", g.wide, g.high), func(t *testing.T) {
			p := s.connecting(t, g)
			p.press("F6")
			p.tabs("Port")
			p.press("ctrl+a")
			p.write("0") // any port that is free
			p.press("Return")
			issuer := p.issuer()
			p.asks(issuer, wrongSecret, http.StatusBadRequest)
			p.diagnosed(1, "secret-wrong")
			p.heldByKeys(issuer)
			p.searchedByKeys()
			p.keptByKeys(issuer)
			p.savedByKeys()
			p.command("Start serving")
			p.examinedByKeys()
			p.press("ctrl+q")
			p.end()
		})
	}
}

// searchedByKeys finds the login that failed by its secret among the three.
func (p *program) searchedByKeys() {
	p.t.Helper()
	p.press("ctrl+f")
	p.until("all are listed", func(now state) bool { return now.Run == 0 && strings.HasPrefix(now.Words, "3 ") })
	p.choosesByKeys("How it went", "stopped")
	p.until("two stopped", func(now state) bool { return strings.HasPrefix(now.Words, "2 ") })
	p.press("ctrl+f")
	p.write("invalid_client")
	p.until("one is found", func(now state) bool { return strings.HasPrefix(now.Words, "One ") })
	p.press("Return")
	p.diagnosed(1, "secret-wrong")
	p.choosesByKeys("How it went", "any way")
}

// choosesByKeys chooses from a chip, which a low window shows as a line of the one that stands for all.
func (p *program) choosesByKeys(chip, choice string) {
	p.t.Helper()
	p.press("shift+F6")
	now := p.until("the keyboard is at the chips", func(now state) bool {
		return strings.HasPrefix(now.focused().Label, "App") || strings.HasPrefix(now.focused().Label, "Choose")
	})
	down, menu := 1, choice
	if _, alone := now.target(chip); !alone {
		menu = chip
	} else {
		p.tabs(chip)
	}
	p.press("Return")
	index := func(now state, label string) int {
		return slices.IndexFunc(now.Targets, func(t target) bool { return strings.HasPrefix(t.Label, label) })
	}
	open := func(label string) state {
		return p.until("the menu has "+label, func(now state) bool { return index(now, label) >= 0 && len(now.Targets) < 12 })
	}
	now = open(menu)
	p.press(slices.Repeat([]string{"Down"}, index(now, menu)+down)...)
	if menu == chip {
		p.press("Right") // to the first of its lines
		now = open(choice)
		down = index(now, choice) - index(now, chip) - 1
		if down > 0 {
			p.press(slices.Repeat([]string{"Down"}, down)...)
		}
	}
	p.press("Return")
}

// keptByKeys pauses, keeps the login that shows, and clears the list.
func (p *program) keptByKeys(issuer string) {
	p.t.Helper()
	p.press("p", "k") // keys are dealt with in their order: when it is kept, it is paused
	kept := p.until("it is kept", func(now state) bool { return now.Said != "" }).Said
	p.asks(issuer, rightSecret, http.StatusOK)
	p.press("k")
	if now := p.until("it is kept no longer", func(now state) bool { return now.Said != kept }); len(now.Runs) != 3 {
		p.t.Errorf("while it is paused %d logins are listed", len(now.Runs))
	}
	p.press("k")
	p.until("it is kept again", func(now state) bool { return now.Said == kept })
	p.press("p")
	p.runs(4)
	p.command("Clear the list")
	p.runs(1)
}

// savedByKeys saves what is listed, stops serving, and opens it again.
func (p *program) savedByKeys() {
	p.t.Helper()
	file := strconv.Itoa(p.cmd.Process.Pid) + ".json" // the home is that of every tour
	p.press("ctrl+s")
	p.until("it is asked where to", func(now state) bool { _, asked := now.target("Cancel"); return asked })
	p.press("ctrl+a")
	p.write(file)
	p.press("Return")
	p.until("it is saved", func(now state) bool { return strings.Contains(now.Said, file) })
	p.command("Stop serving")
	p.until("it has ended", func(now state) bool { return !now.On && !strings.Contains(now.Words, "One moment") })
	p.press("ctrl+o")
	p.until("it is asked for a file", func(now state) bool { _, asked := now.target("Cancel"); return asked })
	p.write(file)
	p.press("Return")
	p.runs(1)
	p.command("Close the file")
	p.until("it is closed", func(now state) bool { return !now.On })
}

// examinedByKeys examines an app as far as the first question.
func (p *program) examinedByKeys() {
	p.t.Helper()
	issuer := p.issuer()
	p.command("Examine an app")
	p.shows("Which app of realm demo?")
	p.reach("spring-client-app")
	p.reach("Start the exam of spring")
	p.asked(issuer)
	p.command("Stop the exam")
	p.shows("Not asked")
}

// asked answers the ordinary login of an exam that was begun, after which the first question comes.
func (p *program) asked(issuer string) {
	p.t.Helper()
	p.shows("ordinary")
	if page := newCareless(p.t, issuer).login(); page != "Welcome" {
		p.t.Fatalf("the app shows:\n%s", page)
	}
	p.shows("Question 1 of")
}
