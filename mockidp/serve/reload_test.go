package serve

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
)

// reloading is a reloader of a file, and what it says.
func reloading(t *testing.T, text, format string) (r *reloader, said *strings.Builder) {
	t.Helper()
	f := &serveFlags{config: file(t, text), accessLog: format}
	asked, err := f.load(nil)
	if err != nil {
		t.Fatal(err)
	}
	said = &strings.Builder{}
	r = &reloader{succession: &succession{
		flags: f, base: "127.0.0.1:8180", at: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8180},
		front: newFront(""), lines: newServerLog(format, said), asked: asked,
	}}
	provider, around, err := asked.provider(f, r.base, r.at, mockidp.New)
	if err != nil {
		t.Fatal(err)
	}
	r.front.show(provider, around, r.asked)
	r.served = r.stamps()
	r.seen = r.served
	t.Cleanup(func() { _ = r.front.provider.Load().Close() })
	return r, said
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const (
	oneRealm  = "[[realm]]\nname = \"a\"\n"
	withAnApp = oneRealm + "[[realm.client]]\nclient_id = \"app\"\nredirect_uris = [\"https://app.example/cb\"]\n"
)

func TestWhoLooksOnIsToldThatTheFileWasReadAgain(t *testing.T) {
	r, _ := reloading(t, oneRealm, logText)
	r.front.tape = tape.New(tape.Bounds{})
	write(t, r.flags.config, "[[realm]]\n")
	r.read()
	write(t, r.flags.config, withAnApp)
	r.read()
	told, _ := r.front.tape.After(0, 9)
	if len(told) != 2 || told[0].Event.Deed != tape.ConfigRefused || !strings.Contains(told[0].Event.Says, "name") ||
		told[1].Event.Deed != tape.ConfigChanged || told[1].Event.Says != filepath.Base(r.flags.config) {
		t.Errorf("a file with a slip in it and a good one are told as %+v", told)
	}
}

func TestAChangedFileIsReadOnceNobodyWritesItAnyMore(t *testing.T) {
	r, said := reloading(t, oneRealm, logText)
	r.look()
	write(t, r.flags.config, withAnApp)
	r.look()
	if said.Len() > 0 {
		t.Errorf("a file that may just be written is read: %s", said)
	}
	r.look()
	if _, err := r.front.provider.Load().Realm("a").Client("app"); err != nil || !strings.HasPrefix(said.String(), "read again: ") {
		t.Errorf("%v, and it says %q", err, said)
	}
	r.look()
	r.look()
	if n := strings.Count(said.String(), "\n"); n != 1 {
		t.Errorf("it was read %d times:\n%s", n, said)
	}
}

func TestAFileWithASlipChangesNothingAndSaysWhere(t *testing.T) {
	for text, want := range map[string][2]string{
		withAnApp + "redirect_uri = 1\n":                     {":6: ", "redirect_uri"},
		strings.Replace(withAnApp, "https://", "http://", 1): {":5: ", "redirect_uri"},
		"base_url = \"http://127.0.0.1:9\"\n" + oneRealm:     {":1: ", "base_url"},
		"no TOML": {":1: ", "TOML"},
	} {
		r, said := reloading(t, oneRealm, logJSON)
		before := r.front.provider.Load()
		write(t, r.flags.config, text)
		r.look()
		r.look()
		r.look()
		line := `"line":` + strings.Trim(want[0], ": ")
		if r.front.provider.Load() != before || strings.Count(said.String(), "\n") != 1 || !strings.Contains(said.String(), line+"}") &&
			!strings.Contains(said.String(), line+",") || !strings.Contains(said.String(), want[1]) ||
			!strings.Contains(said.String(), `"event":"config-refused"`) {
			t.Errorf("%q\nwant %s in %s", text, want, said)
		}
		write(t, r.flags.config, withAnApp)
		r.look()
		r.look()
		if r.front.provider.Load() == before {
			t.Error("the mended file is not read")
		}
	}
}

func TestAMissingFileChangesNothing(t *testing.T) {
	for form, want := range map[string]string{
		logText: "nothing was changed: --config ",
		logJSON: `"reason":"`, // programs read fields alone
	} {
		r, said := reloading(t, oneRealm, form)
		if err := os.Remove(r.flags.config); err != nil {
			t.Fatal(err)
		}
		r.look()
		r.look()
		if !strings.Contains(said.String(), want) || !strings.Contains(said.String(), "nothing was changed") || strings.Count(said.String(), "\n") != 1 {
			t.Errorf("it says %q", said)
		}
	}
}

func TestAChangedKeyFileIsReadToo(t *testing.T) {
	r, said := reloading(t, "signing_seed = \"correct horse battery staple\"\n"+oneRealm, logText)
	write(t, r.flags.config, oneRealm+"signing_keys_file = \"keys.pem\"\n")
	r.look()
	r.look()
	if !strings.Contains(said.String(), "line 3: ") || !strings.Contains(said.String(), "keys.pem: no such file") {
		t.Fatalf("it says %q", said)
	}
}

func TestItReadsWhenItIsToldToAndEndsWithTheServer(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	r, said := reloading(t, oneRealm, logText)
	write(t, r.flags.config, withAnApp)
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := make(chan os.Signal), make(chan struct{})
	go func() {
		defer close(ended)
		r.follow(ctx, told, make(chan time.Time))
	}()
	told <- os.Interrupt // any will do
	told <- os.Interrupt // taken once the first was
	cancel()
	<-ended
	if !strings.HasPrefix(said.String(), "read again: ") {
		t.Errorf("it says %q", said)
	}
	if w := asked(r.front, http.MethodGet, "http://127.0.0.1:8180/realms/a/.well-known/openid-configuration"); w.Code != http.StatusOK {
		t.Errorf("after that the metadata are %d", w.Code)
	}
}
