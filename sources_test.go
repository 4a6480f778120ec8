package main_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOnlyTestsThatStartNothingAreHiddenFromTheRaceDetector holds to its word
// what a file says of itself in its first line, see .ci/test.
func TestOnlyTestsThatStartNothingAreHiddenFromTheRaceDetector(t *testing.T) {
	atOnce := regexp.MustCompile(`(?m)^\s+go (func\(|[a-z])|<[-]|\bsync\.[A-NP-Z]|\batomic\.[A-Z]|httptest\.NewServer`)
	hidden := 0
	for _, s := range sources(t) {
		text := read(t, s.file)
		first, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(first, "//go:build ") || !strings.Contains(first, "!race") {
			continue
		}
		hidden++
		if found := strings.TrimSpace(atOnce.FindString(text)); found != "" || !s.isTest() {
			t.Errorf("%s is hidden from the race detector, and it is no test or says %q", s.file, found)
		}
	}
	if hidden == 0 {
		t.Error("no file is hidden from the race detector: this test sees nothing")
	}
}

// TestAThemeLiesOverNoText: Fyne reads all fonts anew for each theme that lies
// over a text (by estimate 5 MB and 20 ms), so it lies over edges alone.
func TestAThemeLiesOverNoText(t *testing.T) {
	for _, s := range sources(t) {
		if !s.isTest() && s.file != "app/look/scroll.go" && strings.Contains(read(t, s.file), "container.NewThemeOverride(") {
			t.Errorf("%s lays a theme over a part of the window: Fyne reads all fonts again for what is written there", s.file)
		}
	}
}

// TestControlsHandOnTheKeys: the toolkit's keep every key for themselves, so
// that Escape closes nothing while they have the keyboard, and Enter presses
// none of them. Those of app/page are the same with a way on for the rest, and
// what asks for a file is app/picker.
func TestControlsHandOnTheKeys(t *testing.T) {
	theirs := regexp.MustCompile(`\bwidget\.(New)?(Button|Check|CheckGroup|Entry|Form|GridWrap|Hyperlink|List|RadioGroup|Select|SelectEntry|Slider|Table|Tree)\b` +
		`|fyne/v2/dialog"|container\.New(V|H)?Scroll\(`)
	for _, s := range sources(t) {
		if s.isTest() || !strings.HasPrefix(s.file, "app/") || strings.HasPrefix(s.file, "app/page/") {
			continue
		}
		if found := theirs.FindString(read(t, s.file)); found != "" {
			t.Errorf("%s uses %s: take the one of app/page, look.NewScroll or app/picker, which leave Escape to the window", s.file, found)
		}
	}
}

// TestNoFileIsTooLongToRead: what takes more than this holds two subjects, and is cut between them.
func TestNoFileIsTooLongToRead(t *testing.T) {
	const most = 300
	for _, s := range sources(t) {
		if n := strings.Count(read(t, s.file), "\n"); !s.isTest() && n > most {
			t.Errorf("%s has %d lines, more than %d: give one of its subjects a file of its own", s.file, n, most)
		}
	}
}

// TestEachColourIsWrittenDownOnce: what is drawn or written to a file takes its
// colours from flows/telling/palette, by their role. White paper and black ink are no colours.
func TestEachColourIsWrittenDownOnce(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9A-Fa-f]{6}\b`)
	files := drawn(t, "app", "flows", "tutorials")
	if len(files) == 0 {
		t.Error("no file was looked at")
	}
	for _, file := range files {
		for _, found := range colour.FindAllString(read(t, file), -1) {
			if found != "#000000" {
				t.Errorf("%s writes down the colour %s; take it from flows/telling/palette, in a style sheet by palette.Style", file, found)
			}
		}
	}
}

// drawn are the files below folders that may say how something looks.
func drawn(t *testing.T, folders ...string) (files []string) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(file string, _ fs.DirEntry, err error) error {
			look := slices.Contains([]string{".css", ".html", ".go"}, filepath.Ext(file)) && !strings.HasSuffix(file, "_test.go")
			if look && !strings.Contains(filepath.ToSlash(file), "/testdata/") {
				files = append(files, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
