package main_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOnlyTestsThatStartNothingAreHiddenFromTheRaceDetector holds to its word
// what a file says of itself in its first line, see .ci/test.
func TestOnlyTestsThatStartNothingAreHiddenFromTheRaceDetector(t *testing.T) {
	atOnce := regexp.MustCompile(`(?m)^\s+go (func\(|[a-z])|<-|\b(sync|atomic)\.[A-Z]|httptest\.NewServer`)
	hidden := 0
	for _, s := range sources(t) {
		text := read(t, s.file)
		first, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(first, "//go:build ") || !strings.Contains(first, "!race") {
			continue
		}
		hidden++
		text = strings.ReplaceAll(text, "sync.Once", "") // keeps what all tests look at; it starts nothing
		if found := strings.TrimSpace(atOnce.FindString(text)); found != "" || !s.isTest() {
			t.Errorf("%s is hidden from the race detector, and it is no test or says %q", s.file, found)
		}
	}
	if hidden == 0 {
		t.Error("no file is hidden from the race detector: this test sees nothing")
	}
}

// TestAThemeLiesOverFewTexts: Fyne reads all fonts anew for each theme that lies
// over a text (by estimate 5 MB and 20 ms), so it lies over edges alone and what is opened rarely.
func TestAThemeLiesOverFewTexts(t *testing.T) {
	may := []string{
		"app/look/scroll.go",     // edges
		"app/room/dialog.go",     // a card over the window has a shadow, and what scrolls in it none
		"app/workbench/token.go", // fields to write in
		"app/connect/list.go",    // Fyne's own list
	}
	for _, s := range sources(t) {
		if !s.isTest() && strings.Contains(read(t, s.file), "container.NewThemeOverride(") && !slices.Contains(may, s.file) {
			t.Errorf("%s lays a theme over a part of the window: Fyne reads all fonts again for what is written there", s.file)
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
