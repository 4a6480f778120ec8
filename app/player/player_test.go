package player

import (
	"net/http"
	"testing"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
)

// classroom returns a player at the start of a classroom run.
func classroom(tb testing.TB) *Player {
	tb.Helper()
	return classroomOf(tb, flows.Default())
}

func classroomOf(tb testing.TB, f flows.Flow) *Player {
	tb.Helper()
	keys, err := mockidp.DemoKeys()
	if err != nil {
		tb.Fatal(err)
	}
	say, err := tutorials.Catalog("en")
	if err != nil {
		tb.Fatal(err)
	}
	w, err := flows.Start(tb.Context(), f, flows.Options{
		Say:       say,
		Classroom: true,
		Provider: func(e stage.Env) (http.Handler, error) {
			return mockidp.New(mockidp.Config{BaseURL: e.BaseURL, Keys: keys, Now: e.Now, Rand: e.Rand})
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := w.Close(); err != nil {
			tb.Error(err)
		}
	})
	return New(w)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func step(p *Player) string {
	if m := p.Current(); m != nil {
		return m.Step
	}
	return ""
}

func TestForwardLetsOneMessageCrossAndBackNone(t *testing.T) {
	p := classroom(t)
	if step(p) != "" || p.Crossed() != 0 {
		t.Fatalf("the player begins at %q with %d crossed", step(p), p.Crossed())
	}
	for range 5 {
		must(t, p.Forward())
	}
	if p.Cursor() != 4 || p.Crossed() != 5 {
		t.Errorf("after five steps cursor %d, crossed %d", p.Cursor(), p.Crossed())
	}
	p.Back()
	p.Back()
	if p.Cursor() != 2 || p.Crossed() != 5 {
		t.Errorf("after two steps back cursor %d, crossed %d", p.Cursor(), p.Crossed())
	}
	must(t, p.Forward())
	if p.Crossed() != 5 {
		t.Errorf("going over old ground let a message cross: %d", p.Crossed())
	}
}

func TestSeekStopsAtBothEnds(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(1000))
	if !p.AtEnd() || step(p) != stage.StepSeeResult {
		t.Errorf("seeking past the end leads to %q", step(p))
	}
	must(t, p.Seek(-1000))
	if p.Cursor() != -1 {
		t.Errorf("seeking before the start leads to %d", p.Cursor())
	}
}

func TestEveryMistakeCanBeTriedFromAnywhere(t *testing.T) {
	p := classroom(t)
	flow := p.Flow()
	for _, m := range flow.Mistakes {
		must(t, p.Try(m.ID))
		if step(p) != m.Step {
			t.Errorf("%s leads to %q, want %q", m.ID, step(p), m.Step)
		}
		if len(p.Current().Edited) == 0 {
			t.Errorf("%s leaves no mark on the request", m.ID)
		}
		must(t, p.Seek(p.Len()))
		if p.Plan().Outcome.State != trace.Refused {
			t.Errorf("%s is not refused", m.ID)
		}
	}
	if err := p.Try("no-such-mistake"); err == nil {
		t.Error("a mistake that does not exist was made")
	}
}

func TestRestartTakesChangesBackAndKeepsThePerson(t *testing.T) {
	p := classroom(t)
	must(t, p.Choose(stage.Choices{Person: "sam", Deny: true}))
	must(t, p.Try("replayed-code"))
	must(t, p.Restart())
	if c := p.Choices(); len(c.Edits) > 0 || c.Deny || c.Person != "sam" {
		t.Errorf("after a restart the choices are %+v", c)
	}
	if p.Cursor() != -1 || p.Crossed() != 0 {
		t.Errorf("a restart leads to cursor %d, crossed %d", p.Cursor(), p.Crossed())
	}
}

func TestSendRefusesABadEditAndStaysWhereItWas(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("token")))
	if err := p.Send(p.Find("token"), stage.Edit{Headers: []stage.Change{{Name: "a b", Value: "c"}}}); err == nil {
		t.Fatal("a header name with a space was sent")
	}
	if step(p) != "token" || len(p.Choices().Edits) > 0 {
		t.Errorf("the player is at %q with %+v", step(p), p.Choices())
	}
}

func TestTheSignInPageCanBeUsed(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("sign-in-page")))
	must(t, p.Press("action", "sign-in", map[string]string{"username": "dana", "password": "wrong"}))
	if step(p) != stage.StepWrongPassword {
		t.Fatalf("a wrong password leads to %q", step(p))
	}
	p.Back()
	must(t, p.Press("action", "sign-in", map[string]string{"username": "dana", "password": "dana"}))
	if step(p) != stage.StepTypePassword || p.Choices().Person != "dana" {
		t.Fatalf("the right password leads to %q as %q", step(p), p.Choices().Person)
	}
	must(t, p.Seek(p.Find("consent-page")))
	must(t, p.Press("decision", "refuse", nil))
	if step(p) != stage.StepRefuseConsent {
		t.Errorf("refusing leads to %q", step(p))
	}
	p.Back()
	must(t, p.Press("decision", "approve", nil))
	if step(p) != stage.StepGiveConsent {
		t.Errorf("approving leads to %q", step(p))
	}
}

func TestAPersonIsChosenByOneClickOnThePage(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("sign-in-page")))
	must(t, p.Press("fill", "sam", map[string]string{"username": "", "password": ""}))
	if step(p) != stage.StepTypePassword || p.Choices().Person != "sam" {
		t.Errorf("choosing Sam leads to %q as %q", step(p), p.Choices().Person)
	}
}

