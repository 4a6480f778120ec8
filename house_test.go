package main_test

import (
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// drawing is the picture of the house in docs/house.md: which folders stand in
// which room, and which room knows which.
type drawing struct {
	rooms  map[string][]string // by the name that the arrows use; "x/*" is every folder under x
	arrows []string            // "walk --> kit"
}

// readDrawing reads the Mermaid picture of a page.
func readDrawing(page string) drawing {
	_, page, _ = strings.Cut(page, "```mermaid\n")
	page, _, _ = strings.Cut(page, "```")
	d := drawing{rooms: map[string][]string{}}
	room := regexp.MustCompile(`^(\w+)\["<b>[^<]+</b>((?:<br/>[^<"]+)+)"\]$`)
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if m := room.FindStringSubmatch(line); m != nil {
			d.rooms[m[1]] = strings.Split(strings.TrimPrefix(m[2], "<br/>"), "<br/>")
		} else if strings.Contains(line, " --> ") {
			d.arrows = append(d.arrows, line)
		}
	}
	return d
}

// roomOf finds the room that a folder stands in, and whether it is in one alone.
func (d drawing) roomOf(folder string) (room string, alone bool) {
	var in []string
	for name, folders := range d.rooms {
		if slices.ContainsFunc(folders, func(f string) bool { return within(folder, f) }) {
			in = append(in, name)
		}
	}
	return strings.Join(in, " and "), len(in) == 1
}

func within(folder, pattern string) bool {
	if pattern == "main.go" {
		return folder == "."
	}
	above, whole := strings.CutSuffix(pattern, "/*")
	return folder == pattern || whole && strings.HasPrefix(folder, above+"/")
}

// program says which folders of ours each folder imports, from main down;
// what tests alone import is not part of it.
func program(all []source) map[string][]string {
	imports := map[string][]string{}
	for next := []string{"."}; len(next) > 0; next = next[1:] {
		folder := next[0]
		if imports[folder] != nil {
			continue
		}
		imports[folder] = importsOfFolder(all, folder)
		next = append(next, imports[folder]...)
	}
	return imports
}

// importsOfFolder lists the folders of ours that the files of one import, tests left aside.
func importsOfFolder(all []source, folder string) []string {
	found := []string{}
	for _, s := range all {
		if s.folder() != folder || s.isTest() {
			continue
		}
		for _, imported := range s.imports {
			if ours, ok := ourFolder(imported); ok && !slices.Contains(found, ours) {
				found = append(found, ours)
			}
		}
	}
	return found
}

// wrong says what of the drawing is not so.
func (d drawing) wrong(imports map[string][]string) []string {
	var wrong []string
	for folder := range imports {
		if room, alone := d.roomOf(folder); !alone {
			wrong = append(wrong, fmt.Sprintf("the folder %s has to stand in one room, and stands in %q", folder, room))
		}
	}
	for room, folders := range d.rooms {
		for _, pattern := range folders {
			if !slices.ContainsFunc(keys(imports), func(folder string) bool { return within(folder, pattern) }) {
				wrong = append(wrong, fmt.Sprintf("the room %s has the folder %s, which is no part of the program", room, pattern))
			}
		}
	}
	return append(wrong, d.wrongArrows(d.knows(imports))...)
}

// knows says which room knows which, and by an import that shows it.
func (d drawing) knows(imports map[string][]string) map[string]map[string]string {
	knows := map[string]map[string]string{}
	for from, all := range imports {
		a, alone := d.roomOf(from)
		if alone && knows[a] == nil {
			knows[a] = map[string]string{}
		}
		for _, to := range all {
			if b, known := d.roomOf(to); alone && known && a != b {
				knows[a][b] = from + " imports " + to
			}
		}
	}
	return knows
}

// wrongArrows compares the arrows with who knows whom. Where a longer way leads
// there too, no arrow is drawn.
func (d drawing) wrongArrows(knows map[string]map[string]string) []string {
	var wrong, want []string
	for a, all := range knows {
		if reaches(knows, a, a) {
			wrong = append(wrong, fmt.Sprintf("the room %s knows itself by way of others: %v", a, all))
		}
		for b, because := range all {
			if slices.ContainsFunc(keys(all), func(by string) bool { return by != b && reaches(knows, by, b) }) {
				continue
			}
			arrow := a + " --> " + b
			want = append(want, arrow)
			if !slices.Contains(d.arrows, arrow) {
				wrong = append(wrong, fmt.Sprintf("the arrow %s is missing: %s", arrow, because))
			}
		}
	}
	for _, arrow := range d.arrows {
		if !slices.Contains(want, arrow) {
			wrong = append(wrong, fmt.Sprintf("the arrow %s shows what is not so, or what a longer way shows", arrow))
		}
	}
	slices.Sort(wrong)
	return wrong
}

