package palette_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

func themes() map[string]palette.Palette {
	return map[string]palette.Palette{"light": palette.Light(), "dark": palette.Dark(), "high contrast": palette.HighContrast()}
}

// colours lists what a theme has, by name.
func colours(p palette.Palette) map[string]uint32 {
	all := map[string]uint32{}
	for v, i := reflect.ValueOf(p), 0; i < v.NumField(); i++ {
		if f := v.Type().Field(i); f.IsExported() {
			all[f.Name] = uint32(v.Field(i).Uint())
		}
	}
	add := func(name string, t palette.Tone) {
		all[name+", ink"], all[name+", ground"], all[name+", line"] = t.Ink, t.Ground, t.Line
	}
	for _, id := range palette.Roles() {
		add(id, p.Role(id))
	}
	for _, id := range palette.Artefacts() {
		add(id, p.Artefact(id))
	}
	return all
}

func TestEveryThemeHasEveryColour(t *testing.T) {
	for theme, p := range themes() {
		for name, c := range colours(p) {
			blackIsMeant := theme == "high contrast"
			if c == 0 && !blackIsMeant || c > 0xFFFFFF {
				t.Errorf("the theme %s has %06x for %s", theme, c, name)
			}
		}
	}
}

func TestWhoIsUnknownLooksLikeABrowserAndWhatIsUnknownLikeASecret(t *testing.T) {
	for theme, p := range themes() {
		if p.Role("stranger") != p.Role(palette.UserAgent) || p.Artefact("thing") != p.Artefact(palette.Secret) {
			t.Errorf("the theme %s gives strangers a look of their own", theme)
		}
		if p.Artefact(palette.Password) != p.Artefact(palette.Secret) || p.Role(palette.Client) == p.Role(palette.UserAgent) {
			t.Errorf("the theme %s mixes up what looks alike", theme)
		}
	}
}

// TestNoColourIsWrittenDownTwice looks through the sources of what is drawn.
func TestNoColourIsWrittenDownTwice(t *testing.T) {
	known := map[uint64]string{}
	for theme, p := range themes() {
		for name, c := range colours(p) {
			known[uint64(c)] = theme + ": " + name
		}
	}
	delete(known, 0x000000)
	hex := regexp.MustCompile(`(?:0x|#)([0-9A-Fa-f]{6})\b`)
	files := append(sources(t, "../../../app"), sources(t, "../..")...)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range hex.FindAllStringSubmatch(string(source), -1) {
			c, err := strconv.ParseUint(found[1], 16, 32)
			if name, twice := known[c]; err == nil && twice {
				t.Errorf("%s writes %s down again, which is %s", file, found[0], name)
			}
		}
	}
	if len(files) < 50 {
		t.Errorf("only %d sources were looked through", len(files))
	}
}

// sources lists the files below a folder that could have a colour in them.
func sources(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		isSource := slices.Contains([]string{".go", ".css"}, filepath.Ext(file)) && !strings.HasSuffix(file, "_test.go")
		if err == nil && !d.IsDir() && isSource && !strings.HasSuffix(filepath.ToSlash(file), "telling/palette/palette.go") {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
