//go:build !headless

package launch

import (
	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// complete lets a shell complete the values of the window's flags. Those of
// --at and --mistake are those of the flow that stands before them.
func complete(root *cobra.Command) {
	usage.Completes(root, "flow", cli.FlowIDs)
	usage.Completes(root, "tab", walk.Tabs)
	usage.Completes(root, "voice", cli.Voices)
	usage.Completes(root, "theme", app.Themes)
	usage.Completes(root, "network", cli.Networks)
	usage.Completes(root, "language", usage.Languages)
	usage.Completes(root, "size", func() []string { return []string{"1024x640", "1280x800", "1440x900"} })
	usage.Completes(root, "follow", nil)
	usage.Completes(root, "lens", func() []string {
		words, err := tutorials.Load(tutorials.DefaultLanguage)
		if err != nil {
			return nil
		}
		return cli.Lenses(words)
	})
	chosen := func() flows.Flow {
		if f, err := cli.FlowOf(root.Flag("flow").Value.String()); err == nil {
			return f
		}
		return flows.Default()
	}
	usage.Completes(root, "at", func() []string { return append(cli.Steps(chosen()), "end") })
	usage.Completes(root, "mistake", func() []string { return cli.Mistakes(chosen()) })
}
