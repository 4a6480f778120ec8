// Package examine is the command that puts somebody's own client through the
// exam: it serves the provider, makes the trouble that the exam orders, and has
// the result told. It judges nothing.
package examine

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/exam/drive"
	"github.com/grantwalk/grantwalk/mockidp/serve"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// flags are what the command line says.
type flags struct {
	host                  serve.Host
	client, drive, person string
	when, at              string // how to tell that somebody is logged in
	only                  []string
	strict                bool
	html, json, junit     string // files
	voice, stack          string
	version               string
	questions             []exam.Question
	mark                  drive.Mark
}

// Command is exam, and speaks the language of the catalog.
func Command(say *catalog.Catalog, version string) *cobra.Command {
	f := flags{version: version}
	cmd := &cobra.Command{
		Use:   "exam",
		Short: say.Text("exam.command.short"),
		Long:  say.Text("exam.command.long") + "\n\n" + say.Text("exam.command.status"),
		Example: "  grantwalk exam --client spring-client-app\n" +
			"  grantwalk exam --config idp.toml --client web --drive http://127.0.0.1:8080/login\n" +
			"  grantwalk exam --config idp.toml --client web --drive http://127.0.0.1:8080/login --logged-in-when text=Welcome \\\n" +
			"    --html exam.html --json exam.json --junit exam.xml --strict",
		Args:    usage.NoArgs,
		PreRunE: func(cmd *cobra.Command, _ []string) error { return usage.FromEnvironment(cmd, os.Environ()) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second signal ends at once
			if err := f.check(); err != nil {
				return err
			}
			return f.run(ctx, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	f.host.Register(say, cmd)
	is := func(flag string, pairs ...string) string { return say.Text("exam.command."+flag, pairs...) }
	p := cmd.Flags()
	p.StringVar(&f.client, "client", "", is("client"))
	p.StringVar(&f.drive, "drive", "", is("drive"))
	p.StringVar(&f.person, "person", "", is("person"))
	p.StringVar(&f.when, "logged-in-when", "", is("when"))
	p.StringVar(&f.at, "logged-in-at", "", is("at"))
	p.StringArrayVar(&f.only, "only", nil, is("only"))
	p.BoolVar(&f.strict, "strict", false, is("strict"))
	p.StringVar(&f.html, "html", "", is("html"))
	p.StringVar(&f.json, "json", "", is("json"))
	p.StringVar(&f.junit, "junit", "", is("junit"))
	p.StringVar(&f.voice, "voice", string(tutorials.Developer), is("voice"))
	p.StringVar(&f.stack, "stack", "", is("stack", "stacks", strings.Join(tutorials.Stacks(), ", ")))
	for flag, values := range map[string]func() []string{
		"client": nil, "drive": nil, "person": nil, "logged-in-at": nil, "only": ids, "voice": voices, "stack": tutorials.Stacks,
		"logged-in-when": func() []string { return []string{"text=", "status=", "cookie="} },
	} {
		usage.Completes(cmd, flag, values)
	}
	return cmd
}

func ids() []string {
	var all []string
	for _, q := range exam.Questions() {
		all = append(all, q.ID)
	}
	return all
}

func voices() []string {
	var all []string
	for _, v := range tutorials.Voices() {
		all = append(all, string(v))
	}
	return all
}

// isPage refuses what no browser could open.
func isPage(flag, address string) error {
	to, err := url.Parse(address)
	if address == "" || err == nil && to.Host != "" && (to.Scheme == "http" || to.Scheme == "https") {
		return nil
	}
	return usage.Slip("exam.slip.address", "flag", flag, "value", usage.Quote(address))
}

// check refuses what a flag cannot be.
func (f *flags) check() error {
	f.questions = nil
	for _, id := range f.only {
		i := slices.Index(ids(), id)
		if i < 0 {
			return usage.Slip("exam.slip.only", "id", id, "questions", strings.Join(ids(), ", "))
		}
		f.questions = append(f.questions, exam.Questions()[i])
	}
	var err error
	if f.mark, err = drive.ParseMark(f.when, f.at); err != nil {
		return usage.Slip("exam.slip.when", "value", usage.Quote(f.when))
	}
	if err := cmp.Or(isPage("drive", f.drive), isPage("logged-in-at", f.at)); err != nil {
		return err
	}
	if f.drive == "" && (f.when != "" || f.at != "") {
		return usage.Slip("exam.slip.needs-drive")
	}
	if f.stack != "" {
		if err := usage.OneOf("stack", f.stack, tutorials.Stacks()); err != nil {
			return err
		}
	}
	return usage.OneOf("voice", f.voice, voices())
}
