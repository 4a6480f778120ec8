//go:build !headless

package launch

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/app/connect"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Window makes the command without a subcommand open the window, which serves
// other programs where it is told how.
func Window(say *catalog.Catalog, root *cobra.Command, version string, providers cli.Providers, serve tape.Serve) {
	o := app.Options{Connect: connect.Options{Serve: serve}}
	var voice, size, network, folder, ahead string
	root.Use = "grantwalk [ADDRESS | FILE]"
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 && (app.IsAddress(args[0]) || looksLikeFile(args[0])) {
			return nil
		}
		return usage.NoArgs(cmd, args)
	}
	root.RunE = func(_ *cobra.Command, args []string) error {
		if err := readWhere(args, &o); err != nil {
			return err
		}
		if err := errorIn(usage.Given("voice", voice, cli.Voices()), usage.OneOf("network", network, cli.Networks()),
			readSize(size, &o), readClock(ahead, &o)); err != nil {
			return err
		}
		if err := readWords(folder, &o); err != nil {
			return err
		}
		if err := readLanguages(&o); err != nil {
			return err
		}
		o.Voice, o.Walk.Transport, o.Version = tutorials.Voice(voice), stage.Transport(network), version
		if err := checkWindow(&o); err != nil {
			return err
		}
		return openWindow(o, providers)
	}
	f := root.Flags()
	is := func(flag string, pairs ...string) string { return say.Text("launch.flag."+flag, pairs...) }
	f.StringVar(&o.Walk.Flow, "flow", "", is("flow", "flows", strings.Join(cli.FlowIDs(), ", ")))
	f.StringVar(&o.Walk.At, "at", "", is("at"))
	f.StringVar(&o.Walk.Tab, "tab", "", is("tab", "tabs", strings.Join(walk.Tabs(), ", ")))
	f.StringVar(&voice, "voice", "", is("voice", "voices", strings.Join(cli.Voices(), ", ")))
	f.StringVar(&o.Lens, "lens", "", is("lens"))
	usage.LanguageFlag(say, f, &o.Language)
	f.StringVar(&folder, "words", "", say.Text("cli.flag.words"))
	f.StringVar(&o.Theme, "theme", "", is("theme", "themes", strings.Join(app.Themes(), ", ")))
	f.StringVar(&size, "size", "", is("size"))
	f.StringVar(&o.Walk.Mistake, "mistake", "", is("mistake"))
	f.StringVar(&o.Walk.Follow, "follow", "", is("follow"))
	f.BoolVar(&o.Walk.Classroom, "classroom", false, is("classroom"))
	f.StringVar(&network, "network", string(stage.Memory), is("network", "networks", strings.Join(cli.Networks(), ", ")))
	f.StringVar(&o.StateFile, "state", "", is("state"))
	f.StringVar(&ahead, "ahead", "", is("ahead"))
	f.BoolVar(&o.CheckCalls, "check-calls", false, is("check-calls"))
	complete(root)
}

// readWords reads a folder of words before any window opens, so that what is
// wrong in it is said where it was asked for.
func readWords(name string, o *app.Options) error {
	if name == "" {
		return nil
	}
	folder, err := cli.WordsIn(name, o.Language)
	o.Words, o.Language = folder.Files, folder.Language
	return err
}

// readLanguages finds the language of the system, and the one that was asked for.
func readLanguages(o *app.Options) (err error) {
	if o.System, err = usage.Language(""); err == nil && o.Language != "" && o.Words == nil {
		o.Language, err = usage.Language(o.Language)
	}
	return err
}

// errorIn returns the first that is one.
func errorIn(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkWindow checks what the window could only leave aside in silence.
func checkWindow(o *app.Options) error {
	flow := flows.Default()
	asked := o.Walk.Flow
	if o.Walk.Saved != nil {
		o.Walk.Flow = o.Walk.Saved.Flow
	}
	for _, name := range []string{o.Walk.Flow, asked} {
		if name == "" {
			continue
		}
		f, err := cli.FlowOf(name)
		if err != nil {
			return err
		}
		if o.Walk.Saved != nil && f.ID != o.Walk.Saved.Flow {
			return usage.Slip("launch.slip.flow", "flow", asked, "held", o.Walk.Saved.Flow)
		}
		flow, o.Walk.Flow = f, f.ID // a short name was typed, perhaps
	}
	var allowed []string
	if o.Lens != "" { // otherwise the window alone reads the words
		words, err := tutorials.Load(tutorials.DefaultLanguage)
		if o.Words != nil {
			words, err = tutorials.Open(o.Words, o.Language)
		}
		if err != nil {
			return fmt.Errorf("load the tutorials: %w", err)
		}
		allowed = cli.Lenses(words)
	}
	places := append(cli.Steps(flow), "end")
	return errorIn(
		usage.Given("theme", o.Theme, app.Themes()), usage.Given("lens", o.Lens, allowed), usage.Given("tab", o.Walk.Tab, walk.Tabs()),
		usage.Given("mistake", o.Walk.Mistake, cli.Mistakes(flow)), usage.Given("at", o.Walk.At, places),
	)
}

// openWindow returns when the window was closed.
func openWindow(o app.Options, providers cli.Providers) (err error) {
	if err := displayError(os.Getenv); err != nil {
		return err
	}
	if o.Walk.Provider, err = providers(o.Walk.Classroom); err != nil {
		return err
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // Fyne complains at length when a new account has none yet
	}
	err = app.Run(o)
	if none := (*app.NoScreenError)(nil); errors.As(err, &none) {
		return noWindow("%s", none.Why)
	}
	return err
}

// noWindow says why there is no window, and where the story is told without one.
func noWindow(why string, args ...any) error {
	return fmt.Errorf("no window can be opened: "+why+"; for the same story in the terminal, type: grantwalk walk %s",
		append(args, flows.Default().ID)...)
}

// Bounds of --size.
const (
	leastWidth, leastHeight = 320, 240
	mostSide                = 8000
)

func readSize(size string, o *app.Options) error {
	if size == "" {
		return nil
	}
	wide, high, _ := strings.Cut(strings.ToLower(size), "x")
	w, wrongWidth := strconv.Atoi(wide)
	h, wrongHeight := strconv.Atoi(high)
	if wrongWidth != nil || wrongHeight != nil || w < leastWidth || h < leastHeight || w > mostSide || h > mostSide {
		return usage.Slip("launch.slip.size", "size", usage.Quote(size), "least", fmt.Sprintf("%dx%d", leastWidth, leastHeight),
			"most", fmt.Sprintf("%dx%d", mostSide, mostSide))
	}
	o.Width, o.Height = w, h
	return nil
}

// readWhere reads what the window shows first: an address, a run that was saved, or neither.
func readWhere(args []string, o *app.Options) error {
	switch {
	case len(args) == 0:
		return nil
	case app.IsAddress(args[0]):
		o.Address = args[0]
		return nil
	}
	return readSaved(args[0], o)
}
