package cli

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// Whatever a lesson or a mix-up says that one can see is walked in the terminal too, with the choices set.
func TestWhatALessonSaysThatOneCanSeeIsWalkedInTheTerminal(t *testing.T) {
	words := wordstest.English(t)
	lessons, err := words.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			if s.Watch == "" {
				continue
			}
			n++
			if err := leads(s.Watch, words); err != nil {
				t.Errorf("%s/%s: %v", lessons[i].ID, s.ID, err)
			}
		}
	}
	if n < 25 {
		t.Errorf("%d screens lead to a walk", n)
	}
}

// leads tells what keeps an address from being walked.
func leads(to string, words *tutorials.Library) error {
	f := walkFlags{voice: string(tutorials.Everyone), format: "text", network: "memory"}
	id, err := f.addressed(to)
	if err != nil {
		return err
	}
	flow, err := FlowOf(id)
	if err != nil {
		return err
	}
	_, err = f.choices(flow, words)
	return err
}

func TestTheChoicesOfAnAddressAreThoseOfTheFlags(t *testing.T) {
	f := walkFlags{}
	id, err := f.addressed("walk/authorization-code-pkce/mail-refused?jump=mail:6m&person=sam&runs=phone")
	if err != nil || id != "authorization-code-pkce" || f.person != "sam" || strings.Join(f.jumps, " ") != "mail=6m0s" ||
		strings.Join(f.switches, " ") != "runs=phone" {
		t.Errorf("the flow is %q (%v), and the flags are %+v", id, err, f)
	}
	if id, err := f.addressed("pkce"); id != "pkce" || err != nil {
		t.Errorf("the name of a flow became %q, %v", id, err)
	}
	if _, err := f.addressed("walk/implicit/mail?mistake=nonsense"); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("a mistake that does not exist: %v", err)
	}
}

func TestAnAddressThatNamesWhatDoesNotExistIsToldWhatDoes(t *testing.T) {
	for to, says := range map[string]string{
		"walk/nonsense/mail":                                "authorization-code-pkce",
		"walk/implicit/nowhere":                             "browser-remembers",
		"walk/implicit/mail?mistake=planted-answr":          "did you mean planted-answer?",
		"walk/implicit/mail?person=nobody":                  "jane",
		"walk/implicit/mail?password=right":                 "password=wrong",
		"walk/authorization-code-pkce/mail?runs=boat":       "runs=",
		"walk/authorization-code-pkce/mail?jump=mail:later": "token=90s",
	} {
		f := walkFlags{}
		if _, err := f.addressed(to); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s is refused by %v, which does not say %q", to, err, says)
		}
	}
}
