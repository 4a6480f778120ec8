package mockidp

import (
	"crypto/rand"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func noon() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }

func TestALicenseEndsOnceAndTakesWhatStandsOnItAlong(t *testing.T) {
	v := &visit{sid: "visit"}
	first := &license{visit: v}
	token, other := first.own(nil), first.own(nil)
	exchanged := (&license{parent: token, exchanges: 1}).own(nil)
	token.end("its client gave it back")
	token.end("another reason")
	for l, want := range map[*license]string{
		token: "its client gave it back", exchanged: "its client gave it back", other: "", first: "",
	} {
		if got := l.over(); got != want {
			t.Errorf("over for %q, want %q", got, want)
		}
	}
	if v.ended.Store(true); other.over() != "the person signed out" {
		t.Errorf("a token of a visit that ended is over for %q", other.over())
	}
}

// atOnce does the same many times at once, and counts how often it succeeds.
func atOnce(do func() bool) int64 {
	var group sync.WaitGroup
	var n atomic.Int64
	for range 16 {
		group.Go(func() {
			if do() {
				n.Add(1)
			}
		})
	}
	group.Wait()
	return n.Load()
}

func TestWhatIsGoodOnceIsClaimedByOneOfManyAtOnce(t *testing.T) {
	jane, app := &Person{Username: "jane"}, &Client{ClientID: "app"}
	codes, shown, forms := newCodes(&fullness{}), newProofs(&fullness{}), newAnswered(&fullness{})
	codes.put("code", &code{approved: &approved{client: app}, person: jane, issued: noon(), license: &license{}},
		Lifetimes{Code: time.Minute, AccessToken: time.Minute}, noon())
	for name, do := range map[string]func() bool{
		"a code":  func() bool { return !codes.claim("code", app, noon()).usedBefore },
		"a proof": func() bool { return shown.claim("app", "proof", noon()) },
		"a form":  func() bool { return forms.claim("here", "form", noon()) },
	} {
		if n := atOnce(do); n != 1 {
			t.Errorf("%s is claimed by %d of 16", name, n)
		}
	}
	if stranger := codes.claim("code", &Client{ClientID: "other"}, noon()); stranger == nil || !stranger.usedBefore {
		t.Error("a code that was used is new to another client")
	}
}

func TestAnotherClientUsesNoCodeUp(t *testing.T) {
	codes, app := newCodes(&fullness{}), &Client{ClientID: "app"}
	codes.put("code", &code{approved: &approved{client: app}, license: &license{}}, Lifetimes{Code: time.Minute}, noon())
	codes.claim("code", &Client{ClientID: "other"}, noon())
	if found := codes.claim("code", app, noon()); found == nil || found.usedBefore {
		t.Error("another client has used the code up")
	}
}

