package lifetime_test

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

func start() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func jwt(payload string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(payload)) + ".c2ln"
}

func answer(at time.Duration, body string) trace.Message {
	return trace.Message{
		Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client, At: start().Add(at),
		Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}}, Body: []byte(body),
	}
}

func redirect(location string) trace.Message {
	return trace.Message{
		Kind: trace.Response, From: trace.AuthorizationServer, To: trace.UserAgent, At: start(),
		Header: []trace.Field{{Name: "Location", Value: location}},
	}
}

func english(t *testing.T) *catalog.Catalog {
	t.Helper()
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	return say
}

func after(d time.Duration) time.Time { return start().Add(d) }

func TestLifetimesAreThoseThatTheMessagesTell(t *testing.T) {
	access, renewed := jwt(`{"exp":1772442300}`), jwt(`{"exp":1772528400}`)
	for sentence, c := range map[string]struct {
		messages []trace.Message
		want     []lifetime.Lifetime
	}{
		"a code is good for as long as the rule about it says": {
			[]trace.Message{redirect("https://app.example/cb?code=c1&state=s"), {
				Kind: trace.Request, From: trace.Client, Checks: []trace.Check{{ID: "code-fresh", Expected: "at most 60 s", Got: "3.2 s"}},
			}},
			[]lifetime.Lifetime{{Name: "code", Value: "c1", Born: start(), Ends: after(time.Minute), By: "code-fresh"}},
		},
		"a code that was handed in is used": {
			[]trace.Message{redirect("https://app.example/cb?code=c1&state=s"), {
				Kind: trace.Request, From: trace.Client, At: after(time.Second), Body: []byte("grant_type=authorization_code&code=c1"),
				Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
				Checks: []trace.Check{{ID: "code-unused", Result: trace.Pass}, {ID: "code-fresh", Expected: "at most 60 s", Result: trace.Pass}},
			}},
			[]lifetime.Lifetime{{Name: "code", Value: "c1", Born: start(), Ends: after(time.Minute), By: "code-fresh", Used: after(time.Second)}},
		},
		"a code that never came back has no end that anybody told": {
			[]trace.Message{redirect("https://app.example/cb?code=c1")},
			[]lifetime.Lifetime{{Name: "code", Value: "c1", Born: start()}},
		},
		"a token says it itself, and an opaque one is told of": {
			[]trace.Message{
				answer(0, `{"access_token":"`+access+`","expires_in":60,"refresh_token":"r1"}`),
				answer(time.Minute, `{"access_token":"opaque","expires_in":60}`),
			},
			[]lifetime.Lifetime{
				{Name: "access_token", Value: access, Born: start(), Ends: time.Unix(1772442300, 0).UTC(), By: "exp"},
				{Name: "refresh_token", Value: "r1", Born: start()},
				{Name: "access_token", Value: "opaque", Born: after(time.Minute), Ends: after(2 * time.Minute), By: "expires_in"},
			},
		},
		"a refresh token by its own claim, or by Keycloak's member": {
			[]trace.Message{
				answer(0, `{"refresh_token":"`+renewed+`","refresh_expires_in":5}`),
				answer(0, `{"refresh_token":"r2","refresh_expires_in":1800}`),
			},
			[]lifetime.Lifetime{
				{Name: "refresh_token", Value: renewed, Born: start(), Ends: time.Unix(1772528400, 0).UTC(), By: "exp"},
				{Name: "refresh_token", Value: "r2", Born: start(), Ends: after(30 * time.Minute), By: "refresh_expires_in"},
			},
		},
		"tokens in a fragment": {
			[]trace.Message{redirect("https://app.example/cb#access_token=opaque&expires_in=300")},
			[]lifetime.Lifetime{{Name: "access_token", Value: "opaque", Born: start(), Ends: after(5 * time.Minute), By: "expires_in"}},
		},
		"both codes of a device": {
			[]trace.Message{answer(0, `{"device_code":"d","user_code":"ABCD-EFGH","expires_in":600,"interval":5}`)},
			[]lifetime.Lifetime{
				{Name: "device_code", Value: "d", Born: start(), Ends: after(10 * time.Minute), By: "expires_in"},
				{Name: "user_code", Value: "ABCD-EFGH", Born: start(), Ends: after(10 * time.Minute), By: "expires_in"},
			},
		},
		"once, however often it crosses": {
			[]trace.Message{answer(0, `{"refresh_token":"r"}`), answer(time.Hour, `{"refresh_token":"r"}`)},
			[]lifetime.Lifetime{{Name: "refresh_token", Value: "r", Born: start()}},
		},
		"what somebody else says counts for nothing": {
			[]trace.Message{{
				Kind: trace.Response, From: trace.ResourceServer, At: start(), Body: []byte(`{"code":"c","expires_in":9}`),
				Header: []trace.Field{{Name: "Content-Type", Value: "application/json"}},
			}},
			nil,
		},
		"numbers that are none": {
			[]trace.Message{
				answer(0, `{"access_token":"a","expires_in":"soon"}`), answer(0, `{"access_token":"b","expires_in":-5}`),
				answer(0, `{"id_token":"`+jwt(`{"exp":9e99}`)+`"}`),
			},
			[]lifetime.Lifetime{
				{Name: "access_token", Value: "a", Born: start()},
				{Name: "access_token", Value: "b", Born: start()},
				{Name: "id_token", Value: jwt(`{"exp":9e99}`), Born: start()},
			},
		},
	} {
		run := &trace.Trace{Messages: c.messages}
		if diff := cmp.Diff(c.want, lifetime.Of(run, lifetime.CodeLimit(run))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sentence, diff)
		}
	}
}

func TestALifetimeEndsAtItsSecond(t *testing.T) {
	l := lifetime.Lifetime{Ends: after(time.Minute)}
	if l.Ended(after(59*time.Second)) || !l.Ended(after(time.Minute)) || l.Left(after(70*time.Second)) != -10*time.Second {
		t.Errorf("%v %v %v", l.Ended(after(59*time.Second)), l.Ended(after(time.Minute)), l.Left(after(70*time.Second)))
	}
	if (lifetime.Lifetime{}).Ended(after(1000 * time.Hour)) {
		t.Error("what nobody told the end of has ended")
	}
}

func TestWhatIsLeftIsSaidInWords(t *testing.T) {
	l := lifetime.Lifetime{Ends: after(time.Hour)}
	for at, want := range map[time.Duration]string{
		0:                                "good for 1 h more",
		55*time.Minute + 2*time.Second:   "good for 4 min 58 s more",
		time.Hour - 300*time.Millisecond: "good for 1 s more",
		time.Hour:                        "expired just now",
		time.Hour + 400*time.Millisecond: "expired just now",
		time.Hour + 61*time.Second:       "expired 1 min 1 s ago",
		25 * time.Hour:                   "expired 1 d ago",
	} {
		if got := l.Words(english(t), after(at)); got != want {
			t.Errorf("after %s: %q, want %q", at, got, want)
		}
	}
	l.Used = after(time.Minute)
	if got := l.Words(english(t), after(59*time.Second)); got != "good for 59 min 1 s more" {
		t.Errorf("before it is used: %q", got)
	}
	if got := l.Words(english(t), after(time.Minute)); got != "used, and good only once" {
		t.Errorf("once it is used: %q", got)
	}
	if got := (lifetime.Lifetime{}).Words(english(t), start()); got != "nobody said how long it is good" {
		t.Errorf("of an unknown end: %q", got)
	}
}
