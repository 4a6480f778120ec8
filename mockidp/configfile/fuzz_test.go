package configfile

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/mockidp"
)

func seeds() []string {
	return []string{
		"", "\ufeffhosts = []", "a.b.'c d'.\"e\\u0066\" = 1", "[a.b]\nc=1\n[[a.d]]\n[a.d.e]\nf=2\n[[a.d]]",
		"a = [1, [2, 3], # c\n 4,]\nb = 5", "a = {b = 1, c.d = [{e=2},\n{f = \"}\"}],}\ng=1",
		"a = \"\"\"x\n\"y\" \\\"\"\"\"\"\"\nb = '''\n'''''\nc = 1", "d = 1979-05-27 07:32:00\ne = 07:32:00 # x\nf = +inf\ng = 0x1_f",
		"[[realm]]\nname='a'\n[realm.lifetimes]\ncode=\"1m\"\n[[realm.client]]\nclient_id='x'\nredirect_uris=['http://127.0.0.1/']\njwks='{\"keys\":[]}'\n[[realm.person]]\nusername='p'\npassword='p'\nclaims={a=[1,{b=2}]}",
		"[[realm]]\nname='a'\n[realm.registration]\n[[realm.scope]]\nname='openid'\n[relaxed]\nplain_http=true\n",
		"a = []\nb = {}\n[c]\n[[d]]\n[d.e.f]\n", "\r\na = 1\r\n\r\n[b]\r\nc = 2\r\n", "\"\" = 1\n'' .a= 2",
	}
}

// A file ends in an error with its place, or in a config that mockidp.New
// takes or refuses in words; what it takes can be printed and read again.
func FuzzConfigFile(f *testing.F) {
	for _, seed := range seeds() {
		f.Add(seed)
	}
	var story bytes.Buffer
	if err := Write(&story, mockidp.Config{Realms: []mockidp.Realm{mockidp.StoryRealm()}}); err != nil {
		f.Fatal(err)
	}
	f.Add(story.String())
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read("f", text)
		if err != nil {
			checkPlace(t, text, err)
			return
		}
		file.Config.BaseURL = "https://idp.example"
		provider, err := mockidp.New(file.Config)
		if err != nil {
			if !strings.Contains(file.Explain(err).Error(), "config: ") {
				t.Fatalf("unclear: %v", file.Explain(err))
			}
			return
		}
		_ = provider.Close()
		checkRoundTrip(t, file.Config)
	})
}

func checkPlace(t *testing.T, text string, err error) {
	t.Helper()
	var at *Error
	lines := strings.Count(text, "\n") + 1
	if !errors.As(err, &at) || at.Line > lines || at.Line == 0 && len(text) <= MaxSize {
		t.Fatalf("no place in %d lines: %v", lines, err)
	}
}

func checkRoundTrip(t *testing.T, cfg mockidp.Config) {
	t.Helper()
	var printed bytes.Buffer
	if err := Write(&printed, cfg); err != nil {
		t.Fatal(err)
	}
	again, err := Read("f", printed.String())
	if err != nil {
		t.Fatalf("%v\n%s", err, printed.String())
	}
	if diff := cmp.Diff(cfg, again.Config); diff != "" {
		t.Fatalf("%s\n%s", diff, printed.String())
	}
}

// The scan sees what the decoder saw, and nothing else: no line is guessed.
func FuzzScan(f *testing.F) {
	for _, seed := range seeds() {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values := map[string]any{}
		found, deep := scan(text)
		if len(text) > MaxSize || deep > 0 {
			return
		}
		if _, err := toml.Decode(text, &values); err != nil {
			return
		}
		if diff := cmp.Diff(shapeOf(values), shape(found)); diff != "" {
			t.Fatalf("%q: -decoder +scan\n%s", text, diff)
		}
	})
}

// shapeOf keeps only what is in what.
func shapeOf(value any) any {
	switch v := value.(type) {
	case map[string]any:
		keys := map[string]any{}
		for k := range v {
			keys[k] = shapeOf(v[k])
		}
		if len(keys) > 0 {
			return keys
		}
	case []map[string]any:
		var items []any
		for i := range v {
			items = append(items, shapeOf(v[i]))
		}
		if len(items) > 0 {
			return items
		}
	case []any:
		var items []any
		for i := range v {
			items = append(items, shapeOf(v[i]))
		}
		if len(items) > 0 {
			return items
		}
	}
	return nil
}

func shape(n *node) any {
	switch {
	case len(n.keys) > 0:
		keys := map[string]any{}
		for k := range n.keys {
			keys[k] = shape(n.keys[k])
		}
		return keys
	case len(n.items) > 0:
		var items []any
		for _, item := range n.items {
			items = append(items, shape(item))
		}
		return items
	}
	return nil
}
