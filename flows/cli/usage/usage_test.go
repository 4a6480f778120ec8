package usage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
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
	if got := oneLine(errors.Join(errors.New("a"), errors.New("b")).Error()); got != "a; b" {
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
		"nonsense":            `there is no command "nonsense"; the commands are brew, version`,
		"brew nonsense":       `brew takes no argument, got "nonsense"`,
		"brew --spoon":        "unknown flag: --spoon; the flags of grantwalk brew are --cup, --help, --milk",
		"brwe":                `there is no command "brwe"; did you mean brew? The commands are brew, version`,
		"brew --cpu":          "unknown flag: --cpu; did you mean --cup? The flags of grantwalk brew are --cup, --help, --milk",
		"brew --cup":          "--cup needs a value: SIZE of the cup",
		"brew --milk=perhaps": `--milk "perhaps" is not known; allowed: true, false`,
		"help brew more":      `help explains one command, got "brew more"`,
		"help nonsense":       `there is no command "nonsense"; the commands are brew, version`,
	} {
		root := Root(english(t), "1", brew(nil))
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
	root := Root(english(t), "1", brew(ErrRefused))
	if status := Run(t.Context(), root, []string{"brew"}, &out, &told); status != StatusRefused || told.Len() > 0 {
		t.Errorf("exit status %d, %q", status, told.String())
	}
}

func english(t *testing.T) *catalog.Catalog {
	t.Helper()
	say, err := tutorials.Catalog(tutorials.DefaultLanguage)
	if err != nil {
		t.Fatal(err)
	}
	return say
}

func TestTheNearestWordIsTheOneThatWasMeant(t *testing.T) {
	words := []string{"authorization-code", "openid-connect", "device-code", "password", "voice"}
	for typed, want := range map[string]string{
		"pasword": "password", "openid-conect": "openid-connect", "VOICE": "voice", "vocie": "voice", "vice": "voice", "telepathy": "", "": "", "x": "",
	} {
		if got := Nearest(typed, words); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestAParagraphIsBrokenWhereTheTerminalEnds(t *testing.T) {
	const words = "Grantwalk steps through OAuth 2.0 and OpenID Connect."
	for _, line := range strings.Split(Wrap(words, 20, "  "), "\n") {
		if len(line) > 20 || !strings.HasPrefix(line, "  ") {
			t.Errorf("the line %q", line)
		}
	}
	if got := strings.Join(strings.Fields(Wrap(words, 9, "")), " "); got != words {
		t.Errorf("words are lost: %q", got)
	}
}
