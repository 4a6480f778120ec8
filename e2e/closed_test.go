//go:build e2e

package e2e_test

import (
	"net/http"
	"testing"
)

// Somebody closes the window by its cross, whatever is under way, and goes on the next day.
func TestAWindowThatIsClosedBeginsWhereItWas(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	p := s.start(t, "--classroom", "--size", "1280x800", "walk/openid-connect")
	for i, step := range []string{"click-login", "login", "create-state"} {
		p.comes("Right", step, i)
	}
	there := p.now()
	p.close()
	p = s.start(t)
	p.until("it stands where it was closed", func(now state) bool {
		return now.Address == there.Address && now.Step == there.Step && now.Cursor == there.Cursor && now.Crossed == there.Crossed
	})
	p.comes("Right", "create-pkce", 3)
	p.close()
}

func TestAWindowThatIsClosedDuringALoginAndAnExamBeginsThere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	p := s.connecting(t, pane{1280, 800, 1, "dark", "developer"})
	p.fills("Port", "0")
	p.clicks("Start serving")
	issuer := p.issuer()
	p.press("h")
	p.armed()
	answered := p.asksLater(issuer, wrongSecret)
	p.waits()
	p.close() // while a request waits
	if got := <-answered; got != http.StatusBadRequest {
		t.Errorf("the request that waited is answered with %d, and is sent on as it was", got)
	}
	p = s.start(t)
	p.at("connect")
	p.fills("Port", "0")
	p.clicks("Start serving")
	issuer = p.issuer()
	p.inRail("Exam of an app")
	p.clicks("spring-client-app")
	p.clicks("Start the exam of spring")
	p.shows("ordinary")
	if page := newCareless(t, issuer).login(); page != "Welcome" {
		t.Fatalf("the app shows:\n%s", page)
	}
	p.shows("Question 1 of")
	p.close() // in the middle of an exam
	p = s.start(t)
	p.at("connect")
	p.says("Connect your own app")
	p.close()
}
