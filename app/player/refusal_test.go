package player

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// renewing returns a player of the flow in which an access token dies and is renewed.
func renewing(t *testing.T, thief string) *Player {
	t.Helper()
	return played(t, "refresh-token", map[string]string{"thief": thief})
}

// played returns a player at the end of a flow with these switches.
func played(t *testing.T, flow string, switches map[string]string) *Player {
	t.Helper()
	keys, err := mockidp.DemoKeys()
	must(t, err)
	f, ok := flows.Find(flow)
	if !ok {
		t.Fatal("the flow is not listed")
	}
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	w, err := flows.Start(t.Context(), f, flows.Options{
		Say:       say,
		Classroom: true,
		Choices:   stage.Choices{Switches: switches},
		Provider:  onstage.Provider(keys),
	})
	must(t, err)
	t.Cleanup(func() { must(t, w.Close()) })
	p := New(w)
	must(t, p.Seek(p.Len()-1))
	return p
}

func TestTheRedEndsWhereTheStoryForeseesTheRefusal(t *testing.T) {
	p := renewing(t, "absent")
	all := arrows(p, narrator(t, tutorials.Everyone, "protocol"), "")
	dies, renewed := p.Find("flights-refused"), p.Find("refresh")
	if a := all[dies]; a.Sign != diagram.Cross || a.News != diagram.BadNews {
		t.Errorf("the refusal of the token that died is drawn as %+v", a)
	}
	if a := all[renewed]; a.Sign != diagram.NoSign || a.News != diagram.NoNews {
		t.Errorf("the renewal is drawn as %+v", a)
	}
}

func TestTheRedStepIsTheOneThatTheRunEndedBy(t *testing.T) {
	p := renewing(t, "late")
	if i := p.Plan().Failed(); p.At(i).Step != "stolen-refresh" {
		t.Errorf("the red step is %s", p.At(i).Step)
	}
	if c := p.broken(); c == nil || c.ID != "refresh-token-unused" {
		t.Errorf("the reason is %+v", c)
	}
	if chart.Overcome(p.Plan(), p.Find("stolen-refused")) {
		t.Error("the story goes on from the refusal of the thief")
	}
}

func TestWhoWasNotInvitedHasALaneOnlyWhereTheyTurnUp(t *testing.T) {
	for thief, want := range map[string]bool{"absent": false, "late": true} {
		all := lanes(renewing(t, thief), narrator(t, tutorials.Everyone, "protocol"))
		has := slices.ContainsFunc(all, func(l diagram.Lane) bool { return l.ID == string(trace.Attacker) })
		if has != want {
			t.Errorf("thief %s: the attacker has a lane: %t", thief, has)
		}
	}
}

// Where a browser keeps the answer from a page no rule was broken; the walk says what happened all the same, and where.
func TestAnAnswerThatTheBrowserKeepsIsToldWhereItIsKept(t *testing.T) {
	p := played(t, "authorization-code-pkce", map[string]string{"runs": "page"})
	c := p.Choices()
	c.Client = &stage.SetUp{Metadata: stage.Metadata{
		RedirectURIs: []string{"https://travel.example/callback"}, GrantTypes: []string{"authorization_code"}, ResponseTypes: []string{"code"},
	}}
	must(t, p.Choose(c))
	must(t, p.Seek(p.Len()-1))
	at := stoppedAt(p)
	if at < 0 || p.Plan().Failed() >= 0 || p.At(at).Step != "token-response" {
		t.Fatalf("it was stopped at %d, by a rule at %d", at, p.Plan().Failed())
	}
	for _, voice := range tutorials.Voices() {
		must(t, p.Seek(at))
		n := narrator(t, voice, "protocol")
		told := content(p, n)
		if told.Words.Refused == "" || told.Words.Happened != "" || told.Title != n.Say().Text("player.kept.title") {
			t.Errorf("%s is told %q, and as if it went well %q, under %q", voice, told.Words.Refused, told.Words.Happened, told.Title)
		}
		must(t, p.Seek(p.Len()-1))
		if end := content(p, n); end.Words.Refused != told.Words.Refused {
			t.Errorf("%s is told at the end %q", voice, end.Words.Refused)
		}
	}
}

// A request that is about to be refused has not been: nobody stopped it yet, and no browser will.
func TestARequestThatWillBeRefusedIsNoAnswerThatABrowserKeeps(t *testing.T) {
	p := played(t, "introspection-revocation", nil)
	must(t, p.Restart())
	if refused := p.Plan().Failed(); refused < 0 || p.At(refused).Kind != trace.Request {
		t.Fatalf("no request is refused, but step %d", refused)
	}
	for i := range p.Len() {
		must(t, p.Seek(i))
		n := narrator(t, tutorials.Voices()[i%3], "protocol")
		if told := content(p, n); told.Words.Refused == n.Say().Called("player.kept", string(n.Voice)) {
			t.Errorf("at step %d, %s, %s is told that %q", i, p.At(i).Step, n.Voice, told.Words.Refused)
		}
	}
}
