//go:build !race

package tutorials

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// props are the things that a lens tells its likeness with.
type props struct {
	Props []string `toml:"props"`
	Gone  []string `toml:"gone"`
}

func propsOf(t *testing.T) map[string]props {
	t.Helper()
	var all map[string]props
	if _, err := toml.DecodeFile("testdata/props.toml", &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// likenessesOf is all that a lens says of the steps of a flow. The protocol
// lens has its likeness in what everyone is told.
func likenessesOf(l *Library, flow, lens string) string {
	var all []string
	for _, id := range l.Flows().Steps(flow) {
		told := l.flows.step(flow, id).lenses[lens].Step
		if lens == ProtocolLens {
			told = Step{Likeness: l.flows.step(flow, id).voices[Everyone].Likeness}
		}
		all = append(all, told.Label, told.Title, told.Likeness)
	}
	return visible(strings.Join(all, " "))
}

// among returns the props that occur in a text.
func among(props []string, told string) []string {
	var found []string
	for _, p := range props {
		if regexp.MustCompile(`(?i)\b(` + p + `)s?\b`).MatchString(told) {
			found = append(found, p)
		}
	}
	return found
}

func TestEveryLensHasItsPropsListed(t *testing.T) {
	listed := propsOf(t)
	for _, lens := range english(t).Lenses() {
		if len(listed[lens.ID].Props) < 7 {
			t.Errorf("the lens %s has %d props in testdata/props.toml", lens.ID, len(listed[lens.ID].Props))
		}
	}
}

func TestALikenessHasAtMostSevenPropsInAWalk(t *testing.T) {
	l := english(t)
	for lens, listed := range propsOf(t) {
		for _, flow := range l.flows.ids() {
			told := likenessesOf(l, flow, lens)
			if found := among(listed.Props, told); len(found) > 7 {
				t.Errorf("%s through %s has %d props: %v", flow, lens, len(found), found)
			}
			if back := among(listed.Gone, told); len(back) > 0 {
				t.Errorf("%s through %s: what was dropped is back: %v", flow, lens, back)
			}
		}
	}
}

// TestNoTwoVoicesSayTheSameOfAStep also holds it through each lens, in which
// they share label, title and likeness and nothing else, and with each switch.
func TestNoTwoVoicesSayTheSameOfAStep(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		for _, step := range l.Flows().Steps(flow) {
			for _, lens := range l.Lenses() {
				for _, choices := range everyChoice(l.flows.flow(flow)) {
					if a, b, same := alike(l, flow, step, lens.ID, choices); same {
						t.Errorf("%s, %s, %s, %v: %s and %s read the same", flow, step, lens.ID, choices, a, b)
					}
				}
			}
		}
	}
}

// alike finds two voices that say the same of a step, be it in what happened,
// why it matters, or what could go wrong.
func alike(l *Library, flow, step, lens string, choices map[string]string) (a, b Voice, same bool) {
	said := map[string]Voice{}
	for _, v := range Voices() {
		s, _ := l.Flows().StepWith(flow, step, v, lens, choices)
		for part, words := range map[string]string{"happened": s.Happened, "why": s.Why, "risk": s.Risk} {
			if other, twice := said[part+words]; twice && words != "" {
				return other, v, true
			}
			said[part+words] = v
		}
	}
	return "", "", false
}

func TestAStepSpeaksOfTheSwitchThatIsOn(t *testing.T) {
	n := Narrator{Words: english(t), Flow: "openid-connect", Voice: Everyone, Lens: ProtocolLens}
	with := n.Step("token-response")
	n.Switches = map[string]string{"openid": "without"}
	without := n.Step("token-response")
	if with.Title != "The app gets a key and a proof" || without.Title != "The app gets a key and no proof" {
		t.Errorf("got %q and %q", with.Title, without.Title)
	}
	if with.Risk != without.Risk || with.Picture != without.Picture {
		t.Error("what the switch does not change is not as ever")
	}
	if got := n.Step("click-login"); got.Title != " asks the app for the flights" || got.Happened == "" {
		t.Errorf("a step with words of another flow does not take the one that it has of its own: %+v", got)
	}
	if a, b := n.About().Done[Everyone], (Narrator{Words: n.Words, Flow: n.Flow}).About().Done[Everyone]; a == b {
		t.Errorf("both runs end in the same words: %s", a)
	}
	n.Lens, n.Switches = "hotel", map[string]string{"openid": "with"}
	if got := n.Step("token-response").Label; got != "Key card and photo ID" {
		t.Errorf("on its first value, the switch changes the label to %q", got)
	}
}

// behind returns the variants of a voice that a lens does not have, although they matter to it.
func behind(voice, lens telling, matters func(Step) bool) []variant {
	return slices.DeleteFunc(slices.Clone(voice.when), func(v variant) bool {
		has := func(o variant) bool { return o.id == v.id && o.value == v.value }
		return !matters(v.Step) || slices.ContainsFunc(lens.when, has)
	})
}

// TestALensFollowsTheSwitchThatItsVoiceFollows keeps the hotel and the office
// from telling of the first value of a switch what the voice tells of another.
func TestALensFollowsTheSwitchThatItsVoiceFollows(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		for id, step := range l.flows.flow(flow).step {
			told := func(s Step) bool { return s.Happened != "" }
			for _, v := range behind(step.voices[Everyone], step.lenses["hotel"], told) {
				t.Errorf("%s, %s: the hotel knows nothing of %s %s", flow, id, v.id, v.value)
			}
			compared := func(s Step) bool { return s.Likeness != "" }
			for _, v := range behind(step.voices[Executive], step.lenses["office"], compared) {
				t.Errorf("%s, %s: the office knows nothing of %s %s", flow, id, v.id, v.value)
			}
		}
	}
}