func reaches[V any](graph map[string]map[string]V, from, to string) bool {
	seen := map[string]bool{}
	var visit func(at string) bool
	visit = func(at string) bool {
		for next := range graph[at] {
			if next == to || !seen[next] && func() bool { seen[next] = true; return visit(next) }() {
				return true
			}
		}
		return false
	}
	return visit(from)
}

func keys[V any](m map[string]V) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	return all
}

func TestTheDrawingOfTheHouseIsTrue(t *testing.T) {
	page, err := os.ReadFile("docs/house.md")
	if err != nil {
		t.Fatal(err)
	}
	d := readDrawing(string(page))
	if len(d.rooms) < 5 || len(d.arrows) < 5 {
		t.Fatalf("docs/house.md draws %d rooms and %d arrows", len(d.rooms), len(d.arrows))
	}
	for _, wrong := range d.wrong(program(sources(t))) {
		t.Error("docs/house.md: " + wrong)
	}
}

// A drawing that can say anything shows nothing.
func TestADrawingThatIsNotSoIsReported(t *testing.T) {
	const page = "```mermaid\nflowchart TD\n  top[\"<b>Top</b><br/>main.go<br/>a\"]\n  low[\"<b>Low</b><br/>b/*<br/>gone\"]\n" +
		"  deep[\"<b>Deep</b><br/>c\"]\n  top --> low\n  top --> deep\n  deep --> low\n```\n"
	imports := map[string][]string{".": {"a"}, "a": {"b/x", "c"}, "b/x": {"c"}, "c": nil, "d": nil}
	want := []string{
		"the arrow deep --> low shows what is not so, or what a longer way shows",
		"the arrow low --> deep is missing: b/x imports c",
		"the arrow top --> deep shows what is not so, or what a longer way shows",
		"the folder d has to stand in one room, and stands in \"\"",
		"the room low has the folder gone, which is no part of the program",
	}
	got := readDrawing(page).wrong(imports)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	imports["c"] = []string{"a"}
	if got := readDrawing(page).wrong(imports); !slices.ContainsFunc(got,
		func(s string) bool { return strings.HasPrefix(s, "the room top knows itself") }) {
		t.Errorf("a ring of rooms is reported as\n%s", strings.Join(got, "\n"))
	}
}

// The table of how one click travels names functions; each is in the file beside it.
func TestTheClickTravelsThroughFunctionsThatExist(t *testing.T) {
	page, err := os.ReadFile("docs/house.md")
	if err != nil {
		t.Fatal(err)
	}
	stops := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| \\[[^]]+\\]\\(([^)]+)\\) \\|").FindAllStringSubmatch(string(page), -1)
	if len(stops) < 5 {
		t.Fatalf("the click has %d stops", len(stops))
	}
	for _, stop := range stops {
		text, err := os.ReadFile(path.Join("docs", stop[2]))
		if err != nil {
			t.Error(err)
			continue
		}
		_, method, _ := strings.Cut(stop[1], ".")
		if !regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + regexp.QuoteMeta(method) + `[([]`).Match(text) {
			t.Errorf("%s declares no %s", stop[2], stop[1])
		}
	}
}

// The words of the house are in docs/house.md, with the types that go by them; no other type does.
func TestEachWordOfTheHouseMeansOneThing(t *testing.T) {
	page, err := os.ReadFile("docs/house.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	rows := regexp.MustCompile("(?m)^\\| ([a-z]+) \\| [^|]+ \\| (`[^|]+`) \\|$").FindAllStringSubmatch(string(page), -1)
	var words []string
	for _, row := range rows {
		words = append(words, strings.ToUpper(row[1][:1])+row[1][1:])
		listed[words[len(words)-1]] = row[2]
	}
	found, one := map[string][]string{}, "("+strings.Join(words, "|")+")"
	declared := regexp.MustCompile(`(?m)^type ` + one + `(?:\[.*\])? |^\t` + one + ` +(?:struct|interface) *\{`)
	for _, s := range sources(t) {
		text, err := os.ReadFile(s.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			if !s.isTest() {
				word := m[1] + m[2]
				found[word] = append(found[word], "`"+s.folder()+"."+word+"`")
			}
		}
	}
	for _, word := range words {
		slices.Sort(found[word])
		if got := strings.Join(found[word], ", "); got != listed[word] || got == "" {
			t.Errorf("%s: docs/house.md lists %s, and the types of that name are %s", word, listed[word], got)
		}
	}
	if len(words) < 8 {
		t.Errorf("only %d words are listed", len(words))
	}
}
