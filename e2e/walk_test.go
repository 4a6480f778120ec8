//go:build e2e

package e2e_test

import (
	"bytes"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// story is the happy path, step by step.
func story() []string {
	return []string{
		"click-login", "login", "create-state", "create-pkce", "login-redirect", "authorize", "sign-in-page",
		"type-password", "sign-in", "consent-page", "give-consent",
		"consent", "code-redirect", "callback",
		"token", "token-response", "jwks", "jwks-response", "validate-id-token",
		"mail", "mail-response", "welcome-page", "see-result",
	}
}

func TestTheWholeWalkByKeyboard(t *testing.T) {
	t.Parallel()
	p := newStage(t).start(t, "--classroom", "--flow", "authorization-code-pkce", "--size", "1440x900")
	steps := story()
	if now := p.now(); now.Cursor != -1 || now.Steps != len(steps) || now.Outcome != "" {
		t.Fatalf("the window begins at %+v", now)
	}
	for i, step := range steps {
		now := p.comes("Right", step, i)
		if now.Crossed != i+1 {
			t.Errorf("at %s %d messages have crossed", step, now.Crossed)
		}
		if ended := now.Outcome != ""; ended != (i == len(steps)-1) {
			t.Errorf("at %s the outcome is %q", step, now.Outcome)
		}
	}
	if now := p.now(); now.Outcome != "completed" || now.Rule != "" {
		t.Errorf("the walk ends with %+v", now)
	}
	p.wander(steps)
	p.speak()
	p.zoom()
	p.tamperAndPlay()
	p.press("ctrl+q")
	p.end()
}

// wander uses every key that goes from step to step.
func (p *program) wander(steps []string) {
	p.t.Helper()
	last := len(steps) - 1
	p.comes("Home", "", -1)
	p.comes("End", steps[last], last)
	p.comes("Left", steps[last-1], last-1)
	p.comes("Prior", steps[last-2], last-2) // Page Up
	p.comes("Next", steps[last-1], last-1)  // Page Down
	p.comes("space", steps[last], last)
	p.comes("ctrl+2", "", -1)             // the flow that is open, from its beginning
	p.comes("alt+Next", "click-login", 0) // the next chapter
	p.comes("alt+Next", "type-password", 7)
	p.comes("alt+Prior", "click-login", 0)
	p.comes("Home", "", -1)
	p.comes("Right", steps[0], 0)
	// While a dialog is open no key acts behind it.
	p.press("F1", "Right", "Escape", "Right")
	p.until("Right acts again after the dialog", func(now state) bool { return now.Cursor == 1 })
	p.comes("Left", steps[0], 0)
}

// speak changes voice and lens in place.
func (p *program) speak() {
	p.t.Helper()
	at := p.now().Cursor
	for _, c := range [][2]string{{"3", "developer"}, {"2", "executive"}, {"1", "everyone"}} {
		p.press(c[0])
		p.until("voice "+c[1], func(now state) bool { return now.Voice == c[1] && now.Cursor == at })
	}
	begun := p.now().Lens
	for last, seen := begun, map[string]bool{}; !seen[begun]; seen[last] = true { // once round all of them
		p.press("l")
		last = p.until("another lens than "+last, func(now state) bool { return now.Lens != last && now.Cursor == at }).Lens
		if seen[last] {
			p.t.Fatalf("the lens %s comes a second time before %s", last, begun)
		}
	}
}

func (p *program) zoom() {
	p.t.Helper()
	size := p.size()
	for _, c := range []struct {
		key  string
		zoom float64
	}{{"ctrl+plus", 1.1}, {"ctrl+equal", 1.2}, {"ctrl+minus", 1.1}, {"ctrl+0", 1}, {"ctrl+minus", 0.9}, {"ctrl+0", 1}} {
		p.press(c.key)
		p.until("zoom after "+c.key, func(now state) bool { return now.Zoom > c.zoom-0.01 && now.Zoom < c.zoom+0.01 })
	}
	if now := p.size(); now != size {
		p.t.Errorf("zooming there and back made a window of %s one of %s", size, now)
	}
}

func (p *program) tamperAndPlay() {
	p.t.Helper()
	p.comes("Home", "", -1)
	for _, at := range []struct {
		step string
		n    int
	}{{"click-login", 0}, {"type-password", 7}, {"consent", 11}, {"token", 14}} {
		p.comes("alt+Next", at.step, at.n)
	}
	p.press("t")
	p.until("the pane for changing a request", func(now state) bool { return now.Tamper })
	p.press("Escape")
	p.until("the pane is closed", func(now state) bool { return !now.Tamper })
	p.comes("alt+Next", "mail", 19)
	p.press("p")
	p.until("it steps by itself", func(now state) bool { return now.Playing && now.Cursor >= 21 })
	p.press("p")
	p.until("it pauses", func(now state) bool { return !now.Playing })
	p.press("p")
	p.until("it plays to the end and stops there", func(now state) bool { return now.Outcome == "completed" && !now.Playing })
}

// The entries of the rail come first in the order of Tab: the flows with the
// chapters of the one that is open. Bar and strip come after them.
func TestEveryControlCanBeReachedByTab(t *testing.T) {
	t.Parallel()
	p := newStage(t).start(t, "--classroom", "--flow", "authorization-code-pkce", "--size", "1440x900")
	p.tabTo("Ask")
	p.comes("Return", "click-login", 0)
	p.tabTo("Sign in")
	p.comes("Return", "type-password", 7)
	p.tabTo("What if")
	p.press("Return", "Down", "Return")
	p.until("the password is wrong", func(now state) bool { return now.Step == "type-wrong-password" })
	p.press("Right")
	p.until("Right acts, as the keyboard is the story’s again", func(now state) bool { return now.Cursor == 8 })
	p.press("End")
	p.until("signed in at the second try, or refused", func(now state) bool { return now.Outcome != "" })
	p.tabTo("What if: The password is wrong")
	p.press("Return", "Down", "Return")
	p.until("the password is right again", func(now state) bool { return now.Steps == len(story()) })
	p.tabTo("What if")
	p.press("Return", "Down", "Down", "Return")
	p.until("consent is refused", func(now state) bool { return now.Step == "refuse-consent" })
	p.press("End")
	now := p.until("the end", func(now state) bool { return now.Outcome != "" })
	if now.Outcome == "completed" {
		t.Errorf("consent was refused, and the walk ends with %+v", now)
	}
	p.tabTo("What if: Consent is refused")
	p.press("Return", "Down", "Down", "Down", "Return")
	p.until("one scope is left out", func(now state) bool {
		return now.Step == "give-consent" && slices.Equal(now.Withheld, []string{"mail.read"})
	})
	p.tabTo("Who signs in: Jane Doe")
	p.press("Return", "Down", "Down", "Down", "Return")
	p.until("Dana signs in", func(now state) bool { return now.Person == "dana" })
	p.press("ctrl+q")
	p.end()
}

func TestTheClockIsMovedByKeyboard(t *testing.T) {
	t.Parallel()
	p := newStage(t).start(t, "--classroom", "--size", "1440x900", "--at", "code-redirect")
	p.until("there is a code", func(now state) bool { return now.Step == "code-redirect" })
	p.press("alt+2")
	p.until("five minutes pass, and the code dies", func(now state) bool {
		return now.Jumped == "5m0s" && slices.Contains(now.Expired, "code") && now.Step == "code-redirect"
	})
	p.press("End")
	p.until("the provider refuses the old code", func(now state) bool { return now.Outcome == "refused" && now.Rule == "code-fresh" })
	p.press("alt+0")
	p.until("the time is taken back", func(now state) bool { return now.Jumped == "0s" && now.Steps == len(story()) })
	p.press("c", "Down", "Return")
	p.until("the clock's own menu", func(now state) bool { return now.Jumped == "30s" })
	p.close()
}

func TestTheMouseSteps(t *testing.T) {
	p := newStage(t).start(t, "--classroom", "--flow", "authorization-code-pkce", "--size", "1440x900")
	const width, fromBottom = 1440, 52 // where the middle of the bar is
	y := 900 - fromBottom
	p.click(width-80, y) // Next is the last control of the bar
	p.until("Next steps", func(now state) bool { return now.Step == "click-login" })
	// Between the buttons at both ends are the segments, one a step, from left to right.
	p.click(width*58/100, y)
	far := p.until("a segment leads to its step", func(now state) bool { return now.Cursor > 3 })
	p.click(width*42/100, y)
	near := p.until("a segment more to the left leads to an earlier step", func(now state) bool { return now.Cursor < far.Cursor })
	if near.Cursor < 1 || near.Crossed != far.Crossed {
		t.Errorf("going back to %+v from %+v", near, far)
	}
	p.click(width-80, y)
	p.until("Next steps on from there", func(now state) bool { return now.Cursor == near.Cursor+1 })
	p.close() // in mid-walk
}

func TestChoicesComeBackAtTheNextStart(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	p := s.start(t, "--classroom", "--flow", "authorization-code-pkce", "--size", "1440x900")
	p.press("3")
	begun := p.until("developer", func(now state) bool { return now.Voice == "developer" }).Lens
	p.press("l")
	lens := p.until("another lens", func(now state) bool { return now.Lens != begun }).Lens
	p.click(129, 14) // the menu View: Voice, Lens, Theme, each with a menu of its own
	p.press("Down", "Down", "Down", "Right", "Down", "Down", "Return")
	theme := p.until("another theme", func(now state) bool { return now.Theme != "system" }).Theme
	p.press("ctrl+plus")
	p.until("zoom", func(now state) bool { return now.Zoom > 1.05 })
	p.until("it is laid out in another size", func(now state) bool {
		if p.size() != "1300x850" { // who zooms comes back to the size before, and may do so after this
			p.screen.measure(p.window, 1300, 850)
			return false
		}
		return !slices.ContainsFunc(now.Targets, func(t target) bool { return t.X >= 1300 })
	})
	p.close()

	again := s.start(t)
	now := again.now()
	if now.Voice != "developer" || now.Lens != lens || now.Theme != theme || now.Zoom < 1.05 || now.Zoom > 1.15 {
		t.Errorf("the second start has %+v", now)
	}
	if now.Cursor != -1 || now.Outcome != "" {
		t.Errorf("the second start is at %+v", now)
	}
	if size := again.size(); size != "1300x850" {
		t.Errorf("the window was left at 1300x850 and is now %s", size)
	}
	again.close()

	// What the command line says holds for one start and is not kept.
	third := s.start(t, "--voice", "executive", "--lens", "protocol", "--theme", "light", "--size", "1100x800")
	if now := third.now(); now.Voice != "executive" || now.Lens != "protocol" || now.Theme != "light" {
		t.Errorf("the command line asked for something else than %+v", now)
	}
	third.close()
	fourth := s.start(t)
	if now := fourth.now(); now.Voice != "developer" || now.Lens != lens || now.Theme != theme {
		t.Errorf("after flags of one start the next has %+v", now)
	}
	fourth.close()
}

func TestWithoutADisplayItSaysSoInOneLine(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), binaryUnderTest(t))
	cmd.Env = []string{"HOME=" + t.TempDir()}
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ended with %v", err)
	}
	told := errOut.String()
	if strings.Count(told, "\n") != 1 || !strings.Contains(told, "no display") || !strings.Contains(told, "grantwalk walk") {
		t.Errorf("it says:\n%s", told)
	}
}

// In the list of mistakes Tab comes to the first mistake first.
func TestAClassicMistakeIsRefusedByTheRuleThatItBreaks(t *testing.T) {
	t.Parallel()
	p := newStage(t).start(t, "--classroom", "--flow", "authorization-code-pkce", "--size", "1024x640")
	p.press("ctrl+m", "Tab", "Return")
	p.until("the changed request is sent", func(now state) bool { return now.Step == "authorize" })
	p.press("End")
	p.until("the provider refuses it", func(now state) bool {
		return now.Outcome == "refused" && now.Rule == "redirect-uri-registered"
	})
	p.press("ctrl+r")
	p.until("a new beginning without the change", func(now state) bool { return now.Cursor == -1 && now.Steps == len(story()) })
	p.close()
}
