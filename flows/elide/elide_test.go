package elide_test

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/elide"
)

func TestATextThatFitsStaysWhole(t *testing.T) {
	for _, text := range []string{"", "a", "Grüße"} {
		if got := elide.End(text, elide.Letters(5)) + elide.Middle(text, elide.Letters(5)); got != text+text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestATextIsCutToItsRoom(t *testing.T) {
	for _, c := range []struct {
		room        int
		end, middle string
	}{
		{12, "authorizati…", "authori…code"},
		{10, "authoriza…", "author…ode"},
		{3, "au…", "a…e"},
		{1, "…", "…"},
		{0, "", ""},
	} {
		if got := elide.End("authorization code", elide.Letters(c.room)); got != c.end {
			t.Errorf("in %d letters its beginning is %q, want %q", c.room, got, c.end)
		}
		if got := elide.Middle("authorization code", elide.Letters(c.room)); got != c.middle {
			t.Errorf("in %d letters it is %q, want %q", c.room, got, c.middle)
		}
	}
}

func TestNoSpaceStandsBesideTheMark(t *testing.T) {
	if got := elide.End("one two", elide.Letters(5)); got != "one…" {
		t.Errorf("its beginning is %q", got)
	}
	if got := elide.Middle("abcd efgh ijk", elide.Letters(8)); got != "abcd…ijk" {
		t.Errorf("it is %q", got)
	}
}

// Letters of more than one byte are cut between them, and room is what its owner says.
func TestLettersStayWhole(t *testing.T) {
	wide := func(s string) bool { return 2*strings.Count(s, "ü")+strings.Count(s, "…") <= 7 }
	if got := elide.End("üüüüü", wide); got != "üüü…" {
		t.Errorf("got %q", got)
	}
}
