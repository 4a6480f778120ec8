package cli

import (
	"io"
	"slices"
	"strconv"
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
		Args: usage.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			words, err := f.load()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listPages(cmd.OutOrStdout(), words, terminalWidth(cmd.OutOrStdout()))
			}
			return tellPage(cmd.OutOrStdout(), words, strings.ToLower(args[0]), tutorials.Voice(f.voice))
		},
	}
	f.register(say, cmd)
	completesName(cmd, leaflet.Names)
	return cmd
}

// listPages writes the name of each page with its title.
func listPages(out io.Writer, words *tutorials.Library, width int) error {
	lessons, err := words.Lessons().All()
	if err != nil {
		return err
	}
	var rows [][]string
	for i := range lessons {
		rows = append(rows, []string{lessons[i].ID, strconv.Itoa(lessons[i].Number), lessons[i].Title})
	}
	mixUps, _ := words.MixUps().All()
	for i := range mixUps {
		rows = append(rows, []string{mixUps[i].ID, "", mixUps[i].Title})
	}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, _ := words.Papers().Of(kind)
		for i := range papers {
			rows = append(rows, []string{papers[i].ID, "", papers[i].Title})
		}
	}
	return table(out, nil, rows, width)
}

// readingWidth is how wide words are set: never wider than a terminal.
func readingWidth(out io.Writer) int {
	if isTerminal(out) {
		return min(readAt, usage.Width(out, readAt))
	}
	return readAt
}

func tellPage(out io.Writer, words *tutorials.Library, name string, v tutorials.Voice) error {
	width := readingWidth(out)
	wrap := func(text, indent string) string { return usage.Wrap(text, width, indent) }
	lessons, err := words.Lessons().All()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(lessons, func(l tutorials.Lesson) bool { return l.ID == name }); i >= 0 {
		return leaflet.LessonText(out, words, &lessons[i], v, wrap)
	}
	if m, ok := words.MixUps().MixUp(name); ok {
		return leaflet.MixUpText(out, words, &m, v, wrap)
	}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		if p, ok := words.Papers().Paper(kind, name); ok {
			return leaflet.PaperText(out, &p, wrap)
		}
	}
	pages := leaflet.Names(words)
	return usage.NearSlip("page", name, pages, "name", usage.Quote(name), "pages", strings.Join(pages, ", "))
}
