//go:build e2e

package e2e_test

import (
	"net/http"
	"strings"
)

// asksLater has a machine ask for a token, and returns where the status of the answer comes.
func (p *program) asksLater(issuer, secret string) <-chan int {
	answered := make(chan int, 1)
	go func() { answered <- machine(p.t, issuer, secret) }()
	return answered
}

// waits waits until the window shows a request that waits.
func (p *program) waits() {
	p.t.Helper()
	p.shows("A request waits for you")
}

// armed waits until the next request is to be held.
func (p *program) armed() {
	p.t.Helper()
	p.until("the next request is to wait", func(now state) bool { return strings.HasPrefix(now.Said, "The next request waits") })
}

// answers compares the answer to a request that waited, after which none waits any more.
func (p *program) answers(answered <-chan int, status int) {
	p.t.Helper()
	if got := <-answered; got != status {
		p.t.Fatalf("the request that waited is answered with %d, want %d", got, status)
	}
	p.until("no request waits", func(now state) bool { return !strings.Contains(now.Words, "A request waits for you") })
}

// mended sees the second login go well, whose request waited and was put right.
func (p *program) mended(answered <-chan int) {
	p.t.Helper()
	p.answers(answered, http.StatusOK)
	p.until("it went well", func(now state) bool { return len(now.Runs) == 2 && now.Run == 2 })
}

// toFields goes to the page with the request that waits.
func (p *program) toFields() {
	p.t.Helper()
	p.press("F6")
	p.until("the keyboard is in the first field", func(now state) bool { return now.focused().Label != "" })
}

// heldByKeys holds a request whose secret is wrong and puts that right, and has the next one answered with trouble.
func (p *program) heldByKeys(issuer string) {
	p.t.Helper()
	p.press("h")
	p.armed()
	answered := p.asksLater(issuer, wrongSecret)
	p.waits()
	p.toFields()
	p.tabs("client_secret")
	p.press("ctrl+a")
	p.write(rightSecret)
	p.reach("Send it on")
	p.mended(answered)
	p.command("Hold the next request")
	p.armed()
	answered = p.asksLater(issuer, rightSecret)
	p.waits()
	p.toFields()
	p.reach("Unavailable")
	p.answers(answered, http.StatusServiceUnavailable)
	p.runs(3)
}
