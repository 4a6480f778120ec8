package main_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// The settings that a page shows are those that a client ran with, in the
// version that it says, or it says that nobody ran them.
func TestTheStacksShowTheSettingsThatRan(t *testing.T) {
	var table struct{ Client []*judge }
	if _, err := toml.DecodeFile("interop/clients.toml", &table); err != nil {
		t.Fatal(err)
	}
	words := wordstest.English(t)
	stacks, err := words.Papers().Of(tutorials.PaperStacks)
	if err != nil || len(stacks) < 10 {
		t.Fatalf("there are %d stacks: %v", len(stacks), err)
	}
	for i := range stacks {
		p := &stacks[i]
		versions, ran := tried(t, p, table.Client)
		if p.Tried != "" && strings.Join(versions, ", ") != p.Version {
			t.Errorf("%s says version %s; %s ran in %s", p.ID, p.Version, p.Tried, strings.Join(versions, ", "))
		}
		if p.Pin != "" {
			arePinned(t, p)
		}
		areTheSettings(t, p, ran)
	}
}

// tried are the versions of the judges that a page names, and the settings that they ran with.
func tried(t *testing.T, p *tutorials.Paper, judges []*judge) (versions []string, ran map[string]string) {
	t.Helper()
	ran = map[string]string{}
	for _, j := range judges {
		if !slices.Contains(strings.Split(p.Tried, ", "), j.Name) {
			continue
		}
		first, _, _ := strings.Cut(read(t, j.verdict()), "\n")
		versions = append(versions, strings.TrimPrefix(first, j.Name+" "))
		for _, file := range j.Settings {
			ran[path.Join(j.Folder, file)] = settings(t, j.file(file))
		}
	}
	return versions, ran
}

// arePinned reports a version that is not the one that our own tests run.
func arePinned(t *testing.T, p *tutorials.Paper) {
	t.Helper()
	for version := range strings.SplitSeq(p.Version, ", ") {
		if !strings.Contains(read(t, p.Pin), " v"+version) {
			t.Errorf("%s says version %s, and %s asks for another", p.ID, version, p.Pin)
		}
	}
}

// areTheSettings compares each block that names a file with what ran, and
// reports what ran and is not shown.
func areTheSettings(t *testing.T, p *tutorials.Paper, ran map[string]string) {
	t.Helper()
	shown := map[string]bool{}
	for _, b := range p.Blocks {
		if b.File == "" {
			continue
		}
		shown[b.File] = true
		want, ok := ran[b.File]
		got := "```" + strings.TrimPrefix(path.Ext(b.File), ".") + "\n" + strings.ReplaceAll(b.Code, "{issuer}", "${ISSUER}") + "\n```\n"
		if !ok || got != want {
			t.Errorf("%s shows %s as\n%s\nand what ran is\n%s", p.ID, b.File, got, want)
		}
	}
	for file := range ran {
		if !shown[file] {
			t.Errorf("%s does not show %s, with which it was tried", p.ID, file)
		}
	}
}

// What is said of Spring as properties is what its YAML says.
func TestThePropertiesOfSpringSayWhatItsYAMLSays(t *testing.T) {
	words := wordstest.English(t)
	spring, _ := words.Papers().Paper(tutorials.PaperStacks, "spring")
	var yaml, properties string
	for _, b := range spring.Blocks {
		switch {
		case strings.HasSuffix(b.File, "web-app.yml"):
			yaml = b.Code
		case strings.HasPrefix(b.Code, "spring.security"):
			properties = b.Code
		}
	}
	n := 0
	for line := range strings.Lines(properties) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		key := name[strings.LastIndex(name, ".")+1:]
		if n++; !strings.Contains(yaml, key+": "+value) && !strings.Contains(yaml, key+`: "`+value+`"`) {
			t.Errorf("the YAML has no %s of %s", key, value)
		}
	}
	if n < 5 {
		t.Errorf("%d properties were compared", n)
	}
}
