//go:build !race

package tutorials

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryWayThroughTheChooserEndsAndEveryEndIsReached(t *testing.T) {
	c, err := english(t).Chooser()
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]bool{}
	var follow func(way []string)
	follow = func(way []string) {
		if len(way) > len(c.Asks) {
			t.Fatalf("the way %q does not end", way)
		}
		went, next, result := c.Along(way)
		if !slices.Equal(went, way) {
			t.Fatalf("the way %q ends at %q", way, went)
		}
		if result != nil {
			reached[result.ID] = true
			return
		}
		for _, o := range next.Options {
			follow(append(slices.Clone(way), o.ID))
		}
	}
	follow(nil)
	for _, id := range c.Order {
		if !reached[id] {
			t.Errorf("no way leads to the result %q", id)
		}
	}
	if len(reached) < 6 {
		t.Errorf("the chooser knows %d results", len(reached))
	}
}

func TestAWayThatIsNoneLeadsAsFarAsItIsOne(t *testing.T) {
	c, err := english(t).Chooser()
	if err != nil {
		t.Fatal(err)
	}
	went, next, result := c.Along([]string{"person", "sideways", "office"})
	if !slices.Equal(went, []string{"person"}) || next == nil || next.ID != "browser" || result != nil {
		t.Errorf("it went %q and stands at %v, %v", went, next, result)
	}
}

func TestWhatTheChooserNamesIsThere(t *testing.T) {
	l := english(t)
	c, err := l.Chooser()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Results {
		for _, id := range r.Stacks {
			if _, ok := l.Papers().Paper(PaperStacks, id); !ok {
				t.Errorf("the result %q names the stack %q, which is not there", r.ID, id)
			}
		}
		if len(r.RulesOut) < 2 {
			t.Errorf("the result %q rules out %d flows", r.ID, len(r.RulesOut))
		}
		for _, out := range r.RulesOut {
			if _, ok := l.Flows().Flow(out.Flow); !ok {
				t.Errorf("the result %q rules out %q, which is no flow", r.ID, out.Flow)
			}
		}
	}
}

func TestThereAreSixteenMixUpsWithQuestionsThatExist(t *testing.T) {
	l := english(t)
	all, err := l.MixUps().All()
	if err != nil || len(all) != 16 {
		t.Errorf("there are %d mix-ups: %v", len(all), err)
	}
	for _, m := range all {
		if _, ok := l.Lessons().Question(m.Question); m.Question != "" && !ok {
			t.Errorf("%s asks %q, and there is no such question", m.ID, m.Question)
		}
		for _, name := range m.About {
			_, term := l.Glossary().Term(name)
			if !term && !slices.ContainsFunc(l.Dictionary().Entries(), func(e Entry) bool { return e.Name == name }) {
				t.Errorf("%s is about %q, which is no term and no name on the wire", m.ID, name)
			}
		}
	}
}

const aMixUp = `+++
title = "T"
number = 1
at = ["implicit/mail"]
about = ["jwt"]
when = 'comes("mail")'
+++
## answer
Watch: walk/implicit/mail

### Everyone
Title: T
Words: W
Watch: S

### Executive
Title: T
Words: W
Watch: S

### Developer
Title: T
Words: W
Watch: S
`

const aPaper = "+++\ntitle = \"T\"\nline = \"L.\"\nnumber = 1\n+++\nWords of\ntwo lines.\n\n- one\n- two\n\n## Head\n" +
	"| A | B |\n|---|---|\n| c | d |\n\n```yml web-app.yml\nspring:\n  issuer: {issuer}\n```\nEnd.\n"

// guided is English with one mix-up and one paper of its own.
func guided(t *testing.T, mixUp, paper string) (*Library, error) {
	t.Helper()
	return onlyWith(t, map[string]string{"en/mix-ups/one.md": mixUp, "en/stacks/one.md": paper})
}

func TestAPaperIsReadBlockByBlock(t *testing.T) {
	l, err := guided(t, aMixUp, aPaper)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := l.Papers().Paper(PaperStacks, "one")
	if !ok || p.Title != "T" || p.Line != "L." || p.Voice() != Developer || len(p.Blocks) != 5 {
		t.Fatalf("the paper is %+v", p)
	}
	if p.Blocks[0].Words != "Words of two lines.\n\n- one\n- two" || p.Blocks[1].Head != "Head" || p.Blocks[2].Table.Rows[0][1] != "d" {
		t.Errorf("it is read as %+v", p.Blocks)
	}
	if code := p.Blocks[3]; code.File != "web-app.yml" || code.Code != "spring:\n  issuer: {issuer}" {
		t.Errorf("its code is %+v: spaces at the beginning of a line count", code)
	}
	if m := l.MixUps().At("implicit", "mail"); len(m) != 1 || m[0].ID != "one" || m[0].Watch != "walk/implicit/mail" {
		t.Errorf("the step brings up %+v", m)
	}
}

func TestADamagedMixUpOrPaperIsNamedTogetherWithThePlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a mix-up without an expression":        {"when = 'comes(\"mail\")'\n", "", "title, number, at, about and when"},
		"a mix-up at a step that is none":       {"implicit/mail\"]", "implicit/male\"]", `no step "implicit/male"`},
		"a mix-up with another section":         {"## answer", "## reply", "there is one section"},
		"a mix-up that nobody can see":          {"Watch: walk/implicit/mail\n", "", "both or none"},
		"a number that is not its place":        {"number = 1\nat", "number = 2\nat", "has the number 2 and is number 1"},
		"a paper without a line":                {"line = \"L.\"\n", "", "title, line and number"},
		"a paper with a key too many":           {"line = \"L.\"", "line = \"L.\"\ncolour = 1", `"colour" is not known`},
		"code that does not end":                {"```\nEnd.", "End.", "no closing"},
		"a heading of another kind":             {"## Head", "# Head", "no heading that is known"},
		"a row that is too short":               {"| c | d |", "| c |", "2 columns and this row 1"},
		"a paper whose number is not its place": {"number = 1\n+++\nWords", "number = 3\n+++\nWords", "has the number 3 and is number 1"},
	} {
		t.Run(name, func(t *testing.T) {
			mixUp, paper := strings.Replace(aMixUp, c.old, c.new, 1), strings.Replace(aPaper, c.old, c.new, 1)
			_, err := guided(t, mixUp, paper)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "one.md") {
				t.Errorf("the error is %v; it should name the file and say: %s", err, c.want)
			}
		})
	}
}
