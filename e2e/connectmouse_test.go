//go:build e2e

package e2e_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestAnAppIsConnectedByMouseAlone(t *testing.T) {
	t.Parallel()
	for i, g := range []pane{
		{1024, 640, 1, "light", "developer"},
		{1024, 640, 1.5, "high-contrast", "executive"},
		{1920, 1080, 1, "dark", "everyone"},
		{1920, 1080, 1.5, "high-contrast-light", "developer"},
	} {
		t.Run(fmt.Sprintf("%dx%d %.0f %%", g.wide, g.high, 100*g.zoom), func(t *testing.T) {
			t.Parallel()
			s := newStage(t) // of its own: the next start begins with the zoom of the one before
			s.again = i > 0
			p := s.connecting(t, g)
			p.fills("Port", "0") // any port that is free
			p.clicks("Start serving")
			issuer := p.issuer()
			p.asks(issuer, wrongSecret, http.StatusBadRequest)
			p.diagnosed(1, "secret-wrong")
			p.heldByMouse(issuer)
			p.searchedByMouse()
			p.keptByMouse(issuer)
			p.savedByMouse()
			p.clicks("Start serving")
			p.examinedByMouse()
			p.close()
		})
	}
}

// inRail presses a row of the rail, which a narrow window shows when it is called.
func (p *program) inRail(row string) {
	p.t.Helper()
	if _, there := p.now().target(row); !there {
		p.clicks("Logins")
	}
	p.clicks(row)
}

// chooses chooses from a chip, which a narrow window shows as a line of the one that stands for all.
func (p *program) chooses(chip, choice string) {
	p.t.Helper()
	if _, there := p.now().target(chip); there {
		p.clicks(chip)
	} else {
		p.clicks("Choose")
		p.points(chip)
	}
	p.clicks(choice)
}

// searchedByMouse finds the login that failed by its secret among the three.
func (p *program) searchedByMouse() {
	p.t.Helper()
	p.inRail("All 3 logins")
	p.until("all are listed", func(now state) bool { return now.Run == 0 && strings.HasPrefix(now.Words, "3 ") })
	p.chooses("How it went", "stopped")
	p.until("two stopped", func(now state) bool { return strings.HasPrefix(now.Words, "2 ") })
	p.fills("Find by app", "invalid_client")
	p.until("one is found", func(now state) bool { return strings.HasPrefix(now.Words, "One ") })
	p.clicksThat("1  my-service-client")
	p.diagnosed(1, "secret-wrong")
	p.chooses("How it went", "any way")
}

// keptByMouse pauses, keeps the login that shows, and clears the list.
func (p *program) keptByMouse(issuer string) {
	p.t.Helper()
	p.clicks("Keep this login")
	p.until("it is kept", func(now state) bool { return strings.HasPrefix(now.Said, "Kept.") })
	p.inRail("All 3 logins")
	p.clicks("Pause")
	p.until("it is paused", func(now state) bool { return now.Paused })
	p.asks(issuer, rightSecret, http.StatusOK)
	if now := p.now(); len(now.Runs) != 3 {
		p.t.Errorf("while it is paused %d logins are listed", len(now.Runs))
	}
	p.clicks("Pause")
	p.runs(4)
	p.clicks("Clear the list")
	p.runs(1)
}

// savedByMouse saves what is listed, stops serving, and opens it again.
func (p *program) savedByMouse() {
	p.t.Helper()
	file := strconv.Itoa(p.cmd.Process.Pid) + ".json" // the home is that of every tour
	p.inRail("The one login")
	p.clicks("Save all logins")
	p.fills("Name of the file", file)
	p.clicks("Save")
	p.until("it is saved", func(now state) bool { return strings.Contains(now.Said, file) })
	p.inRail("Addresses and clients")
	p.clicks("Stop serving")
	p.until("it has ended", func(now state) bool { return !now.On && !strings.Contains(now.Words, "One moment") })
	p.clicks("Open saved logins")
	p.clicks(file)
	p.runs(1)
	p.inRail("Addresses and clients")
	p.clicks("Close the file")
	p.until("it is closed", func(now state) bool { return !now.On })
}

// examinedByMouse examines an app as far as the first question.
func (p *program) examinedByMouse() {
	p.t.Helper()
	issuer := p.issuer()
	p.inRail("Exam of an app")
	p.shows("Which app of realm demo?")
	p.clicks("spring-client-app")
	p.clicks("Start the exam of spring")
	p.asked(issuer)
	p.clicks("Stop the exam")
	p.shows("Not asked")
}

// heldByMouse is the same by mouse.
func (p *program) heldByMouse(issuer string) {
	p.t.Helper()
	p.inRail("Hold the next request")
	p.armed()
	answered := p.asksLater(issuer, wrongSecret)
	p.waits()
	p.fills("client_secret", rightSecret)
	p.clicks("Send it on")
	p.mended(answered)
	p.inRail("Hold the next request")
	p.armed()
	answered = p.asksLater(issuer, rightSecret)
	p.waits()
	p.clicks("Unavailable")
	p.answers(answered, http.StatusServiceUnavailable)
	p.runs(3)
}
