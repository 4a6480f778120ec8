// Package diagnose is the command that says why a login fails, from what
// somebody brings. It reads and tells; the causes are those of the table, and
// nothing leaves the machine.
package diagnose

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// flags are what the command line says.
type flags struct {
	format, voice, stack, language, at string
	api, issuer, audience              string // of --api
}

// Command is diagnose, and speaks the language of the catalog.
func Command(say *catalog.Catalog) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "diagnose FILE.har|URL|TOKEN|-",
		Short: say.Text("diagnose.command.short"),
		Long:  say.Text("diagnose.command.long") + "\n\n" + say.Text("diagnose.command.status"),
		Example: "  grantwalk diagnose login.har --stack spring\n" +
			"  grantwalk diagnose 'https://app.example/callback?error=invalid_scope&state=x'\n" +
			"  grantwalk serve --access-log json | tee idp.log; grantwalk diagnose idp.log\n" +
			"  grantwalk diagnose --api spring --issuer https://idp.example/realms/demo eyJ…\n" +
			"  pbpaste | grantwalk diagnose -",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage.Slip("diagnose.slip.one")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.InOrStdin(), cmd.OutOrStdout(), args[0])
		},
	}
	p := cmd.Flags()
	p.StringVar(&f.format, "format", "text", say.Text("diagnose.command.format", "formats", strings.Join(formats(), ", ")))
	p.StringVar(&f.voice, "voice", string(tutorials.Developer), say.Text("diagnose.command.voice"))
	p.StringVar(&f.stack, "stack", "", say.Text("diagnose.command.stack", "stacks", strings.Join(tutorials.Stacks(), ", ")))
	p.StringVar(&f.at, "time", "", say.Text("diagnose.command.time"))
	p.StringVar(&f.api, "api", "", say.Text("diagnose.command.api", "stacks", strings.Join(diagnosis.Stacks(), ", ")))
	p.StringVar(&f.issuer, "issuer", "", say.Text("diagnose.command.issuer"))
	p.StringVar(&f.audience, "audience", "", say.Text("diagnose.command.audience"))
	usage.LanguageFlag(say, p, &f.language)
	usage.Completes(cmd, "format", formats)
	usage.Completes(cmd, "voice", voices)
	usage.Completes(cmd, "stack", tutorials.Stacks)
	usage.Completes(cmd, "language", usage.Languages)
	usage.Completes(cmd, "api", diagnosis.Stacks)
	for _, free := range []string{"time", "issuer", "audience"} {
		usage.Completes(cmd, free, nil)
	}
	return cmd
}

func formats() []string { return []string{"text", "json", "junit"} }

func voices() []string {
	var all []string
	for _, v := range tutorials.Voices() {
		all = append(all, string(v))
	}
	return all
}

// check refuses what a flag cannot be.
func (f *flags) check() (time.Time, error) {
	stacks := append([]string{""}, tutorials.Stacks()...)
	if f.api != "" && !slices.Contains(diagnosis.Stacks(), f.api) {
		return time.Time{}, usage.OneOf("api", f.api, diagnosis.Stacks())
	}
	if !slices.Contains(stacks, f.stack) {
		return time.Time{}, usage.OneOf("stack", f.stack, tutorials.Stacks())
	}
	if err := errors.Join(usage.OneOf("format", f.format, formats()), usage.OneOf("voice", f.voice, voices())); err != nil {
		return time.Time{}, err
	}
	if f.at == "" {
		return time.Now(), nil
	}
	at, err := time.Parse(time.RFC3339, f.at)
	if err != nil {
		return at, usage.Slip("diagnose.slip.time", "value", usage.Quote(f.at))
	}
	return at, nil
}

