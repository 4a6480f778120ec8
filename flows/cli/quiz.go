package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// quiz asks the questions of lessons, and lets a run answer each.
type quiz struct {
	out       io.Writer
	in        *bufio.Scanner
	words     *tutorials.Library
	voice     tutorials.Voice
	providers Providers

	asked, right int
}

// Quiz is the command that asks.
func Quiz(say *catalog.Catalog, providers Providers) *cobra.Command {
	var f toldFlags
	cmd := &cobra.Command{
		Use:     "quiz [LESSON]",
		Short:   say.Text("cli.quiz.short"),
		Long:    say.Text("cli.quiz.long"),
		Example: "  grantwalk quiz tokens\n  echo b | grantwalk quiz tokens --voice developer",
		Args:    usage.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			words, err := f.load()
			if err != nil {
				return err
			}
			q := quiz{
				out: cmd.OutOrStdout(), in: bufio.NewScanner(cmd.InOrStdin()), words: words, voice: tutorials.Voice(f.voice), providers: providers,
			}
			return q.run(cmd.Context(), strings.ToLower(strings.Join(args, "")))
		},
	}
	f.register(say, cmd)
	completesName(cmd, func(words *tutorials.Library) []string {
		lessons, err := words.Lessons().All()
		if err != nil {
			return nil
		}
		return namesOf(lessons, func(l tutorials.Lesson) string { return l.ID })
	})
	return cmd
}

// errEnough says that nobody types any more.
var errEnough = errors.New("nobody answers")

func (q *quiz) run(ctx context.Context, lesson string) error {
	lessons, err := q.words.Lessons().All()
	if err != nil {
		return err
	}
	var ids []string
	found := false
	for i := range lessons {
		ids = append(ids, lessons[i].ID)
		if lesson != "" && lessons[i].ID != lesson {
			continue
		}
		found = true
		for _, s := range lessons[i].Screens {
			question, ok := q.words.Lessons().Question(s.Question)
			if !ok {
				continue
			}
			if err := q.ask(ctx, &question); errors.Is(err, errEnough) {
				return q.end()
			} else if err != nil {
				return err
			}
		}
	}
	if !found {
		return usage.NearSlip("quiz", lesson, ids, "name", usage.Quote(lesson), "pages", strings.Join(ids, ", "))
	}
	return q.end()
}

func (q *quiz) end() error {
	_, err := fmt.Fprintln(q.out, "\n"+q.words.Catalog().Count("terminal.quiz.score", q.asked, "right", fmt.Sprint(q.right)))
	return err
}

// ask asks one question, and again until the answer is one of its letters.
func (q *quiz) ask(ctx context.Context, question *tutorials.Question) error {
	say := q.words.Catalog()
	fmt.Fprintln(q.out)
	q.print("", markup.Plain(question.Asks[q.voice]))
	for i, c := range question.Choices {
		q.print("  "+letter(i)+"  ", markup.Plain(c.Says[q.voice]))
	}
	chosen := -1
	for chosen < 0 {
		fmt.Fprint(q.out, say.Text("terminal.quiz.prompt")+" ")
		if !q.in.Scan() {
			return errEnough
		}
		typed := strings.ToUpper(strings.TrimSpace(q.in.Text()))
		for i := range question.Choices {
			if typed == letter(i) {
				chosen = i
			}
		}
	}
	right, err := q.decide(ctx, question)
	if err != nil {
		return err
	}
	q.asked++
	if right == chosen {
		q.right++
		q.print("", say.Text("learn.right"))
	} else {
		q.print("", say.Text("learn.other")+" "+markup.Plain(question.Choices[chosen].Because[q.voice]))
	}
	q.print(letter(right)+"  ", markup.Plain(question.Choices[right].Because[q.voice]))
	fmt.Fprintln(q.out, "  grantwalk "+question.Run)
	return nil
}

// letter is that of a choice, of which there are few.
func letter(i int) string { return "ABCDEFGH"[i : i+1] }

// print writes a paragraph as wide as lines are read; all of it stands behind what it begins with.
func (q *quiz) print(mark, text string) {
	margin := strings.Repeat(" ", len(mark))
	fmt.Fprintln(q.out, mark+strings.TrimPrefix(usage.Wrap(text, readingWidth(q.out), margin), margin))
}

// decide plays the run of a question and returns the choice that is true of it.
func (q *quiz) decide(ctx context.Context, question *tutorials.Question) (int, error) {
	to, err := address.Parse(question.Run)
	if err != nil {
		return 0, err
	}
	visit, missing := address.Walk(to)
	if len(missing) > 0 {
		return 0, fmt.Errorf("the question %s is about %s, where %s is missing", question.ID, question.Run, missing[0].Name)
	}
	provider, err := q.providers(true)
	if err != nil {
		return 0, err
	}
	run, err := visit.Play(ctx, flows.Options{Provider: provider, Classroom: true, Say: q.words.Catalog()})
	if err != nil {
		return 0, err
	}
	return ask.Which(run, question.Whens())
}
