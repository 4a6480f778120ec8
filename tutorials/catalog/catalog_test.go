package catalog_test

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

const walkRoom = `
next = "Next"
saved = "Saved {file} as {file}, {size} long"
[steps]
one = "{n} step of {all}"
other = "{n} steps of {all}"
[menu]
file = "File"
`

func open(t *testing.T, lang, room string) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Open(folder(room), "xx/screen", lang)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func folder(room string) fs.FS {
	return fstest.MapFS{"xx/screen/walk.toml": {Data: []byte(room)}}
}

func TestATextIsSaidByItsRoomAndItsKey(t *testing.T) {
	c := open(t, "en", walkRoom)
	for id, want := range map[string]string{"walk.next": "Next", "walk.menu.file": "File"} {
		if got := c.Text(id); got != want {
			t.Errorf("%s is said as %q, want %q", id, got, want)
		}
	}
	if got := c.Text("walk.saved", "file", "a.md", "size", "{file}"); got != "Saved a.md as a.md, {file} long" {
		t.Errorf("what is filled in must not be filled again: %q", got)
	}
	if err := c.Check(); err != nil {
		t.Errorf("a sound room is refused: %v", err)
	}
	if got, want := c.IDs(), []string{"walk.menu.file", "walk.next", "walk.saved", "walk.steps"}; !slices.Equal(got, want) {
		t.Errorf("ids: got %q, want %q", got, want)
	}
}

func TestANumberIsSaidInThePluralFormOfTheLanguage(t *testing.T) {
	english := open(t, "en", walkRoom)
	polish := open(t, "pl", "[steps]\none = \"{n} krok\"\nfew = \"{n} kroki\"\nmany = \"{n} kroków\"\nother = \"{n} kroku\"\n")
	for _, row := range []struct {
		c    *catalog.Catalog
		n    int
		want string
	}{
		{english, 0, "0 steps of 9"},
		{english, 1, "1 step of 9"},
		{english, 21, "21 steps of 9"},
		{polish, 1, "1 krok"},
		{polish, 3, "3 kroki"},
		{polish, 12, "12 kroków"},
		{polish, 22, "22 kroki"},
	} {
		if got := row.c.Count("walk.steps", row.n, "all", "9"); got != row.want {
			t.Errorf("%s says %d as %q, want %q", row.c.Language(), row.n, got, row.want)
		}
	}
	if got := open(t, "pl", walkRoom).Count("walk.steps", 3, "all", "9"); got != "3 steps of 9" {
		t.Errorf("where a form is missing the general one stands in: %q", got)
	}
}

func TestASentenceBeginsWithALargeLetterOfTheLanguage(t *testing.T) {
	for _, row := range []struct{ lang, words, want string }{
		{"en", "good for 1 h", "Good for 1 h."}, {"de", "über", "Über."}, {"tr", "iyi", "İyi."}, {"en", "", "."}, {"en", "1 h", "1 h."},
	} {
		if got := open(t, row.lang, walkRoom).Sentence(row.words); got != row.want {
			t.Errorf("%s: %q became %q, want %q", row.lang, row.words, got, row.want)
		}
	}
	var none *catalog.Catalog
	if none.Capital("x") != "X" {
		t.Error("without a catalog there is no large letter")
	}
}

func TestANameOfTheRecordIsCalledByItsTextOrStays(t *testing.T) {
	c := open(t, "de", "random-bytes-16 = \"Zufall\"")
	for name, want := range map[string]string{"Random bytes(16)": "Zufall", "code_verifier": "code_verifier", "": ""} {
		if got := c.Called("walk", name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
	var none *catalog.Catalog
	if none.Called("walk", "x") != "x" {
		t.Error("without a catalog a name stays")
	}
}

func TestWhatHasNoTextIsSaidByItsID(t *testing.T) {
	for name, c := range map[string]*catalog.Catalog{
		"a catalog": open(t, "en", walkRoom), "none": nil,
		"a broken room": open(t, "en", "next ="),
	} {
		for _, id := range []string{"walk.nothing", "attic.next", "walk", ""} {
			if c.Text(id, "a", "b") != id || c.Count(id, 2) != id {
				t.Errorf("%s says %q otherwise", name, id)
			}
		}
	}
	var none *catalog.Catalog
	if none.Language() != "und" {
		t.Errorf("no catalog is in the language %q", none.Language())
	}
}

func TestARoomThatIsDamagedIsNamed(t *testing.T) {
	for name, row := range map[string]struct{ room, want string }{
		"a number":        {"next = 3", "next is neither a text nor a table"},
		"an empty text":   {`next = ""`, "next says nothing"},
		"a strange form":  {"[steps]\nother = \"x\"\nsome = \"y\"", `steps has "some", which is no plural form`},
		"a number inside": {"[menu]\nfile = true", "menu.file is neither"},
		"no TOML":         {"next = ", "walk.toml"},
	} {
		err := open(t, "en", row.room).Check()
		if err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "walk.toml") {
			t.Errorf("%s: got %v, want walk.toml and %q", name, err, row.want)
		}
	}
	if _, err := catalog.Open(fstest.MapFS{}, "xx/screen", "en"); err == nil {
		t.Error("a language without a room was opened")
	}
	if _, err := catalog.Open(folder(walkRoom), "xx/screen", "no language"); err == nil {
		t.Error("a language without a tag was opened")
	}
}

func TestPlaceholdersAreFoundOnceAndSorted(t *testing.T) {
	if diff := cmp.Diff([]string{"a", "b"}, catalog.Placeholders("{b} and {a}, {b} {unfinished")); diff != "" {
		t.Error(diff)
	}
}

func TestManyMayAskAtOnce(t *testing.T) {
	c := open(t, "en", walkRoom)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if c.Text("walk.next") != "Next" || c.Count("walk.steps", 1, "all", "2") != "1 step of 2" {
				t.Error("a room was read before it was ready")
			}
		})
	}
	all.Wait()
}