func TestOneSwitchDoesNotHideWhatAnotherChanges(t *testing.T) {
	l := english(t)
	s, _ := l.Flows().StepWith("authorization-code", "token", Developer, ProtocolLens, map[string]string{"pkce": "on", "client-auth": "body"})
	if !strings.Contains(s.Happened, "code_verifier") || s.Label != "POST /token code, secret, verifier" {
		t.Errorf("got %+v", s)
	}
}

func TestANameMeansSomethingElseAtAnotherPlace(t *testing.T) {
	l := english(t)
	form, _ := l.Dictionary().EntryAt("parameter", "password", "login")
	token, ok := l.Dictionary().EntryAt("parameter", "password", "token")
	if !ok || token.Spec != "RFC 6749 §4.3.2" || form.Spec != "OpenID Connect Core 1.0 §3.1.2.3" || token.Plain == form.Plain {
		t.Errorf("at the token endpoint: %+v, in the form: %+v", token, form)
	}
	if _, ok := l.Dictionary().EntryAt("parameter", "nothing", "token"); ok {
		t.Error("a name that is nowhere was found at a place")
	}
}

func TestARefusalKnowsThatThePersonWithheldAPermission(t *testing.T) {
	n := Narrator{Words: english(t), Voice: Everyone, Person: "Jane"}
	plain := n.Refusal("token-aud", "invalid_token", "")
	n.Withheld = true
	if got := n.Refusal("token-aud", "invalid_token", ""); got == plain || !strings.HasPrefix(got, "Jane did not allow this") {
		t.Errorf("got %q", got)
	}
	if got := n.Refusal("code-fresh", "invalid_grant", ""); strings.Contains(got, "Jane did not allow") {
		t.Errorf("a rule that has nothing to do with it says %q", got)
	}
}

func TestTheLessonOfAMistakeIsToldInTheVoice(t *testing.T) {
	n := Narrator{Words: english(t), Flow: "password", Voice: Everyone}
	if got := n.Lesson("kept-password"); !strings.HasPrefix(got, "It works exactly as it did on the first day") {
		t.Errorf("got %q", got)
	}
	if got := n.Lesson("nothing"); got != "" {
		t.Errorf("a mistake that is none teaches %q", got)
	}
}

func TestEveryMistakeThatGoesThroughSaysSo(t *testing.T) {
	l := english(t)
	for flow, mistakes := range map[string][]string{
		"password": {"greedy-scope", "password-again", "kept-password"}, "client-credentials": {"no-scope"},
	} {
		for _, id := range mistakes {
			m, _ := l.Flows().Mistake(flow, id)
			for _, v := range Voices() {
				if !slices.ContainsFunc([]string{"goes through", "go through"}, func(s string) bool { return strings.Contains(m.Lesson[v], s) }) {
					t.Errorf("%s, %s, %s: %s", flow, id, v, m.Lesson[v])
				}
			}
		}
	}
}
