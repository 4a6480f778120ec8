package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "accept what the command says now")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"grantwalk": main})
}

// The scripts are the command as its users meet it: what they type, what comes
// out, and the exit status.
func TestTheCommand(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true, UpdateScripts: *update,
		Setup: occupyPort,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"status": status},
		Condition: func(name string) (bool, error) {
			if name == "window" {
				return newRoot().Flags().Lookup("size") != nil, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
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

func TestTheExitStatusTellsARefusalFromAMistakeAndAFault(t *testing.T) {
	cause := errors.New("cause")
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"no error":                         {nil, exitOK},
		"a fault":                          {cause, exitBroken},
		"a mistake on the command line":    {usagef("wrong"), exitUsage},
		"a wrapped mistake":                {fmt.Errorf("walk: %w", usagef("wrong")), exitUsage},
		"a mistake with a cause":           {usagef("wrong: %w", cause), exitUsage},
		"a refusal":                        {errRefused, exitRefused},
		"a refusal, and a mistake with it": {errors.Join(errRefused, usagef("wrong")), exitUsage},
	} {
		if got := exitStatus(c.err); got != c.want {
			t.Errorf("%s: exit status %d, want %d", name, got, c.want)
		}
	}
	if err := usagef("wrong: %w", cause); !errors.Is(err, cause) {
		t.Error("the cause of a mistake can't be found in it")
	}
}

func TestAnErrorOfManyLinesIsToldInOne(t *testing.T) {
	if got := oneLine(errors.Join(errors.New("a"), errors.New("b"))); got != "a; b" {
		t.Errorf("got %q", got)
	}
}

func TestTheProgramWithoutAWindowLinksNoToolkit(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-tags", "headless", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) < 50 {
		t.Fatalf("go list names only %d packages", len(packages))
	}
	for _, p := range packages {
		if strings.Contains(p, "fyne") || strings.Contains(p, "go-gl") || strings.HasPrefix(p, "github.com/grantwalk/grantwalk/app") {
			t.Errorf("it links %s", p)
		}
	}
}
