package mockidp_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// counter is a source of bytes that repeats.
type counter struct{ n byte }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n++
		p[i] = c.n * 31
	}
	return len(p), nil
}

func TestClassroomRunRepeatsByteForByte(t *testing.T) {
	run := func() string {
		demo, err := mockidp.DemoKeys()
		if err != nil {
			t.Fatal(err)
		}
		p := newProvider(t, mockidp.Config{Keys: demo, Now: newClock().Now, Rand: &counter{}})
		b := newBrowser(t, p)
		var out strings.Builder
		note := func(r reply) reply {
			for _, name := range slices.Sorted(maps.Keys(r.Header)) {
				out.WriteString(name + ": " + strings.Join(r.Header[name], "|") + "\n")
			}
			out.WriteString(r.body + "\n")
			for _, c := range r.all {
				out.WriteString(c.ID + string(c.Result) + c.Expected + c.Got + "\n")
			}
			return r
		}
		done := note(b.submit(note(b.signIn(note(b.authorize()), "jane")), "decision", "approve"))
		note(b.post(tokenURL, redeeming(done.location().Query().Get("code")).Encode()))
		note(b.get(oidcURL + "/certs"))
		note(b.get(realmURL + "/.well-known/openid-configuration"))
		return out.String()
	}
	if first, second := run(), run(); first != second || len(first) < 10000 {
		t.Errorf("two runs differ:\n%s\n\n%s", first, second)
	}
}

func BenchmarkNew(b *testing.B) {
	cfg := mockidp.Config{BaseURL: "https://idp.example", Keys: keys(b)}
	for b.Loop() {
		if _, err := mockidp.New(cfg); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWholeFlow(b *testing.B) {
	p := newProvider(b, mockidp.Config{})
	for b.Loop() {
		w := newBrowser(b, p)
		if res := w.post(tokenURL, redeeming(w.code()).Encode()); res.StatusCode != http.StatusOK {
			b.Fatal(res.body)
		}
	}
}
