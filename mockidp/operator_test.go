package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
)

// operated orders something while a tape listens, and returns what it was told.
func operated(t *testing.T, p *mockidp.Provider, method, path, body string, status int) (string, []tape.Event) {
	t.Helper()
	kept := tape.New(tape.Bounds{})
	r := httptest.NewRequestWithContext(tape.WithEvents(t.Context(), kept), method, "http://127.0.0.1:8181"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+controlKey)
	w := httptest.NewRecorder()
	p.Control(controlKey).ServeHTTP(w, r)
	if w.Code != status {
		t.Errorf("%s %s: %d %s, want %d", method, path, w.Code, w.Body, status)
	}
	found, _ := kept.After(0, 10)
	var events []tape.Event
	for _, e := range found {
		events = append(events, *e.Event)
	}
	return w.Body.String(), events
}

func TestTheOperatorMovesTheClockForwardAndBack(t *testing.T) {
	w := newWorld(t)
	early, late := w.code(), w.code()
	said, events := operated(t, w.p, http.MethodPut, "/clock/demo", `{"by":"10m"}`, http.StatusOK)
	if want := []tape.Event{{Deed: tape.ClockMoved, Realm: "demo", Says: "10m0s"}}; !cmp.Equal(want, events) || !strings.Contains(said, `"10m0s"`) {
		t.Errorf("it answers %s and tells %+v", said, events)
	}
	if res := w.post(tokenURL, redeeming(early).Encode()); res.StatusCode != http.StatusBadRequest {
		t.Errorf("ten minutes later a code of one minute is good: %d", res.StatusCode)
	}
	operated(t, w.p, http.MethodPut, "/clock/demo", `{"by":"-15m"}`, http.StatusOK)
	if res := w.post(tokenURL, redeeming(late).Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("back in time a code that waited is refused: %d %s", res.StatusCode, res.body)
	}
	if said, _ := operated(t, w.p, http.MethodGet, "/clock/demo", "", http.StatusOK); !strings.Contains(said, `"-5m0s"`) {
		t.Errorf("the clock is said to be at %s", said)
	}
	said, _ = operated(t, w.p, http.MethodPut, "/clock/demo", `{"by":"soon"}`, http.StatusBadRequest)
	if !strings.Contains(said, "soon") || !strings.Contains(said, "-10m") {
		t.Errorf("a slip is told as %s", said)
	}
	operated(t, w.p, http.MethodPut, "/clock/demo", `{"by":"9000h"}`, http.StatusBadRequest)
	for _, path := range []string{"/clock/nowhere", "/sessions/nowhere"} {
		operated(t, w.p, http.MethodGet, path, "", http.StatusNotFound)
	}
	operated(t, w.p, http.MethodPut, "/clock/nowhere", `{"by":"1m"}`, http.StatusNotFound)
}

func TestWhatAClientAndAPersonStillHaveIsCounted(t *testing.T) {
	w := newWorld(t)
	w.tokens("openid") // a code that was redeemed is no more
	w.code()
	w.springTokens("openid offline_access")
	for who, want := range map[[2]string]mockidp.Holdings{
		{"mobile-pkce-client", ""}:     {Codes: 1}, // a session is with the provider
		{"mobile-pkce-client", "jane"}: {Codes: 1},
		{"spring-client-app", ""}:      {RefreshTokens: 1},
		{"", "jane"}:                   {Sessions: 1, Codes: 1, RefreshTokens: 1},
		{"", ""}:                       {Sessions: 1, Codes: 1, RefreshTokens: 1},
		{"", "samuel"}:                 {},
	} {
		if got, err := w.p.HeldBy("demo", who[0], who[1]); err != nil || got != want {
			t.Errorf("of %q there is held %+v, want %+v: %v", who, got, want, err)
		}
	}
}

func TestTheOperatorRotatesTheKeysOfARealm(t *testing.T) {
	w := newWorld(t)
	w.tokens("openid")
	before := w.kids()
	_, events := operated(t, w.p, http.MethodPost, "/keys/demo", "", http.StatusNoContent)
	if after := w.kids(); slices.Equal(before, after) || len(events) != 1 || events[0].Deed != tape.KeysRotated {
		t.Errorf("the keys were %v and are %v; told %+v", before, after, events)
	}
	operated(t, w.p, http.MethodPost, "/keys/nowhere", "", http.StatusNotFound)
	known, err := sharedDemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	demo := newProvider(t, mockidp.Config{Keys: known, Realms: []mockidp.Realm{mockidp.StoryRealm()}})
	operated(t, demo, http.MethodPost, "/keys/demo", "", http.StatusConflict)
}