func TestARefreshTokenIsReplacedAndItsForerunnerIsOld(t *testing.T) {
	app := &Client{ClientID: "app", GrantTypes: []string{grantRefreshToken}}
	all := newFamilies(func(*Client) Lifetimes { return usualLifetimes() }, &fullness{})
	first, err := all.begin(&authorized{client: app, license: &license{}, authTime: noon()}, "id", "one", noon())
	if err != nil {
		t.Fatal(err)
	}
	claimed := all.claim(first, app, noon())
	if claimed == nil || claimed.usedBefore || !claimed.claimed {
		t.Fatalf("the first use finds %+v", claimed)
	}
	if again := all.claim(first, app, noon()); !again.usedBefore {
		t.Error("a token that is just being exchanged is exchanged twice")
	}
	second, err := all.renew(claimed, "two", nil, noon().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if old := all.find(first, noon().Add(time.Minute)); old == nil || !old.usedBefore {
		t.Errorf("the old token is found as %+v", old)
	}
	found := all.find(second, noon().Add(3*time.Minute))
	if found == nil || found.usedBefore || found.idle != 2*time.Minute || found.age != 3*time.Minute {
		t.Errorf("the new token is found as %+v", found)
	}
	if all.forget("app"); all.find(second, noon()) != nil {
		t.Error("a client that is gone has a refresh token")
	}
}

func TestASessionEndsOnceAndNamesWhomToTell(t *testing.T) {
	all := newSessions(time.Hour, newTokens(nil, &fullness{}), &fullness{})
	s := &session{id: "id", visit: &visit{sid: "visit"}, person: &Person{Subject: "ann"}, authTime: noon(), consents: map[string][]string{}}
	all.put(s, noon())
	told := &Client{ClientID: "told", ClientLogout: ClientLogout{BackchannelLogoutURI: "https://told.example"}}
	all.remember(s.visit, told, "https://idp.example")
	all.remember(s.visit, told, "https://idp.example")
	all.remember(s.visit, &Client{ClientID: "quiet"}, "https://idp.example")
	all.decide(s, "app", []string{"a", "b"}, []string{"a"})
	if !all.agreed(s, "app", []string{"a"}) || all.agreed(s, "app", []string{"a", "b"}) || all.agreed(s, "other", []string{"a"}) {
		t.Errorf("agreed to %v", all.consents(s))
	}
	at := noon().Unix()
	if all.of("", "ann", at, noon()) != s || all.of("", "ann", at+1, noon()) != nil || all.of("", "bob", at, noon()) != nil {
		t.Error("a session is found by its person and the second in which they signed in")
	}
	if all.of("visit", "", 0, noon()) != s || all.get("id", noon()) != s || all.get("id", noon().Add(time.Hour)) != nil {
		t.Error("a session is found by its cookie and its sid, for an hour")
	}
	all.put(s, noon())
	if got := all.end(s, noon()); !slices.Equal(got, []reader{{"told", "https://idp.example"}}) {
		t.Errorf("told are %v", got)
	}
	if got := all.end(s, noon()); got != nil || all.get("id", noon()) != nil {
		t.Errorf("ended twice, told are %v", got)
	}
}

// named gives a token of a license its jti.
func named(t *testing.T, all *tokens, l *license) string {
	t.Helper()
	var drawn [drawnSize]byte
	if _, err := rand.Read(drawn[:]); err != nil {
		t.Fatal(err)
	}
	jti, err := all.name("app", l, drawn, time.Hour, noon())
	if err != nil {
		t.Fatal(err)
	}
	return jti
}

func TestATokenEndsWithEachThatItCameFrom(t *testing.T) {
	all := newTokens([]byte("secret"), &fullness{})
	grant := all.begin(all.visit("visit"), nil)
	first := named(t, all, grant)
	second := named(t, all, &license{parent: grant, exchanges: 1, from: first})
	third := named(t, all, &license{parent: all.license(second, noon()), exchanges: 2, from: second})
	if n := all.license(third, noon()).exchanges; n != 2 {
		t.Errorf("the third token says that it came of %d exchanges", n)
	}
	for _, ended := range []string{third, second, first} {
		all.revoke(&jwt{accessClaims: accessClaims{ID: ended, ClientID: "app", Expires: noon().Add(time.Hour).Unix()}}, "given back", noon())
		for _, jti := range []string{first, second, third} {
			want := ""
			if strings.HasSuffix(jti, ended) {
				want = "given back"
			}
			if got := all.over(jti, noon()); got != want {
				t.Errorf("with %s ended, %s is over because %q", ended, jti, got)
			}
		}
	}
	other := all.begin(all.visit("other"), nil)
	fromRefresh := named(t, all, &license{parent: other, exchanges: 1})
	all.end(other, "app", "used twice", noon())
	if got := all.over(fromRefresh, noon()); got != "used twice" {
		t.Errorf("what a refresh token was exchanged for is over because %q", got)
	}
}

func TestAJTITellsNobodyWhatItStandsFor(t *testing.T) {
	here, there := newTokenNamer([]byte("secret")), newTokenNamer([]byte("another"))
	line := lineage{visit: 1<<40 - 1, grant: 7, exchanges: 2, from: "a.b"}
	jti, err := here.name(line, [drawnSize]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := here.read(jti); !ok || got != line {
		t.Errorf("read is %+v %t", got, ok)
	}
	if got, _ := there.read(jti); got.visit == line.visit || got.grant == line.grant {
		t.Errorf("with another secret it says %+v", got)
	}
	if again, _ := here.name(line, [drawnSize]byte{2}); again[:22] == jti[:22] {
		t.Error("two tokens of one authorization have one jti")
	}
	for _, text := range []string{"", "a", "6f1c2f3e-0000-4000-8000-000000000000"} {
		if got, ok := here.read(text); ok {
			t.Errorf("%q says %+v", text, got)
		}
	}
}
