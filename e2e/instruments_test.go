//go:build e2e

package e2e_test

import "testing"

func TestTheInstrumentsByKeyboard(t *testing.T) {
	t.Parallel()
	p := newStage(t).start(t, "--classroom", "--size", "1440x900", "--at", "callback", "--voice", "developer")
	p.press("w")
	now := p.until("who can see the code", func(now state) bool { return now.Tab == "seen" })
	if now.Followed == "" {
		t.Error("nothing is followed")
	}
	p.press("Escape")
	p.until("nothing is followed any more", func(now state) bool { return now.Followed == "" && now.Tab != "seen" })
	p.press("ctrl+e")
	p.until("the menu’s key tells it too", func(now state) bool { return now.Tab == "seen" })
	p.press("Escape")
	p.bench()
	p.press("ctrl+q")
	p.end()
}

// bench opens the workbenches, turns their pages and works on them.
func (p *program) bench() {
	p.t.Helper()
	p.comes("End", "see-result", len(story())-1)
	p.press("ctrl+j")
	p.until("the bench is open", func(now state) bool { return now.Bench == "token/read" })
	p.press("Tab", "Tab") // from the field for a token over the button that pastes to the parts of the bench
	for _, part := range []string{"token/read", "token/check", "token/make"} {
		p.until(part, func(now state) bool { return now.Bench == part && now.Verdict == "" })
		p.press("Down")
	}
	p.until("round to reading again", func(now state) bool { return now.Bench == "token/read" })
	p.press("Right", "Escape")
	p.until("the bench is closed, and no key acted behind it", func(now state) bool { return now.Bench == "" && now.Cursor == len(story())-1 })
	p.press("ctrl+shift+k")
	p.until("the example of RFC 7636", func(now state) bool { return now.Bench == "pkce" && now.Verdict == "" })
	p.press("ctrl+a", "x")
	p.until("a verifier of one letter", func(now state) bool { return now.Verdict == "verifier-least" })
	p.press("Escape", "Escape")
	p.until("closed", func(now state) bool { return now.Bench == "" })
	p.press("ctrl+shift+k")
	p.until("what was typed lies there still", func(now state) bool { return now.Bench == "pkce" && now.Verdict == "verifier-least" })
	p.press("Escape", "Escape")
	p.until("closed again", func(now state) bool { return now.Bench == "" })
}