func (f *flags) run(in io.Reader, out io.Writer, what string) error {
	now, err := f.check()
	if err != nil {
		return err
	}
	language, err := usage.Language(f.language)
	if err != nil {
		return err
	}
	words, err := tutorials.Load(language)
	if err != nil {
		return fmt.Errorf("load the words: %w", err)
	}
	read := intake.Read
	if f.api != "" {
		read = intake.ReadToken
	}
	brought, err := bring(in, what, now, read)
	if err != nil {
		return err
	}
	if f.api != "" {
		return f.checks(out, words, brought, now)
	}
	all, text := diagnosis.Of(logins.Join(brought.Trace), brought.Known), brought.Text
	if brought.Words != nil {
		if told := diagnosis.Of(logins.Join(brought.Words.Trace), brought.Words.Known); diagnosis.Surer(told, all) {
			all, brought = told, brought.Words
		}
	}
	o := explain.Options{
		Words: words, Voice: tutorials.Voice(f.voice), Stack: f.stack, Width: usage.Width(out, widest), Left: brought.Left,
		Asked: brought.Known.Asked, Setting: diagnosis.SettingOf(logins.Join(brought.Trace), text),
	}
	tell := map[string]func(io.Writer, []diagnosis.Diagnosis, explain.Options) error{
		"text": explain.Text, "json": explain.JSON, "junit": explain.JUnit,
	}[f.format]
	if err := tell(out, all, o); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(d diagnosis.Diagnosis) bool { return d.Failed() }) {
		return usage.ErrRefused
	}
	return nil
}

// checks says which default check of a stack a token fails.
func (f *flags) checks(out io.Writer, words *tutorials.Library, brought *intake.Brought, now time.Time) error {
	if brought.Token == "" {
		return usage.Slip("diagnose.slip.token")
	}
	if f.format == "junit" {
		return usage.Slip("diagnose.slip.junit")
	}
	verdicts := diagnosis.Judge(brought.Token, f.api, diagnosis.Expected{Issuer: f.issuer, Audience: f.audience, Now: now})
	o := explain.Options{Words: words, Voice: tutorials.Developer, Stack: f.api, Width: usage.Width(out, widest)}
	tell := explain.Checks
	if f.format == "json" {
		tell = explain.ChecksJSON
	}
	if err := tell(out, verdicts, o); err != nil {
		return err
	}
	if slices.ContainsFunc(verdicts, func(v diagnosis.Verdict) bool { return v.Default && v.Result == trace.Fail }) {
		return usage.ErrRefused
	}
	return nil
}

// widest is how many columns a text has at most.
const widest = 100

// bring reads a file, what is typed, or standard input.
func bring(in io.Reader, what string, now time.Time, read func(io.Reader, time.Time) (*intake.Brought, error)) (*intake.Brought, error) {
	name := what
	switch info, err := os.Stat(what); {
	case what == "-":
		name = "standard input"
	case err == nil && info.IsDir():
		return nil, usage.Slip("diagnose.slip.folder", "file", what)
	case err == nil:
		file, err := os.Open(what) //nolint:gosec // whoever runs the command names the file
		if err != nil {
			return nil, usage.SlipOf(usage.Cause(err), "diagnose.slip.unread", "file", what)
		}
		defer func() { _ = file.Close() }()
		in = file
	case looksLikeFile(what):
		return nil, usage.SlipOf(usage.Cause(err), "diagnose.slip.unread", "file", what)
	default:
		in, name = strings.NewReader(what), cmp.Or(what[:min(len(what), 40)], "the argument")
	}
	b, err := read(in, now)
	if err != nil {
		return nil, usage.SlipOf(err, "diagnose.slip.unknown", "what", usage.Quote(name))
	}
	return b, nil
}

// looksLikeFile tells a file that is not there from words that were typed.
func looksLikeFile(what string) bool {
	if strings.ContainsAny(what, " ?=") || strings.Contains(what, "://") || strings.HasPrefix(what, "eyJ") {
		return false
	}
	for _, end := range []string{".har", ".json", ".log", ".txt", ".jsonl"} {
		if strings.HasSuffix(strings.ToLower(what), end) {
			return true
		}
	}
	return strings.ContainsAny(what, "/\\")
}
