package intake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// What people tell of a login has the words of no library; what reads like it is a guess, and never more.
func TestWhatReadsLikeAKnownReportIsPossible(t *testing.T) {
	firstOfEach(t, map[string]string{
		"Our wiki: everything works, but the refresh token is always null. What has to be changed?":             "refresh-token-absent possible",
		"People are logged out at random. It happens when a page fires several requests at once.":               "refresh-twice-at-once possible",
		"We use SameSite strict for the session cookie. Coming back from the provider ends in a redirect loop.": "cookie-same-site possible",
		"The access token that I get is very short, and jwt.io cannot decode it. It is no JWT.":                 "token-opaque possible",
		"hasRole puts the prefix ROLE_ before the name of the role, and people get a 403.":                      "permission-missing possible",
		"Some people set the system clock by hand, and their tokens are renewed without end in the background.": "clock-skew possible",
	})
}

// A guess quotes the sentence that it goes by and the one that it knows, and gives way to what says more.
func TestWhatItReadsLikeIsQuotedAndGivesWay(t *testing.T) {
	const told = "The access token that I get is very short, and jwt.io cannot decode it. It is no JWT."
	cause := diagnosis.First(diagnosed(read(t, told)))
	if cause == nil {
		t.Fatal("it reads like nothing")
	}
	fields := []string{}
	for _, e := range cause.Evidence {
		fields = append(fields, e.Field)
		if e.Where != "answer" || e.Value == "" {
			t.Errorf("it is quoted as %v", e)
		}
	}
	if want := []string{"text", "reads like"}; !slices.Equal(fields, want) {
		t.Errorf("it quotes %v, want %v", fields, want)
	}
	if got := first(t, told+"\nAADSTS700016: Application with identifier 'a' was not found"); got != "client-unknown likely" {
		t.Errorf("beside a code that is known it is %q", got)
	}
	if got := first(t, "Hello, where do I find the logo?"); got != "" {
		t.Errorf("what reads like nothing is %q", got)
	}
	if b := read(t, strings.Repeat(told+"\n", 500)); diagnosis.First(diagnosed(b)) == nil {
		t.Error("a long text reads like nothing")
	}
}