func TestAPageIsUsableOnlyInItsMoment(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("sign-in-page")))
	if pg := pageOf(p, tutorials.Narrator{}); pg == nil || pg.Disabled {
		t.Errorf("the sign-in page cannot be used when it shows: %+v", pg)
	}
	must(t, p.Seek(p.Find("welcome-page")))
	if pg := pageOf(p, tutorials.Narrator{}); pg == nil || !pg.Disabled {
		t.Errorf("the welcome page: %+v", pg)
	}
	must(t, p.Seek(p.Find("token")))
	if pg := pageOf(p, tutorials.Narrator{}); pg != nil {
		t.Errorf("a page shows on the back channel: %+v", pg)
	}
}

func TestFollowingAValueFindsItUpToNow(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("authorize")))
	state := p.Plan().Latest("state")
	p.Follow(state)
	now := len(p.Places())
	must(t, p.Seek(p.Len()))
	if later := len(p.Places()); now == 0 || later <= now {
		t.Errorf("state stands in %d places at first, in %d at the end", now, later)
	}
	p.Follow(state)
	if p.Followed() != "" {
		t.Error("following the same again does not end it")
	}
}

func TestTheTargetOfTamperingIsTheRequestThatWaits(t *testing.T) {
	p := classroom(t)
	for looking, want := range map[string]string{
		"": "login", "login-redirect": "authorize", "authorize": "authorize", "callback": "token", "see-result": "mail",
	} {
		must(t, p.Seek(p.Find(looking)))
		if got := p.At(p.Target()).Step; got != want {
			t.Errorf("at %q the target is %q, want %q", looking, got, want)
		}
	}
}

func TestTokensAreVerifiedWithTheKeysOfTheRun(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("token-response")))
	found := tokens(p, p.Current(), narrator(t, tutorials.Developer, "protocol"))
	if len(found) != 2 {
		t.Fatalf("%d tokens in the token response, want 2", len(found))
	}
	for _, tok := range found {
		for _, c := range tok.Checks {
			if c.Result == trace.Fail {
				t.Errorf("%s: %s failed: expected %s, got %s", tok.Name, c.Rule, c.Expected, c.Got)
			}
		}
	}
	must(t, p.Try("tampered-token"))
	failed := false
	for _, tok := range tokens(p, p.Current(), narrator(t, tutorials.Developer, "protocol")) {
		for _, c := range tok.Checks {
			failed = failed || c.Result == trace.Fail
		}
	}
	if !failed {
		t.Error("a tampered token verifies")
	}
}

func TestTheSignInPageSendsWhatIsTypedAndNothingElse(t *testing.T) {
	for name, tt := range map[string]struct {
		typed  map[string]string
		step   string
		person string
	}{
		"nothing at all":     {map[string]string{"username": "", "password": ""}, stage.StepWrongPassword, "jane"},
		"no password":        {map[string]string{"username": "sam", "password": ""}, stage.StepWrongPassword, "sam"},
		"a stranger":         {map[string]string{"username": "mallory", "password": "x"}, stage.StepWrongPassword, "jane"},
		"another's password": {map[string]string{"username": "sam", "password": "jane"}, stage.StepWrongPassword, "sam"},
		"the right password": {map[string]string{"username": "sam", "password": "sam"}, stage.StepTypePassword, "sam"},
	} {
		p := classroom(t)
		must(t, p.Seek(p.Find("sign-in-page")))
		must(t, p.Press("action", "sign-in", tt.typed))
		if step(p) != tt.step {
			t.Errorf("%s leads to %q, want %q", name, step(p), tt.step)
		}
		if got := p.Choices(); p.FirstName() == "" || (got.Person != tt.person && tt.person != "jane") ||
			got.SignsIn() != (tt.step == stage.StepTypePassword) {
			t.Errorf("%s: the choices are %+v", name, got)
		}
		must(t, p.Forward())
		for _, f := range p.Current().Form() {
			if want, ok := tt.typed[f.Name]; ok && want != f.Value {
				t.Errorf("%s: %s was sent as %q", name, f.Name, f.Value)
			}
		}
	}
}

func TestTheLegendNamesOnlyLinesThatTheFlowCanHave(t *testing.T) {
	all := diagram.Legend{Front: "Through the browser", Back: "Behind the scenes", Gesture: "Done by a person", Note: "Worked out alone"}
	for id, want := range map[string]diagram.Legend{
		"authorization-code-pkce": all,
		"client-credentials":      {Back: all.Back, Note: all.Note},
		"password":                {Back: all.Back, Gesture: all.Gesture, Note: all.Note},
	} {
		f, ok := flows.Find(id)
		if !ok {
			t.Fatalf("no flow %s", id)
		}
		p := classroomOf(t, f)
		got := legend(p, narrator(t, tutorials.Everyone, tutorials.ProtocolLens))
		if got.Front != want.Front || got.Back != want.Back || got.Gesture != want.Gesture || got.Note != want.Note {
			t.Errorf("%s: %+v", id, got)
		}
		if len(got.Cargo) == 0 || got.Met != 0 {
			t.Errorf("%s: of what travels it names %+v, %d of them before anything did", id, got.Cargo, got.Met)
		}
		must(t, p.Seek(p.Len()))
		if end := legend(p, narrator(t, tutorials.Everyone, tutorials.ProtocolLens)); end.Met != len(got.Cargo) {
			t.Errorf("%s: at the end %d of %d have travelled", id, end.Met, len(got.Cargo))
		}
	}
}
