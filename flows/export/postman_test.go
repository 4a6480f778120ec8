package export_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func postman(t *testing.T, tr *trace.Trace, s telling.Story, mask bool) string {
	t.Helper()
	return string(write(t, func(w io.Writer) error { return export.Postman(w, tr, s, mask) }))
}

func TestTheCollectionReadsWell(t *testing.T) {
	golden(t, "happy.postman_collection.json", []byte(postman(t, happy(), developer(), false)))
	beside(t, "happy-masked.postman_collection.json", []byte(postman(t, happy(), developer(), true)), "happy.postman_collection.json")
}

// rule says which members an object must have and may have.
type rule struct{ must, may []string }

// ofPostman holds collections to rules, and counts the objects of each path.
type ofPostman struct {
	rules map[string]rule
	met   map[string]int
}

// rulesOfPostman are those of the published JSON schema of the format 2.1.0 for
// what we write, by the path of an object.
func rulesOfPostman() map[string]rule {
	key := rule{[]string{"key", "value"}, []string{"type", "disabled", "description"}}
	request := func(at string) map[string]rule {
		return map[string]rule{
			at: {
				[]string{"url", "method"}, []string{"auth", "header", "body", "description", "proxy", "certificate"},
			},
			at + ".header":          key,
			at + ".auth":            {[]string{"type"}, []string{"noauth", "basic", "bearer"}},
			at + ".auth.basic":      key,
			at + ".auth.bearer":     key,
			at + ".body":            {[]string{"mode"}, []string{"raw", "urlencoded", "formdata", "file", "graphql", "options", "disabled"}},
			at + ".body.urlencoded": key,
			at + ".url":             {[]string{"raw"}, []string{"protocol", "host", "path", "port", "query", "hash", "variable"}},
			at + ".url.query":       key,
		}
	}
	rules := map[string]rule{
		"":         {[]string{"info", "item"}, []string{"event", "variable", "auth", "protocolProfileBehavior"}},
		"info":     {[]string{"name", "schema"}, []string{"_postman_id", "description", "version"}},
		"variable": {[]string{"key"}, []string{"id", "value", "type", "name", "description", "system", "disabled"}},
		"item":     {[]string{"name", "item"}, []string{"description", "variable", "event", "auth", "protocolProfileBehavior"}},
		"item.item": {
			[]string{"name", "request"},
			[]string{"id", "description", "variable", "event", "response", "protocolProfileBehavior"},
		},
		"item.item.event":                   {[]string{"listen"}, []string{"id", "script", "disabled"}},
		"item.item.event.script":            {nil, []string{"id", "type", "exec", "src", "name"}},
		"item.item.protocolProfileBehavior": {nil, []string{"followRedirects", "disableCookies"}},
		"item.item.response": {
			nil, []string{"id", "name", "originalRequest", "responseTime", "timings", "header", "cookie", "body", "status", "code", "_postman_previewlanguage"},
		},
		"item.item.response.header": key,
	}
	maps.Copy(rules, request("item.item.request"))
	maps.Copy(rules, request("item.item.response.originalRequest"))
	return rules
}

// obeys holds every object of a collection to the rules, and counts them.
func (o *ofPostman) obeys(t *testing.T, path string, v any) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		t.Errorf("%s is null", path)
	case []any:
		for _, item := range v {
			o.obeys(t, path, item)
		}
	case map[string]any:
		o.met[path]++
		o.hasItsMembers(t, path, v)
		for name, inner := range v {
			o.obeys(t, strings.TrimPrefix(path+"."+name, "."), inner)
		}
	case string:
		allowed := map[string][]string{
			"item.item.event.listen": {"test", "prerequest"}, "item.item.request.body.mode": {"raw", "urlencoded"},
			"item.item.request.auth.type": {"noauth", "basic", "bearer"}, "variable.type": {"string"},
			"info.schema": {"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		}
		if words, some := allowed[path]; some && !slices.Contains(words, v) {
			t.Errorf("%s is %q", path, v)
		}
	}
}

