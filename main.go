// Grantwalk shows how “Log in with …” really works.
//
// Without a command it opens a window; the commands walk a flow in the
// terminal, list the flows, and serve the identity provider to other programs.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
)

// Exit statuses.
const (
	exitOK      = 0
	exitBroken  = 1 // a fault of the program or of the machine
	exitUsage   = 2 // the command line is wrong
	exitRefused = 3 // the flow ended in a refusal, which is a result
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// usageError is a mistake on the command line; its text says what is allowed.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// Unwrap lets the cause be found.
func (e usageError) Unwrap() error { return e.error }

// errRefused makes the command end with status 3.
var errRefused = errors.New("the flow was refused")

func exitStatus(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, errRefused):
		return exitRefused
	}
	return exitBroken
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
