//go:build !race

package tutorials

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatPeopleAskIsAnsweredWhereTheyAskIt(t *testing.T) {
	l := english(t)
	for _, row := range []struct{ flow, step, want string }{
		{"authorization-code-pkce", "welcome-page", "logged-in-again"},
		{"openid-connect", "welcome-page", "logged-in-again"},
		{"implicit", "read-fragment", "page-storage"},
		{"authorization-code-pkce", "preflight", "page-storage"},
		{"client-credentials", "token-response", "machine-renewal"},
	} {
		if !slices.ContainsFunc(l.FAQ().At(row.flow, row.step), func(a Asked) bool { return a.ID == row.want }) {
			t.Errorf("%s, %s does not bring up %q", row.flow, row.step, row.want)
		}
	}
	machine := func(a Asked) bool { return a.ID == "machine-renewal" }
	if slices.ContainsFunc(l.FAQ().At("openid-connect", "token-response"), machine) {
		t.Error("a question of one flow comes up in another")
	}
	if about := l.FAQ().About("rotation"); len(about) != 1 || about[0].ID != "lost-answer" {
		t.Errorf("about rotation people ask %v", about)
	}
}

func TestNobodyAsksAboutLoginsWhereNobodyLogsIn(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		if l.flows.step(flow, "type-password") != nil || flow == "password" {
			continue
		}
		for _, step := range l.Flows().Steps(flow) {
			for _, a := range l.FAQ().At(flow, step) {
				if strings.Contains(a.Question, "logged") {
					t.Errorf("%s, %s: no person takes part, and yet somebody asks %q", flow, step, a.Question)
				}
			}
		}
	}
}

func TestEveryQuestionEndsWithAQuestionMarkAndIsShort(t *testing.T) {
	for _, a := range english(t).FAQ().All() {
		if !strings.HasSuffix(a.Question, "?") || len(a.Question) > 80 {
			t.Errorf("%s: %q", a.ID, a.Question)
		}
	}
}

func TestAQuestionThatLeadsNowhereIsAnError(t *testing.T) {
	for want, a := range map[string]Asked{
		`there is no step "nowhere"`:                 {ID: "x", At: []string{"nowhere"}},
		`there is no step "password/login"`:          {ID: "x", At: []string{"password/login"}},
		`there is no flow "nowhere" to leave out`:    {ID: "x", At: []string{"token"}, Except: []string{"nowhere"}},
		`there is no term "nowhere" in the glossary`: {ID: "x", At: []string{"token"}, Terms: []string{"nowhere"}},
	} {
		broken := FAQ{func() ([]Asked, error) { return []Asked{a}, nil }}
		if err := broken.check(english(t).Flows(), english(t).Glossary()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error that says %q, got %v", want, err)
		}
	}
}
