package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// orders asks the control server for something, and reads the answer into v.
func (c controlled) orders(t *testing.T, method, path, body string, want int, v any) {
	t.Helper()
	status, _, said := c.asks(t, method, path, body)
	if status != want {
		t.Fatalf("%s %s is answered %d %s, want %d", method, path, status, said, want)
	}
	if v != nil {
		if err := json.Unmarshal([]byte(said), v); err != nil {
			t.Fatalf("%s %s: %v: %s", method, path, err, said)
		}
	}
}

// events are the deeds on the tape, as somebody who looks on hears of them,
// up to one.
func (c controlled) events(t *testing.T, last string) (deeds []string) {
	t.Helper()
	c.follows(t, func(told []tape.Exchange) bool {
		for i := range told {
			if e := told[i].Event; e != nil {
				deeds = append(deeds, e.Deed)
			}
		}
		return slices.Contains(deeds, last)
	})
	return deeds
}

// follows looks on, from the first exchange, until what is told next is enough.
func (c controlled) follows(t *testing.T, enough func(told []tape.Exchange) bool) {
	t.Helper()
	kept := tape.New(tape.Bounds{})
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = kept.Follow(ctx, c.address+"/exchanges", c.key, 0) // ends when it is stopped
	}()
	defer func() { stop(); <-ended }()
	for read := 0; ; {
		if err := kept.Wait(ctx, read); err != nil {
			t.Fatalf("what was waited for is not among the %d that were told", read)
		}
		found, gone := kept.After(read, 100)
		read += gone + len(found)
		if enough(found) {
			return
		}
	}
}

type signedIn struct{ ID, Username string }

