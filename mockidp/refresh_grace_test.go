package mockidp_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

func graceWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOf(t, rulesRealm().WithClient("app-client", func(c *mockidp.Client) { c.Lifetimes.RefreshTokenGrace = 10 * time.Second }))
}

func TestALostAnswerIsGivenAgainInTheGracePeriod(t *testing.T) {
	w := graceWorld(t)
	first := w.app("openid")
	second := tokensIn(t, w.refresh(first.Refresh))
	w.clock.Advance(10 * time.Second)
	again := tokensIn(t, w.refresh(first.Refresh))
	if again.Refresh != second.Refresh || again.Access == second.Access || again.Access == "" {
		t.Errorf("the second answer has the refresh token %s, not %s", again.Refresh, second.Refresh)
	}
	if res := w.refresh(second.Refresh); res.check != nil {
		t.Errorf("the next token is refused: %+v", res.check)
	}
}

func TestAfterTheGracePeriodASecondUseEndsTheFamily(t *testing.T) {
	for name, use := range map[string]func(w *world, first, second tokenSet){
		"too late": func(w *world, _, _ tokenSet) { w.clock.Advance(11 * time.Second) },
		"two generations back": func(w *world, _, second tokenSet) {
			tokensIn(w.t, w.refresh(second.Refresh))
		},
	} {
		w := graceWorld(t)
		first := w.app("openid")
		second := tokensIn(t, w.refresh(first.Refresh))
		use(w, first, second)
		refused(t, name, w.refresh(first.Refresh), "refresh-token-unused")
		refused(t, name+", and the family goes on", w.refresh(second.Refresh), "")
	}
}

// Two tabs wake up at the same moment.
func TestTwoUsesAtOnceGetTheSameNextTokenInTheGracePeriod(t *testing.T) {
	w := graceWorld(t)
	first := w.app("openid")
	found := make([]string, 8)
	var all sync.WaitGroup
	for i := range found {
		b := &world{newBrowser(t, w.p), w.clock, w.p}
		all.Go(func() { found[i] = tokensIn(t, b.refresh(first.Refresh)).Refresh })
	}
	all.Wait()
	for _, token := range found {
		if token == "" || token != found[0] {
			t.Errorf("they got %q", found)
		}
	}
}

func TestTheGracePeriodIsSaidAndBounded(t *testing.T) {
	if notices := strings.Join(graceWorld(t).p.Notices(), " "); !strings.Contains(notices, "a second time for up to 10s") {
		t.Errorf("it says %s", notices)
	}
	r := rulesRealm()
	r.Lifetimes.RefreshTokenGrace = 6 * time.Minute
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{r}}); err == nil ||
		!strings.Contains(err.Error(), "refresh_token_grace") {
		t.Errorf("six minutes: %v", err)
	}
}
