package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// pager is the command that shows text page by page, or "" where it is written
// at once: in a pipe, where it fits the screen, and where nobody wants one.
// GRANTWALK_PAGER says which, then PAGER, as programs of its kind do; empty or
// "cat" is none.
func (f *walkFlags) pager(out io.Writer, lines int, getenv func(string) string) string {
	file, ok := out.(*os.File)
	if f.noPager || f.format != "text" || !ok || !isTerminal(out) || getenv("TERM") == "dumb" {
		return ""
	}
	if _, height, err := term.GetSize(int(file.Fd())); err != nil || lines < height {
		return ""
	}
	return chosenPager(os.LookupEnv)
}

// chosenPager is the one that somebody set, else less, which then leaves what
// fits on one screen and shows colours.
func chosenPager(lookup func(string) (string, bool)) string {
	for _, name := range []string{"GRANTWALK_PAGER", "PAGER"} {
		if set, given := lookup(name); given {
			if strings.TrimSpace(set) == "cat" {
				return ""
			}
			return strings.TrimSpace(set)
		}
	}
	if _, err := exec.LookPath("less"); err == nil {
		return "less -FRX"
	}
	return ""
}

// throughPager shows the text. A pager that is left early is no fault; one
// that can't be started is none either: the text is then written at once.
func throughPager(ctx context.Context, pager string, out io.Writer, text []byte) error {
	words := strings.Fields(pager)
	show := exec.CommandContext(ctx, words[0], words[1:]...) //nolint:gosec // whoever runs the command names it
	show.Stdin, show.Stdout, show.Stderr = bytes.NewReader(text), out, os.Stderr
	show.Env = append(os.Environ(), "LESSCHARSET=utf-8")
	err := show.Run()
	var exit *exec.ExitError
	switch {
	case err == nil, errors.As(err, &exit), errors.Is(err, syscall.EPIPE):
		return nil
	case show.Process == nil: // it never ran
		_, err = out.Write(text)
		return err
	}
	return fmt.Errorf("show it with %s: %w", pager, err)
}
