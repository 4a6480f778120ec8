//go:build e2e

package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What somebody copied.
const (
	lostVerifier = `{"error":"invalid_grant","error_description":"PKCE verification failed"}`
	badScope     = "http://localhost:3000/callback?error=invalid_scope&state=abc"
	foreignWords = "There is no error in this."
	beginAsking  = "Diagnose what is copied"
)

// says waits for words on the page, or under the header.
func (p *program) says(words string) {
	p.t.Helper()
	p.until("the window says "+words, func(now state) bool { return strings.Contains(now.Words+"\n"+now.Said, words) })
}

func TestAnErrorIsAskedAboutByKeyboardAlone(t *testing.T) {
	t.Parallel()
	p := newStage(t).connecting(t, pane{1024, 640, 1, "light", "everyone"})
	p.press("v")
	p.says("Nothing is copied")
	p.copied(lostVerifier)
	p.press("v")
	p.says("The app lost the key")
	p.copied(badScope)
	p.press("v")
	p.says("The app asks for too much")
	p.reach("Back")
	p.says("Connect your own app")
	p.copied(foreignWords)
	p.press("v")
	p.until("the window says that it is none", func(now state) bool { _, shut := now.target("Close"); return shut })
	p.press("Escape")
	p.copied(lostVerifier)
	p.command(beginAsking)
	p.says("The app lost the key")
	p.press("ctrl+q")
	p.end()
}

func TestAnErrorIsAskedAboutByMouseAlone(t *testing.T) {
	t.Parallel()
	p := newStage(t).connecting(t, pane{1440, 900, 1.5, "dark", "developer"})
	file := func(name, text string) string {
		at := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	p.copied(lostVerifier)
	p.clicks(beginAsking)
	p.says("The app lost its code_verifier")
	p.copied(badScope)
	p.clicks(beginAsking)
	p.says("A scope is not allowed")
	p.clicks("Back")
	p.says("Connect your own app")
	answer, address := file("answer with spaces.json", lostVerifier), file("address.txt", badScope)
	p.dropped(answer)
	p.says("The app lost its code_verifier")
	p.dropped(answer, address)
	p.says("one file at a time")
	p.dropped(address)
	p.says("A scope is not allowed")
	p.clicks("Back")
	p.fills("Port", "0")
	p.clicks("Start serving")
	p.asks(p.issuer(), wrongSecret, http.StatusBadRequest)
	p.diagnosed(1, "secret-wrong")
	p.dropped(answer)
	p.says("End what is open here first")
	p.close()
}
