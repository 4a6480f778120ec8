package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// judge is a client that was not made here and judges the provider in
// `make interop`: its row of interop/clients.toml, and what it proved.
type judge struct {
	Name, URL, Kind, Folder string
	Pin                     string // the file that says which version runs; empty where the system does
	Settings                []string
	Registered              string // a file, or in words
	Note                    string
	All                     bool // runs in `make interop-all` alone
	version                 string
	proved                  []string
}

func (j *judge) file(name string) string { return path.Join("interop", j.Folder, name) }

// verdict is the file that the run of the judge wrote.
func (j *judge) verdict() string {
	return j.file("testdata/" + strings.NewReplacer("@", "", "/", "-", " ", "-").Replace(strings.ToLower(j.Name)) + ".verdict")
}

func TestThePageOfClientsSaysWhatTheirRunsProved(t *testing.T) {
	var table struct{ Client []*judge }
	md, err := toml.DecodeFile("interop/clients.toml", &table)
	if err != nil {
		t.Fatal(err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		t.Fatalf("interop/clients.toml: %s is not known", extra[0])
	}
	told := map[string]bool{}
	for _, j := range table.Client {
		text := read(t, j.verdict())
		first, rest, _ := strings.Cut(text, "\n")
		version, ok := strings.CutPrefix(first, j.Name+" ")
		if !ok {
			t.Errorf("%s is the verdict of %q, not of %s", j.verdict(), first, j.Name)
		}
		j.version, j.proved = version, strings.Split(strings.TrimSpace(rest), "\n")
		told[j.verdict()] = true
		if j.Pin != "" && !pinned(t, j.file(j.Pin), j.Name, j.version) {
			t.Errorf("%s ran in version %s, but %s asks for another: run make interop with GRANTWALK_ACCEPT=1", j.Name, j.version, j.file(j.Pin))
		}
	}
	verdicts, err := filepath.Glob("interop/*/testdata/*.verdict")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range verdicts {
		if !told[filepath.ToSlash(file)] {
			t.Errorf("interop/clients.toml does not tell of %s", file)
		}
	}
	document(t, "docs/clients.md", writeClients(t, table.Client))
}

// pinned reports whether a file asks for a package in a version.
func pinned(t *testing.T, file, name, version string) bool {
	t.Helper()
	text := read(t, file)
	if path.Base(file) != "package-lock.json" {
		return strings.Contains(text, version)
	}
	var lock struct {
		Packages map[string]struct{ Version string }
	}
	if err := json.Unmarshal([]byte(text), &lock); err != nil {
		t.Fatal(err)
	}
	return lock.Packages["node_modules/"+name].Version == version
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeClients(t *testing.T, clients []*judge) string {
	t.Helper()
	var page strings.Builder
	page.WriteString(`# Clients that were tried

Each of these was made by others and judges ` + "`grantwalk serve`" + ` as it is built: a real client in an exact version, driven over HTTP or in Chromium. This page is made from those runs; ` + "`make interop`" + ` repeats them, ` + "`make interop-all`" + ` also those that take longer than a minute. The settings are the files that ran: ` + "`issuer` or `ISSUER`" + ` is the address that ` + "`serve`" + ` prints, with or without ` + "`/auth`" + `.

| client | version | for | proved | by |
|---|---|---|---|---|
`)
	for _, j := range clients {
		fmt.Fprintf(&page, "| [%s](#%s) | %s | %s | %d | %s |\n", j.Name, j.anchor(), j.version, j.Kind, len(j.proved), j.by())
	}
	for _, j := range clients {
		fmt.Fprintf(&page, "\n## %s\n\n[%s](%s) %s: %s.\n\n", j.Name, j.Name, j.URL, j.version, j.Kind)
		if j.Note != "" {
			page.WriteString(strings.TrimSpace(j.Note) + "\n\n")
		}
		for _, what := range j.proved {
			page.WriteString("* " + what + "\n")
		}
		for _, file := range j.Settings {
			fmt.Fprintf(&page, "\nIts settings, [%s](../%s):\n\n%s", path.Base(file), j.file(file), settings(t, j.file(file)))
		}
		switch {
		case strings.HasSuffix(j.Registered, ".toml"):
			fmt.Fprintf(&page, "\nWhat the provider was told, below what `--print-config` prints:\n\n%s", settings(t, j.file(j.Registered)))
		case j.Registered != "":
			fmt.Fprintf(&page, "\nThe provider knows it as %s.\n", j.Registered)
		}
	}
	return page.String()
}

// settings is a file as a block of the page; of a script, its table of settings.
func settings(t *testing.T, file string) string {
	t.Helper()
	text := read(t, file)
	if table := regexp.MustCompile(`(?ms)^(const )?settings = \{.*?^\};?\n`).FindString(text); table != "" {
		text = table
	}
	return "```" + strings.TrimPrefix(path.Ext(file), ".") + "\n" + text + "```\n"
}

// anchor is what GitHub makes of the heading.
func (j *judge) anchor() string {
	return strings.NewReplacer("@", "", "/", "", " ", "-").Replace(strings.ToLower(j.Name))
}

// by says which target runs the judge.
func (j *judge) by() string {
	if j.All {
		return "`make interop-all`"
	}
	return "`make interop`"
}
