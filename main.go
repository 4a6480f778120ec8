// Grantwalk shows how “Log in with …” really works.
//
// Without a command it opens a window; the commands walk a flow in the
// terminal, list the flows, and serve the identity provider to other programs.
// This file only puts them together.
package main

import (
	"context"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/app/launch"
	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/diagnose"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/examine"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/mockidp/serve"
)

func main() {
	cobra.MousetrapHelpText = "" // on Windows, a double click opens the window and is no mistake
	os.Exit(usage.Run(context.Background(), newCommand(), os.Args[1:], os.Stdout, os.Stderr))
}

func newCommand() *cobra.Command {
	v := version()
	apis := serve.APIs{Ways: onstage.Ways(), Paths: onstage.Paths(), Ready: onstage.APIs}
	if len(os.Args) > 1 && os.Args[1] == serve.Name { // a server starts often, and needs no words of the others
		return usage.Wordless(usage.SayLater(os.Args[1:]), v, serve.Build(v, apis))
	}
	say := usage.Say(os.Args[1:])
	root := usage.Root(say, v,
		cli.Walk(say, v, onstage.Providers), cli.List(say), cli.Lesson(say), cli.Quiz(say, onstage.Providers), cli.CheckWords(say),
		cli.Present(say, onstage.Providers, launch.Talk(v, onstage.Providers)), diagnose.Command(say), examine.Command(say, v),
		serve.Command(say, v, apis))
	launch.Window(say, root, v, onstage.Providers, func(ctx context.Context, wish tape.Wish) (*tape.Server, error) {
		return serve.Inside(ctx, wish, apis)
	})
	return root
}

// version is what the build knows of itself.
func version() string {
	const release = "0.1.0"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + " (" + s.Value[:12] + ")"
		}
	}
	return release
}
