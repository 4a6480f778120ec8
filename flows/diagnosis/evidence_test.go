package diagnosis_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// What we say of a code that came again is no secret, and no talk of a clock.
func TestACodeThatCameAgainIsSaidToBeTheSame(t *testing.T) {
	run := plus(begun(""),
		exchange{method: "POST", url: token, form: redeem, status: 200, answer: "X: y\n\n{\"access_token\":\"access-1\"}"},
		exchange{
			after: 30 * time.Millisecond, method: "POST", url: token, form: redeem, status: 400,
			answer: invalidGrant("code was used before"),
		})
	run[1].status = 500 // the app's own page of an error
	all := diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true})
	if shown := fmt.Sprint(diagnosis.First(all)); !strings.Contains(shown, "the same again, 30ms later") {
		t.Errorf("it is shown as %s", shown)
	}
	for _, d := range all {
		if slices.ContainsFunc(d.Causes, func(c diagnosis.Cause) bool { return c.ID == "clock-skew" }) {
			t.Errorf("a code that was used before is taken for a clock that is wrong: %s", d)
		}
	}
}

// Proxies and browsers have numbers of their own beyond those of RFC 9110 section 15.
func TestANumberThatIsNoStatusIsNoBrokenServer(t *testing.T) {
	for status, want := range map[int]bool{503: true, 599: true, 600: false, 999: false} {
		run := plus(begun(""), exchange{method: "POST", url: token, form: redeem, status: status, answer: "X: y\n\n"})
		all := diagnosis.Of(logins.Join(record(run...)), diagnosis.Known{Ended: true})
		found := slices.ContainsFunc(all[0].Causes, func(c diagnosis.Cause) bool { return c.ID == "server-broken" })
		if found != want {
			t.Errorf("%d is said to be the answer of a broken server: %t, want %t", status, found, want)
		}
	}
}

// What is said of a secret that is not there is no secret. This walks every recording.
func TestOurOwnWordsAreNotCutLikeASecret(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, file := range files {
		for _, d := range diagnosis.Of(logins.Join(foreign(readRun(t, file))), diagnosis.Known{Ended: true}) {
			for _, c := range d.Causes {
				for _, e := range c.Evidence {
					told[e.Value]++
				}
			}
		}
	}
	for _, words := range []string{"is not in the request", "a new one"} {
		if cut := diagnosis.Short(words); told[cut] > 0 || told[words] == 0 {
			t.Errorf("%q is told %d times, and %d times as %q", words, told[words], told[cut], cut)
		}
	}
}
