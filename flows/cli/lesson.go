package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// readAt is how wide words are set where nobody says how wide a line is.
const readAt = 78

// Lesson is the command that tells a lesson, or another page, in the terminal.
func Lesson(say *catalog.Catalog) *cobra.Command {
	var f toldFlags
	cmd := &cobra.Command{
		Use:   "lesson [NAME]",
		Short: say.Text("cli.lesson.short"),
		Long:  say.Text("cli.lesson.long"),
		Example: "  grantwalk lesson\n  grantwalk lesson tokens --voice executive\n" +
			"  grantwalk lesson why-a-code-first\n  grantwalk lesson spring",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			words, err := f.load()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listPages(cmd.OutOrStdout(), words)
			}
			return tellPage(cmd.OutOrStdout(), words, strings.ToLower(args[0]), tutorials.Voice(f.voice))
		},
	}
	f.register(say, cmd)
	cmd.ValidArgsFunction = completesPages
	return cmd
}

// completesPages lets a shell complete the name of a page.
func completesPages(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	words, err := tutorials.Load(tutorials.DefaultLanguage)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return leaflet.Names(words), cobra.ShellCompDirectiveNoFileComp
}

// listPages writes the name of each page with its title.
func listPages(out io.Writer, words *tutorials.Library) error {
	lessons, err := words.Lessons()
	if err != nil {
		return err
	}
	var rows []string
	for i := range lessons {
		rows = append(rows, fmt.Sprintf("%-28s %d  %s", lessons[i].ID, lessons[i].Number, lessons[i].Title))
	}
	mixUps, _ := words.MixUps()
	for i := range mixUps {
		rows = append(rows, fmt.Sprintf("%-28s    %s", mixUps[i].ID, mixUps[i].Title))
	}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, _ := words.Papers(kind)
		for i := range papers {
			rows = append(rows, fmt.Sprintf("%-28s    %s", papers[i].ID, papers[i].Title))
		}
	}
	_, err = fmt.Fprintln(out, strings.Join(rows, "\n"))
	return err
}

func tellPage(out io.Writer, words *tutorials.Library, name string, v tutorials.Voice) error {
	width := readAt
	if isTerminal(out) {
		width = min(readAt, usage.Width(out, readAt))
	}
	wrap := func(text, indent string) string { return usage.Wrap(text, width, indent) }
	lessons, err := words.Lessons()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(lessons, func(l tutorials.Lesson) bool { return l.ID == name }); i >= 0 {
		return leaflet.LessonText(out, words, &lessons[i], v, wrap)
	}
	if m, ok := words.MixUp(name); ok {
		return leaflet.MixUpText(out, words, &m, v, wrap)
	}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		if p, ok := words.Paper(kind, name); ok {
			return leaflet.PaperText(out, &p, wrap)
		}
	}
	pages := leaflet.Names(words)
	return usage.NearSlip("page", name, pages, "name", usage.Quote(name), "pages", strings.Join(pages, ", "))
}
