package main_test

import (
	"regexp"
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
