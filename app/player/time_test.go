package player

import (
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestTheClockIsMovedBeforeTheNextMessageAndBack(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("code-redirect")))
	before, at := p.Now(), p.Cursor()
	must(t, p.Jump(30*time.Second))
	must(t, p.Jump(5*time.Minute))
	if got := p.Now().Sub(before); got != 5*time.Minute+30*time.Second || p.Cursor() != at || p.Crossed() != at+1 {
		t.Errorf("after two jumps it is %s later, at %d with %d crossed", got, p.Cursor(), p.Crossed())
	}
	if i, by := p.Jumped(); i != at+1 || by != 5*time.Minute+30*time.Second {
		t.Errorf("what can be taken back is %s before %d", by, i)
	}
	must(t, p.Seek(p.Len()))
	if out := p.Plan().Outcome; out.Rule != "code-fresh" {
		t.Errorf("a code of five minutes ends with %+v", out)
	}
	if got := p.At(at + 1).Waited; got != 5*time.Minute+30*time.Second {
		t.Errorf("the message waited %s", got)
	}
	must(t, p.TakeBack()) // from the end, where no more can be added
	if len(p.Choices().Jumps) != 0 || p.Plan().Outcome.State != trace.Completed {
		t.Errorf("taken back: %+v, %+v", p.Choices().Jumps, p.Plan().Outcome)
	}
}

func TestAtTheEndAndBeforeTheBeginningOfTime(t *testing.T) {
	p := classroom(t)
	must(t, p.Jump(time.Hour)) // before the first message
	if p.Cursor() != -1 || len(p.Choices().Jumps) != 1 {
		t.Errorf("at the beginning: cursor %d, %+v", p.Cursor(), p.Choices().Jumps)
	}
	must(t, p.TakeBack())
	must(t, p.TakeBack()) // there is nothing left
	must(t, p.Seek(p.Len()))
	must(t, p.Jump(time.Hour))
	if len(p.Choices().Jumps) != 0 || !p.AtEnd() {
		t.Errorf("at the end: %+v", p.Choices().Jumps)
	}
	if err := p.Jump(-time.Hour); err != nil {
		t.Errorf("at the end nothing is asked for: %v", err)
	}
	p.Back()
	if err := p.Jump(-time.Hour); err == nil {
		t.Error("the clock went back")
	}
}

func TestRestartTakesJumpsAndWithheldScopesBackAndKeepsTheSwitches(t *testing.T) {
	p := classroom(t)
	must(t, p.Choose(stage.Choices{Person: "sam", Withhold: []string{"mail.read"}}))
	must(t, p.Seek(3))
	must(t, p.Jump(time.Hour))
	must(t, p.Restart())
	if c := p.Choices(); len(c.Jumps)+len(c.Withhold) > 0 || c.Person != "sam" {
		t.Errorf("after a restart the choices are %+v", c)
	}
}

func TestWhatDiedIsDrawnDead(t *testing.T) {
	p, n := classroom(t), narrator(t, tutorials.Everyone, "protocol")
	gone := func(step, artefact string) string {
		i := p.Find(step)
		for _, c := range arrows(p, n, "")[i].Chips {
			if c.Artefact == artefact {
				return c.Gone
			}
		}
		t.Fatalf("%s carries no %s", step, artefact)
		return ""
	}
	must(t, p.Seek(p.Find("token-response")))
	if got := p.Expired(); len(got) != 0 || gone("token-response", "access-token") != "" || gone("code-redirect", "code") != "" {
		t.Errorf("at first %q is dead", got)
	}
	must(t, p.Jump(6*time.Minute))
	if got := p.Expired(); !slices.Equal(got, []string{"code", "access_token", "id_token"}) {
		t.Errorf("after six minutes %q is dead", got)
	}
	for step, artefact := range map[string]string{"token-response": "access-token", "code-redirect": "code"} {
		if gone(step, artefact) != "expired" {
			t.Errorf("the %s of %s is drawn alive", artefact, step)
		}
	}
	later := slices.IndexFunc(arrows(p, n, ""), func(a diagram.Arrow) bool { return a.Later == "6 min later" })
	if later != p.Cursor()+1 {
		t.Errorf("the time that passes stands above arrow %d", later)
	}
	must(t, p.TakeBack())
	if len(p.Expired()) != 0 || gone("token-response", "access-token") != "" {
		t.Error("what lives again is drawn dead")
	}
}

