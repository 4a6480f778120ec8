package cli

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
)

// Widths of the text. Beyond the last, lines are hard to read.
const (
	pipeWidth = 80
	maxWidth  = 100
)

// textOptions fit a terminal; a file or a pipe gets plain text.
func textOptions(out io.Writer, file string) export.TextOptions {
	o := export.TextOptions{Width: pipeWidth}
	if file != "" && file != "-" {
		return o
	}
	o.Color = colored(isTerminal(out), os.Getenv)
	if isTerminal(out) {
		o.Width = usage.Width(out, maxWidth)
	}
	return o
}

// colored says whether to write colours: on a terminal that has some, unless
// NO_COLOR is set (no-color.org), and anywhere where FORCE_COLOR is
// (force-color.org), which is the stronger of the two.
func colored(terminal bool, getenv func(string) string) bool {
	switch force := getenv("FORCE_COLOR"); {
	case force == "0" || force == "false":
		return false
	case force != "":
		return true
	}
	return terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// isTerminal reports whether somebody reads what is written.
func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
