//go:build headless

package main

import "github.com/spf13/cobra"

// addWindow says that this build has none.
func addWindow(root *cobra.Command) {
	root.Args = noArgs
	root.RunE = func(*cobra.Command, []string) error {
		return usagef("this build has no window; use grantwalk walk, list or serve, or build without -tags headless")
	}
}
