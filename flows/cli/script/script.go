// Package script lets the tests of a command speak as its users do: what they
// type, what comes out, and the exit status. Each folder that has a command has
// scripts of its own in testdata/script; this package knows none of them.
package script

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// Main is for TestMain: in the scripts, grantwalk is that command.
func Main(m *testing.M, root func() *cobra.Command) {
	testscript.Main(m, map[string]func(){"grantwalk": func() {
		os.Exit(usage.Run(context.Background(), root(), os.Args[1:], os.Stdout, os.Stderr))
	}})
}

// Run runs every script of the package. With update it accepts what the command says now.
func Run(t *testing.T, update bool) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true, UpdateScripts: update,
		Setup: occupyPort,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// occupyPort sets $BUSY to an address that is taken.
func occupyPort(env *testscript.Env) error {
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	env.Setenv("BUSY", ln.Addr().String())
	env.Defer(func() { _ = ln.Close() })
	return nil
}

// status runs a program and wants that exit status: status 3 grantwalk walk …
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER program [arguments]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
