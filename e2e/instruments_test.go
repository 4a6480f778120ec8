//go:build e2e

package e2e_test

import "testing"

func TestTheInstrumentsByKeyboard(t *testing.T) {
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
	p.press("ctrl+q")
	p.end()
}
