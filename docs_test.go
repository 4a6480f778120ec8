package main_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are the Markdown files for people who read the sources. The words of
// the lessons are held to their own rules in package tutorials.
func pages(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("docs", func(file string, _ fs.DirEntry, err error) error {
		if filepath.Ext(file) == ".md" {
			found = append(found, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// localLinks returns the targets of links and pictures that lie in this repository.
func localLinks(page string) []string {
	var local []string
	for _, m := range regexp.MustCompile(`\]\(([^)#\s]+)|src="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if target := m[1] + m[2]; !strings.Contains(target, ":") {
			local = append(local, target)
		}
	}
	return local
}

func TestLinksBetweenPagesLeadSomewhere(t *testing.T) {
	links := 0
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range localLinks(string(text)) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, target)
			}
		}
	}
	if links == 0 {
		t.Error("no link was found")
	}
}

func TestEveryDecisionIsListed(t *testing.T) {
	index, err := os.ReadFile("docs/adr/README.md")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob("docs/adr/0*.md")
	if err != nil || len(decisions) == 0 {
		t.Fatalf("found %d decisions, %v", len(decisions), err)
	}
	for _, file := range decisions {
		if name := filepath.Base(file); !strings.Contains(string(index), "("+name+")") {
			t.Errorf("docs/adr/README.md does not list %s", name)
		}
	}
}

func TestEveryTargetOfTheMakefileThatThePagesNameExists(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)").FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(string(makefile), "\n"+m[1]+":") {
				t.Errorf("%s names make %s, which the Makefile does not have", page, m[1])
			}
		}
	}
}

func TestEveryFolderHasItsLineInContributing(t *testing.T) {
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range []map[string]boundary{boundaries(), forTests()} {
		for folder := range rows {
			if folder != "." && !strings.Contains(string(text), "[`"+folder+"`]("+folder+")") {
				t.Errorf("CONTRIBUTING.md does not say what %s holds", folder)
			}
		}
	}
}

// A recipe names files that are there; what a newcomer fills in stands in
// angle brackets, and something of that name is there already.
func TestTheRecipesNameFilesThatExist(t *testing.T) {
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, recipes, _ := strings.Cut(string(text), "\n## Recipes\n")
	recipes, _, _ = strings.Cut(recipes, "\n## ")
	files := allFiles(t)
	named := 0
	for _, m := range regexp.MustCompile("`([^` ]+[./][^` ]*)`").FindAllStringSubmatch(recipes, -1) {
		pattern := regexp.MustCompile("<[^>]+>").ReplaceAllString(strings.TrimSuffix(m[1], "/"), "*")
		named++
		if regexp.MustCompile(`^[a-z]+\.[A-Z]`).MatchString(pattern) {
			if !declared(t, files, pattern) {
				t.Errorf("a recipe names %s, which nobody declares", m[1])
			}
			continue
		}
		if !slices.ContainsFunc(files, func(file string) bool { return matches(pattern, file) }) {
			t.Errorf("a recipe names %s, and there is no such file", m[1])
		}
	}
	if named < 10 {
		t.Errorf("the recipes name only %d files", named)
	}
}

// declared reports whether a package of that name declares the symbol: "room.Room".
func declared(t *testing.T, files []string, symbol string) bool {
	t.Helper()
	pkg, name, _ := strings.Cut(symbol, ".")
	declaration := regexp.MustCompile(`(?m)^(type|func|const|var) ` + name + `\b`)
	return slices.ContainsFunc(files, func(file string) bool {
		if path.Base(path.Dir(file)) != pkg || path.Ext(file) != ".go" {
			return false
		}
		text, err := os.ReadFile(file)
		return err == nil && declaration.Match(text)
	})
}

// matches reports whether the pattern is that of a file or folder, or of its name alone.
func matches(pattern, file string) bool {
	if !strings.Contains(pattern, "/") {
		file = path.Base(file)
	}
	ok, err := path.Match(pattern, file)
	return ok && err == nil
}

// allFiles lists the files and folders of the repository.
func allFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if d.IsDir() && file != "." && (d.Name() == ".git" || d.Name() == "build" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		all = append(all, filepath.ToSlash(file))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The README is a promise: what it tells people to type in the terminal works.
func TestTheCommandsOfTheReadmeRun(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^grantwalk [^#\n]+`).FindAllString(string(readme), -1)
	if len(commands) < 5 {
		t.Fatalf("the README has only %d commands", len(commands))
	}
	dir := t.TempDir()
	build := exec.Command("go", "build", "-tags", "headless", "-o", filepath.Join(dir, "grantwalk"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, command := range commands {
		line, into, redirected := strings.Cut(command, " > ")
		out := readmeCommand(t, dir, line)
		if redirected {
			if err := os.WriteFile(filepath.Join(dir, strings.TrimSpace(into)), out, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// readmeCommand runs one in dir, and returns what it says.
func readmeCommand(t *testing.T, dir, command string) []byte {
	t.Helper()
	args := strings.Fields(command)
	if args[1] == "serve" {
		args = append(args, "--print-config") // otherwise it would run until somebody stops it
	}
	run := exec.Command(filepath.Join(dir, "grantwalk"), args[1:]...)
	run.Dir = dir
	out, err := run.CombinedOutput()
	if code := run.ProcessState.ExitCode(); code != 0 && code != 3 || len(out) == 0 && !strings.Contains(command, " -o ") {
		t.Errorf("%s: %v\n%s", command, err, out)
	}
	return out
}
