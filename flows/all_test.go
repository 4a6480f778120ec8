//go:build !race

package flows_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// What is asked of every flow, whoever wrote it.

func TestTheFlowsStandInTheOrderInWhichTheyAreTaught(t *testing.T) {
	taught := []string{
		"authorization-code", "authorization-code-pkce", "client-credentials", "password",
		"refresh-token", "implicit", "openid-connect", "device-code", "introspection-revocation", "single-sign-on",
		"client-authentication",
	}
	var listed []string
	for _, f := range flows.All() {
		listed = append(listed, f.ID)
	}
	if !slices.Equal(listed, taught) {
		t.Errorf("listed are %v, in this order; taught are %v", listed, taught)
	}
	if f := flows.Default(); f.ID != "authorization-code-pkce" {
		t.Errorf("%s opens at first", f.ID)
	}
}

// TestEveryAlternativeHasWordsAndEveryWordAnAlternative holds switches and
// chapters to their titles, both ways.
func TestEveryAlternativeHasWordsAndEveryWordAnAlternative(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		about, _ := l.Flows().Flow(f.ID)
		same(t, f.ID+": chapters", f.Chapters, slices.Collect(maps.Keys(about.Chapters)))
		var switches []string
		for _, s := range f.Switches {
			switches = append(switches, s.ID)
			said := about.Switches[s.ID]
			same(t, f.ID+": values of the switch "+s.ID, s.Values, slices.Collect(maps.Keys(said.Values)))
			if said.Title == "" || slices.Contains(slices.Collect(maps.Values(said.Values)), "") {
				t.Errorf("%s: the switch %s lacks words: %+v", f.ID, s.ID, said)
			}
		}
		same(t, f.ID+": switches", switches, slices.Collect(maps.Keys(about.Switches)))
	}
}

// same holds what there is to what is said.
func same(t *testing.T, what string, there, said []string) {
	t.Helper()
	for _, id := range missing(there, said) {
		t.Errorf("%s: there are no words for %s", what, id)
	}
	for _, id := range missing(said, there) {
		t.Errorf("%s: there are words for %s, which there is not", what, id)
	}
}

func TestEveryLaneHasANameInEveryVoiceThroughEveryLens(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, how := range tellings(l) {
			n := tutorials.Narrator{Words: l, Flow: f.ID, Voice: how.voice, Lens: how.lens}
			for _, r := range taking(f) {
				if name, also := n.Role(string(r)); name == "" || name == string(r) || also == "" {
					t.Errorf("%s, %+v: the %s is called %q, %q", f.ID, how, r, name, also)
				}
			}
		}
	}
}

// TestEveryLaneBearsTheNameOfWhoIsOnStage keeps the Travel app of the lens out
// of stories in which another app plays.
func TestEveryLaneBearsTheNameOfWhoIsOnStage(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		n := tutorials.Narrator{Words: l, Flow: f.ID, Voice: tutorials.Developer, Lens: tutorials.ProtocolLens}
		onStage := map[trace.Role]string{trace.Client: f.Cast.Client.Name, trace.ResourceServer: f.Cast.API.Name}
		for _, r := range taking(f) {
			if name, _ := n.Role(string(r)); onStage[r] != "" && name != onStage[r] {
				t.Errorf("%s: the lane of the %s says %q, on stage is %q", f.ID, r, name, onStage[r])
			}
		}
	}
}

// taking lists who takes part in a flow.
func taking(f flows.Flow) []trace.Role {
	return slices.DeleteFunc(trace.Roles(), func(r trace.Role) bool {
		return !slices.ContainsFunc(f.Steps, func(s flows.Step) bool { return s.From == r || s.To == r })
	})
}

// TestEverySwitchChangesTheRun also plays every value to its end.
func TestEverySwitchChangesTheRun(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		for _, s := range f.Switches {
			usual := transcript.Of(play(t, f, stage.Choices{}))
			for i, v := range s.Values {
				told := transcript.Of(play(t, f, stage.Choices{Switches: map[string]string{s.ID: v}}))
				if same := told == usual; same != (i == 0) {
					t.Errorf("%s: with the switch %s at %s the run is as usual: %t", f.ID, s.ID, v, same)
				}
			}
		}
	}
}

func TestTheGoodRunEndsWell(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
			t.Run(f.ID+"/"+string(transport), func(t *testing.T) {
				w := startFlow(t, f, flows.Options{Provider: provider(t), Classroom: true, Transport: transport, Ports: anyPorts()})
				if o := finish(t, w).Outcome; o.State != trace.Completed {
					t.Errorf("it ended as %+v", o)
				}
			})
		}
	}
}

// TestEveryMistakeIsRefusedByItsRule holds each classic mistake to the party
// and the rule that answer it. One that nobody notices goes through, which is
// then what is to be learned.
func TestEveryMistakeIsRefusedByItsRule(t *testing.T) {
	for _, f := range flows.All() {
		for _, m := range f.Mistakes {
			t.Run(f.ID+"/"+m.ID, func(t *testing.T) {
				want, ok := stories()[f.ID].refused[m.ID]
				if !ok {
					t.Fatal("this mistake has no test")
				}
				if o := mistaken(t, f, m).Outcome; o.State != want.state() || o.By != want.by || o.Rule != want.rule {
					t.Errorf("the run ended as %+v; want it %s by %q because of %q", o, want.state(), want.by, want.rule)
				}
			})
		}
	}
}

// missing lists what of want is not in have.
func missing(want, have []string) []string {
	return slices.DeleteFunc(slices.Clone(want), func(id string) bool { return slices.Contains(have, id) })
}

// telling is one voice through one lens.
type telling struct {
	voice tutorials.Voice
	lens  string
}

func tellings(l *tutorials.Library) []telling {
	var all []telling
	for _, v := range tutorials.Voices() {
		for _, lens := range l.Lenses() {
			all = append(all, telling{v, lens.ID})
		}
	}
	return all
}
