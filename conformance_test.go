package main_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/grantwalk/grantwalk/mockidp"
)

var update = flag.Bool("update", false, "write the generated documents anew")

// conformance is docs/conformance.toml: what of each standard the provider
// does, written by hand. The rules that show it come from the provider itself.
type conformance struct {
	Spec []specification `toml:"spec"`
}

type specification struct {
	Doc     string // as rules name it: "RFC 7636"
	Title   string
	URL     string
	Status  string // of the whole: "implemented", "in part", "not"
	Note    string
	Section []section
}

type section struct {
	Section string // "" is the whole
	What    string
	Status  string   // "yes" or "no"; empty means yes
	Tests   []string // that show what no rule does: an answer, a page, a default
	Note    string   // why not, or how it was understood
}

// place is where a rule stands: the endpoint, for a grant of the token endpoint with its name.
func place(r mockidp.Rule) string { return strings.TrimSpace(string(r.Endpoint) + " " + r.Grant) }

func TestTheConformanceDocumentIsTrue(t *testing.T) {
	c := readConformance(t)
	rules := map[string]map[string][]mockidp.Rule{} // by doc and section
	for _, r := range mockidp.Rules() {
		if rules[r.Spec.Doc] == nil {
			rules[r.Spec.Doc] = map[string][]mockidp.Rule{}
		}
		rules[r.Spec.Doc][r.Spec.Section] = append(rules[r.Spec.Doc][r.Spec.Section], r)
	}
	tests := providerTests(t)
	for i := range c.Spec {
		checkSpec(t, &c.Spec[i], rules[c.Spec[i].Doc], tests)
		delete(rules, c.Spec[i].Doc)
	}
	for doc := range rules {
		t.Errorf("rules name %s, which the conformance document does not list", doc)
	}
	document(t, "docs/conformance.md", writeConformance(c))
}

func readConformance(t *testing.T) conformance {
	t.Helper()
	var c conformance
	md, err := toml.DecodeFile(filepath.Join("docs", "conformance.toml"), &c)
	if err != nil {
		t.Fatal(err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		t.Fatalf("docs/conformance.toml: %s is not known", extra[0])
	}
	return c
}

// checkSpec holds what is said of a standard to the rules and tests that show it.
func checkSpec(t *testing.T, s *specification, rules map[string][]mockidp.Rule, tests map[string]bool) {
	t.Helper()
	if !slices.Contains([]string{"implemented", "in part", "not"}, s.Status) || s.Title == "" || !strings.HasPrefix(s.URL, "https://") {
		t.Errorf("%s: needs a title, a URL and a status", s.Doc)
	}
	listed := map[string]bool{}
	for _, part := range s.Section {
		listed[part.Section] = true
		if wrong := part.wrong(rules); wrong != "" {
			t.Errorf("%s §%s: %s", s.Doc, part.Section, wrong)
		}
		for _, name := range part.Tests {
			if !tests[name] {
				t.Errorf("%s §%s: there is no test %s", s.Doc, part.Section, name)
			}
		}
	}
	for at := range rules {
		if !listed[at] {
			t.Errorf("%s §%s: rules name it, the conformance document does not list it", s.Doc, at)
		}
	}
}

// wrong says what is wrong with the entry of a section, or "".
func (part *section) wrong(rules map[string][]mockidp.Rule) string {
	shown := len(rules[part.Section]) > 0 || len(part.Tests) > 0
	switch {
	case part.What == "":
		return "what is it about?"
	case part.Status == "no" && (shown || part.Note == ""):
		return "what is not done has no rules or tests, and a note that says why"
	case part.Status != "no" && !shown:
		return "neither a rule nor a test shows it"
	}
	return ""
}

// providerTests lists the tests by which the provider is held to the standards.
func providerTests(t *testing.T) map[string]bool {
	t.Helper()
	name := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w*)\(`)
	all := map[string]bool{}
	for _, s := range sources(t) {
		if !s.isTest() || !strings.HasPrefix(s.file, "mockidp/") && !strings.HasPrefix(s.file, "flows/token/") {
			continue
		}
		src, err := os.ReadFile(s.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range name.FindAllStringSubmatch(string(src), -1) {
			all[found[1]] = true
		}
	}
	return all
}

// writeConformance renders the document.
func writeConformance(c conformance) string {
	var b strings.Builder
	all := mockidp.Rules()
	fmt.Fprintf(&b, "# What the provider does of each standard\n\n")
	fmt.Fprintf(&b, "This document is generated: what each standard asks for is written in [conformance.toml](conformance.toml), and the %d "+
		"rules come from the provider itself (`mockidp.Rules()`). A test fails when a rule, a test or a section named here does not exist, or "+
		"when a rule is missing here. To write it anew: `go test -tags headless . -run Conformance -update`. "+
		"How to run the certification suite: [certification.md](certification.md).\n\n", len(all))
	fmt.Fprintf(&b, "| Standard | Title | Status | Rules |\n|---|---|---|---|\n")
	for _, s := range c.Spec {
		n := 0
		for _, r := range all {
			if r.Spec.Doc == s.Doc {
				n++
			}
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %d |\n", s.Doc, anchor(s), s.Title, s.Status, n)
	}
	for i := range c.Spec {
		writeSpec(&b, &c.Spec[i], all)
	}
	return b.String()
}

// anchor is what a heading is linked by.
func anchor(s specification) string {
	heading := strings.ToLower(s.Doc + ": " + s.Title)
	return strings.ReplaceAll(regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(heading, ""), " ", "-")
}

func writeSpec(b *strings.Builder, s *specification, all []mockidp.Rule) {
	fmt.Fprintf(b, "\n## %s: %s\n\n<%s>\n\nStatus: %s.", s.Doc, s.Title, s.URL, s.Status)
	if s.Note != "" {
		fmt.Fprintf(b, " %s", s.Note)
	}
	fmt.Fprintf(b, "\n\n| Section | What | Done | Rules, by endpoint | Tests |\n|---|---|---|---|---|\n")
	for _, part := range s.Section {
		what := part.What
		if part.Note != "" {
			what += "<br>" + part.Note
		}
		done := part.Status
		if done == "" {
			done = "yes"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", part.Section, what, done, rulesOf(s.Doc, part.Section, all),
			strings.Join(part.Tests, "<br>"))
	}
}

// rulesOf lists the rules of a section: "token: `code-present`, `code-known`".
func rulesOf(doc, at string, all []mockidp.Rule) string {
	var places []string
	byPlace := map[string][]string{}
	for _, r := range all {
		if r.Spec.Doc != doc || r.Spec.Section != at {
			continue
		}
		where := strings.TrimPrefix(place(r), "token urn:ietf:params:oauth:grant-type:")
		if byPlace[where] == nil {
			places = append(places, where)
		}
		if id := "`" + r.ID + "`"; !slices.Contains(byPlace[where], id) {
			byPlace[where] = append(byPlace[where], id)
		}
	}
	lines := make([]string, 0, len(places))
	for _, where := range places {
		lines = append(lines, where+": "+strings.Join(byPlace[where], ", "))
	}
	return strings.Join(lines, "<br>")
}

// document holds a generated file to what it should say; -update writes it.
func document(t *testing.T, file, want string) {
	t.Helper()
	file = filepath.FromSlash(file)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of date; run: go test -tags headless . -run Conformance -update", file)
	}
}