func TestATokenIsCheckedAtTheTimeOfTheClock(t *testing.T) {
	p, n := classroom(t), narrator(t, tutorials.Everyone, "protocol")
	must(t, p.Seek(p.Find("token-response")))
	must(t, p.Jump(6*time.Minute))
	for _, tok := range tokens(p, p.Current(), n) {
		if !tok.Over || !slices.ContainsFunc(tok.Checks, func(c trace.Check) bool { return c.Result == trace.Fail }) {
			t.Errorf("%s: %s, checked with %+v", tok.Name, tok.Says, tok.Checks)
		}
	}
}

func TestWhatIsLeftIsTold(t *testing.T) {
	p, n := classroom(t), narrator(t, tutorials.Everyone, "hotel")
	told := func() map[string]string {
		out := map[string]string{}
		for _, l := range lives(p, n) {
			if out[l.Name] = l.Says; l.Held == "" {
				t.Errorf("nobody is said to have %s", l.Name)
			}
		}
		return out
	}
	if len(told()) != 0 {
		t.Errorf("before anything was given out: %v", told())
	}
	must(t, p.Seek(p.Find("callback")))
	if got := told(); len(got) != 2 || got["Claim ticket"] != "good for 1 min more" || got["Passport"] != "" {
		t.Errorf("of the code: %v", got)
	}
	must(t, p.Jump(30*time.Second))
	if got := told()["Claim ticket"]; got != "good for 30 s more" {
		t.Errorf("half a minute later: %q", got)
	}
	must(t, p.Seek(p.Find("token-response")))
	if got := told(); len(got) != 5 || got["Claim ticket"] != "used, and good only once" || got["Key card"] != "good for 4 min 59 s more" {
		t.Errorf("once there are tokens: %v", got)
	}
}

func TestTheConsentPageIsFilledInAndReplays(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("consent-page")))
	if got := p.Asked(); !slices.Equal(got, []string{"mail.read"}) {
		t.Fatalf("asked for %q", got)
	}
	must(t, p.Press("decision", "approve", map[string]string{"allow_mail.read": ""}))
	if step(p) != stage.StepGiveConsent || !slices.Equal(p.Choices().Withhold, []string{"mail.read"}) {
		t.Fatalf("leads to %q with %+v", step(p), p.Choices())
	}
	box := func() bool {
		for _, b := range pageOf(p, tutorials.Narrator{}).Blocks {
			if b.Box != nil {
				return b.Box.On
			}
		}
		t.Fatal("no box on the page")
		return false
	}
	if box() {
		t.Error("the page shows the box ticked that the person unticked")
	}
	must(t, p.Seek(p.Find("token-response")))
	if got := trace.JSONMember(p.Current().Body, "scope"); got != "openid" {
		t.Errorf("granted %q", got)
	}
	must(t, p.Seek(p.Find("consent-page")))
	must(t, p.Press("decision", "approve", map[string]string{"allow_mail.read": "yes"}))
	if len(p.Choices().Withhold) != 0 || !box() {
		t.Errorf("all is allowed again, and the choices are %+v", p.Choices())
	}
	must(t, p.Choose(stage.Choices{Typed: &stage.Typed{Username: "jane", Password: "x"}}))
	if got := p.Asked(); len(got) != 1 {
		t.Errorf("where the run ends before the page, %q is offered", got)
	}
}
