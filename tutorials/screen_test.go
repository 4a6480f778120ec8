//go:build !race

package tutorials

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
)

// asked is one place in the Go sources that names the id of a text.
type asked struct {
	at     string // file and line
	id     string // or the start of one, up to a dot
	call   bool   // Text or Count is called there, so that the placeholders are known
	counts bool
	names  []string // of the placeholders; nil where they come from elsewhere
	open   bool     // names come from elsewhere
}

// askedIn finds the ids in a Go file: every string that begins with the name
// of a room and a dot. A string that ends in a dot, or in a hyphen, stands for
// every id that begins so.
func askedIn(t *testing.T, fset *token.FileSet, file string, rooms *regexp.Regexp) []asked {
	t.Helper()
	parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []asked
	inCall := map[ast.Node]bool{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if a, ok := askedByCall(n, rooms); ok {
				a.at = fset.Position(n.Pos()).String()
				found = append(found, a)
				inCall[n.Args[0]] = true
			}
		case *ast.BasicLit:
			if id := literal(n); !inCall[n] && rooms.MatchString(id) {
				found = append(found, asked{at: fset.Position(n.Pos()).String(), id: id})
			}
		case *ast.ImportSpec:
			return false
		}
		return true
	})
	return found
}

// askedByCall understands say.Text("walk.saved", "name", file) and say.Count("walk.steps", n).
func askedByCall(call *ast.CallExpr, rooms *regexp.Regexp) (asked, bool) {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Text", "Count", "Called"}, method.Sel.Name) || len(call.Args) == 0 {
		return asked{}, false
	}
	id := literal(call.Args[0])
	if method.Sel.Name == "Called" {
		return asked{id: id + "."}, rooms.MatchString(id + ".")
	}
	if !rooms.MatchString(id) {
		return asked{}, false
	}
	a := asked{id: id, call: true, counts: method.Sel.Name == "Count", open: call.Ellipsis.IsValid()}
	pairs := call.Args[1:]
	if a.counts && len(pairs) > 0 {
		pairs = pairs[1:]
		a.names = append(a.names, "n")
	}
	for i := 0; i < len(pairs); i += 2 {
		a.names = append(a.names, literal(pairs[i]))
		a.open = a.open || len(pairs)%2 != 0
	}
	return a, true
}

func literal(e ast.Node) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// goFiles are the sources of the whole program; tests may ask for what they like.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && file != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "build") {
			return fs.SkipDir
		}
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			files = append(files, file)
		}
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d Go files found: %v", len(files), err)
	}
	return files
}

func roomNames(ids []string) *regexp.Regexp {
	var names []string
	for _, id := range ids {
		room, _, _ := strings.Cut(id, ".")
		names = append(names, regexp.QuoteMeta(room))
	}
	slices.Sort(names)
	return regexp.MustCompile(`^(` + strings.Join(slices.Compact(names), "|") + `)\.([a-z][a-z0-9.-]*)?$`)
}

func everythingAsked(t *testing.T, ids []string) []asked {
	t.Helper()
	rooms, fset := roomNames(ids), token.NewFileSet()
	var all []asked
	for _, file := range goFiles(t) {
		all = append(all, askedIn(t, fset, file, rooms)...)
	}
	return all
}

func isStart(id string) bool { return strings.HasSuffix(id, ".") || strings.HasSuffix(id, "-") }

func TestEveryTextThatTheCodeAsksForExists(t *testing.T) {
	say := english(t).Catalog()
	ids := say.IDs()
	for _, a := range everythingAsked(t, ids) {
		switch {
		case isStart(a.id):
			if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, a.id) }) {
				t.Errorf("%s: no text begins with %q", a.at, a.id)
			}
		case !slices.Contains(ids, a.id):
			t.Errorf("%s: there is no text %q in en/screen", a.at, a.id)
		case a.call && !a.open:
			checkPlaceholders(t, say, a)
		}
	}
}

