package usage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestTheExitStatusTellsARefusalFromAMistakeAndAFault(t *testing.T) {
	cause := errors.New("cause")
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"no error":                         {nil, StatusOK},
		"a fault":                          {cause, StatusBroken},
		"a mistake on the command line":    {Mistakef("wrong"), StatusUsage},
		"a wrapped mistake":                {fmt.Errorf("walk: %w", Mistakef("wrong")), StatusUsage},
		"a mistake with a cause":           {Mistakef("wrong: %w", cause), StatusUsage},
		"a refusal":                        {ErrRefused, StatusRefused},
		"a refusal, and a mistake with it": {errors.Join(ErrRefused, Mistakef("wrong")), StatusUsage},
	} {
		if got := Status(c.err); got != c.want {
			t.Errorf("%s: exit status %d, want %d", name, got, c.want)
		}
	}
	if err := Mistakef("wrong: %w", cause); !errors.Is(err, cause) {
		t.Error("the cause of a mistake can't be found in it")
	}
}

func TestAnErrorOfManyLinesIsToldInOne(t *testing.T) {
	if got := oneLine(errors.Join(errors.New("a"), errors.New("b"))); got != "a; b" {
		t.Errorf("got %q", got)
	}
}

func TestTheNameOfAFileIsSaidOnce(t *testing.T) {
	if got := Cause(&fs.PathError{Op: "open", Path: "a", Err: fs.ErrNotExist}); !errors.Is(got, fs.ErrNotExist) ||
		strings.Contains(got.Error(), "open") {
		t.Errorf("the cause is told as %q", got)
	}
	other := errors.New("other")
	if got := Cause(other); !errors.Is(got, other) {
		t.Errorf("an error without a file became %q", got)
	}
}

func TestWhatIsNotAllowedNamesWhatIs(t *testing.T) {
	allowed := []string{"tea", "coffee"}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"allowed":            {OneOf("drink", "tea", allowed), ""},
		"not allowed":        {OneOf("drink", "mud", allowed), `--drink "mud" is not known; allowed: tea, coffee`},
		"left out":           {Given("drink", "", allowed), ""},
		"needed and empty":   {OneOf("drink", "", allowed), `--drink "" is not known; allowed: tea, coffee`},
		"given and allowed":  {Given("drink", "coffee", allowed), ""},
		"given, not allowed": {Given("drink", "mud", allowed), `--drink "mud" is not known; allowed: tea, coffee`},
	} {
		if got := fmt.Sprint(c.err); c.want == "" && c.err != nil || c.want != "" && got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// brew is a command of somebody who knows nothing of Grantwalk.
func brew(err error) *cobra.Command {
	c := &cobra.Command{Use: "brew", Short: "Brew", Args: NoArgs, RunE: func(*cobra.Command, []string) error { return err }}
	c.Flags().String("cup", "", "`SIZE` of the cup")
	c.Flags().Bool("milk", false, "with milk")
	return c
}

func TestASlipIsOneLineThatNamesWhatIsAllowed(t *testing.T) {
	for line, want := range map[string]string{
		"nonsense":            `there is no command "nonsense"; the commands are brew`,
		"brew nonsense":       `brew takes no argument, got "nonsense"`,
		"brew --spoon":        "unknown flag: --spoon; the flags of grantwalk brew are --cup, --help, --milk",
		"brew --cup":          "--cup needs a value: SIZE of the cup",
		"brew --milk=perhaps": `--milk "perhaps" is not known; allowed: true, false`,
		"help brew more":      `help explains one command, got "brew more"`,
		"help nonsense":       `there is no command "nonsense"; the commands are brew`,
	} {
		root := Root("1", brew(nil))
		root.Args, root.RunE = NoArgs, func(*cobra.Command, []string) error { return nil }
		var out, told bytes.Buffer
		status := Run(t.Context(), root, strings.Fields(line), &out, &told)
		if status != StatusUsage || told.String() != "grantwalk: "+want+"\n" || out.Len() > 0 {
			t.Errorf("%s: exit status %d, %q and %q", line, status, told.String(), out.String())
		}
	}
}

func TestARefusalIsAResultAndSaysNothingOfItself(t *testing.T) {
	var out, told bytes.Buffer
	if status := Run(t.Context(), Root("1", brew(ErrRefused)), []string{"brew"}, &out, &told); status != StatusRefused || told.Len() > 0 {
		t.Errorf("exit status %d, %q", status, told.String())
	}
}
