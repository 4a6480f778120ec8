package address_test

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/address"
)

func TestBackAndForwardGoThroughStopsAndNotThroughSteps(t *testing.T) {
	var h address.History
	for _, stop := range []string{"home", "walk/x", "glossary/code"} {
		h.Go(parse(t, stop))
		h.Go(parse(t, stop)) // once more leads nowhere else
	}
	h.Move(-1)
	h.Stand(parse(t, "walk/x/token?tab=checks"))
	h.Stand(parse(t, "walk/x/use"))
	if back, on := h.Before().String(), h.After().String(); back != "home" || on != "glossary/code" {
		t.Errorf("after steps of a flow back leads to %q and forward to %q", back, on)
	}
	h.Stand(parse(t, "walk/y"))
	if back := h.Before().String(); back != "walk/x/use" || !h.After().IsZero() {
		t.Errorf("from another flow back leads to %q, forward to %q", back, h.After())
	}
	if got := h.Move(+1); !got.IsZero() || h.Here().String() != "walk/y" {
		t.Errorf("forward from the last stop leads to %q, and one stands at %q", got, h.Here())
	}
	h.Settle(parse(t, "rules/z"))
	if got := h.Move(-1).String(); got != "walk/x/use" || h.Move(+1).String() != "rules/z" {
		t.Errorf("back leads to %q, and forward again to %q", got, h.Here())
	}
	if got := h.Last("rules").String(); got != "walk/x/use" {
		t.Errorf("the latest stop that is no rule is %q", got)
	}
}

func TestOnlyTheLatestStopsAreKept(t *testing.T) {
	var h address.History
	for i := range 300 {
		h.Go(address.At("glossary", strings.Repeat("x", i+1)))
	}
	n := 0
	for !h.Move(-1).IsZero() {
		n++
	}
	if n != 99 {
		t.Errorf("back leads %d stops far", n)
	}
}

func TestTheNearestNameIsTheOneThatWasMeant(t *testing.T) {
	names := []string{"authorization-code", "authorization-code-pkce", "device-code", "refresh-token", "renew"}
	for typed, want := range map[string]string{
		"device-code": "device-code", "Refresh-Token": "refresh-token", "auth": "authorization-code", "pkce": "authorization-code-pkce",
		"renw": "renew", "ernew": "renew", "refresh-tokne": "refresh-token", "zebra": "", "": "",
	} {
		if got, ok := address.Nearest(typed, names); got != want || ok != (want != "") {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
}
