package tape_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// echo answers with the body that it got and runs one rule.
func echo(w http.ResponseWriter, r *http.Request) {
	trace.Record(r.Context(), trace.Check{By: trace.AuthorizationServer, ID: "body-small", Rule: "the body is small", Result: trace.Pass})
	body, _ := io.ReadAll(r.Body) // as much as there is
	w.Header().Set("X-Answer", "yes")
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write(body) // a recorder takes everything
}

func ask(t *testing.T, h http.Handler, method, target, body string, header ...string) {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	h.ServeHTTP(httptest.NewRecorder(), req)
}

func TestATapeKeepsWhatCrossedAndWhichRulesRan(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	var outside []string
	h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
	req := httptest.NewRequestWithContext(trace.WithRecorder(t.Context(), func(c trace.Check) { outside = append(outside, c.ID) }),
		http.MethodPost, "http://idp.example/token?x=1", strings.NewReader("grant_type=password"))
	req.Header.Set("Authorization", "Basic abc")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	if w.Code != http.StatusAccepted || w.Body.String() != "grant_type=password" {
		t.Errorf("the client got %d %q, and the tape must change nothing", w.Code, w.Body)
	}
	found, gone := kept.After(0, 10)
	if len(found) != 1 || gone != 0 {
		t.Fatalf("the tape has %d exchanges and lost %d", len(found), gone)
	}
	e := found[0]
	got := []string{
		e.Request.Method, e.Request.URL, string(e.Request.Body), e.Request.HeaderValue("authorization"), e.Request.Checks[0].ID,
		string(e.Request.From), string(e.Request.Channel), strconv.Itoa(e.Answer.Status), e.Answer.HeaderValue("X-Answer"),
		string(e.Answer.Body), string(e.Answer.From), strings.Join(outside, " "),
	}
	want := []string{
		"POST", "http://idp.example/token?x=1", "grant_type=password", "Basic abc", "body-small", "client", "back", "202", "yes",
		"grant_type=password", "authorization-server", "body-small",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestATapeTellsABrowserFromAServerOrSaysThatItGuesses(t *testing.T) {
	kept := tape.New(tape.Bounds{})
	h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
	for _, header := range [][]string{
		{"Sec-Fetch-Mode", "navigate"},
		{"Origin", "http://localhost:4200"},
		{"Cookie", "session=1"},
		{"Accept", "text/html,*/*"},
		{"Authorization", "Bearer x"},
		{"User-Agent", "curl/8"},
	} {
		ask(t, h, http.MethodGet, "/", "", header...)
	}
	found, _ := kept.After(0, 10)
	var got []string
	for _, e := range found {
		word := string(e.Request.Channel)
		if e.Guessed {
			word += "?"
		}
		got = append(got, word)
	}
	if diff := cmp.Diff([]string{"front", "front", "front", "front", "back", "back?"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFullTapeLosesTheOldestAndSaysHowMany(t *testing.T) {
	for name, bounds := range map[string]tape.Bounds{"by number": {Exchanges: 5}, "by size": {Bytes: 5 * 2600}} {
		t.Run(name, func(t *testing.T) {
			kept := tape.New(bounds)
			h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
			const sent = 40
			for range sent {
				ask(t, h, http.MethodPost, "/", strings.Repeat("x", 900))
			}
			found, gone := kept.After(0, sent)
			if len(found) != 5 || gone != sent-5 || found[0].Number != sent-4 || kept.Last() != sent {
				t.Errorf("%d are kept from number %d on, %d are gone, the last is %d", len(found), found[0].Number, gone, kept.Last())
			}
			if found, gone := kept.After(sent-2, 1); len(found) != 1 || gone != 0 || found[0].Number != sent-1 {
				t.Errorf("after number %d there are %v, %d gone", sent-2, found, gone)
			}
		})
	}
}

// TestAFullTapeGrowsNoFurther counts what is reachable while ten times as much
// crosses as the tape keeps.
func TestAFullTapeGrowsNoFurther(t *testing.T) {
	kept := tape.New(tape.Bounds{Bytes: 2 << 20})
	h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
	used := func() uint64 {
		for range 5000 {
			ask(t, h, http.MethodPost, "/", strings.Repeat("x", 900))
		}
		runtime.GC()
		runtime.GC() // the first may have left what it found on its way
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	early := used()
	used()
	if late := used(); late > early+early/4 {
		t.Errorf("%d bytes are in use after %d exchanges, of which %d are kept; %d were after a third of them",
			late, kept.Last(), kept.Len(), early)
	}
}

func TestALongBodyIsCutOnTheTapeOnly(t *testing.T) {
	kept := tape.New(tape.Bounds{Body: 10})
	w := httptest.NewRecorder()
	kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer).ServeHTTP(w,
		httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("0123456789abcdef")))
	found, _ := kept.After(0, 1)
	if e := found[0]; string(e.Request.Body) != "0123456789" || e.CutRequest != 6 || string(e.Answer.Body) != "0123456789" || e.CutAnswer != 6 {
		t.Errorf("kept %q (%d cut) and %q (%d cut)", e.Request.Body, e.CutRequest, e.Answer.Body, e.CutAnswer)
	}
	if w.Body.String() != "0123456789abcdef" {
		t.Errorf("the client got %q", w.Body)
	}
}

func TestAnotherProcessFollowsATapeAndGoesOnAfterABreak(t *testing.T) {
	for name, wanted := range map[string]func(http.Header){
		"packed": func(http.Header) {},
		"events": func(h http.Header) { h.Del("Accept") }, // a server that knows no other way
	} {
		t.Run(name, func(t *testing.T) { followsAfterABreak(t, wanted) })
	}
}

// TestWhoDoesNotAskForThisVersionIsToldEvents holds a script, and a window of another
// version, to what all understand.
func TestWhoDoesNotAskForThisVersionIsToldEvents(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(tape.New(tape.Bounds{}).Stream))
	defer server.Close()
	const events, packed = "text/event-stream", "application/vnd.grantwalk.tape.v1"
	for accept, want := range map[string]string{
		"": events, "*/*": events, packed: packed, packed + ", " + events: packed, packed + "2, " + events: events, events + ", " + packed: events,
	} {
		ctx, stop := context.WithCancel(t.Context())
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept", accept)
		res, err := server.Client().Do(req)
		stop()
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close() // nobody reads it
		if got := res.Header.Get("Content-Type"); got != want {
			t.Errorf("who accepts %q is told %q, not %q", accept, got, want)
		}
	}
}

func followsAfterABreak(t *testing.T, wanted func(http.Header)) {
	t.Helper()
	kept, copied := tape.New(tape.Bounds{}), tape.New(tape.Bounds{})
	h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer key" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		wanted(r.Header)
		kept.Stream(w, r)
	}))
	defer server.Close()
	ask(t, h, http.MethodGet, "/one", "")
	ask(t, h, http.MethodGet, "/two", "")

	last := 0
	for _, until := range []int{2, 3} {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			var err error
			if last, err = copied.Follow(ctx, server.URL, "key", last); !errors.Is(err, context.Canceled) {
				t.Errorf("following ended with %v", err)
			}
		}()
		if err := copied.Wait(t.Context(), until-1); err != nil {
			t.Fatal(err)
		}
		stop()
		<-done
		ask(t, h, http.MethodGet, "/three", "")
	}
	found, _ := copied.After(0, 10)
	var urls []string
	for _, e := range found {
		urls = append(urls, e.Request.URL)
	}
	if diff := cmp.Diff([]string{"http://example.com/one", "http://example.com/two", "http://example.com/three"}, urls); diff != "" {
		t.Error(diff)
	}

	_, err := copied.Follow(t.Context(), server.URL, "another", 0)
	var refused *tape.RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "key") {
		t.Errorf("with a wrong key: %v", err)
	}
}

