package diagram

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// cells is a ruler for tests: each character is ten wide.
func cells(s string) float32 { return float32(10 * utf8.RuneCountInString(s)) }

func TestALongTextIsShortenedInItsMiddle(t *testing.T) {
	for _, c := range []struct {
		name, text string
		room       float32
		want       string
	}{
		{"what fits stays", "GET /login", 100, "GET /login"},
		{"beginning and end stay", "abcdefghij", 70, "abcd…ij"},
		{"no space beside the dots", "abcd efgh ijk", 80, "abcd…ijk"},
		{"characters are never cut", "ääääääääää", 50, "äää…ä"},
		{"almost no room", "abcdefghij", 10, "…"},
		{"no room at all", "abcdefghij", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := elided(c.text, c.room, cells); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNamesShrinkThenWrapThenAreShortened(t *testing.T) {
	lanes := []Lane{{Name: "Identity provider", Also: "authorization server"}, {Name: "User", Also: "resource owner"}}
	width := func(s string, size float32, _ bool) float32 { return float32(utf8.RuneCountInString(s)) * size / 2 }
	for _, c := range []struct {
		name  string
		room  float32
		size  float32
		first string
		also  bool
	}{
		{"wide boxes show both lines", 130, nameSize, "Identity provider", true},
		{"the line below wraps first", 119, nameSize, "Identity provider", true},
		{"then the name gets smaller", 112, 13, "Identity provider", true},
		{"then it wraps", 80, 13, "Identity|provider", true},
		{"then the line below goes", 66, 13, "Identity|provider", false},
		{"and the name gets smaller again", 49, 12, "Identity|provider", false},
		{"at last it is shortened", 30, smallestName, "Ide…y|pro…r", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := planHeading(lanes, c.room, false, width)
			if got := strings.Join(h.names[0], "|"); got != c.first || h.size != c.size || (h.alsos != nil) != c.also {
				t.Errorf("got %q at %.0f, second line %t; want %q at %.0f, %t", got, h.size, h.alsos != nil, c.first, c.size, c.also)
			}
		})
	}
}

func TestASpaceBehindAnArrowIsARunOfItsOwn(t *testing.T) {
	if got := strings.Join(runs("a → b → c"), "|"); got != "a →| b →| c" {
		t.Errorf("got %q", got)
	}
}

func TestLowBoxesHaveOneLineWhereItIsLegible(t *testing.T) {
	lanes := []Lane{{Name: "Identity provider", Also: "authorization server"}, {Name: "User", Also: "resource owner"}}
	width := func(s string, size float32, _ bool) float32 { return float32(utf8.RuneCountInString(s)) * size / 2 }
	for room, want := range map[float32]float32{130: 28, 105: 28, 80: 46} {
		if got := boxHeight(planHeading(lanes, room, true, width)); got != want {
			t.Errorf("room %.0f: got boxes of %.0f, want %.0f", room, got, want)
		}
	}
}

func TestBoxesWithoutASecondLineAreLow(t *testing.T) {
	lanes := []Lane{{Name: "Identity provider"}, {Name: "User"}}
	width := func(s string, size float32, _ bool) float32 { return float32(utf8.RuneCountInString(s)) * size / 2 }
	for room, want := range map[float32]float32{130: 38, 105: 38, 80: 46} {
		h := planHeading(lanes, room, false, width)
		if got := boxHeight(h); got != want || h.alsos != nil {
			t.Errorf("room %.0f: got boxes of %.0f, second line %t; want %.0f", room, got, h.alsos != nil, want)
		}
	}
}
