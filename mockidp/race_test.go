package mockidp_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestOfManyRequestsWithOneCodeOneGetsTokens(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	var good atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		b := newBrowser(t, p)
		code := b.code()
		for range 4 {
			racer := newBrowser(t, p)
			group.Go(func() {
				if racer.post(tokenURL, redeeming(code).Encode()).StatusCode == http.StatusOK {
					good.Add(1)
				}
			})
		}
	}
	group.Wait()
	if good.Load() != 8 {
		t.Errorf("8 codes gave tokens %d times", good.Load())
	}
}

func TestOfManyConsentsWithOneFormOneGetsACode(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	b := newBrowser(t, p)
	page := b.signIn(b.authorize(), "jane")
	var good atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		racer := newBrowser(t, p)
		racer.client.Jar = b.client.Jar
		group.Go(func() {
			if racer.submit(page, "decision", "approve").StatusCode == http.StatusSeeOther {
				good.Add(1)
			}
		})
	}
	group.Wait()
	if good.Load() != 1 {
		t.Errorf("one form gave %d codes", good.Load())
	}
}

func TestOfManyGuessesAtOnceFewAreTried(t *testing.T) {
	p := newProvider(t, mockidp.Config{Now: newClock().Now})
	b := newBrowser(t, p)
	page := b.authorize()
	var tried atomic.Int32
	var group sync.WaitGroup
	for range 40 {
		racer := newBrowser(t, p)
		racer.client.Jar = b.client.Jar
		group.Go(func() {
			if racer.submit(page, "username", "jane", "password", "guess").StatusCode == http.StatusForbidden {
				tried.Add(1)
			}
		})
	}
	group.Wait()
	if tried.Load() != 5 {
		t.Errorf("%d guesses were tried", tried.Load())
	}
}

func TestTheAliasIssuerGivesNoFurtherGuesses(t *testing.T) {
	p := newProvider(t, mockidp.Config{Now: newClock().Now})
	alias := strings.Replace(tokenURL, "/realms/", "/auth/realms/", 1)
	for range 5 {
		newBrowser(t, p).post(tokenURL, passwordForm("x"))
	}
	if res := newBrowser(t, p).post(alias, passwordForm("jane")); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func passwordForm(password string) string {
	return "grant_type=password&client_id=legacy-password-client&scope=openid&username=jane&password=" + password
}