func TestATapeIsNotFollowedToAnotherMachine(t *testing.T) {
	if _, err := tape.New(tape.Bounds{}).Follow(t.Context(), "http://idp.example/exchanges", "key", 0); err == nil ||
		!strings.Contains(err.Error(), "not on this machine") {
		t.Errorf("an address elsewhere: %v", err)
	}
}

func TestAStreamThatStartsTooLateSaysHowManyItMissed(t *testing.T) {
	kept, copied := tape.New(tape.Bounds{Exchanges: 2}), tape.New(tape.Bounds{})
	h := kept.Around(http.HandlerFunc(echo), trace.AuthorizationServer)
	for range 5 {
		ask(t, h, http.MethodGet, "/", "")
	}
	server := httptest.NewServer(http.HandlerFunc(kept.Stream))
	defer server.Close()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = copied.Follow(ctx, server.URL, "", 0) // ends because we say so
	}()
	if err := copied.Wait(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	stop()
	<-done
	if copied.Lost() != 3 {
		t.Errorf("%d are said to be lost, not 3", copied.Lost())
	}
}

// BenchmarkAround tells what it costs an exchange to be kept, and to be told to
// somebody who looks on, beside what it takes anyway.
func BenchmarkAround(b *testing.B) {
	bare := http.HandlerFunc(echo)
	watched := tape.New(tape.Bounds{})
	server := httptest.NewServer(http.HandlerFunc(watched.Stream))
	defer server.Close()
	ctx, stop := context.WithCancel(b.Context())
	read := make(chan error, 1)
	go func() {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, http.NoBody)
		if err == nil {
			var res *http.Response
			if res, err = server.Client().Do(req); err == nil {
				_, err = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close() // it was read to where we stopped
			}
		}
		read <- err
	}()
	for _, c := range []struct {
		name string
		h    http.Handler
	}{
		{"bare", bare},
		{"taped", tape.New(tape.Bounds{}).Around(bare, trace.AuthorizationServer)},
		{"watched", watched.Around(bare, trace.AuthorizationServer)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/token", strings.NewReader("grant_type=client_credentials"))
				c.h.ServeHTTP(httptest.NewRecorder(), req)
			}
		})
	}
	stop()
	if err := <-read; !errors.Is(err, context.Canceled) {
		b.Error(err)
	}
}
