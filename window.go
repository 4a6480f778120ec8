//go:build !headless

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// addWindow makes the command without a subcommand open the window.
func addWindow(root *cobra.Command) {
	var o app.Options
	var voice, size, network string
	root.Args = noArgs
	root.RunE = func(*cobra.Command, []string) error {
		var voices []string
		for _, v := range tutorials.Voices() {
			voices = append(voices, string(v))
		}
		for _, err := range []error{
			oneOf("voice", voice, append(voices, "")), oneOf("theme", o.Theme, append(app.Themes(), "")),
			oneOf("network", network, []string{string(stage.Memory), string(stage.Loopback)}), readSize(size, &o),
		} {
			if err != nil {
				return err
			}
		}
		o.Voice, o.Transport, o.Version = tutorials.Voice(voice), stage.Transport(network), version()
		return openWindow(o)
	}
	f := root.Flags()
	f.StringVar(&o.Flow, "flow", "", "flow to open; see grantwalk list")
	f.StringVar(&o.At, "at", "", "step to begin at, e.g. token, or end")
	f.StringVar(&o.Tab, "tab", "", "tab to open: words, page, request, response, checks, tokens, calculation")
	f.StringVar(&voice, "voice", "", "everyone, executive or developer")
	f.StringVar(&o.Lens, "lens", "", "protocol or hotel")
	f.StringVar(&o.Theme, "theme", "", "system, light, dark or high-contrast")
	f.StringVar(&size, "size", "", "size of the window, e.g. 1440x900")
	f.StringVar(&o.Mistake, "mistake", "", "classic mistake to begin with, e.g. replayed-code")
	f.StringVar(&o.Follow, "follow", "", "name of a value to follow, e.g. state")
	f.BoolVar(&o.Classroom, "classroom", false, "fix seed, clock and key, so that the run repeats byte for byte")
	f.StringVar(&network, "network", string(stage.Memory), "what carries the messages: memory, loopback")
	f.StringVar(&o.StateFile, "state", "", "write the state of the window to this file after each change, as JSON")
}

func openWindow(o app.Options) (err error) {
	if o.Flow != "" {
		if _, err := flowOf(o.Flow); err != nil {
			return err
		}
	}
	if o.Provider, err = providers(o.Classroom); err != nil {
		return err
	}
	return app.Run(o)
}

func readSize(size string, o *app.Options) error {
	if size == "" {
		return nil
	}
	if n, err := fmt.Sscanf(strings.ToLower(size), "%dx%d", &o.Width, &o.Height); n != 2 || err != nil || o.Width < 320 || o.Height < 240 {
		return usagef("--size %q is not WIDTHxHEIGHT of at least 320x240, e.g. 1440x900", size)
	}
	return nil
}