// sessionsOf lists the sessions of the realm over the control endpoint.
func sessionsOf(t *testing.T, p *mockidp.Provider) (ids, people []string) {
	t.Helper()
	said, _ := operated(t, p, http.MethodGet, "/sessions/demo", "", http.StatusOK)
	var all []struct{ ID, Username string }
	if err := json.Unmarshal([]byte(said), &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		ids, people = append(ids, s.ID), append(people, s.Username)
	}
	return ids, people
}

func TestTheOperatorEndsASessionAndItsClientsAreTold(t *testing.T) {
	l := newTold(t, http.StatusOK)
	w := newToldWorld(t, l)
	id := w.springTokens("openid")
	ids, people := sessionsOf(t, w.p)
	if !slices.Equal(people, []string{"jane"}) {
		t.Fatalf("signed in are %v", people)
	}
	_, events := operated(t, w.p, http.MethodPost, "/sessions/demo/"+ids[0]+"/logout", "", http.StatusAccepted)
	if want := []tape.Event{{Deed: tape.LogoutSent, Realm: "demo", Client: "spring-client-app", Person: "jane"}}; !cmp.Equal(want, events) {
		t.Errorf("told %+v", events)
	}
	token, _ := l.hear(t)
	checkLogoutToken(t, w, token, id)
	if !w.signedIn() {
		t.Error("a logout that was only tried out signed jane out")
	}
	_, events = operated(t, w.p, http.MethodDelete, "/sessions/demo/"+ids[0], "", http.StatusNoContent)
	if len(events) != 1 || events[0].Deed != tape.SessionEnded || events[0].Person != "jane" {
		t.Errorf("told %+v", events)
	}
	token, _ = l.hear(t)
	checkLogoutToken(t, w, token, id)
	if left, _ := sessionsOf(t, w.p); w.signedIn() || len(left) != 0 {
		t.Errorf("the session goes on: %v", left)
	}
	operated(t, w.p, http.MethodDelete, "/sessions/demo/"+ids[0], "", http.StatusNotFound)
	operated(t, w.p, http.MethodPost, "/sessions/demo/"+ids[0]+"/logout", "", http.StatusNotFound)
}

func TestALogoutThatNobodyWantsToHearOfNamesTheKey(t *testing.T) {
	w := newWorld(t)
	w.tokens("openid")
	ids, _ := sessionsOf(t, w.p)
	said, events := operated(t, w.p, http.MethodPost, "/sessions/demo/"+ids[0]+"/logout", "", http.StatusConflict)
	if !strings.Contains(said, "backchannel_logout_uri") || len(events) != 0 {
		t.Errorf("it says %s and tells %+v", said, events)
	}
}

func TestTheOperatorRevokesAllThatAPersonAllowed(t *testing.T) {
	w := newWorld(t)
	online, offline := w.app("openid"), w.app("openid offline_access")
	_, events := operated(t, w.p, http.MethodDelete, "/grants/demo/jane", "", http.StatusNoContent)
	if len(events) != 1 || events[0].Deed != tape.GrantsRevoked || events[0].Person != "jane" || w.signedIn() {
		t.Errorf("told %+v; signed in: %t", events, w.signedIn())
	}
	for name, got := range map[string]tokenSet{"online": online, "offline": offline} {
		res := w.request(http.MethodGet, userInfoURL, "", "Authorization", "Bearer "+got.Access)
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("the access token that came %s is good: %d", name, res.StatusCode)
		}
		if res := w.refresh(got.Refresh); res.StatusCode != http.StatusBadRequest {
			t.Errorf("the refresh token that came %s is good: %d", name, res.StatusCode)
		}
	}
	operated(t, w.p, http.MethodDelete, "/grants/demo/nobody", "", http.StatusNotFound)
	if again := w.app("openid"); again.Access == "" {
		t.Error("jane cannot sign in again")
	}
}
