package main_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