// The buttons of the window, as a script presses them.
func TestAScriptDoesWhatAnOperatorDoes(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t, "--config", printedConfig(t, `
[[realm.client]]
client_id = "shop"
client_secret = "shop-secret"
redirect_uris = ["http://localhost:5173/callback"]
grant_types = ["authorization_code", "refresh_token"]
backchannel_logout_uri = "http://127.0.0.1:1/logout"
`))
	b := newBrowser(t)
	defer b.close()
	shop := oauth2.Config{
		ClientID: "shop", ClientSecret: "shop-secret", RedirectURL: "http://localhost:5173/callback", Scopes: []string{"openid"},
		Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInHeader},
	}
	userinfo := s.issuer + "/protocol/openid-connect/userinfo"
	token := b.signIn(s.issuer, shop).AccessToken

	var moved struct{ Moved string }
	s.orders(t, http.MethodPut, "/clock/demo", `{"by":"1m"}`, http.StatusOK, &moved)
	if moved.Moved != "1m0s" {
		t.Errorf("the clock is moved by %q", moved.Moved)
	}
	keys := func() int {
		_, said := get(t, s.issuer+"/protocol/openid-connect/certs")
		return strings.Count(said, `"kid"`)
	}
	before := keys()
	s.orders(t, http.MethodPost, "/keys/demo", "", http.StatusNoContent, nil)
	if after := keys(); after <= before {
		t.Errorf("%d keys are published after a rotation, %d before", after, before)
	}
	var sessions []signedIn
	s.orders(t, http.MethodGet, "/sessions/demo", "", http.StatusOK, &sessions)
	if len(sessions) != 1 || sessions[0].Username != "jane" {
		t.Fatalf("signed in is %+v", sessions)
	}
	s.orders(t, http.MethodPost, "/sessions/demo/"+url.PathEscape(sessions[0].ID)+"/logout", "", http.StatusAccepted, nil)
	if got := b.call(http.MethodGet, userinfo, token); got.status != http.StatusOK {
		t.Errorf("a logout token that was sent ended the session: %d %s", got.status, got.body)
	}
	s.orders(t, http.MethodDelete, "/sessions/demo/"+url.PathEscape(sessions[0].ID), "", http.StatusNoContent, nil)
	if got := b.call(http.MethodGet, userinfo, token); got.status != http.StatusUnauthorized {
		t.Errorf("a token of a session that was ended is answered %d", got.status)
	}
	token = b.signIn(s.issuer, shop).AccessToken
	s.orders(t, http.MethodDelete, "/grants/demo/jane", "", http.StatusNoContent, nil)
	if got := b.call(http.MethodGet, userinfo, token); got.status != http.StatusUnauthorized {
		t.Errorf("a token of a person whose grants were revoked is answered %d", got.status)
	}
	deeds := s.events(t, tape.GrantsRevoked)
	for _, want := range []string{tape.ClockMoved, tape.KeysRotated, tape.LogoutSent, tape.LogoutFailed, tape.SessionEnded} {
		if !slices.Contains(deeds, want) {
			t.Errorf("whoever looks on hears of %q, and not of %s", deeds, want)
		}
	}
	if told := s.logins(t, "/logins"); told.Last == 0 || len(told.Logins) == 0 {
		t.Errorf("with events between the exchanges the logins are %+v", told)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

// holds makes a request that is held, and returns where it tells the status that was answered, or 0 for none.
func (c controlled) holds(t *testing.T) (answered chan int) {
	t.Helper()
	c.orders(t, http.MethodPut, "/hold", `{"endpoint":"authorization","for":"1m"}`, http.StatusOK, nil)
	answered = make(chan int, 1)
	go func() {
		status := 0
		if res, err := http.Get(c.issuer + "/protocol/openid-connect/auth?client_id=nobody"); err == nil { //nolint:noctx // let go by the test
			status = res.StatusCode
			_ = res.Body.Close()
		}
		http.DefaultClient.CloseIdleConnections()
		answered <- status
	}()
	c.events(t, tape.RequestHeld)
	return answered
}

func TestAScriptHoldsARequestAndLetsItGo(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t)
	answered := s.holds(t)
	var held struct{ Held []struct{ ID int } }
	s.orders(t, http.MethodGet, "/hold", "", http.StatusOK, &held)
	if len(held.Held) != 1 {
		t.Fatalf("held is %+v", held)
	}
	select {
	case status := <-answered:
		t.Errorf("what is held was answered %d", status)
	default:
	}
	body := `{"query":[{"name":"client_id","value":"somebody"}]}`
	s.orders(t, http.MethodPost, fmt.Sprintf("/hold/%d", held.Held[0].ID), body, http.StatusNoContent, nil)
	if status := <-answered; status != http.StatusBadRequest {
		t.Errorf("what was let go is answered %d", status)
	}
	s.follows(t, func(told []tape.Exchange) bool { // which is a moment after it was answered
		return slices.ContainsFunc(told, func(e tape.Exchange) bool { return e.Event == nil })
	})
	if told := s.logins(t, "/logins"); len(told.Logins) != 1 || told.Logins[0].Client != "somebody" {
		t.Errorf("what was changed shows as %+v", told)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

func TestWhatIsHeldIsAnsweredWhenTheServerEnds(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t)
	answered := s.holds(t)
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
	if status := <-answered; status != http.StatusBadRequest {
		t.Errorf("what was held is answered %d, as if nobody had let it go", status)
	}
}

func TestWhoHasTheKeyIsToldWhatAnAppHasToKnowOfEachRealm(t *testing.T) {
	s := startControlled(t)
	var said struct{ Realms []tape.Realm }
	s.orders(t, http.MethodGet, "/realms", "", http.StatusOK, &said)
	i := slices.IndexFunc(said.Realms, func(r tape.Realm) bool { return r.Name == "demo" })
	if i < 0 || said.Realms[i].Issuer != s.issuer || len(said.Realms[i].People) == 0 {
		t.Fatalf("the realm of the lessons is told as %+v", said.Realms)
	}
	c := said.Realms[i].Clients
	j := slices.IndexFunc(c, func(c tape.Client) bool { return c.ID == "spring-client-app" })
	if j < 0 || c[j].Secret == "" || len(c[j].RedirectURIs) == 0 {
		t.Errorf("its clients are told as %+v", c)
	}
	s.key = "wrong"
	s.orders(t, http.MethodGet, "/realms", "", http.StatusUnauthorized, nil)
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}