// hasItsMembers holds one object to the rule of its path.
func (o *ofPostman) hasItsMembers(t *testing.T, path string, object map[string]any) {
	t.Helper()
	rule, known := o.rules[path]
	if !known {
		t.Errorf("%q is no object of the format", path)
	}
	for _, name := range rule.must {
		if _, has := object[name]; !has {
			t.Errorf("%q has no %s", path, name)
		}
	}
	for name := range object {
		if !slices.Contains(rule.must, name) && !slices.Contains(rule.may, name) {
			t.Errorf("%q has %s, which the format does not know", path, name)
		}
	}
}

func TestEveryCollectionIsAsTheFormatAsks(t *testing.T) {
	t.Parallel()
	o := &ofPostman{rulesOfPostman(), map[string]int{}}
	for name, tr := range walked(t) {
		var v any
		if err := json.Unmarshal([]byte(postman(t, tr, developer(), strings.Contains(name, "token"))), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		o.obeys(t, "", v)
	}
	for path := range o.rules {
		if o.met[path] == 0 {
			t.Errorf("no collection has a %q", path)
		}
	}
}

// firstUses are where each variable is first taken from: what is set before that is set before all.
func firstUses(text string) map[string]int {
	first := map[string]int{}
	for _, use := range regexp.MustCompile(`\{\{(\w+)\}\}`).FindAllStringSubmatchIndex(text, -1) {
		if v := text[use[2]:use[3]]; first[v] == 0 {
			first[v] = use[0]
		}
	}
	return first
}

// Whatever is taken from a variable is one that stands at the top, or that a test before sets.
func TestEveryVariableOfACollectionIsSetBefore(t *testing.T) {
	t.Parallel()
	for name, tr := range walked(t) {
		for _, mask := range []bool{false, true} {
			text := postman(t, tr, developer(), mask)
			for v, at := range firstUses(text) {
				atTop := strings.Contains(text, fmt.Sprintf("\"key\": %q,\n      \"value\"", v))
				set := strings.Index(text, fmt.Sprintf(`collectionVariables.set(\"%s\"`, v))
				if !atTop && (set < 0 || set > at) {
					t.Errorf("%s, masked %v: nobody sets %s before it is used", name, mask, v)
				}
			}
		}
	}
}

func TestNoSecretIsLeftInAMaskedCollection(t *testing.T) {
	for _, f := range flows.All() {
		tr := mistaken(t, f, "")
		text := postman(t, tr, developer(), true)
		for i := range tr.Messages {
			for _, field := range append(tr.Messages[i].Query(), tr.Messages[i].Form()...) {
				if secret.Holds(field) && len(field.Value) >= 8 && strings.Contains(text, field.Value) {
					t.Errorf("%s: %s is in the masked collection", f.ID, field.Name)
				}
			}
		}
	}
}

// What crossed stands in scripts as text alone, whatever it holds.
func TestNothingFromTheWireRunsInTheCollection(t *testing.T) {
	quoted := regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	for _, evil := range append(nasty(), attacks()...) {
		for _, line := range scriptLines(t, postman(t, hostile(evil), telling.Story{Title: evil}, false)) {
			if rest := quoted.ReplaceAllString(line, ""); len(evil) > 3 && strings.Contains(rest, evil) || strings.Contains(line, "\n") {
				t.Errorf("%q stands in a script as it is: %s", evil, line)
			}
		}
	}
}

// scriptLines are the lines of every script in a collection.
func scriptLines(t *testing.T, collection string) []string {
	t.Helper()
	var c struct {
		Item []struct {
			Item []struct {
				Event []struct{ Script struct{ Exec []string } }
			}
		}
	}
	if err := json.Unmarshal([]byte(collection), &c); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, folder := range c.Item {
		for _, item := range folder.Item {
			for _, e := range item.Event {
				lines = append(lines, e.Script.Exec...)
			}
		}
	}
	return lines
}
