package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAFailedCheckIsOpenInEveryVoice(t *testing.T) {
	for _, developer := range []bool{true, false} {
		v := paneFor(t, wide())
		c := failingStep()
		c.Developer = developer
		v.SetContent(c)
		v.SelectTab("checks")
		for _, text := range []string{"The hash of this code_verifier is not", challenge, "2XsXkKFx0zGPDMzFvSVdK4c4uC9bAYyU1fJ3aEvNl0w"} {
			if !shows(v, text) {
				t.Errorf("developer %v: does not show %q", developer, text)
			}
		}
	}
}

func TestAFailedCheckFarDownIsInView(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 420))
	v.SelectTab("checks")
	c := failingStep()
	first := c.Message.Checks[0]
	for range 20 {
		c.Message.Checks = append([]trace.Check{first}, c.Message.Checks...)
	}
	v.SetContent(c)
	if at := firstVisible(v, "invalid_grant"); at < 100 || at > 420 {
		t.Errorf("the end of the failed check stands at %v", at)
	}
}

func TestADeveloperOpensAndClosesChecks(t *testing.T) {
	v := paneOn(t, "checks", tokenStep())
	if !shows(v, challenge) {
		t.Error("the telling check is not open")
	}
	tapText(t, v, "the code is unused")
	if !shows(v, "at most 60 s") {
		t.Error("the check did not open")
	}
	tapText(t, v, "the code is unused")
	if shows(v, "at most 60 s") {
		t.Error("the check did not close")
	}
}

func TestOthersOpenACheckToSeeItsSectionAndWhatItCompared(t *testing.T) {
	v := paneFor(t, wide())
	c := tokenStep()
	c.Developer = false
	c.Rule = func(k trace.Check) string { return "plain " + k.ID }
	v.SetContent(c)
	v.SelectTab("checks")
	more := map[string][]string{
		"plain code-fresh":            {"RFC 6749 §4.1.2", "at most 60 s"},
		"plain client-authentication": {"RFC 6749 §3.2.1", "it has no secret"},
	}
	for rule, texts := range more {
		for _, open := range []bool{false, true, false} {
			for _, text := range texts {
				if shows(v, text) != open {
					t.Errorf("%s, open %v: shows %q", rule, open, textsOf(v))
				}
			}
			tapText(t, v, rule)
		}
		tapText(t, v, rule)
	}
}

func TestTheCheckThatMattersStandsAboveTheList(t *testing.T) {
	for _, c := range []inspector.Content{tokenStep(), failingStep()} {
		v := paneOn(t, "checks", c)
		all := strings.Join(textsOf(v), " ")
		card, list := strings.Index(all, "The one that matters"), strings.Index(all, "checked, in order")
		if between := all[max(card, 0):max(list, 0)]; !strings.Contains(between, "7 of 7") || !strings.Contains(between, challenge[:20]) {
			t.Errorf("shows %q", all)
		}
	}
}
