//go:build headless

package launch

import (
	"bytes"
	"testing"

	"github.com/spf13/cobra"

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

// An address that a lesson names is walked in the terminal, where no window can open it.
func TestAnAddressIsWalkedWhereThereIsNoWindow(t *testing.T) {
	played := ""
	walk := &cobra.Command{Use: "walk FLOW", RunE: func(_ *cobra.Command, args []string) error { played = args[0]; return nil }}
	root := usage.Root(usage.Say(nil), "0.1.0", walk)
	Window(usage.Say(nil), root, "0.1.0", nil, nil)
	var out, told bytes.Buffer
	if status := usage.Run(t.Context(), root, []string{"walk/implicit/mail"}, &out, &told); status != 0 || played != "walk/implicit/mail" {
		t.Errorf("exit status %d, %q was played: %s", status, played, told.String())
	}
	if status := usage.Run(t.Context(), root, []string{"wlk"}, &out, &told); status != usage.StatusUsage {
		t.Errorf("a slip ends with the exit status %d", status)
	}
}
