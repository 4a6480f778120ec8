package mockidp

import (
	"maps"
	mathrand "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

func TestShelfForgetsWhatIsTooOldAndNeverHoldsMoreThanItsLimit(t *testing.T) {
	s := newShelf[int](time.Minute, 3)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 5 {
		s.put(strconv.Itoa(i), i, now.Add(time.Duration(i)*time.Second))
	}
	if _, ok := s.get("1", now); ok || s.order.Len() != 3 || len(s.byKey) != 3 {
		t.Errorf("the oldest is still there, or %d are", s.order.Len())
	}
	if v, ok := s.get("2", now.Add(61*time.Second)); !ok || v != 2 {
		t.Error("what came last but two is gone")
	}
	if _, ok := s.get("2", now.Add(62*time.Second)); ok {
		t.Error("a value is there after its time")
	}
	s.put("new", 9, now.Add(time.Hour))
	if s.order.Len() != 1 || len(s.byKey) != 1 {
		t.Errorf("%d values are there, all but one expired", s.order.Len())
	}
	s.put("new", 10, now.Add(time.Hour))
	if v, _ := s.get("new", now.Add(time.Hour)); v != 10 || s.order.Len() != 1 {
		t.Error("putting twice under one key keeps both")
	}
	s.remove("new")
	s.remove("new")
	if s.order.Len() != 0 || len(s.byKey) != 0 {
		t.Error("a removed value is still there")
	}
}

func TestShelfMakesRoomForValuesThatLiveDifferentlyLong(t *testing.T) {
	s := newShelf[int](time.Minute, 100)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	draw := mathrand.New(mathrand.NewPCG(1, 2)) //nolint:gosec // the same order in every run
	alive := map[string]time.Time{}
	for i := range 5000 {
		now = now.Add(time.Duration(draw.IntN(2000)) * time.Millisecond)
		key, ttl := strconv.Itoa(draw.IntN(300)), time.Duration(draw.IntN(100)+1)*time.Second
		if i%7 == 0 {
			s.remove(key)
			delete(alive, key)
			continue
		}
		s.putFor(key, i, ttl, now)
		alive[key] = now.Add(ttl)
		maps.DeleteFunc(alive, func(_ string, end time.Time) bool { return !now.Before(end) })
		if len(alive) > 100 {
			t.Fatal("the test fills the shelf")
		}
		if s.order.Len() != len(s.byKey) || s.order.Len() != len(alive) {
			t.Fatalf("%d values in the heap, %d in the map, %d alive", s.order.Len(), len(s.byKey), len(alive))
		}
	}
	small := newShelf[int](time.Hour, 2)
	small.put("long", 1, now)
	small.putFor("short", 2, time.Second, now)
	small.put("new", 3, now)
	if _, ok := small.get("short", now); ok || small.order.Len() != 2 {
		t.Error("what expires first did not make room")
	}
}

func TestUnansweredSignInPagesDoNotPileUp(t *testing.T) {
	p, err := New(Config{BaseURL: "https://idp.example"})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/realms/demo"+pathAuthorization+
		"?response_type=code&client_id=react-client&redirect_uri=http://localhost:3000/callback&scope=openid"+
		"&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256", nil)
	for range maxForms + 100 {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, request)
		if w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if n := p.tenants["/realms/demo"].forms.order.Len(); n != maxForms {
		t.Errorf("%d forms are kept", n)
	}
}

func TestLoopbackPortIsCutFromNothingElse(t *testing.T) {
	for uri, want := range map[string]string{
		"http://127.0.0.1/cb":            "http://127.0.0.1/cb",
		"http://127.0.0.1:1/cb":          "http://127.0.0.1/cb",
		"http://127.0.0.1:65535/cb?a=b":  "http://127.0.0.1/cb?a=b",
		"http://[::1]:8080/cb":           "http://[::1]/cb",
		"http://127.0.0.1:80":            "http://127.0.0.1",
		"http://127.0.0.1:0/cb":          "",
		"http://127.0.0.1:65536/cb":      "",
		"http://127.0.0.1:/cb":           "",
		"http://127.0.0.1:+80/cb":        "",
		"http://127.0.0.1:80@evil/cb":    "",
		"http://127.0.0.1@evil/cb":       "",
		"http://127.0.0.1.evil/cb":       "",
		"http://127.0.0.1#/cb":           "",
		"https://127.0.0.1:80/cb":        "",
		"http://localhost:80/cb":         "",
		"HTTP://127.0.0.1:80/cb":         "",
		"http://127.0.0.2:80/cb":         "",
		"http://[::1]evil/cb":            "",
		"http://[::1%25lo]:80/cb":        "",
		"http://127.0.0.1:80\\@evil/cb":  "",
		"http://127.0.0.1:80 /cb":        "",
		"http://127.0.0.1:8 0/cb":        "",
		"http://127.0.0.1:80/cb/../evil": "http://127.0.0.1/cb/../evil",
	} {
		if got, ok := cutLoopbackPort(uri); got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", uri, got, ok, want)
		}
	}
}

func TestTokensAreReadExactly(t *testing.T) {
	for _, token := range []string{
		"", ".", "..", "e30.e30", "e30.e30.e30.e30", "e30=.e30.e30", "e31.e30.e30", "bnVsbA.e30.e30", "e30.W10.e30",
		"e30.e30.e3", "e30.e30.e\n30", "e30\n.e30.e30", "e30.e30e30.", "e30.eyJleHAiOiJ4In0.e30",
	} {
		if j := parseJWT(token); j.malformed == "" {
			t.Errorf("%q passes for a JWT", token)
		}
	}
	if j := parseJWT("e30.e30.e30"); j.malformed != "" {
		t.Error(j.malformed)
	}
}
