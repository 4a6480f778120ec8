package usage

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Widths of what is said. Beyond the last, lines are hard to read; a terminal
// that is narrower than the first breaks them itself.
const (
	leastWidth = 24
	usualWidth = 80
)

// Width is how many columns there are to write in: those of the terminal, up
// to so many, and 80 where nobody says.
func Width(out io.Writer, most int) int {
	if file, ok := out.(*os.File); ok {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
			return max(leastWidth, min(columns, most))
		}
	}
	return min(usualWidth, most)
}

// speakHelp has a command and those below it explain themselves in the language of the catalog.
func speakHelp(say *catalog.Catalog, cmd *cobra.Command) {
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		help := helper{say: say, out: cmd.OutOrStdout(), width: Width(cmd.OutOrStdout(), usualWidth)}
		help.explain(cmd)
	})
}

// Wordless is [Root] with one command that has no words yet, and is built again
// with them where its help is asked for: whoever starts a server reads none, and
// to read them is a tenth of the start. Words finds them.
func Wordless(words func() *catalog.Catalog, version string, build func(*catalog.Catalog) *cobra.Command) *cobra.Command {
	root := Root(nil, version, build(nil))
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		say := words()
		told := Root(say, version, build(say))
		told.InitDefaultHelpCmd() // as running it does
		told.SetOut(cmd.OutOrStdout())
		if same, _, err := told.Find(strings.Fields(cmd.CommandPath())[1:]); err == nil {
			told = same
		}
		told.HelpFunc()(told, args)
	})
	return root
}

// helper writes the help of one command.
type helper struct {
	say   *catalog.Catalog
	out   io.Writer
	width int
}

// line writes one. Help that cannot be written can't say so either.
func (h *helper) line(text string) { _, _ = fmt.Fprintln(h.out, text) }

func (h *helper) explain(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag() // it lists itself only once it is asked for
	cmd.InitDefaultVersionFlag()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		switch f.Name {
		case "help":
			f.Usage = h.say.Text("cli.help.flag")
		case "version":
			f.Usage = h.say.Text("cli.help.version-flag")
		}
	})
	for paragraph := range strings.SplitSeq(cmp.Or(cmd.Long, cmd.Short), "\n\n") {
		h.line(Wrap(strings.ReplaceAll(paragraph, "\n", " "), h.width, "") + "\n")
	}
	h.line(h.say.Text("cli.help.usage"))
	if cmd.Runnable() {
		h.line("  " + cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		h.line("  " + cmd.CommandPath() + " [command]")
	}
	if cmd.Example != "" {
		h.line("\n" + h.say.Text("cli.help.examples") + "\n" + cmd.Example)
	}
	h.commands(cmd)
	if cmd.HasAvailableFlags() {
		h.line("\n" + h.say.Text("cli.help.flags") + "\n" + strings.TrimRight(cmd.Flags().FlagUsagesWrapped(h.width), " \n"))
	}
	if cmd.HasAvailableSubCommands() {
		h.line("\n" + Wrap(h.say.Text("cli.help.more", "command", cmd.CommandPath()), h.width, ""))
	}
}

// commands lists those below a command, each with what it is for.
func (h *helper) commands(cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	h.line("\n" + h.say.Text("cli.help.commands"))
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			name := fmt.Sprintf("  %-*s ", cmd.NamePadding(), c.Name())
			h.line(name + strings.TrimLeft(Wrap(c.Short, h.width, strings.Repeat(" ", len(name))), " "))
		}
	}
}

// Wrap breaks a paragraph into lines of so many columns, each behind the same margin.
func Wrap(paragraph string, width int, margin string) string {
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(paragraph) {
		size := len([]rune(word))
		switch {
		case column == 0:
			b.WriteString(margin + word)
			column = len(margin) + size
		case column+1+size > width:
			b.WriteString("\n" + margin + word)
			column = len(margin) + size
		default:
			b.WriteString(" " + word)
			column += 1 + size
		}
	}
	return b.String()
}
