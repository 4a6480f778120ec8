//go:build interop

// Package container_test has linters that others made read the Containerfile,
// the compose file and the action. That what they name is there, the tests of
// mockidp/serve say.
package container_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

func TestLintersOfOthersReadWhatRunsItElsewhere(t *testing.T) {
	t.Logf("%s", court.Run(t, court.Command(t, "node", "judge.mjs")))
}
