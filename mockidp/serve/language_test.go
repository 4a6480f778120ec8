//go:build !race

package serve

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// Help and slips of serve are words like any other: in the pseudo language no English is left in them.
func TestNoEnglishIsLeftInTheHelpOfServe(t *testing.T) {
	words := wordstest.Pseudo(t)
	var out bytes.Buffer
	root := commandIn(words.Catalog())
	if status := usage.Run(t.Context(), root, []string{"serve", "--help"}, &out, &out); status != usage.StatusOK {
		t.Fatal(out.String())
	}
	known := pseudo.Names("grantwalk")
	known.Add(typed(root))
	if left := known.Left(out.String()); len(left) > 0 {
		t.Errorf("English is left: %q\n%s", left, out.String())
	}
}

// typed is what stands in help as it is typed: commands, flags, values and examples.
func typed(root *cobra.Command) string {
	var b strings.Builder
	for _, c := range root.Commands() {
		b.WriteString(c.Use + " flags " + c.Example + " ")
		c.Flags().VisitAll(func(f *pflag.Flag) {
			name, _ := pflag.UnquoteUsage(f)
			b.WriteString(f.Name + " " + name + " default " + f.DefValue + " " + f.NoOptDefVal + " ")
		})
	}
	return b.String() + strings.Join(append(append(logFormats(), apis().Ways...), apis().Paths...), " ")
}

// Each slip is an id of the catalog until it is said: the source has no sentence of its own.
func TestTheSlipsOfServeAreTextsOfTheCatalog(t *testing.T) {
	for name, err := range map[string]error{
		"a flag that is no address": func() error { _, _, err := (&serveFlags{listen: "8180"}).listenAddress(); return err }(),
		"a port that is none":       func() error { _, _, err := (&serveFlags{listen: "127.0.0.1:x"}).listenAddress(); return err }(),
		"other machines":            (&serveFlags{listen: ":1"}).remoteError(),
		"a file that is not there":  fileSlip("--config", "nowhere", os.ErrNotExist),
		"a port that is taken":      listenSlip("--listen ", "x", &net.OpError{Err: errors.New("refused")}),
		"a CA for nothing":          (&tlsFlags{caFile: "a"}).check(),
		"a realm that is not there": (&order{}).choose([]string{"a"}),
		"a control for everybody":   func() error { _, err := startControl(context.Background(), "0.0.0.0:0"); return err }(),
	} {
		if err == nil || regexp.MustCompile(`serving\.slip|\{[a-z]+\}`).MatchString(err.Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
