package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// CheckWords is the command that reads a folder of changed or translated words.
func CheckWords(say *catalog.Catalog) *cobra.Command {
	return &cobra.Command{
		Use:     "check-words DIR",
		Short:   say.Text("cli.check-words.short"),
		Long:    say.Text("cli.check-words.long"),
		Example: "  grantwalk check-words my-words\n  grantwalk walk pkce --words my-words",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage.Slip("cli.slip.one-folder", "n", strconv.Itoa(len(args)))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			fsys, languages, err := wordsIn(args[0])
			if err != nil {
				return err
			}
			wrong := 0
			for _, language := range languages {
				found := slipsIn(fsys, language)
				for _, what := range found {
					fmt.Fprintln(cmd.OutOrStdout(), what)
				}
				if wrong += len(found); len(found) == 0 {
					fmt.Fprintln(cmd.OutOrStdout(), say.Text("terminal.words.good", "language", language))
				}
			}
			if wrong > 0 {
				return errors.New(say.Count("terminal.words.wrong", wrong, "folder", usage.Quote(args[0])))
			}
			return nil
		},
	}
}

// slipsIn says what is wrong with the words of a language, and what it lacks. In
// a folder of changed words, what is not there is built in.
func slipsIn(fsys fs.FS, language string) []string {
	var missing []string
	var err error
	if language == tutorials.DefaultLanguage {
		_, err = tutorials.Open(tutorials.Over(fsys), language)
	} else {
		missing, err = tutorials.Missing(fsys, language)
	}
	for _, slip := range tutorials.Slips(err) {
		missing = append(missing, slip.Error())
	}
	return missing
}
