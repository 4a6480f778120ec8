//go:build headless

package launch

import (
	"bytes"
	"testing"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

func TestTheProgramWithoutAWindowNamesWhatThereIsInstead(t *testing.T) {
	root := usage.Root(usage.Say(nil), "0.1.0")
	Window(usage.Say(nil), root, "0.1.0", nil, nil)
	var out, told bytes.Buffer
	status := usage.Run(t.Context(), root, nil, &out, &told)
	const want = "grantwalk: this program has no window; use grantwalk walk, list or serve, or build without -tags headless\n"
	if status != usage.StatusUsage || told.String() != want {
		t.Errorf("exit status %d, %q", status, told.String())
	}
}
