//go:build !headless

package launch

import (
	"strconv"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/flows/cli"
)

// Talk returns how a talk is given: in the window, which opens with it.
func Talk(version string, providers cli.Providers) func(cli.Given) error {
	return func(g cli.Given) error {
		o := app.Options{
			Version: version, Language: g.Language, Words: g.Words,
			Address: "present/" + g.Talk + "?minutes=" + strconv.Itoa(g.Minutes) + "&start=yes",
		}
		o.Present.Runs, o.Present.Over = g.Runs, g.Over
		if err := readLanguages(&o); err != nil {
			return err
		}
		return openWindow(o, providers)
	}
}
