package export_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// member is what a page or a file says of one member of the JSON of a run.
type member struct {
	kind   string // as the page calls it: string, number, list, object
	always bool   // it is in every object that could hold it
}

// documented reads the tables of the page. A head such as "member of
// `messages[]`" says where the members of its table stand.
func documented(t *testing.T) map[string]member {
	t.Helper()
	page, err := os.ReadFile("../../docs/run-json.md")
	if err != nil {
		t.Fatal(err)
	}
	all, within := map[string]member{}, ""
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 {
			continue
		}
		name, kind, there := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])
		if of, isHead := strings.CutPrefix(name, "member"); isHead {
			within = strings.Trim(strings.TrimPrefix(of, " of "), "`")
			continue
		}
		if strings.HasPrefix(name, "`") {
			path := strings.TrimPrefix(within+"."+strings.Trim(name, "`"), ".")
			if _, twice := all[path]; twice {
				t.Errorf("the page tells of %s twice", path)
			}
			all[path] = member{kind, there == "always"}
		}
	}
	return all
}

// counted is what was met of one member.
type counted struct {
	kind string
	n    int
}

// countMembers counts every member of a JSON value under its path, and the
// objects that could have held it under the path of their parent.
func countMembers(path string, v any, met map[string]counted, objects map[string]int) {
	switch v := v.(type) {
	case map[string]any:
		objects[path]++
		for name, inner := range v {
			at := strings.TrimPrefix(path+"."+name, ".")
			met[at] = counted{kindOfJSON(inner), met[at].n + 1}
			countMembers(at, inner, met, objects)
		}
	case []any:
		for _, inner := range v {
			countMembers(path+"[]", inner, met, objects)
		}
	}
}

func kindOfJSON(v any) string {
	switch v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "list"
	case string:
		return "string"
	case float64:
		return "number"
	}
	return "something else"
}

// parentOf is the path of the object that holds a member.
func parentOf(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

func TestThePageOnTheJSONOfARunTellsOfEveryMember(t *testing.T) {
	t.Parallel()
	met, objects := map[string]counted{}, map[string]int{}
	runs := maps.Clone(walked(t))
	runs["with bytes"], runs["cut short"] = binary(), happy().Upto(5)
	slow := refused()
	slow.Messages[2].Depth, slow.Messages[1].Waited, slow.Messages[3].Took = 1, 1, 1
	runs["slow"] = slow
	for name, run := range runs {
		var file any
		if err := json.Unmarshal(toJSON(t, run), &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		countMembers("", file, met, objects)
	}
	page := documented(t)
	for _, path := range slices.Sorted(maps.Keys(met)) {
		told, known := page[path]
		always := met[path].n == objects[parentOf(path)]
		switch {
		case !known:
			t.Errorf("docs/run-json.md does not tell of %s", path)
		case told.kind != met[path].kind:
			t.Errorf("docs/run-json.md calls %s a %s; it is a %s", path, told.kind, met[path].kind)
		case told.always && !always:
			t.Errorf("docs/run-json.md says that %s is always there; it is in %d of %d", path, met[path].n, objects[parentOf(path)])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(page)) {
		if _, is := met[path]; !is {
			t.Errorf("docs/run-json.md tells of %s, which no run has", path)
		}
	}
}
