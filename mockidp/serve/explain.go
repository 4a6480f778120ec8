package serve

import (
	"errors"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
)

// fileSlip says that the file of a flag cannot be used.
func fileSlip(flag, name string, err error) error {
	return usage.SlipOf(usage.Cause(err), "serving.slip.file", "flag", flag, "file", name)
}

// explain says which line of the file, or which flag, is wrong, in the words of
// whoever wrote it.
func (o *order) explain(f *serveFlags, err error) error {
	var at *mockidp.ConfigError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &at):
		return usage.Mistakef("%w", err)
	case at.Key == "base_url" && f.baseURL != "":
		return usage.Mistakef("--base-url: %s", at.InFile())
	case o.file == nil:
		return usage.Mistakef("%s", at.InFile())
	}
	return usage.Mistakef("--config %w", o.file.Explain(err))
}