// checkPlaceholders compares what the code fills in with what stands in the text.
func checkPlaceholders(t *testing.T, say *catalog.Catalog, a asked) {
	t.Helper()
	forms := say.Forms(a.id)
	if len(forms) > 1 && !a.counts {
		t.Errorf("%s: %s has the forms %v, so Count has to ask for it", a.at, a.id, forms)
	}
	var named []string
	for _, text := range forms {
		named = append(named, catalog.Placeholders(text)...)
	}
	slices.Sort(named)
	named = slices.Compact(named)
	for _, name := range named {
		if !slices.Contains(a.names, name) {
			t.Errorf("%s: nobody fills in {%s} of %s", a.at, name, a.id)
		}
	}
	for _, name := range a.names {
		if name != "n" && !slices.Contains(named, name) {
			t.Errorf("%s: %s has no placeholder {%s}", a.at, a.id, name)
		}
	}
}

func TestEveryTextThatExistsIsAskedFor(t *testing.T) {
	ids := english(t).Catalog().IDs()
	all := everythingAsked(t, ids)
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(a asked) bool { return a.id == id || isStart(a.id) && strings.HasPrefix(id, a.id) }) {
			t.Errorf("nobody asks for %s of en/screen", id)
		}
	}
}

// A text that is found by the name of something has that name in small letters, digits and hyphens.
func TestEveryTextHasAnIDByWhichItCanBeCalled(t *testing.T) {
	called := regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)
	for _, id := range english(t).Catalog().IDs() {
		if !called.MatchString(id) {
			t.Errorf("nobody can ask for %q of en/screen by a name", id)
		}
	}
}

func TestEveryLanguageSaysTheSameAsEnglish(t *testing.T) {
	want := english(t)
	for _, language := range Languages() {
		l, err := Open(files, language.Tag)
		if err != nil {
			t.Error(err)
			continue
		}
		for place, ids := range map[string][2][]string{
			"screen":    {want.Catalog().IDs(), l.Catalog().IDs()},
			"checks":    {want.Rules().IDs(), l.Rules().IDs()},
			"refusals":  {want.Refusals().IDs(), l.Refusals().IDs()},
			"witnesses": {want.Witnesses().IDs(), l.Witnesses().IDs()},
			"workbench": {want.Benches().IDs(), l.Benches().IDs()},
		} {
			for _, id := range ids[0] {
				if !slices.Contains(ids[1], id) {
					t.Errorf("%s/%s does not say %s", language.Tag, place, id)
				}
			}
		}
		for _, id := range want.Catalog().IDs() {
			checkTranslation(t, language.Tag, id, want.Catalog().Forms(id), l.Catalog().Forms(id))
		}
	}
}

// checkTranslation holds the placeholders of a translation to those of the English text.
func checkTranslation(t *testing.T, tag, id string, english, other map[string]string) {
	t.Helper()
	want := catalog.Placeholders(english["other"])
	for form, text := range other {
		for _, name := range catalog.Placeholders(text) {
			if !slices.Contains(want, name) {
				t.Errorf("%s: %s, %s: nobody fills in {%s}", tag, id, form, name)
			}
		}
	}
	if got := catalog.Placeholders(other["other"]); !slices.Equal(got, want) {
		t.Errorf("%s: %s fills in %v, English %v", tag, id, got, want)
	}
}

func TestThePseudoLanguageHasNoEnglishLeft(t *testing.T) {
	made, err := pseudo.Files(files)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(made, pseudo.Language)
	if err != nil {
		t.Fatal(err)
	}
	aside := regexp.MustCompile("`[^`]*`|\\{[a-z]+\\}|\\]\\([^)]*\\)") // code, placeholders and where links lead
	plain := regexp.MustCompile(`[A-Za-z]+`)
	check := func(place, body string) {
		if word := plain.FindString(aside.ReplaceAllString(body, "")); word != "" {
			t.Errorf("%s: %q has no accent in %s", place, word, body)
		}
	}
	for text := range l.texts() {
		check(text.place, text.body)
	}
	for _, id := range l.Catalog().IDs() {
		for _, text := range l.Catalog().Forms(id) {
			check(id, text)
		}
	}
}
