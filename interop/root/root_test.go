//go:build interop

// Package root_test has axe-core judge the page at the root of `serve` in a
// real browser: in light and dark, on a phone and on a desk, and what it shows
// of a request as it happens.
package root_test

import (
	"cmp"
	"os"
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

func TestTheRootPageIsAccessibleAndLive(t *testing.T) {
	served := court.Serve(t, "", "--control", "--api")
	judge := court.Command(t, "node", "judge.mjs")
	judge.Env = append(os.Environ(), "ADDRESS="+served.Address, "CHROMIUM="+cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	t.Logf("%s", court.Run(t, judge))
}
